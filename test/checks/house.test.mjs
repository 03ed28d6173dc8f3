import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** The features: each may know the street, none another's element. */
const FEATURES = ['markdown', 'artifact', 'image', 'chat', 'inspector'];

/** What each room of the street may import from. The rooms at the root are vocabulary that all share. */
const STREET = {
  stream: ['stream'],
  protocols: ['stream', 'protocols', 'message.ts'],
  conversation: ['stream', 'protocols', 'conversation', 'message.ts', 'events.ts'],
  server: ['server', 'protocols', 'message.ts'],
};

/** Rendered text is part of other features' own trees: the engine is shared, its element is not. */
const SHARED =
  /^(markdown\/(markdown-(renderer|settings|styles|strings)|reader\/follow-link)|image\/(lifetime\/parse-expiry|image-strings))\.ts$/;

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map(normalize)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

/** @param {string} file */
function importsOf(file) {
  const text = readFileSync(join(source, file), 'utf8');
  const found = [...text.matchAll(/(?:from|import\(|import)\s*'(\.[^']+)'/g)];
  return found.map(([, path]) => relative(source, join(source, dirname(file), path)).replace(/\.js$/, '.ts'));
}

/** @param {string} path */
const roomOf = (path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path);

describe('the house', () => {
  it('has files to look at', () => assert.ok(files.length > 50));

  for (const [room, allowed] of Object.entries(STREET)) {
    it(`${room}/ knows only what is to its left`, () => {
      const strangers = files
        .filter((file) => roomOf(file) === room)
        .flatMap((file) => importsOf(file).map((path) => ({ file, path })))
        .filter(({ path }) => !allowed.includes(roomOf(path)));
      assert.deepEqual(strangers, []);
    });
  }

  it('the street runs without a page', () => {
    const rooms = new Set([
      'stream',
      'protocols',
      'conversation',
      'server',
      'message.ts',
      'events.ts',
      'core.ts',
      'street.ts',
    ]);
    const withPage = files
      .filter((file) => rooms.has(roomOf(file)))
      .filter((file) => /\b(document|window)\.|from 'lit|HTMLElement\b/.test(code(file)));
    assert.deepEqual(withPage, []);
  });

  for (const feature of FEATURES) {
    it(`${feature}/ imports no other feature's element`, () => {
      const others = files
        .filter((file) => roomOf(file) === feature)
        .flatMap((file) => importsOf(file).map((path) => ({ file, path })))
        .filter(({ path }) => FEATURES.includes(roomOf(path)) && roomOf(path) !== feature && !SHARED.test(path));
      assert.deepEqual(others, []);
    });
  }

  it('element/ and trust/ are what features stand on, and know none', () => {
    const ground = new Set(['element', 'trust', 'events.ts', 'message.ts', 'stream']);
    const strangers = files
      .filter((file) => ['element', 'trust'].includes(roomOf(file)))
      .flatMap((file) => importsOf(file).map((path) => ({ file, path })))
      .filter(({ path }) => !ground.has(roomOf(path)));
    assert.deepEqual(strangers, []);
  });

  it('code/ colours what it is given and knows no feature', () => {
    const strangers = files.filter((file) => roomOf(file) === 'code').flatMap(importsOf);
    assert.deepEqual(
      strangers.filter(
        (path) => roomOf(path) !== 'code' && !/^element\/(idle|style-sheets|view-watch)\.ts$/.test(path),
      ),
      [],
    );
  });

  it('an element file has no side effect: only define/ registers', () => {
    const registering = files.filter((file) => /customElements\.define|@customElement/.test(code(file)));
    assert.deepEqual(
      registering.filter((file) => roomOf(file) !== 'define'),
      [],
    );
  });

  it('no preview may ever share the page’s origin', () => {
    assert.deepEqual(
      files.filter((file) => /allow-same-origin/.test(code(file))),
      [],
    );
  });

  it('nothing is written into the page as markup outside a named policy', () => {
    const sinks = /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write/;
    // The text of a page that runs in the artifacts' sandbox, never here.
    const sandboxed = /mermaid-document\.ts$/;
    const writing = files.filter((file) => sinks.test(code(file)) && !/createPolicy|trusted/i.test(code(file)));
    assert.deepEqual(
      writing.filter((file) => !sandboxed.test(file)),
      [],
    );
  });

  it('nothing is asked of arrays that MooTools or Prototype answer in their own way', () => {
    // Typed arrays are left alone by both.
    const theirs = /(?<!\w)Array\.from\(|(?<!Object)\.entries\(\)/;
    assert.deepEqual(
      files.filter((file) => theirs.test(code(file))),
      [],
    );
  });

  it('what is not to be selected is not in Safari, which knows the property by an older name', () => {
    const bare = files.filter((file) =>
      /(?<!-webkit-user-select: \w+;\s+|-)user-select: /.test(readFileSync(join(source, file), 'utf8')),
    );
    assert.deepEqual(bare, []);
  });

  it('files stay short enough to read', () => {
    const lines = (/** @type {string} */ file) => readFileSync(join(source, file), 'utf8').split('\n').length;
    // An element carries its documentation, and the events stand in one room on purpose.
    const room = (/** @type {string} */ file) =>
      file === 'events.ts' ? 640 : /(^|\/)ai-[a-z-]+\.ts$/.test(file) ? 520 : 430;
    const tall = files.map((file) => ({ file, lines: lines(file) })).filter(({ file, lines }) => lines > room(file));
    assert.deepEqual(tall, []);
  });
});

/** A file without its comments. @param {string} file */
function code(file) {
  return readFileSync(join(source, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');
}
