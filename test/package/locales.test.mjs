/** The words of each language are there, whole, and say what they were given. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';

const DIST = new URL('../../dist/', import.meta.url);
const load = (/** @type {string} */ file) => import(new URL(file, DIST).href);

const [chat, attachments, markdown, artifacts, image, inspector] = await Promise.all([
  load('chat/chat-strings.js'),
  load('chat/attachments/attachment-strings.js'),
  load('markdown/markdown-strings.js'),
  load('artifact/panel/panel-strings.js'),
  load('image/image-strings.js'),
  load('inspector/inspector-strings.js'),
]);
const { images: _images, ...chatWords } = chat.ENGLISH;
const { markdown: _panelMarkdown, ...panelWords } = artifacts.artifactStrings;
const { markdown: _chatMarkdown, ...ownWords } = chatWords;
const ENGLISH = {
  chat: { ...ownWords, attachments: attachments.englishAttachments },
  markdown: markdown.englishStrings,
  artifacts: panelWords,
  image: image.imageStrings,
  inspector: inspector.ENGLISH,
};

const files = readdirSync(new URL('locales/', DIST)).filter((file) => /^[a-z]{2}(-\w+)?\.js$/.test(file));

/** Each word by its path. @param {object} words @param {string} path @returns {[string, unknown][]} */
const wordsOf = (words, path = '') =>
  Object.entries(words).flatMap(([name, word]) =>
    typeof word === 'object' ? wordsOf(word, `${path}${name}.`) : [[path + name, word]],
  );

const COUNTS = [0, 1, 2, 3, 5, 11, 21, 100];
const NAMES = ['get_weather', 'a.example'];
/** Words that are given a time. */
const TIMED = /(retryIn|expiresIn|\.time)$/;
/** Words that are given numbers. */
const COUNTED =
  /(version|tooMany|rows|dropped|fromAnswer|downloadAll|versionOf|unchanged|linesSelected|position|goOn|footnote|backToText)$/;

const sentences = (english) =>
  typeof english === 'string' ? english : english(...(english.length > 1 ? [2, 3] : [2]));

describe('languages', () => {
  it('are there', () => assert.ok(files.length >= 15, files.join()));

  for (const file of files) {
    describe(file, async () => {
      const module = await load(`locales/${file}`);
      const [locale] = Object.values(module);
      const words = Object.fromEntries(wordsOf({ ...locale, language: {} }));
      const english = wordsOf(ENGLISH);
      const depending = english.filter(([, word]) => typeof word === 'function');

      it('has its own tag', () => {
        assert.equal(`${locale.language}.js`, file);
        assert.equal(Object.keys(module).join(), locale.language.replace('-', ''));
        assert.deepEqual(Intl.PluralRules.supportedLocalesOf([locale.language]), [locale.language]);
      });

      it('has every word, and none besides', () =>
        assert.deepEqual(Object.keys(words).sort(), english.map(([name]) => name).sort()));

      it('has a text where English has one, and depends on the same', () => {
        for (const [name, word] of english) {
          assert.equal(typeof words[name], typeof word, name);
          if (typeof word === 'string') assert.ok(words[name].trim() !== '', name);
        }
      });

      it('names what it is told of', () => {
        for (const [name] of depending) {
          if (TIMED.test(name) || COUNTED.test(name)) continue;
          for (const given of NAMES) assert.ok(words[name](given).includes(given), `${name}: ${words[name](given)}`);
          assert.ok(!/undefined|NaN|\$\{/.test(words[name]('')), name);
        }
      });

      it('counts', () => {
        for (const [name] of depending.filter(([each]) => COUNTED.test(each))) {
          for (const count of COUNTS) {
            const said = words[name](count, count + 1);
            assert.ok(!/undefined|NaN|\$\{/.test(said), `${name}: ${said}`);
            // One and two may be words; none as well.
            if (count > 2) assert.ok(said.includes(String(count)), `${name}: ${said}`);
          }
        }
      });

      it('tells time', () => {
        const digit = /\p{Nd}/u;
        for (const [name] of depending.filter(([each]) => TIMED.test(each))) {
          for (const milliseconds of [400, 12_000, 61_000, 3_599_000, 90_000_000])
            assert.match(words[name](milliseconds), /\p{L}/u, name);
          assert.match(words[name](12_000), digit, name);
          assert.notEqual(words[name](12_000), words[name](120_000), name);
        }
      });

      it('is not English', () => {
        const same = english.filter(([name, word]) => sentences(word) === sentences(words[name]));
        assert.ok(same.length < 12, same.map(([name]) => name).join());
      });
    });
  }
});
