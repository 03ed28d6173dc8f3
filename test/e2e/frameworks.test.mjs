/**
 * Apps of React, Vue and Svelte as a team writes them, with the README's snippets and the demo's sources in them, built
 * of what the package gives, in a real browser: nothing that a framework does with an element costs an answer or a word.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from 'puppeteer-core';
import { findBrowser } from '../browser.mjs';
import { AppServer } from './frameworks/app-server.mjs';
import { buildApp, renderOnServer } from './frameworks/build.mjs';
import { until } from '../support/until.mjs';

const TIMEOUT = { timeout: 90_000 };
const GIVEN = { view: '', text: '', isStreaming: false, ids: [], off: false };
const CALL = { type: 'tool-input-available', toolCallId: 'c', toolName: 'double', input: { of: 21 } };

const server = new AppServer();
/** @type {import('puppeteer-core').Browser} */
let browser;

before(async () => {
  await server.start();
  browser = await launch(await findBrowser());
});

after(async () => {
  await browser?.close();
  server.close();
});

for (const framework of /** @type {const} */ (['react', 'vue', 'svelte'])) {
  describe(framework, () => {
    let files;
    before(async () => (files = await buildApp(framework)));

    /** A page that shows a view of the app, and has said nothing on its console but what is expected. */
    async function open(t, view, rendered) {
      const page = await browser.newPage();
      page.setDefaultTimeout(10_000);
      const said = [];
      const logged = [];
      page.on('pageerror', (error) => said.push(String(error)));
      page.on('console', (message) => {
        if (/^(error|warn)/.test(message.type()) && !/favicon/.test(message.location().url ?? ''))
          said.push(message.text());
        else logged.push(message.text());
      });
      t.after(async () => {
        await page.close();
        assert.deepEqual(said, []);
      });
      server.answers = [];
      await page.goto(server.show(framework, files, { ...GIVEN, view, text: rendered?.text ?? '' }, rendered?.html));
      await page.waitForFunction(() => globalThis.app);
      return { page, logged };
    }

    it('the demo’s source: headers, an event, and the panel beside the chat', TIMEOUT, async (t) => {
      const { page, logged } = await open(t, 'demo');
      await ask(page, 'Hi');
      const answer = await answered(1);
      assert.equal(answer.headers.authorization, 'Bearer secret');
      answer.say('Look:', ...artifact('let a = 1;'));
      answer.end();
      await page.waitForFunction(() =>
        document.querySelector('ai-artifact-panel').shadowRoot.textContent.includes('let a'),
      );
      const widths = await page.$$eval('ai-stream-chat, ai-artifact-panel', (all) => all.map((one) => one.offsetWidth));
      assert.ok(Math.min(...widths) > 250, `widths: ${widths}`);
      await until(() => logged.includes('stop'));
    });

    it('the README’s snippets: an event for each part, text that grows, as it is and complete', TIMEOUT, async (t) => {
      const { page, logged } = await open(t, 'readme');
      await ask(page, 'Hi');
      (await answered(1)).say('Hello ', 'there');
      await until(() => logged.length >= 2);
      const text = '# Title\n\nSome **bold** words, and `code`.\n\n- one\n- two';
      for (let end = 3; end < text.length; end += 7) await set(page, { text: text.slice(0, end), isStreaming: true });
      assert.equal(await page.$eval('ai-markdown', (element) => element.matches(':state(streaming)')), true);
      await set(page, { text, isStreaming: false });
      const [streamed, whole] = await page.$eval('ai-markdown', async (element) => {
        const other = Object.assign(document.createElement('ai-markdown'), { value: element.value });
        document.body.append(other);
        await Promise.all([element.updateComplete, other.updateComplete]);
        return [element, other].map(({ shadowRoot }) => shadowRoot.querySelector('[part=content]').innerHTML);
      });
      assert.equal(streamed, whole);
      assert.match(whole, /<strong>bold<\/strong>/);
    });

    it('a thread that the app keeps, and gives back at each part, over a tool', TIMEOUT, async (t) => {
      const { page } = await open(t, 'thread');
      await ask(page, 'Double 21');
      const first = await answered(1);
      first.say('First paragraph.\n\n', 'Second');
      await sees(page, 'Second');
      await page.evaluate(
        () =>
          (globalThis.settled = document.querySelector('ai-stream-chat').shadowRoot.querySelector('[part~=text] p')),
      );
      first.say(CALL);
      first.end('tool-calls');
      const second = await answered(2);
      assert.match(JSON.stringify(second.body.messages.at(-1)), /"output":42/);
      second.say({ type: 'start' }, 'It is ', '42.');
      second.end();
      await sees(page, 'It is 42.');
      await page.waitForFunction(() => document.querySelector('ai-stream-chat').session.status === 'ready');
      await until(async () => (await page.$eval('[slot=header]', (header) => header.textContent)) === '2');
      assert.ok(await page.evaluate(() => globalThis.settled.isConnected), 'the first paragraph was drawn again');
      assert.equal(server.answers.length, 2);
    });

    it('chats that change places in mid-answer, and one that goes', TIMEOUT, async (t) => {
      const { page } = await open(t, 'list');
      await set(page, { ids: ['a', 'b', 'c'] });
      for (const id of ['a', 'b', 'c']) await ask(page, `To ${id}`, `#${id}`);
      await answered(3);
      const answers = Object.fromEntries(server.answers.map((answer) => [answer.body.id, answer]));
      for (const id of ['a', 'b', 'c']) answers[id].say(`one ${id} `);
      for (const id of ['a', 'b', 'c']) await sees(page, `one ${id}`, `#${id}`);
      for (const ids of [
        ['c', 'b', 'a'],
        ['b', 'a', 'c'],
        ['c', 'a'],
      ]) {
        await set(page, { ids });
        for (const id of ['a', 'c']) answers[id].say('more ');
      }
      for (const id of ['a', 'c']) {
        answers[id].end();
        await sees(page, `one ${id} more more more`, `#${id}`);
      }
      await until(() => answers.b.isClosed);
      assert.equal(server.answers.length, 3);
    });

    it('a conversation of the app’s own goes on while another view is there', TIMEOUT, async (t) => {
      const { page } = await open(t, 'session');
      await ask(page, 'Hi');
      const answer = await answered(1);
      assert.equal(answer.headers['x-given'], 'yes');
      answer.say('one ');
      await sees(page, 'one');
      await set(page, { view: 'elsewhere' });
      answer.say('two ');
      await set(page, { view: 'session' });
      answer.say('three');
      answer.end();
      await sees(page, 'one two three');
      await set(page, { nothing: null });
      await set(page, { nothing: undefined });
      await ask(page, 'Again');
      (await answered(2)).end();
    });

    it('a page that a server rendered is taken over as it is', TIMEOUT, async (t) => {
      const html = await renderOnServer(framework, { ...GIVEN, view: 'page', text: '# Value' });
      const { page, logged } = await open(t, 'page', { html, text: '# Value' });
      const shown = await page.evaluate(async () => {
        const [light, value] = document.querySelectorAll('ai-markdown');
        const chat = document.querySelector('ai-stream-chat');
        await Promise.all([light.updateComplete, value.updateComplete, chat.updateComplete]);
        const isOff = [
          value.streaming,
          value.lineNumbers,
          chat.persist,
          chat.disabled,
          document.querySelector('ai-artifact-panel').open,
        ];
        return {
          isOff,
          texts: [light, value].map(({ shadowRoot }) => shadowRoot.querySelector('[part=content]').innerText.trim()),
        };
      });
      assert.deepEqual(shown, { isOff: [false, false, false, false, false], texts: ['Title\n\nthere', 'Value'] });
      await ask(page, 'Hi');
      const answer = await answered(1);
      assert.equal(answer.headers['x-given'], 'yes');
      answer.say('Hello');
      await sees(page, 'Hello');
      await until(() => logged.length > 0);
    });
  });
}

const artifact = (code) => [
  { type: 'data-artifact-start', id: 'a', data: { id: 'a', kind: 'code', language: 'javascript', title: 'a.js' } },
  { type: 'data-artifact-delta', data: { id: 'a', delta: code } },
  { type: 'data-artifact-end', data: { id: 'a' } },
];

/** @param {import('puppeteer-core').Page} page */
async function ask(page, text, selector = 'ai-stream-chat') {
  await page.waitForSelector(`${selector} >>> textarea`);
  await page.$eval(selector, (chat, question) => void chat.send(question), text);
}

const set = (page, change) => page.evaluate((given) => globalThis.app.set(given), change);

/** Waits until an element shows these words. */
const sees = (page, words, selector = 'ai-stream-chat') =>
  page.waitForFunction(
    (place, text) => document.querySelector(place)?.shadowRoot.textContent.replace(/\s+/g, ' ').includes(text),
    {},
    selector,
    words,
  );

/** The server's newest answer, once it was asked so often. */
async function answered(count) {
  await until(() => server.answers.length >= count);
  return server.answers[count - 1];
}
