/**
 * What an artifact costs while it is written: 1 MB of code at 1,000 tokens a second (67 characters a frame), through the
 * reducer, the panel and a real browser's layout. Frames follow each other as fast as they can, so that the run takes
 * seconds. Prints the main thread's own CPU time for each tenth (a busy machine does not count), and every task that took
 * over 50 ms of it after the first paint.
 *
 *     node bench/artifact.mjs [kilobytes]
 */
import { launch } from 'puppeteer-core';
import { createServer } from 'vite';
import { findBrowser } from '../test/browser.mjs';

const TOTAL = Number(process.argv[2] ?? 1000) * 1000;
const PER_FRAME = 67;
const STEPS = 10;

const PAGE = `<!doctype html><meta charset="utf-8"><style>body{margin:0;display:flex;block-size:100vh}</style>
<main style="flex:1"></main><ai-artifact-panel></ai-artifact-panel><script type="module" src="/src/define/ai-artifact-panel.ts"></script>`;

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  server: { port: 0, hmr: false, watch: null },
  plugins: [
    {
      name: 'page',
      configureServer: ({ middlewares }) => void middlewares.use('/bench', (_, response) => response.end(PAGE)),
    },
  ],
});
await server.listen();
const { executablePath, args, env } = await findBrowser();
const browser = await launch({
  executablePath,
  env,
  args: [...args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`http://localhost:${server.httpServer.address().port}/bench`);
  await page.evaluate(() => customElements.whenDefined('ai-artifact-panel'));
  const length = await page.evaluate(prepare, TOTAL);
  const tenths = [];
  for (let step = 1; step <= STEPS; step++)
    tenths.push(await traced(page, () => page.evaluate(stream, (length * step) / STEPS, PER_FRAME)));
  report(tenths);
} finally {
  await browser.close();
  await server.close();
}

/** The CPU milliseconds of each of the main thread's tasks while something runs. */
async function traced(page, run) {
  await page.tracing.start({ categories: ['-*', 'toplevel'] });
  await run();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const own = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = new Set(own.map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(
    ({ name, pid, tid, tdur }) => name.endsWith('RunTask') && tdur !== undefined && threads.has(`${pid} ${tid}`),
  );
  return tasks.map(({ tdur }) => tdur / 1000);
}

/** In the page: makes the text and opens the panel, and waits until it has painted. */
async function prepare(length) {
  let text = '';
  for (let n = 0; text.length < length; n++)
    text += `${'  '.repeat(n % 5)}export const value${n} = compute(${n}, 'some text', { option: ${n % 7} }); // a remark\n`;
  globalThis.code = text.slice(0, length);
  globalThis.sent = 0;
  document.querySelector('ai-artifact-panel').apply({ type: 'artifact-start', id: 'a', kind: 'code', language: 'ts' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  return length;
}

/** In the page: one delta a frame until so much has been sent. */
async function stream(until, perFrame) {
  const panel = document.querySelector('ai-artifact-panel');
  while (globalThis.sent < until) {
    panel.apply({
      type: 'artifact-delta',
      id: 'a',
      delta: globalThis.code.slice(globalThis.sent, globalThis.sent + perFrame),
    });
    globalThis.sent += perFrame;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function report(tenths) {
  const costs = tenths.map(sum);
  console.log('tenth | main thread, CPU ms | longest task, CPU ms');
  tenths.forEach((tasks, index) =>
    console.log(`${index + 1} | ${Math.round(costs[index])} | ${Math.max(...tasks).toFixed(1)}`),
  );
  const ratio = sum(costs.slice(STEPS / 2)) / sum(costs.slice(0, STEPS / 2));
  console.log(`second half / first half: ${ratio.toFixed(2)} (1 is linear, 3 is quadratic)`);
  console.log(`tasks over 50 ms: ${tenths.flat().filter((task) => task > 50).length}`);
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
