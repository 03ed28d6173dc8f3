/** The file for a script tag on a strict page, loaded by an address that a host may give it, with and without what it asks for later. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, beforeEach, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from 'puppeteer-core';
import { build } from 'vite';
import { findBrowser } from '../browser.mjs';

const TIMEOUT = { timeout: 60_000 };
const FILES = new URL('../../dist/cdn/', import.meta.url);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
  "base-uri 'none'; require-trusted-types-for 'script'; trusted-types ai-artifact ai-markdown lit-html";

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const PAGES = {
  '/chat': '<ai-stream-chat id="chat" endpoint="/answer"></ai-stream-chat>',
  '/attaching': '<ai-stream-chat id="chat" endpoint="/answer" accept></ai-stream-chat>',
  '/inspector':
    '<ai-stream-chat id="chat" endpoint="/answer"></ai-stream-chat><ai-stream-inspector for="chat"></ai-stream-inspector>',
  '/panel':
    '<ai-stream-chat id="chat" endpoint="/answer"></ai-stream-chat><ai-artifact-panel for="chat"></ai-artifact-panel>',
  '/picture': `<ai-image src="data:image/png;base64,${PIXEL}" alt="A red fox" width="240" height="160"></ai-image>`,
};

/** @param {object[]} events */
const stream = (events) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');

const call = (toolName, input) => ({
  type: 'tool-input-available',
  toolCallId: toolName,
  toolName,
  dynamic: true,
  input,
});

const table = { id: 't', kind: 'csv', title: 'Towns' };
const ANSWERS = {
  plain: `${stream([{ text: 'Hello **there**' }])}event: done\ndata: {}\n\n`,
  gemini: stream([
    { candidates: [{ content: { parts: [{ text: 'First' }] } }] },
    { candidates: [{ content: { parts: [{ text: ' and last' }] }, finishReason: 'STOP' }] },
  ]),
  bedrock: stream([
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hello there' } } },
    { messageStop: { stopReason: 'end_turn' } },
  ]),
  canvas: stream([
    { type: 'start' },
    call('create_textdoc', { name: 'Towns', content: 'Ulm is a town.' }),
    call('update_textdoc', { updates: [{ pattern: 'U..', replacement: 'Trier' }] }),
    { type: 'finish' },
  ]),
  items: stream([
    { type: 'begin', metadata: { nodeName: 'Agent' } },
    { type: 'item', content: 'Hello there', metadata: { nodeName: 'Agent' } },
    { type: 'end', metadata: {} },
  ]),
  table: `${stream([
    { type: 'artifact-start', ...table },
    { text: 'town,people\nUlm,126000\n' },
    { type: 'artifact-end', id: 't' },
    { type: 'artifact-start', ...table },
    { text: 'town,people\nBonn,336000\n' },
    { type: 'artifact-end', id: 't' },
    { text: 'That is all.' },
  ])}event: done\ndata: {}\n\n`,
};

/** @type {string[]} */
let asked = [];
let refusesLazy = false;

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const page = PAGES[pathname];
  if (page) {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY });
    const script = searchParams.has('classic') ? 'defer src="/classic.js"' : 'type="module" src="/files/chat.js?v=1"';
    const language = searchParams.get('lang');
    const words = language ? `<script type="module" src="/files/locales/${language}.js"></script>` : '';
    return void response.end(
      `<!doctype html><html lang="${language ?? 'en'}"><script ${script}></script>${words}${page}`,
    );
  }
  if (pathname === '/classic.js')
    return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(await classicScript());
  if (pathname === '/answer') {
    let body = '';
    for await (const bytes of request) body += bytes;
    const { messages } = JSON.parse(body);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    return void response.end(ANSWERS[messages.at(-1).content]);
  }
  asked.push(request.url ?? '');
  if (!pathname.startsWith('/files/') || (refusesLazy && pathname.includes('/lazy/')))
    return void response.writeHead(503).end();
  // A host may give it another name, and a query.
  const file = pathname.slice('/files/'.length).replace(/^chat\.js$/, 'ai-stream-elements.js');
  response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(new URL(file, FILES)));
});

/** What an older build makes of the package: one script that is no module, with all in it. */
async function classicScript() {
  const entry = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: { write: false, lib: { entry, formats: ['iife'], name: 'elements' } },
  });
  return output[0].code;
}

/** @type {import('puppeteer-core').Browser} */
let browser;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  browser = await launch(await findBrowser());
});

after(async () => {
  await browser?.close();
  server.close();
});

beforeEach(() => {
  asked = [];
  refusesLazy = false;
});

async function open(t, path) {
  const page = await browser.newPage();
  t.after(() => page.close());
  page.setDefaultTimeout(20_000);
  const failures = [];
  page.on('pageerror', (error) => failures.push(String(error)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await page.goto(`http://127.0.0.1:${port}${path}`);
  await page.waitForFunction(() => customElements.get('ai-stream-chat'));
  return { page, failures };
}

/** @param {import('puppeteer-core').Page} page @param {string} question */
const ask = (page, question) => page.evaluate((text) => document.querySelector('#chat').send(text), question);

/** Waits until an element shows these words. */
const sees = (page, tag, words) =>
  page.waitForFunction(
    (name, text) => document.querySelector(name).shadowRoot.textContent.includes(text),
    {},
    tag,
    words,
  );

it('a plain chat asks for one file, also when it has answered', TIMEOUT, async (t) => {
  const { page, failures } = await open(t, '/chat');
  for (const question of ['plain', 'items']) {
    await ask(page, question);
    const texts = await page.$$eval('#chat >>> article[aria-label="Answer"]', (all) => all.map((one) => one.innerText));
    assert.match(texts.at(-1) ?? '', /Hello there/);
  }
  assert.deepEqual(
    asked.filter((url) => !url.includes('favicon')),
    ['/files/chat.js?v=1'],
  );
  assert.deepEqual(failures, []);
});

it(
  'what comes later works with the file that asked for it, under whatever address, and strictly',
  TIMEOUT,
  async (t) => {
    const { page, failures } = await open(t, '/panel');
    await ask(page, 'gemini');
    await sees(page, 'ai-stream-chat', 'First and last');
    await ask(page, 'table');
    await sees(page, 'ai-artifact-panel', 'Bonn');
    await page.evaluate(() => (document.querySelector('ai-artifact-panel').view = 'diff'));
    await page.waitForFunction(() => document.querySelector('ai-artifact-panel').shadowRoot.querySelector('ins'));
    await ask(page, 'canvas');
    await sees(page, 'ai-artifact-panel', 'Trier is a town.');
    assert.equal(asked.filter((url) => /ai-stream-elements|chat\.js/.test(url)).length, 1, asked.join(' '));
    assert.deepEqual(failures, []);
  },
);

it('speaks the language of the page, whose file stands beside it', TIMEOUT, async (t) => {
  for (const path of ['/chat?lang=de', '/chat?lang=de&classic']) {
    const { page, failures } = await open(t, path);
    await ask(page, 'plain');
    await sees(page, 'ai-stream-chat', 'Hello there');
    await page.waitForSelector('#chat >>> textarea[placeholder="Nachricht schreiben"]');
    await page.waitForSelector('#chat >>> article[aria-label="Antwort"]');
    assert.deepEqual(failures, []);
  }
});

it('bundled as one classic script, with all in it, the panel is there too', TIMEOUT, async (t) => {
  const { page, failures } = await open(t, '/panel?classic');
  await ask(page, 'table');
  await sees(page, 'ai-artifact-panel', 'Bonn');
  assert.deepEqual(failures, []);
});

it('where it cannot be had, the reader is told and nothing is lost; it can be tried again', TIMEOUT, async (t) => {
  refusesLazy = true;
  const { page, failures } = await open(t, '/panel');
  await ask(page, 'table');
  await sees(page, 'ai-stream-chat', 'That is all.');
  await sees(page, 'ai-artifact-panel', 'could not be loaded');
  const kept = await page.evaluate(() => JSON.stringify(document.querySelector('#chat').messages));
  assert.match(kept, /Bonn/);
  for (const question of ['gemini', 'bedrock', 'canvas']) {
    const told = await page.evaluate(async (text) => {
      const chat = document.querySelector('#chat');
      const error = new Promise((resolve) => chat.addEventListener('ai-error', resolve, { once: true }));
      await chat.send(text).catch(() => {});
      const { code, diagnosis } = await error;
      return { code, diagnosis };
    }, question);
    assert.equal(told.code, 'network', question);
    assert.match(told.diagnosis, /lazy\//);
  }
  await page.waitForSelector('#chat >>> [role="alert"]');
  refusesLazy = false;
  await page.locator('ai-artifact-panel >>> ::-p-aria([name="Try again"][role="button"])').click();
  await sees(page, 'ai-artifact-panel', 'Bonn');
  assert.deepEqual(failures, []);
});

it(
  'a picture that cannot be shown for the same reason says so, with what it would show, and can be tried again',
  TIMEOUT,
  async (t) => {
    refusesLazy = true;
    const { page, failures } = await open(t, '/picture');
    await sees(page, 'ai-image', 'could not be loaded');
    await sees(page, 'ai-image', 'A red fox');
    assert.equal(await page.$eval('ai-image', (element) => element.status), 'error');
    refusesLazy = false;
    await page.locator('ai-image >>> ::-p-aria([name="Try again"][role="button"])').click();
    await page.waitForFunction(() => document.querySelector('ai-image').status === 'loaded');
    assert.deepEqual(failures, []);
  },
);

it(
  'an inspector that cannot be shown for the same reason says so, and shows what has come meanwhile',
  TIMEOUT,
  async (t) => {
    refusesLazy = true;
    const { page, failures } = await open(t, '/inspector');
    await sees(page, 'ai-stream-inspector', 'could not be loaded');
    await ask(page, 'plain');
    await sees(page, 'ai-stream-chat', 'Hello there');
    refusesLazy = false;
    await page.locator('ai-stream-inspector >>> ::-p-aria([name="Try again"][role="button"])').click();
    await sees(page, 'ai-stream-inspector', 'Hello **there**');
    assert.deepEqual(failures, []);
  },
);

/** What a reader is told of whatever cannot be had. */
const MISSING = '#chat >>> [part="notice"] ::-p-text(could not be loaded)';

it('the way to other versions of a message says so, where it cannot be had', TIMEOUT, async (t) => {
  refusesLazy = true;
  const { page, failures } = await open(t, '/chat');
  await ask(page, 'plain');
  await sees(page, 'ai-stream-chat', 'Hello there');
  await page.evaluate(() => document.querySelector('#chat').regenerate());
  await page.waitForSelector(MISSING);
  assert.deepEqual(failures, []);
});

it('files to attach are asked for once, also where what takes them cannot be had', TIMEOUT, async (t) => {
  refusesLazy = true;
  const { page, failures } = await open(t, '/attaching');
  await ask(page, 'plain');
  await sees(page, 'ai-stream-chat', 'Hello there');
  const tries = () => asked.filter((url) => url.includes('attachment-list')).length;
  assert.equal(tries(), 1);
  await page.waitForSelector(MISSING);
  refusesLazy = false;
  await page.evaluate(() => (document.querySelector('#chat').accept = 'image/*'));
  await page.waitForSelector('#chat >>> .attach');
  assert.equal(tries(), 2);
  assert.deepEqual(failures, []);
});

it('a message that cannot be changed for the same reason says so, and can be once it is there', TIMEOUT, async (t) => {
  refusesLazy = true;
  const { page, failures } = await open(t, '/chat');
  await ask(page, 'plain');
  await sees(page, 'ai-stream-chat', 'Hello there');
  const edit = page.locator('#chat >>> ::-p-aria([name="Edit"][role="button"])');
  await edit.click();
  await page.waitForSelector(MISSING);
  refusesLazy = false;
  await edit.click();
  await page.waitForSelector('#chat >>> .editor');
  assert.deepEqual(failures, []);
});
