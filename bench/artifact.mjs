/**
 * What an artifact costs while it is written: 1 MB of code at 1,000 tokens a second (4 characters each), through the
 * reducer, the panel, its colours and a real browser's layout. The clock sets the pace: each frame brings what 1,000 tokens
 * a second have written since the one before. The whole would take over four minutes, so in each tenth of the text the last
 * seconds are paced and measured, and what is before them comes as fast as frames do, a hundred frames' text in each;
 * `--whole` paces every character. Counted is the main thread's own CPU time (a busy machine does not count): for each
 * second of the paced stretch, and every task that took over 50 ms of it after the first paint, paced or not.
 *
 *     node bench/artifact.mjs [--whole]
 */
import { openSourcePage } from '../test/e2e/source-page.mjs';

const TOTAL = 1_000_000;
const PER_SECOND = 4000;
const PER_FLOODED_FRAME = 6700;
const STEPS = 10;
/** So much of each tenth comes at its pace, in seconds. */
const PACED = process.argv.includes('--whole') ? TOTAL / STEPS / PER_SECOND : 5;

const PAGE = `<!doctype html><meta charset="utf-8"><style>body{margin:0;display:flex;block-size:100vh}</style>
<main style="flex:1"></main><ai-artifact-panel></ai-artifact-panel><script type="module" src="/src/define/ai-artifact-panel.ts"></script>`;

const { page, close } = await openSourcePage(PAGE);
try {
  await page.setViewport({ width: 1280, height: 800 });
  await page.evaluate(() => customElements.whenDefined('ai-artifact-panel'));
  const length = await page.evaluate(prepare, TOTAL);
  const tenths = [];
  for (let step = 1; step <= STEPS; step++) {
    const end = (length * step) / STEPS;
    const flooded = await traced(page, () => page.evaluate(flood, end - PACED * PER_SECOND, PER_FLOODED_FRAME));
    const paced = await traced(page, () => page.evaluate(pace, end, PER_SECOND));
    tenths.push({ flooded, paced });
  }
  report(tenths);
} finally {
  await close();
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

/** In the page: so much a frame until so much has been sent. */
async function flood(until, perFrame) {
  const panel = document.querySelector('ai-artifact-panel');
  while (globalThis.sent < until) {
    const to = Math.min(until, globalThis.sent + perFrame);
    panel.apply({ type: 'artifact-delta', id: 'a', delta: globalThis.code.slice(globalThis.sent, to) });
    globalThis.sent = to;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** In the page: token by token, in each frame those of the time since the last one. Gives how long it took. */
async function pace(until, perSecond) {
  const panel = document.querySelector('ai-artifact-panel');
  const [begun, from] = [performance.now(), globalThis.sent];
  while (globalThis.sent < until) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const due = Math.min(until, from + ((performance.now() - begun) / 1000) * perSecond);
    for (; globalThis.sent + 4 <= due; globalThis.sent += 4) {
      const delta = globalThis.code.slice(globalThis.sent, globalThis.sent + 4);
      panel.apply({ type: 'artifact-delta', id: 'a', delta });
    }
    if (until - globalThis.sent < 4) globalThis.sent = until;
  }
}

function report(tenths) {
  const costs = tenths.map(({ paced }) => sum(paced) / PACED);
  console.log(`1 MB of code at 1,000 tokens a second, paced by the clock for ${PACED * STEPS} s of it`);
  console.log('tenth | main thread, CPU ms a second | longest task, CPU ms (paced, flooded)');
  tenths.forEach(({ paced, flooded }, index) =>
    console.log(`${index + 1} | ${Math.round(costs[index])} | ${longest(paced)}, ${longest(flooded)}`),
  );
  const ratio = sum(costs.slice(STEPS / 2)) / sum(costs.slice(0, STEPS / 2));
  console.log(`second half / first half: ${ratio.toFixed(2)} (1 is linear, 3 is quadratic)`);
  const tasks = tenths.flatMap(({ paced, flooded }) => [...paced, ...flooded]);
  console.log(`tasks over 50 ms: ${tasks.filter((task) => task > 50).length} of ${tasks.length}`);
}

function longest(tasks) {
  return Math.max(0, ...tasks).toFixed(1);
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
