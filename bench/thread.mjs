/**
 * What a word costs in a thread of 50 and of 2,000 messages: three seconds of an answer at 300 tokens a second, in the
 * chat as a reader has it, following the end. Counted is the main thread's own CPU time; the ratio is the promise, which
 * is that what stands above costs nothing.
 *
 *     node bench/thread.mjs
 */
import { openSourcePage } from '../test/e2e/source-page.mjs';

const SIZES = [50, 2000];
const ROUNDS = 2;
const PAGE = `<!doctype html><meta charset="utf-8"><style>body{margin:0}</style>
<ai-stream-chat></ai-stream-chat><script type="module" src="/src/define/ai-stream-chat.ts"></script>`;

const costs = new Map(SIZES.map((size) => [size, []]));
// In turns, so that what else the machine does meets both alike.
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [size, found] of costs) found.push(await measure(size));
}
const [few, many] = SIZES.map((size) => Math.min(...costs.get(size)));
SIZES.forEach((size) => console.log(`${size} messages: ${Math.min(...costs.get(size)).toFixed(0)} ms of CPU`));
console.log(`ratio: ${(many / few).toFixed(2)} (1: what stands above costs nothing)`);

async function measure(size) {
  const { page, close } = await openSourcePage(PAGE);
  try {
    await page.evaluate(() => customElements.whenDefined('ai-stream-chat'));
    await page.evaluate(prepare, size);
    const client = await page.createCDPSession();
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    const before = await timeOf(client);
    await page.evaluate(stream);
    const after = await timeOf(client);
    return (after - before) * 1000;
  } finally {
    await close();
  }
}

async function timeOf(client) {
  const { metrics } = await client.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value;
}

/** In the page: so many messages, and an answer that has begun. */
async function prepare(size) {
  const chat = document.querySelector('ai-stream-chat');
  const text = `## An answer\n\n${'Some words, **bold** and `code`. '.repeat(8)}\n\n- one\n- two\n\n${'More words. '.repeat(20)}`;
  chat.messages = Array.from({ length: size }, (_, at) => ({
    id: `m${at}`,
    role: at % 2 === 0 ? 'user' : 'assistant',
    parts: [{ type: 'text', text: at % 2 === 0 ? `Question ${at}` : text }],
  }));
  await chat.updateComplete;
  const { readable, writable } = new TransformStream();
  globalThis.writer = writable.getWriter();
  void chat.consume(new Response(readable, { headers: { 'content-type': 'text/event-stream' } }));
  await new Promise((resolve) => setTimeout(resolve, 2000));
}

/** In the page: in each frame the tokens of its time. */
async function stream() {
  const encoder = new TextEncoder();
  for (let frame = 0; frame < 180; frame += 1) {
    const words = frame % 12 === 11 ? 'the end.\n\n' : 'and some more words ';
    void globalThis.writer.write(encoder.encode(`data: ${JSON.stringify({ text: words })}\n\n`));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
