import { existsSync, createReadStream } from 'node:fs';
import { join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { sinkServer } from './artifact/sink-server.mjs';
import { findBrowser } from './browser.mjs';
import { faultServer } from './faults/fault-server.mjs';
import { countingReporter } from './counting-reporter.mjs';
import { heapCommand } from './image/heap-command.mjs';
import { imageServer } from './image/image-server.mjs';
import { pictureCommand } from './support/picture-command.mjs';
import { tellableFailures } from './support/tellable-failures.mjs';
import { touchCommand } from './support/touch-command.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = resolve(root, '../shared');
const { executablePath, args, env, isolatesFrames } = await findBrowser();

/**
 * What the tests are told about their browser; and the vectors and recordings that stand beside the project, read in
 * place, with a 404 where there are none.
 */
function serveShared(context, next) {
  if (context.path === '/browser.json') {
    context.body = { isolatesFrames };
    return undefined;
  }
  if (!context.path.startsWith('/shared/')) return next();
  const file = normalize(join(shared, decodeURIComponent(context.path.slice('/shared/'.length))));
  if (!file.startsWith(shared) || !existsSync(file)) {
    context.status = 404;
    return undefined;
  }
  context.type = file.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  context.body = createReadStream(file);
  return undefined;
}

/** Sandboxed frames in a process of their own, as every reader's Chromium has them; the driver turns that off. */
const ISOLATED = '--enable-features=IsolateSandboxedIframes';

/** Two pages are open at a time; the one behind the other would have no frames without this. */
async function visiblePage({ context }) {
  const page = await context.newPage({ type: 'window' });
  await page.emulateFocusedPage(true);
  return page;
}

export default {
  rootDir: root,
  files: [join(root, 'test/**/*.test.ts')],
  nodeResolve: { exportConditions: ['production', 'browser'] },
  concurrency: 2,
  testsFinishTimeout: 240_000,
  testFramework: { config: { timeout: 20_000, ui: 'bdd' } },
  middleware: [serveShared],
  plugins: [
    tellableFailures(),
    sinkServer(),
    // For any other target it writes JavaScript anew, too, with a map in each file: Mermaid was four times as long.
    esbuildPlugin({ ts: true, target: 'esnext', tsconfig: join(root, 'tsconfig.json') }),
    imageServer(),
    heapCommand(),
    faultServer(),
    touchCommand(),
    pictureCommand({ thumbnails: join(root, 'test/artifact/thumbnails.json') }),
  ],
  browsers: [
    chromeLauncher({ launchOptions: { executablePath, args: [...args, ISOLATED], env }, createPage: visiblePage }),
  ],
  reporters: [defaultReporter({ reportTestProgress: false }), countingReporter(process.env.TEST_COUNTS_FILE)],
};
