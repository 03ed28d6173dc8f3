/** What stands after a reload, in a real browser against the demo's server: `persist`, alone and with `resumable`. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from 'puppeteer-core';
import { startDemoServer } from '../../demo/server/demo-server.js';
import { ChatSession, textOf } from '../../dist/core.js';
import { findBrowser } from '../browser.mjs';
import { missing, startBalancer, startRedis, startServerProcess } from '../redis.mjs';
import { ChatPage } from './chat-page.mjs';
import { KeptPage } from './kept-page.mjs';

const TIMEOUT = { timeout: 150_000 };
const DIALECTS = ['generic', 'openai', 'anthropic', 'ai-sdk'];
const QUESTION = 'markdown';

/** @type {Awaited<ReturnType<typeof startDemoServer>>} */
let server;
/** @type {import('puppeteer-core').Browser} */
let browser;

before(async () => {
  server = await startDemoServer({ env: {} });
  browser = await launch(await findBrowser());
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A reader with a browser of their own, whose storage nobody else has. */
async function reader(t) {
  const context = await browser.createBrowserContext();
  t.after(() => context.close());
  return {
    context,
    async open(settings, url = server.url) {
      const chat = new KeptPage(await context.newPage(), settings);
      await chat.open(url);
      return chat;
    },
  };
}

/** The answer's text as it is for who stays. */
async function wholeAnswer(dialect, url = server.url) {
  const session = new ChatSession({ endpoint: `${url}/api/chat/${dialect}?pace=0` });
  return textOf(await session.send(QUESTION));
}

const posts = (chat) => chat.requests.filter((url) => /\/api\/chat\/\w[\w-]*\?/.test(url)).length;

describe('a reload in the middle of an answer', () => {
  for (const dialect of DIALECTS) {
    it(`${dialect}: the rest comes from the server, each word once, without another question`, TIMEOUT, async (t) => {
      const { open } = await reader(t);
      const whole = await wholeAnswer(dialect);
      const chat = await open({ endpoint: `/api/chat/${dialect}?pace=25`, chatId: 'c', resumable: true });
      await chat.draft(QUESTION);
      await chat.page.keyboard.press('Enter');
      await chat.state(({ texts }) => (texts[1] ?? '').length > 200);
      await chat.draft('And then');
      await chat.reload();
      const early = await chat.state(({ texts }) => texts.length === 2);
      assert.ok(early.texts[1].length > 100, 'the partial answer stands');
      assert.deepEqual(await chat.field(), { value: 'And then', caret: 8, focus: 'body' });
      const { texts } = await chat.state(({ status, texts }) => status === 'ready' && texts[1].length >= whole.length);
      assert.deepEqual(texts, [QUESTION, whole]);
      assert.equal(posts(chat), 1);
      await chat.reload();
      const later = await chat.state(({ texts }) => texts.length > 0);
      assert.deepEqual(later.texts, [QUESTION, whole], 'what is whole is not doubled');
      assert.deepEqual([chat.failures, later.warnings], [[], []]);
    });
  }

  it(
    'what cannot be resumed stands as far as it came, is said to be cut off, and can be asked for anew',
    TIMEOUT,
    async (t) => {
      const { open } = await reader(t);
      const chat = await open({ endpoint: '/api/chat/generic?pace=0', chatId: 'c' });
      await chat.draft('stall');
      await chat.page.keyboard.press('Enter');
      await chat.answerHas(/Press Stop/);
      await chat.reload();
      await chat.answerHas(/Press Stop/);
      await chat.see('[role="alert"]');
      assert.match(await chat.alert(), /cut off before its end\. What had arrived is kept/);
      await chat.press('Try again');
      await chat.state(({ status }) => status === 'streaming');
      await chat.press('Stop');
      const { texts } = await chat.state(({ status }) => status === 'ready');
      assert.equal(texts.length, 2);
      await chat.reload();
      await chat.state(({ texts }) => texts.length === 2);
      assert.equal(await chat.alert(), '', 'a Stop is no failure');
    },
  );

  it('a question that nobody has answered can be asked again', TIMEOUT, async (t) => {
    const { open } = await reader(t);
    const chat = await open({ endpoint: '/api/chat/generic?pace=2000', chatId: 'c', method: 'post' });
    await chat.draft('hello');
    await chat.page.keyboard.press('Enter');
    await chat.state(({ status, texts }) => status === 'submitted' && texts.length === 1);
    await chat.reload();
    await chat.see('[role="alert"]');
    assert.deepEqual((await chat.state(({ texts }) => texts.length > 0)).texts, ['hello']);
  });

  it('the demo’s own chat stands, on the page that readers see', TIMEOUT, async (t) => {
    const { context } = await reader(t);
    const chat = new ChatPage(await context.newPage());
    await chat.open(`${server.url}/`);
    const kept = (id) => chat.page.waitForSelector(`#kept-chat >>> ${id}`, { visible: true });
    await (await kept('::-p-aria([name="Show me all of markdown"])')).click();
    await kept('article[aria-label="Answer"] p');
    await chat.page.waitForFunction(() => document.querySelector('#kept-chat').messages[1].parts[0]?.text.length > 40);
    await Promise.all([chat.page.waitForNavigation(), chat.page.click('#reload-page')]);
    await kept('article[aria-label="Answer"] p');
    await chat.page.waitForFunction(() => document.querySelector('#kept-chat').session.status === 'streaming');
    assert.deepEqual(chat.failures, []);
  });

  it('the demo’s list leads from one conversation to the other, and forgets them', TIMEOUT, async (t) => {
    const { context } = await reader(t);
    const chat = new ChatPage(await context.newPage());
    await chat.open(`${server.url}/`);
    const press = (name) => chat.page.locator(`#kept ::-p-aria([name="${name}"][role="button"])`).click();
    const listed = (...titles) =>
      chat.page.waitForFunction(
        (wanted) =>
          Array.from(document.querySelectorAll('#conversations button'), (one) => one.textContent).join() === wanted,
        {},
        titles.join(),
      );
    const shows = (text) =>
      chat.page.waitForFunction(
        (wanted) => document.querySelector('#kept-chat').messages?.[0]?.parts[0]?.text === wanted,
        {},
        text,
      );
    const ask = (text) =>
      chat.page.evaluate((question) => void document.querySelector('#kept-chat').send(question), text);
    await ask('hello');
    await listed('hello');
    await press('A new one');
    await shows(undefined);
    await ask('table');
    await listed('table', 'hello');
    await chat.page.waitForFunction(() => document.querySelector('#kept-chat').session.status === 'ready');
    const before = await chat.page.$('#conversations li:last-child button');
    await before.focus();
    await ask('hello');
    await chat.page.waitForFunction((button) => !button.isConnected, {}, before);
    assert.equal(await chat.page.evaluate(() => document.activeElement.textContent), 'hello', 'the focus stays');
    await press('hello');
    await shows('hello');
    await Promise.all([chat.page.waitForNavigation(), chat.page.click('#reload-page')]);
    await chat.page.waitForSelector('html[data-ready]');
    await shows('hello');
    await press('Forget this conversation');
    await listed('table');
    await shows(undefined);
    await press('Forget all');
    await listed();
    assert.deepEqual(chat.failures, []);
  });
});

describe('two pages', () => {
  it('show each other’s turns while they are written, and both stand after a reload of either', TIMEOUT, async (t) => {
    const { open } = await reader(t);
    const settings = { endpoint: '/api/chat/openai?pace=4', chatId: 'c' };
    const [one, two] = [await open(settings), await open(settings)];
    await one.page.bringToFront();
    await one.draft('hello');
    await one.page.keyboard.press('Enter');
    await two.state(({ texts }) => texts.length === 2);
    await two.page.bringToFront();
    const first = await one.state(({ status }) => status === 'ready');
    await two.state(({ texts }) => texts.join() === first.texts.join());
    await two.draft('table');
    await two.page.keyboard.press('Enter');
    const there = await two.state(({ status, texts }) => status === 'ready' && texts.length === 4);
    const here = await one.state(({ texts }) => texts.join() === there.texts.join());
    await one.reload();
    assert.deepEqual((await one.state(({ texts }) => texts.length === 4)).texts, here.texts);
  });

  it(
    'a second one that opens in the middle follows along, asks nothing of the server, and goes on when the first goes',
    TIMEOUT,
    async (t) => {
      const { open } = await reader(t);
      const settings = { endpoint: '/api/chat/generic?pace=0', chatId: 'followed', resumable: true };
      const one = await open(settings);
      await one.draft('stall');
      await one.page.keyboard.press('Enter');
      const hasAnswer = ({ texts }) => /Press Stop/.test(texts[1] ?? '');
      await one.state(hasAnswer);
      await one.saved();
      const two = await open(settings);
      await two.state(hasAnswer);
      const resumptions = () => two.requests.filter((url) => url.includes('/generic/followed/stream')).length;
      assert.deepEqual([resumptions(), await two.alert()], [0, '']);
      await one.page.close();
      await two.state(({ status }) => status === 'streaming');
      assert.equal(resumptions(), 1);
      assert.equal((await two.state(() => true)).texts.length, 2);
      await two.press('Stop');
    },
  );
});

describe('a store that fails', () => {
  it('has no room: the reader is told, nothing is lost, and all is written once there is room', TIMEOUT, async (t) => {
    const { open } = await reader(t);
    const chat = await open({ endpoint: '/api/chat/generic?pace=0', chatId: 'c' });
    const client = await chat.page.createCDPSession();
    await client.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1 });
    await chat.draft('hello');
    await chat.page.keyboard.press('Enter');
    const full = await chat.state(({ status, warnings }) => status === 'ready' && warnings.length > 0);
    assert.deepEqual(full.warnings, ['storage-full']);
    await chat.page.waitForSelector('#chat >>> ::-p-text(no room left to save this conversation)', { visible: true });
    await client.send('Storage.overrideQuotaForOrigin', { origin: server.url });
    await chat.draft('table');
    await chat.page.keyboard.press('Enter');
    const { texts } = await chat.state(({ status, texts }) => status === 'ready' && texts.length === 4);
    await chat.saved();
    await chat.reload();
    assert.deepEqual((await chat.state(({ texts }) => texts.length > 0)).texts, texts);
  });

  it('has been changed by a newer version: it gives way, says so, and the thread goes on', TIMEOUT, async (t) => {
    const { open } = await reader(t);
    const chat = await open({ endpoint: '/api/chat/generic?pace=0', chatId: 'c' });
    await chat.draft('hello');
    await chat.page.keyboard.press('Enter');
    await chat.state(({ status, texts }) => status === 'ready' && texts.length === 2);
    const upgraded = await chat.page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('ai-stream-elements', 99);
          for (const type of ['success', 'error']) opening.addEventListener(type, () => resolve(type));
        }),
    );
    assert.equal(upgraded, 'success', 'nobody waits for this page');
    await chat.draft('table');
    await chat.page.keyboard.press('Enter');
    const { texts } = await chat.state(({ warnings, texts }) => warnings.length > 0 && texts.length === 4);
    assert.deepEqual((await chat.state(() => true)).warnings, ['storage-newer']);
    assert.match(texts[3], /message_stop/);
  });

  it('is held by another page: it is said after a while, and nothing waits for it longer', TIMEOUT, async (t) => {
    const { open } = await reader(t);
    const holder = await open({ endpoint: '/api/chat/generic', persist: false });
    await holder.page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('ai-stream-elements');
          opening.addEventListener('success', () => {
            globalThis.held = opening.result;
            indexedDB.deleteDatabase('ai-stream-elements').addEventListener('blocked', resolve);
          });
        }),
    );
    const chat = await open({ endpoint: '/api/chat/generic?pace=0', chatId: 'c' });
    await chat.draft('hello');
    await chat.page.keyboard.press('Enter');
    const { warnings } = await chat.state(({ status, texts }) => status === 'ready' && texts.length === 2);
    assert.deepEqual(warnings, ['storage-unavailable']);
    await holder.page.evaluate(() => globalThis.held.close());
    await chat.draft('table');
    await chat.page.keyboard.press('Enter');
    const { texts } = await chat.state(({ status, texts }) => status === 'ready' && texts.length === 4);
    await chat.saved();
    // The database is made anew first: that it is there is seen before the page is left.
    await holder.page.waitForFunction(countRows, { polling: 250, timeout: 45_000 }, 4);
    await chat.reload();
    assert.deepEqual((await chat.state(({ texts }) => texts.length > 0)).texts, texts);
  });
});

/** In a page: whether so many rows are stored in all. */
async function countRows(least) {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === 'ai-stream-elements')) return false;
  const request = (asked) => new Promise((resolve) => asked.addEventListener('success', () => resolve(asked.result)));
  const database = await request(indexedDB.open('ai-stream-elements'));
  const names = [...database.objectStoreNames];
  const counts = await Promise.all(names.map((name) => request(database.transaction(name).objectStore(name).count())));
  database.close();
  return counts.reduce((sum, count) => sum + count, 0) >= least;
}

describe('two servers behind a balancer', { skip: missing('redis-server') || missing('nginx', 'nginx-light') }, () => {
  /** Questions go to one server, everything else to the other. */
  async function servers(t) {
    const redis = await startRedis();
    t.after(() => redis.stop());
    const [one, other] = await Promise.all([startServerProcess(redis.url), startServerProcess(redis.url)]);
    t.after(() => Promise.all([one.stop(), other.stop()]));
    const balancer = await startBalancer({ questions: one.url, rest: other.url });
    t.after(() => balancer.stop());
    return { one, other, balancer };
  }

  for (const dialect of DIALECTS) {
    it(`${dialect}: an answer that the one writes goes on from the other after a reload`, TIMEOUT, async (t) => {
      const { one, balancer } = await servers(t);
      const { open } = await reader(t);
      const whole = await wholeAnswer(dialect, balancer.url);
      const settings = { endpoint: `/api/chat/${dialect}?pace=25`, chatId: 'c', resumable: true };
      const chat = await open(settings, balancer.url);
      await chat.draft(QUESTION);
      await chat.page.keyboard.press('Enter');
      await chat.state(({ texts }) => (texts[1] ?? '').length > 200);
      await chat.reload();
      const { texts } = await chat.state(({ status, texts }) => status === 'ready' && texts[1]?.length >= whole.length);
      assert.deepEqual(texts, [QUESTION, whole]);
      assert.equal(posts(chat), 1);
      const { finished } = await (await fetch(`${one.url}/api/stats`)).json();
      assert.equal(finished, 2, 'both answers were written by the one');
    });
  }

  it('a Stop after a reload reaches the server that writes', TIMEOUT, async (t) => {
    const { one, balancer } = await servers(t);
    const { open } = await reader(t);
    const chat = await open({ endpoint: '/api/chat/openai?pace=0', chatId: 'c', resumable: true }, balancer.url);
    await chat.draft('stall');
    await chat.page.keyboard.press('Enter');
    await chat.answerHas(/Press Stop/);
    await chat.reload();
    await chat.state(({ status }) => status === 'streaming');
    await chat.press('Stop');
    const stats = async () => (await fetch(`${one.url}/api/stats`)).json();
    for (let now = await stats(); now.open > 0 || now.stoppedEarly === 0; now = await stats())
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await chat.alert(), '');
  });

  it('a server that dies takes the rest along: what came stands, and the reader can ask anew', TIMEOUT, async (t) => {
    const { one, other, balancer } = await servers(t);
    const { open } = await reader(t);
    const chat = await open({ endpoint: '/api/chat/openai?pace=0', chatId: 'c', resumable: true }, balancer.url);
    await chat.draft('stall');
    await chat.page.keyboard.press('Enter');
    await chat.answerHas(/Press Stop/);
    await one.kill();
    await chat.see('[role="alert"]');
    assert.match(await chat.alert(), /What had arrived is kept/);
    await chat.answerHas(/Press Stop/);
    await chat.reload();
    await chat.see('[role="alert"]');
    await chat.answerHas(/Press Stop/);
    assert.equal((await fetch(`${other.url}/api/stats`)).status, 200);
  });
});
