import { launch } from 'puppeteer-core';
import { createServer } from 'vite';
import { findBrowser } from '../browser.mjs';

/**
 * A browser with one page that can import the sources.
 *
 * @param {string} html
 * @param {{headers?: Record<string, string>, args?: string[], prepare?: (page: import('puppeteer-core').Page) => Promise<void>}} [options]
 */
export async function openSourcePage(html, { headers = {}, args: more = [], prepare } = {}) {
  const respond = (_, response) => {
    for (const [name, value] of Object.entries({ 'content-type': 'text/html', ...headers }))
      response.setHeader(name, value);
    response.end(html);
  };
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { port: 0, hmr: false, watch: null },
    // In a fresh checkout, finding out what to bundle would have the page's modules refused while it loads.
    optimizeDeps: { noDiscovery: true, include: [] },
    plugins: [{ name: 'page', configureServer: ({ middlewares }) => void middlewares.use('/page', respond) }],
  });
  await server.listen();
  const { executablePath, args, env } = await findBrowser();
  const browser = await launch({ executablePath, env, args: [...args, ...more], protocolTimeout: 600_000 });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  const page = await browser.newPage();
  page.setDefaultTimeout(90_000);
  await page.setViewport({ width: 1000, height: 800 });
  await prepare?.(page);
  await page.goto(`http://localhost:${server.httpServer.address().port}/page`);
  return { page, browser, close };
}

/**
 * The CPU milliseconds of each of the main thread's tasks while `run` runs, by the mark that was set last in the page
 * (`performance.mark`). What else the machine does meanwhile is not in them.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {() => Promise<unknown>} run
 * @returns {Promise<Map<string, number[]>>}
 */
export async function tasksByMark(page, run) {
  // Its tasks are those of `toplevel`, which tells three times as much of every other thread.
  await page.tracing.start({ categories: ['-*', 'disabled-by-default-devtools.timeline', 'blink.user_timing'] });
  await run();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const own = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = new Set(own.map(({ pid, tid }) => `${pid} ${tid}`));
  const isOwn = ({ pid, tid }) => threads.has(`${pid} ${tid}`);
  const marks = traceEvents.filter(({ cat, ph }) => cat === 'blink.user_timing' && (ph === 'I' || ph === 'R'));
  marks.sort((a, b) => a.ts - b.ts);
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && event.tdur !== undefined && isOwn(event));
  tasks.sort((a, b) => a.ts - b.ts);
  const found = new Map();
  let next = 0;
  let current = '';
  for (const { ts, dur, tdur } of tasks) {
    // A mark is set inside the task that begins what it names.
    for (; next < marks.length && marks[next].ts < ts + dur; next += 1) found.set((current = marks[next].name), []);
    // A virtual machine may count CPU time that it did not have.
    found.get(current)?.push(Math.min(dur, tdur) / 1000);
  }
  return found;
}
