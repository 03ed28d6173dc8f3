/**
 * What a model writes asks for nothing and does nothing, seen from outside the page: a server that every host resolves
 * to, and a browser that tells of every dialog, popup, download and navigation. `HOSTILE_SEED=1` takes other texts
 * through the chat.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { NAMELESS, openSink } from './hosts-sink.mjs';
import { openSourcePage } from './source-page.mjs';
import { HOSTILE_FILES, HOSTILE_KINDS } from '../support/hostile-vectors.mjs';

const SEED = Number(process.env.HOSTILE_SEED ?? 1);
const SHARED = new URL('../../../shared/vectors/', import.meta.url);
const BATCH = 150;
/** One in so many goes through the chat as well. */
const CHAT_EVERY = 6;

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>x</title><script type="module" src="/test/e2e/hostile-page.ts"></script>';
const STRICT =
  '<!doctype html><meta charset="utf-8"><title>x</title><script type="module" src="/src/define/ai-markdown.ts"></script>';
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'none'; base-uri 'none'; " +
  "form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html ai-markdown";

/** What the browser itself asks for. */
const BROWSERS_OWN = /(?:^|\.)(?:google|googleapis|gstatic|gvt1|chromium)\.(?:com|org)$/;

function vectors() {
  return HOSTILE_FILES.filter((file) => existsSync(new URL(`${file}.json`, SHARED)))
    .flatMap((file) => JSON.parse(readFileSync(new URL(`${file}.json`, SHARED), 'utf8')))
    .filter(({ kind }) => HOSTILE_KINDS.has(kind))
    .flatMap(({ input, as_link: link, as_image: image }) => [input, link, image])
    .filter((text) => typeof text === 'string' && text.length < 5000);
}

function isAsked(happened, host) {
  const name = /^[\d.:]+$|^\[/.test(host) ? NAMELESS : host.replace(/:\d+$/, '');
  return happened === `asked ${name}` || happened.startsWith(`request http://${host}/`);
}

/** Everything that happened to the browser since it was last asked. */
class Watch {
  constructor(page, browser, sink) {
    this.happened = [];
    this.sink = sink;
    page.on('dialog', (dialog) => {
      this.happened.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('framenavigated', (frame) => this.happened.push(`navigation ${frame.url()}`));
    page.on('request', (request) => {
      // A browser asks for addresses that are none here (`https://e%20x.test/`), on a click and in vain.
      if (!URL.canParse(request.url())) return;
      const { pathname, hostname } = new URL(request.url());
      const isModule = hostname === 'localhost' && /^\/(?:src|test|node_modules|@)/.test(pathname);
      if (hostname === 'localhost' && !isModule) this.happened.push(`request ${request.url()}`);
    });
    browser.on('targetcreated', async (target) => {
      this.happened.push(`popup ${target.url()}`);
      await (await target.page())?.close().catch(() => undefined);
    });
  }

  async downloadsOf(browser) {
    const client = await browser.target().createCDPSession();
    await client.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
    client.on('Browser.downloadWillBegin', ({ url, suggestedFilename }) => {
      const isOurs = url.startsWith('blob:http://localhost') && /^(?:code|table)\.[a-z]+$/.test(suggestedFilename);
      if (!isOurs) this.happened.push(`download ${url} ${suggestedFilename}`);
    });
  }

  /** @param {string[]} [named] hosts that the reader was told of and that were asked for on a click */
  async take(named = []) {
    // A connection that failed is tried again.
    for (let seen = -1; seen !== this.sink.hosts.length; await new Promise((resolve) => setTimeout(resolve, 150)))
      seen = this.sink.hosts.length;
    const asked = this.sink.hosts.splice(0).filter((host) => !BROWSERS_OWN.test(host));
    return [...this.happened.splice(0), ...asked.map((host) => `asked ${host}`)].filter(
      (each) => !named.some((host) => isAsked(each, host)),
    );
  }
}

describe('nothing that a model writes runs, asks or leaves', { timeout: 300_000 }, () => {
  let sink;
  let opened;
  let client;
  let watch;

  before(async () => {
    sink = await openSink();
    opened = await openSourcePage(PAGE, { args: sink.args });
    await opened.page.waitForFunction(() => globalThis.hostile);
    client = await opened.page.createCDPSession();
    watch = new Watch(opened.page, opened.browser, sink);
    await watch.downloadsOf(opened.browser);
    await watch.take();
  });

  after(async () => {
    await opened.close();
    sink.close();
  });

  const inPage = (name, ...args) =>
    opened.page.evaluate((method, given) => globalThis.hostile[method](...given), name, args);

  /** As a reader's hand does it: what needs a gesture has one. */
  async function pressAll(pictures) {
    const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
      expression: `globalThis.hostile.pressAll(${pictures})`,
      userGesture: true,
      awaitPromise: true,
      returnByValue: true,
    });
    assert.equal(exceptionDetails, undefined);
    return result.value;
  }

  /** Shows texts, presses all that there is, and tells what is wrong. */
  async function tryOut(method, texts) {
    const problems = [...(await inPage(method, texts)), ...(await watch.take())];
    const { links, count } = await pressAll(false);
    problems.push(...links.filter((url) => !/^(?:https?|mailto):/.test(url)).map((url) => `followed ${url}`));
    problems.push(...(await watch.take()));
    const pictures = await pressAll(true);
    problems.push(...(await watch.take(pictures.named)));
    await inPage('clear');
    return { problems, count: count + pictures.count };
  }

  async function tryAll(method, texts) {
    const problems = [];
    let count = 0;
    for (let at = 0; at < texts.length; at += BATCH) {
      const tried = await tryOut(method, texts.slice(at, at + BATCH));
      problems.push(...tried.problems.map((problem) => `${at}: ${problem}`));
      count += tried.count;
    }
    return { problems, count };
  }

  it('is seen by these oracles where it does happen', async () => {
    const found = await inPage('showBroken');
    for (const sign of ['attribute onerror', 'attribute style', 'attribute id', 'active-tag form', 'active-tag link'])
      assert.ok(found.includes(sign), `${sign} among ${found}`);
    await opened.page.click('.broken button');
    await opened.page.click('.broken a');
    const happened = (await watch.take()).join('\n');
    for (const sign of ['dialog 1', 'picture.test', 'connect.test', 'style.test', 'popup', 'download'])
      assert.ok(happened.includes(sign), `${sign} in\n${happened}`);
    await inPage('clear');
    await inPage('breakPolicy', true);
    const { problems } = await tryOut('showInMarkdown', ['[a](javascript:alert(1)) ![b](https://broken.test/x)']);
    await inPage('breakPolicy', false);
    for (const sign of ['address javascript:', 'followed javascript:', 'asked broken.test'])
      assert.ok(problems.join('\n').includes(sign), `${sign} in\n${problems.join('\n')}`);
    await watch.take();
  });

  it('in ai-markdown, with everything pressed', async () => {
    const { problems, count } = await tryAll('showInMarkdown', [...vectors(), ...(await inPage('hostileTexts'))]);
    assert.ok(count > 500, `${count} pressed`);
    assert.deepEqual(problems, []);
  });

  it('in a chat, with everything pressed', async () => {
    const texts = [...vectors(), ...(await inPage('hostileTexts'))];
    const some = texts.filter((_, index) => index % CHAT_EVERY === SEED % CHAT_EVERY);
    const { problems, count } = await tryAll('showInChat', some);
    assert.ok(count > 80, `${count} pressed`);
    assert.deepEqual(problems, []);
  });
});

it(
  'runs under a policy that allows nothing but itself, and trusted types of its own',
  { timeout: 60_000 },
  async () => {
    const opened = await openSourcePage(STRICT, {
      headers: { 'content-security-policy': POLICY },
      prepare: (page) =>
        page.evaluateOnNewDocument(() => {
          globalThis.violations = [];
          globalThis.policies = {};
          const { createPolicy } = TrustedTypePolicyFactory.prototype;
          TrustedTypePolicyFactory.prototype.createPolicy = function (name, rules) {
            globalThis.policies[name] = rules;
            return createPolicy.call(this, name, rules);
          };
          addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
            globalThis.violations.push(`${violatedDirective} ${sample}`),
          );
        }),
    });
    try {
      const { shown, violations } = await opened.page.evaluate(async () => {
        await customElements.whenDefined('ai-markdown');
        const element = document.createElement('ai-markdown');
        document.body.append(element);
        await element.updateComplete;
        const text =
          'a &copy; **b** [c](https://a.test "&quot;") <kbd style="color: red" title="d&amp;e">K</kbd>\n\n```js\nlet x = 1;\n```\n\n|a|\n|-|\n|b|\n\n<details open>x</details>';
        for (const char of text) {
          element.write(char);
          element.flush();
        }
        element.end();
        element.shadowRoot.querySelector('a').click();
        const kbd = element.shadowRoot.querySelector('kbd');
        // A breach is told a task later.
        await new Promise((resolve) => setTimeout(resolve, 50));
        return {
          shown: [element.shadowRoot.querySelector('p').textContent, kbd.title],
          violations: globalThis.violations,
        };
      });
      assert.deepEqual(shown, ['a © b c K', 'd&e']);
      assert.deepEqual(violations, []);
      await assert.rejects(
        opened.page.evaluate(() => void (document.body.innerHTML = '<b>')),
        /TrustedHTML/,
      );
      // Whoever gets hold of our policy can make nothing with it.
      const makes = (rule) =>
        opened.page.evaluate((name) => globalThis.policies['ai-markdown'][name]('<img src=x onerror=alert(1)>'), rule);
      for (const rule of ['createHTML', 'createScriptURL']) await assert.rejects(makes(rule), /ai-markdown/);
    } finally {
      await opened.close();
    }
  },
);
