/** An event without end costs no more memory at its peak than the bound allows: in a process that has no more. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const core = new URL('../../dist/core.js', import.meta.url).href;

/** MiB of heap: enough for an event of 16 MiB and what reads it, and far too little for one of 500. */
const HEAP = 100;

/** What is sent again and again, and as what. */
const BODIES = {
  'in one line': ['data: ', 'x', 'text/event-stream'],
  'in many lines': ['', `data: ${'x'.repeat(57)}\n`, 'text/event-stream'],
  'in a line of JSON': ['{"message":"', 'x', 'application/x-ndjson'],
};

/** Runs in the other process: reads 500 MB of an event, and says how it ended and how much of it was asked for. */
async function readEndless(core, [before, again, type], maxEventSize) {
  const { readParts } = await import(core);
  const encoder = new TextEncoder();
  const piece = encoder.encode(again.repeat(65_536 / again.length));
  let sent = 0;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(before)),
    pull(controller) {
      sent += piece.length;
      if (sent > 500e6) return controller.close();
      controller.enqueue(piece.slice());
    },
  });
  const response = new Response(body, { headers: { 'content-type': type } });
  let code = 'none';
  try {
    for await (const part of readParts(response, { maxEventSize })) void part;
  } catch (error) {
    code = error.code;
  }
  console.log(JSON.stringify({ code, sent }));
}

async function inSmallProcess(body, maxEventSize) {
  const call = `(${readEndless})(${JSON.stringify(core)}, ${JSON.stringify(body)}, ${maxEventSize})`;
  const { stdout } = await run(process.execPath, [`--max-old-space-size=${HEAP}`, '--input-type=module', '-e', call], {
    timeout: 110_000,
  });
  return JSON.parse(stdout);
}

describe('an event that never ends', { timeout: 300_000 }, () => {
  for (const [title, body] of Object.entries(BODIES)) {
    it(`${title}: is refused at the bound, and no more of it is asked for`, async () => {
      const { code, sent } = await inSmallProcess(body);
      assert.equal(code, 'limit');
      // The field names of many lines are no data.
      assert.ok(sent < 32 * 1024 * 1024, `${sent} bytes were asked for`);
    });
  }

  it('without a bound there is not memory enough: the same process ends', async () => {
    await assert.rejects(inSmallProcess(BODIES['in one line'], 1e12), /out of memory|SIGABRT|Command failed/);
  });
});
