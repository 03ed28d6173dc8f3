/** The demo in a real browser against its real server: every dialect, every failure, from the question to the pixel. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from 'puppeteer-core';
import { startDemoServer } from '../../demo/server/demo-server.js';
import { findBrowser } from '../browser.mjs';
import { ChatPage } from './chat-page.mjs';
import { until } from '../support/until.mjs';

const DIALECTS = ['generic', 'openai', 'anthropic', 'ai-sdk'];
const TIMEOUT = { timeout: 90_000 };

/** @type {Awaited<ReturnType<typeof startDemoServer>>} */
let server;
/** @type {import('puppeteer-core').Browser} */
let browser;
/** @type {ChatPage} */
let chat;

before(async () => {
  server = await startDemoServer({ env: {} });
  browser = await launch(await findBrowser());
  chat = new ChatPage(await browser.newPage());
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * The demo's page, set to a dialect, which must have asked nobody but the demo's server. It is loaded anew for each test, in
 * one tab: a tab of its own costs as much as all that the page does.
 */
async function open(query) {
  await chat.open(`${server.url}/?${new URLSearchParams(query)}`);
  return chat;
}

/** @param {ChatPage} chat */
function assertQuiet(chat) {
  assert.deepEqual(chat.failures, []);
  const foreign = chat.requests.filter((url) => !url.startsWith(server.url) && !/^(data|blob|about):/.test(url));
  assert.deepEqual(foreign, []);
}

const stats = async () => (await fetch(`${server.url}/api/stats`)).json();

for (const dialect of [...DIALECTS, 'sse']) {
  it(`${dialect}: text arrives in pieces and ends as a table`, TIMEOUT, async () => {
    const chat = await open({ dialect, pace: '4' });
    const lengths = await chat.ask('Show me a table');
    assert.ok(lengths.length > 3, `lengths seen: ${lengths.join(' ')}`);
    await chat.see('[role="table"]');
    assert.match(await chat.answer(), /message_stop/);
    assertQuiet(chat);
  });
}

for (const dialect of DIALECTS) {
  describe(dialect, () => {
    it('an artifact opens the panel and fills it, and the text around it stays in the thread', TIMEOUT, async () => {
      const chat = await open({ dialect, pace: '2' });
      await chat.ask('Write some code');
      const panel = 'ai-artifact-panel >>> ';
      await chat.page.waitForSelector(`${panel}::-p-aria([name="lines.js"][role="heading"])`, { visible: true });
      const shown = await chat.page.waitForFunction(() => {
        const text = document.querySelector('ai-artifact-panel').shadowRoot.querySelector('[part~=content]').innerText;
        return text.includes('// one, two, three') && text;
      });
      assert.match(await shown.jsonValue(), /export async function\* lines\(chunks\)/);
      assert.match(await chat.answer(), /splits a stream into lines[^]*until the rest of it comes/);
      assert.doesNotMatch(await chat.answer(), /export async function/);
      assertQuiet(chat);
    });

    it('a picture appears, and expires when the server refuses it', TIMEOUT, async () => {
      const chat = await open({ dialect, pace: '0', lifetime: '2' });
      await chat.page.evaluate(() => {
        // The demo would answer with a fresh address.
        addEventListener(
          'ai-image-refresh',
          (event) => {
            event.preventDefault();
            event.stopImmediatePropagation();
          },
          true,
        );
      });
      await chat.ask('Draw an image');
      const picture = await chat.see('[name="Layered hills under a low sun"][role="image"]');
      const url = await picture.evaluate(async (image) => {
        await image.decode();
        return image.currentSrc;
      });
      await chat.page.waitForSelector('#chat >>> ai-image >>> ::-p-text(Image expired)', { visible: true });
      const address = url.startsWith('blob:') ? await chat.page.$eval('#chat >>> ai-image', (image) => image.src) : url;
      const status = await until(
        async () => (await fetch(address)).status,
        (code) => code !== 200,
      );
      assert.equal(status, 403);
      assertQuiet(chat);
    });

    it('Stop stops the server’s writing, keeps what came, and the next question works', TIMEOUT, async () => {
      const chat = await open({ dialect, pace: '0' });
      const earlier = (await stats()).stoppedEarly;
      await chat.begin('stall', /Press Stop/);
      await chat.press('Stop');
      await until(stats, ({ open, stoppedEarly }) => open === 0 && stoppedEarly === earlier + 1);
      assert.match(await chat.answer(), /This answer stops here without ending/);
      assert.equal(await chat.alert(), '');
      await chat.ask('hello');
      assert.match(await chat.answer(), /Hello from a stream/);
      assertQuiet(chat);
    });

    const FAILURES = [
      { ask: 'html', alert: /not a conversation/ },
      { ask: '401', alert: /could not answer/ },
      { ask: '500', alert: /could not answer/ },
      { ask: '429', alert: /busy just now[^]*Too many questions/ },
      { ask: 'truncate', alert: /cut off/, kept: /breaks off in the middle of an event/ },
      { ask: 'error', alert: /The model is overloaded/, kept: /This much was written/ },
      { ask: 'broken json', kept: /One event is broken JSON\. The others are not, and the answer goes on/ },
      { ask: 'unknown event', kept: /It was passed over, and the answer goes on/ },
    ];
    it('each failure is told in words, loses nothing, and the next question works', TIMEOUT, async () => {
      const chat = await open({ dialect, pace: '0' });
      for (const { ask, alert, kept } of FAILURES) {
        await chat.ask(ask);
        if (alert) assert.match(await chat.alert(), alert, ask);
        else assert.equal(await chat.alert(), '', ask);
        if (kept) assert.match(await chat.answer(), kept, ask);
        await chat.ask('hello');
        assert.match(await chat.answer(), /Hello from a stream/, `after ${ask}`);
        assert.equal(await chat.alert(), '', `after ${ask}`);
      }
      assertQuiet(chat);
    });
  });
}

for (const dialect of ['openai', 'anthropic', 'ai-sdk']) {
  it(`${dialect}: a tool is called, drawn by the page, and the answer goes on with its result`, TIMEOUT, async () => {
    const chat = await open({ dialect, pace: '0' });
    await chat.ask('Call the weather tool');
    await chat.answerHas(/In Oslo it stays clear/);
    const card = await chat.page.waitForSelector('[slot^="tool-"]', { visible: true });
    assert.match(await card.evaluate((element) => element.textContent), /^Oslo: clear, 4°/);
    assert.doesNotMatch(await chat.answer(), /get_weather/);
  });
}

it('a connection that is lost in the middle costs nothing: one POST, the whole answer', TIMEOUT, async () => {
  const { page } = await open({});
  const asked = [];
  page.on('request', (request) => request.url().includes('/api/chat/generic') && asked.push(request.method()));
  await page.$eval('#losses [value="drop"]', (button) => button.click());
  await page.waitForFunction(() => /milliseconds/.test(document.querySelector('#attempts').textContent));
  const text = await page.waitForFunction(() => {
    const { session } = document.querySelector('#lost');
    return (
      session.status === 'ready' &&
      session.messages
        .at(-1)
        .parts.map(({ text }) => text)
        .join('')
    );
  });
  const whole = await text.jsonValue();
  assert.match(whole, /^The connection breaks[^]*That is all that one sees of it\.$/);
  assert.equal(whole.split('What comes twice').length, 2);
  assert.deepEqual(asked, ['POST', 'GET']);
});

it('a reader who goes offline in the middle of an answer gets the rest of it afterwards', TIMEOUT, async () => {
  const { page } = await open({});
  const note = () => document.querySelector('#lost').shadowRoot.querySelector('[part=reconnecting]')?.textContent;
  await page.$eval('#losses [value="hello"]', (button) => button.click());
  await page.waitForFunction(() => document.querySelector('#lost').session.status === 'streaming');
  await page.$eval('#offline', (button) => button.click());
  await page.waitForFunction(`(${note})()?.includes('You are offline')`);
  await page.$eval('#offline', (button) => button.click());
  await page.waitForFunction(() => document.querySelector('#lost').session.status === 'ready');
  assert.equal(await page.evaluate(`(${note})()`), undefined);
});

it('the browser’s own EventSource reads the simple stream to its end', TIMEOUT, async () => {
  const { page } = await open({});
  const text = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const source = new EventSource('/api/chat/sse?pace=0&prompt=hello');
        let words = '';
        source.addEventListener('message', ({ data }) => (words += JSON.parse(data).text));
        source.addEventListener('done', () => {
          source.close();
          resolve(words);
        });
      }),
  );
  assert.match(text, /^## Hello from a stream/);
});

it('works under a strict policy: no inline script or style, no string as markup', TIMEOUT, async () => {
  const chat = await open({ csp: 'strict', dialect: 'ai-sdk', pace: '0' });
  await chat.ask('think, markdown, code, image, tool');
  await chat.see('[role="table"]');
  assert.deepEqual(await chat.page.evaluate(() => globalThis.violations), []);
  assertQuiet(chat);
});

it('the page shows each event as it came', TIMEOUT, async () => {
  const chat = await open({ dialect: 'anthropic', pace: '0' });
  await chat.ask('hello');
  const log = await chat.page.waitForSelector('::-p-aria([name="Events on the wire"][role="region"])');
  const text = await log.evaluate((region) => region.textContent);
  assert.match(text, /message_start[^]*content_block_delta[^]*message_stop/);
});

it('an artifact of each kind can be seen working', TIMEOUT, async () => {
  const SHOWS = {
    html: 'iframe',
    svg: '.picture img',
    markdown: '.markdown h1',
    mermaid: 'iframe',
    csv: 'td.number',
    json: '.json .key',
    code: '.chunk',
    text: '.chunk',
    bars: 'iframe',
  };
  const chat = await open({});
  for (const [kind, shows] of Object.entries(SHOWS)) {
    await chat.page.locator(`#kinds button[value="${kind}"]`).click();
    await chat.page.waitForSelector(`#artifact >>> ::-p-aria([name="${kind}"])`);
    await chat.page.waitForSelector(`#artifact >>> ${shows}`, { visible: true });
    await chat.page.waitForSelector('#artifact:not(:state(streaming))');
  }
  assertQuiet(chat);
});

for (const width of [360, 1280]) {
  it(`the page does not scroll sideways at ${width} pixels`, TIMEOUT, async () => {
    const chat = await open({ dialect: 'openai', pace: '0' });
    await chat.page.setViewport({ width, height: 800 });
    await chat.ask('markdown');
    const overflow = await chat.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide`);
  });
}
