import { launch } from 'puppeteer-core';
import { createServer } from 'vite';
import { findBrowser } from '../browser.mjs';

/**
 * A browser with one page that can import the sources, and a count of the main thread's own CPU time: what else the
 * machine does meanwhile is not in it.
 *
 * @param {string} html
 */
export async function openTracedPage(html) {
  const page = {
    name: 'page',
    configureServer: ({ middlewares }) => void middlewares.use('/page', (_, response) => response.end(html)),
  };
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { port: 0, hmr: false, watch: null },
    plugins: [page],
  });
  await server.listen();
  const { executablePath, args, env } = await findBrowser();
  const browser = await launch({
    executablePath,
    env,
    args: [...args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
    protocolTimeout: 600_000,
  });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  const tab = await browser.newPage();
  await tab.setViewport({ width: 1000, height: 800 });
  await tab.goto(`http://localhost:${server.httpServer.address().port}/page`);
  return { page: tab, close };
}

/**
 * The CPU milliseconds of each of the main thread's tasks while `run` runs, by the mark that was set last in the page
 * (`performance.mark`).
 *
 * @param {import('puppeteer-core').Page} page
 * @param {() => Promise<unknown>} run
 * @returns {Promise<Map<string, number[]>>}
 */
export async function tasksByMark(page, run) {
  await page.tracing.start({ categories: ['-*', 'toplevel', 'blink.user_timing'] });
  await run();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const own = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = new Set(own.map(({ pid, tid }) => `${pid} ${tid}`));
  const isOwn = ({ pid, tid }) => threads.has(`${pid} ${tid}`);
  const marks = traceEvents.filter(({ cat, ph }) => cat === 'blink.user_timing' && (ph === 'I' || ph === 'R'));
  marks.sort((a, b) => a.ts - b.ts);
  const tasks = traceEvents.filter(
    (event) => event.name.endsWith('RunTask') && event.tdur !== undefined && isOwn(event),
  );
  tasks.sort((a, b) => a.ts - b.ts);
  const found = new Map();
  let next = 0;
  let current = '';
  for (const { ts, dur, tdur } of tasks) {
    // A mark is set inside the task that begins what it names.
    for (; next < marks.length && marks[next].ts < ts + dur; next += 1) found.set((current = marks[next].name), []);
    found.get(current)?.push(tdur / 1000);
  }
  return found;
}
