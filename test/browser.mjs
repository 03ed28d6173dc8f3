import { dirname, join } from 'node:path';
import { isExecutable } from './support/executable.mjs';

const INSTALLED = {
  linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
};

/** Switches that keep a test browser from talking to anyone but the test. */
const QUIET = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--hide-scrollbars=false',
];

/**
 * The browser to test in: `CHROME_PATH`, an installed Chrome, Chromium or Edge, else the headless Chromium that the
 * npm package `@sparticuz/chromium` carries.
 * `isolatesFrames`: whether a frame that hangs leaves the page alive, which a test must know before it makes one hang.
 * @returns {Promise<{executablePath: string, args: string[], env: NodeJS.ProcessEnv, isolatesFrames: boolean}>}
 */
export async function findBrowser() {
  const args = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET;
  const installed = process.env.CHROME_PATH || installedBrowser();
  if (installed) return { executablePath: installed, args, env: process.env, isolatesFrames: true };
  try {
    return await packagedBrowser(args);
  } catch (error) {
    throw new Error(
      `No browser to test in: install Chrome, Chromium or Edge, or set CHROME_PATH to one (${error.message}).`,
      {
        cause: error,
      },
    );
  }
}

function installedBrowser() {
  return candidates().find(isExecutable);
}

function candidates() {
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots.filter(Boolean).flatMap((root) => INSTALLED.win32.map((path) => join(root, path)));
  }
  if (process.platform === 'darwin') return INSTALLED.darwin;
  const folders = (process.env.PATH ?? '').split(':');
  return INSTALLED.linux.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string[]} args */
async function packagedBrowser(args) {
  // The package unpacks the libraries that a bare system lacks only where it believes itself in a cloud function.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  const libraries = join(dirname(executablePath), 'al2023', 'lib');
  const LD_LIBRARY_PATH = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  // This build is a single-process headless shell: it has neither a zygote nor the new headless mode.
  const shellArgs = args.filter((arg) => !arg.startsWith('--headless'));
  return {
    executablePath,
    args: [...shellArgs, '--headless=shell', '--no-sandbox', '--no-zygote'],
    env: { ...process.env, LD_LIBRARY_PATH },
    isolatesFrames: false,
  };
}
