/**
 * The browsers at hand, each started as its readers start it and driven in its own way: Chromium without a driver's
 * switches (puppeteer's turn the isolation of sandboxed frames off), Firefox over WebDriver BiDi, WebKit over WebDriver.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { connect } from 'puppeteer-core';
import { findBrowser } from '../browser.mjs';
import { isExecutable } from '../support/executable.mjs';

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {(url: string) => Promise<void>} open
 * @property {(script: string) => Promise<any>} evaluate an expression; where it is a promise, what it resolves to
 * @property {(x: number, y: number) => Promise<void>} click with the mouse, as a reader does
 * @property {() => Promise<string>} picture what is to be seen, as a PNG in base64
 * @property {(role: string) => Promise<number>} [countRole] how many elements assistive technology knows by this role
 * @property {() => Promise<number>} windows how many windows and tabs there are
 * @property {() => Promise<void>} [back] what the button of that name does
 * @property {() => string[]} downloaded the names of what was saved
 * @property {() => string[]} dialogs what dialogs said
 * @property {() => Promise<void>} close
 */

const START_WITHIN = 30_000;
const SCRIPT_WITHIN = 280_000;

/** Every engine that a reader may have, whether it is installed or why it is not tried. */
export const ENGINES = [
  { name: 'Chromium', missing: () => undefined, start: startChromium, visit: visitInChromium },
  { name: 'Firefox', missing: () => missing(['firefox-esr', 'firefox']), start: startFirefox, visit: visitInFirefox },
  {
    name: 'WebKit',
    missing: () => missing(['WebKitWebDriver']) ?? missing(['Xvfb']) ?? noMiniBrowser(),
    start: startWebKit,
  },
];

/** @type {Map<string, Promise<Engine>>} */
const shared = new Map();

/**
 * An engine for all tests of a process, which each open a page of their own in it: to start one costs more than nearly all
 * that is asked of it.
 * @param {{name: string, start: () => Promise<Engine>}} engine
 */
export function sharedEngine({ name, start }) {
  if (!shared.has(name)) shared.set(name, start());
  return /** @type {Promise<Engine>} */ (shared.get(name));
}

after(() => Promise.all(Array.from(shared.values(), async (engine) => (await engine).close())));

function missing(names) {
  return found(names) ? undefined : `${names[0]} is not installed`;
}

function found(names) {
  const folders = (process.env.PATH ?? '').split(':');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

const LIBRARIES = '/usr/lib';

function miniBrowser() {
  const places = existsSync(LIBRARIES) ? readdirSync(LIBRARIES).filter((name) => name.endsWith('-linux-gnu')) : [];
  return places
    .flatMap((place) =>
      ['4.1', '4.0', '6.0'].map((version) => `${LIBRARIES}/${place}/webkit2gtk-${version}/MiniBrowser`),
    )
    .find(isExecutable);
}

function noMiniBrowser() {
  return miniBrowser() ? undefined : 'WebKit’s MiniBrowser is not installed';
}

/** @returns {Promise<Engine>} */
async function startChromium() {
  const { profile, port, close } = await spawnChromium('about:blank');
  const address = { browserURL: `http://127.0.0.1:${port}`, defaultViewport: null, protocolTimeout: SCRIPT_WITHIN };
  const browser = await eventually(() => connect(address));
  const engine = await puppeteerEngine('Chromium', browser, profile);
  // Firefox does not look into shadow roots for it.
  const [page] = await browser.pages().then((pages) => pages.slice(-1));
  const countRole = async (role) => (await page.$$(`::-p-aria([role="${role}"])`)).length;
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: join(profile, 'saved') });
  return { ...engine, countRole, close };
}

/** Shows a page that nothing drives: a driver waits for every frame that it knows, also for one that hangs. */
async function visitInChromium(url) {
  const { close, isolatesFrames } = await spawnChromium(url);
  return { close, isolatesFrames, isolatesSites: isolatesFrames };
}

async function spawnChromium(url) {
  const { executablePath, args, env, isolatesFrames } = await findBrowser();
  const profile = scratch();
  const port = await freePort();
  const own = [
    `--remote-debugging-port=${port}`,
    `--user-data-dir=${profile}`,
    // A frame that eats memory meets the end of it soon.
    '--js-flags=--max-old-space-size=300',
  ];
  const child = spawn(executablePath, [...args, ...own, url], { env, stdio: 'ignore' });
  return { profile, port, isolatesFrames, close: () => end(child, profile) };
}

/** @returns {Promise<Engine>} */
async function startFirefox() {
  const { profile, port, close } = await spawnFirefox('about:blank');
  const address = { browserWSEndpoint: `ws://127.0.0.1:${port}/session`, defaultViewport: null };
  const protocol = { protocol: 'webDriverBiDi', protocolTimeout: SCRIPT_WITHIN };
  const browser = await eventually(() => connect({ ...address, ...protocol }));
  return { ...(await puppeteerEngine('Firefox', browser, profile)), close };
}

/** Firefox keeps sites apart, but not a frame without a site of its own from its page. */
async function visitInFirefox(url) {
  const { close } = await spawnFirefox(url);
  return { close, isolatesFrames: false, isolatesSites: true };
}

async function spawnFirefox(url) {
  const profile = scratch();
  const port = await freePort();
  const preferences = {
    'browser.download.dir': join(profile, 'saved'),
    'browser.download.folderList': 2,
    'browser.shell.checkDefaultBrowser': false,
    'app.update.disabledForTesting': true,
    'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  };
  const lines = Object.entries(preferences).map(
    (each) => `user_pref(${each.map((one) => JSON.stringify(one)).join()});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--no-remote', '--profile', profile, `--remote-debugging-port=${port}`, url];
  const child = spawn(found(['firefox-esr', 'firefox']), args, { stdio: 'ignore' });
  return { profile, port, close: () => end(child, profile) };
}

/** @returns {Promise<Omit<Engine, 'close'>>} */
async function puppeteerEngine(name, browser, profile) {
  const page = await browser.newPage();
  page.setDefaultTimeout(START_WITHIN);
  const dialogs = [];
  page.on('dialog', (dialog) => {
    dialogs.push(`${dialog.type()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const saved = join(profile, 'saved');
  return {
    name,
    open: async (url) => void (await page.goto(url)),
    evaluate: (script) => page.evaluate(script),
    click: (x, y) => page.mouse.click(x, y),
    picture: () => page.screenshot({ encoding: 'base64' }),
    windows: async () => (await browser.pages()).length,
    downloaded: () => (existsSync(saved) ? readdirSync(saved) : []),
    dialogs: () => dialogs,
  };
}

/** @returns {Promise<Engine>} */
async function startWebKit() {
  const profile = scratch();
  const display = 90 + (process.pid % 400);
  const screen = spawn('Xvfb', [`:${display}`, '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, DISPLAY: `:${display}`, HOME: profile, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}/session`;
  const ask = (path, body) => webDriver(`${address}${path}`, body);
  const options = { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } };
  const { sessionId } = await eventually(() => ask('', { capabilities: { alwaysMatch: options } }));
  const own = `/${sessionId}`;
  await ask(`${own}/timeouts`, { script: SCRIPT_WITHIN, pageLoad: START_WITHIN });
  return {
    name: 'WebKit',
    open: (url) => ask(`${own}/url`, { url }),
    evaluate: (script) => evaluated(ask, own, script),
    click: (x, y) => ask(`${own}/actions`, { actions: [pointerActions(x, y)] }),
    picture: () => ask(`${own}/screenshot`),
    windows: async () => (await ask(`${own}/window/handles`)).length,
    back: () => ask(`${own}/back`, {}),
    downloaded: () => (existsSync(join(profile, 'Downloads')) ? readdirSync(join(profile, 'Downloads')) : []),
    // An open dialog makes the next command an error.
    dialogs: () => [],
    close: () =>
      end(driver, profile, async () => {
        await ask(own, undefined, 'DELETE').catch(() => {});
        screen.kill();
      }),
  };
}

async function evaluated(ask, own, script) {
  const body = `const done = arguments[arguments.length - 1];
    Promise.resolve(${script}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
  const answer = await ask(`${own}/execute/async`, { script: body, args: [] });
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}

function pointerActions(x, y) {
  const move = { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y), origin: 'viewport' };
  const press = [
    { type: 'pointerDown', button: 0 },
    { type: 'pause', duration: 30 },
    { type: 'pointerUp', button: 0 },
  ];
  return { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [move, ...press] };
}

/** One command of the W3C's WebDriver. */
async function webDriver(url, body, method = body === undefined ? 'GET' : 'POST') {
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

function scratch() {
  return mkdtempSync(join(tmpdir(), 'ai-stream-elements-'));
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function eventually(attempt, within = START_WITHIN) {
  const deadline = Date.now() + within;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Ends a browser, whatever it does. */
async function end(child, profile, close) {
  await within(
    close?.().catch(() => {}),
    3000,
  );
  if (child.exitCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(close ? 'SIGKILL' : 'SIGTERM');
    await within(gone, 3000);
    child.kill('SIGKILL');
  }
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  } catch {
    // A process of the browser's still writes there. The folder is the system's to clear.
  }
}

function within(promise, time) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, time).unref())]);
}
