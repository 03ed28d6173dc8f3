/**
 * What rendering markdown costs while it is being written, beside rendering it once and beside other renderers. Every
 * number is a ratio to ONE marked.parse, DOMPurify.sanitize and innerHTML of the same text in the same run, less what
 * the harness itself costs. Main-thread CPU, from the browser's own counter; a fresh page for each run, which has been
 * idle for a moment as a page is before its first answer. What is done in that time is not counted: `cold` has had none.
 *
 *     npm run bench                        the table of the README
 *     node bench/markdown.mjs --all        with 1 MB, and with the peers at 100 KB
 *     node bench/markdown.mjs --only=html,chinese --pace=0     other shapes of `documents.mjs`
 *     node bench/markdown.mjs --only=mixed --sizes=10,100 --peers=ours,smd --pace=0,1000 --runs=3
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { launch } from 'puppeteer-core';
import { findBrowser } from '../test/browser.mjs';
import { bundle } from './bundle.mjs';

const options = Object.fromEntries(process.argv.slice(2).map((option) => option.replace(/^--/, '').split('=')));
const all = 'all' in options;
const list = (name, standard) => (options[name] ?? standard).split(',');
const RUNS = Number(options.runs ?? 3);
const LIMIT = Number(options.limit ?? 20_000);

if (!existsSync(new URL('node_modules/streaming-markdown', import.meta.url))) {
  console.error('The peers are not installed. Run: npm ci --prefix bench');
  process.exit(1);
}

const script = await bundle('markdown-page.ts');
const server = createServer((request, response) => {
  if (request.url === '/bench.js') {
    response.setHeader('content-type', 'text/javascript');
    return response.end(script);
  }
  response.setHeader('content-type', 'text/html');
  response.end(
    '<!doctype html><meta charset="utf-8"><body style="margin:2rem auto;max-width:48rem;font:16px system-ui"><script type="module" src="/bench.js"></script>',
  );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { executablePath, args, env } = await findBrowser();
const browser = await launch({ executablePath, args, env, protocolTimeout: 600_000 });
try {
  for (const plan of plans()) await report(plan);
} finally {
  await browser.close();
  server.close();
}

/** @returns {Generator<{title: string, runs: object[], peers: string[], paired?: string}>} */
function* plans() {
  const shapes = list('only', 'mixed,paragraph,list,table,code,nested');
  const sizes = list('sizes', all ? '10,100,1000' : '10,100').map(Number);
  const paces = list('pace', '0,1000,100').map(Number);
  for (const size of sizes) {
    for (const document of shapes) yield* plansOf(document, size, paces);
  }
}

function* plansOf(document, size, paces) {
  for (const pace of paces.filter((each) => isWorthwhile(document, size, each))) {
    yield plan(document, size, pace, false);
    if (pace === 1000 && size === 100) yield plan(document, size, pace, true);
  }
}

/** One shape is enough for 1 MB and for what a screen's frames cost, and slow streams are short. */
function isWorthwhile(document, size, pace) {
  if (document === 'mixed') return size <= (pace === 0 ? 1000 : pace >= 1000 ? 100 : 10);
  return pace === 0;
}

function plan(document, size, pace, follow) {
  const slow = size > 10 ? [] : ['cold', 'smd-purify', 'naive', 'streamdown'];
  const floor = pace > 0 ? ['reveal'] : [];
  const standard = [
    'ours',
    ...floor,
    ...(size > 100 ? [] : ['smd']),
    ...(document === 'mixed' && pace !== 100 ? slow : []),
  ];
  const peers = options.peers ? list('peers', '') : standard;
  const how = pace === 0 ? 'flood' : `frames at ${pace} tokens/s${follow ? ', following the tail' : ''}`;
  const run = { document, size: size * 1000, pace, follow, limit: pace > 0 ? 120_000 : LIMIT };
  return { title: `${document} ${size} KB, ${how}`, peers, run };
}

async function report({ title, peers, run }) {
  const results = new Map(['null', 'oneshot', ...peers].map((peer) => [peer, []]));
  // A paced run takes as long as its text: two seconds, or half a minute and more.
  const often = run.pace === 0 || run.size / run.pace <= 10;
  // Interleaved: what else the machine does meanwhile hits all alike.
  for (let count = 0; count < RUNS; count += 1) {
    for (const [peer, found] of results) {
      if (often || peer === 'oneshot' || count === 0) found.push(await measure({ ...run, peer }));
    }
  }
  const tasks = run.pace === 0 && peers.includes('ours') ? await traced({ ...run, peer: 'ours' }) : [];
  const limit = median(results.get('oneshot').map(costOf));
  // Each beside the run of the harness that came before it: a machine is slower for a while, and then for both.
  const idle = results.get('null');
  console.log(`\n${title}   (one-shot ${limit.toFixed(0)} ms)`);
  for (const peer of peers) {
    const [first] = results.get(peer);
    const result = { ...first, p95: median(results.get(peer).map((each) => each.p95)) };
    const costs = results.get(peer).map((each, count) => costOf(each) - costOf(idle[count] ?? idle[0]));
    const ratio = median(costs) / limit;
    console.log(`  ${peer.padEnd(11)} ${`${ratio.toFixed(2)}x`.padStart(9)}  ${describe(result)}`);
  }
  if (tasks.length > 0) console.log(`  ours, traced: ${describeTasks(tasks)}`);
}

function costOf({ cpu, share }) {
  return cpu / Math.max(share, 0.01);
}

function describe(result) {
  const churn = result.added ? `, churn ${((result.added + result.removed) / result.nodes).toFixed(2)}` : '';
  const done = result.share < 1 ? `stopped at ${(result.share * 100).toFixed(0)} %, projected; ` : '';
  const parts = `script ${result.script.toFixed(0)}, layout ${result.layout.toFixed(0)}, style ${result.style.toFixed(0)} ms`;
  const frames = result.p95 > 0 ? `, p95 of frames ${result.p95.toFixed(1)} ms` : '';
  const late = result.late > 0 ? `, text drawn within ${result.late.toFixed(0)} ms` : '';
  return `${done}${parts}${frames}${late}; longest task ${result.longest.toFixed(0)} ms, over 50 ms: ${result.tasksOver50}${churn}`;
}

function describeTasks(tasks) {
  const long = tasks.filter((task) => task > 50).length;
  const longest = tasks.reduce((most, task) => Math.max(most, task), 0);
  return `longest task ${longest.toFixed(1)} ms, over 50 ms: ${long}`;
}

/**
 * The milliseconds of each of the main thread's tasks: by the clock or by its CPU time, whichever is less. A busy machine
 * stretches the one, and a virtual one may count the other wrongly.
 */
async function traced(run) {
  let tasks = [];
  await measure(run, async (page, work) => {
    await page.tracing.start({ categories: ['-*', 'toplevel'] });
    const result = await work();
    const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
    const own = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
    const threads = new Set(own.map(({ pid, tid }) => `${pid} ${tid}`));
    tasks = traceEvents
      .filter(
        ({ name, pid, tid, tdur }) => name.endsWith('RunTask') && tdur !== undefined && threads.has(`${pid} ${tid}`),
      )
      .map(({ dur, tdur }) => Math.min(dur, tdur) / 1000);
    return result;
  });
  return tasks;
}

async function measure(run, around = (_, work) => work()) {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: 1000, height: 800 });
    if (run.peer === 'cold') await page.evaluateOnNewDocument(() => (globalThis.requestIdleCallback = () => 0));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const look = () => (window.bench ? resolve() : setTimeout(look, 5));
          look();
        }),
    );
    await page.evaluate((each) => window.bench.prepare(each), run);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const client = await page.createCDPSession();
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    if ('profile' in options) await startProfile(client);
    const before = await times(client);
    const result = await around(page, () => page.evaluate(() => window.bench.measure()));
    const after = await times(client);
    if ('profile' in options) await printProfile(client, run.peer);
    return { ...result, ...Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]])) };
  } finally {
    await page.close();
  }
}

async function startProfile(client) {
  await client.send('Profiler.enable');
  await client.send('Profiler.setSamplingInterval', { interval: 200 });
  await client.send('Profiler.start');
}

/** Where the script's own time went, by function. */
async function printProfile(client, peer) {
  const { profile } = await client.send('Profiler.stop');
  const own = new Map();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  profile.samples.forEach((id, index) => {
    const { functionName, lineNumber } = nodes.get(id);
    const name = `${functionName || 'anonymous'}:${lineNumber}`;
    own.set(name, (own.get(name) ?? 0) + profile.timeDeltas[index] / 1000);
  });
  console.log(`    ${peer}:`);
  for (const [name, time] of [...own].sort((a, b) => b[1] - a[1]).slice(0, 22))
    console.log(`      ${time.toFixed(1).padStart(8)} ms  ${name}`);
}

/** Milliseconds of the main thread so far: all of it, and the parts of it. */
async function times(client) {
  const { metrics } = await client.send('Performance.getMetrics');
  const of = (name) => 1000 * metrics.find((metric) => metric.name === name).value;
  return {
    cpu: of('TaskDuration'),
    script: of('ScriptDuration'),
    layout: of('LayoutDuration'),
    style: of('RecalcStyleDuration'),
  };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
