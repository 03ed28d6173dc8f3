/** What a host gives `ai-stream-elements/server` by mistake, judged by the AI SDK's own parser. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJsonEventStream, uiMessageChunkSchema } from 'ai';
import { createEventStream } from 'ai-stream-elements/server';

const circle = {};
circle.itself = circle;

/** @type {[string, (stream: any) => void, RegExp | undefined][]} */
const MISTAKES = [
  ['a delta without content', (stream) => stream.writeTextDelta(undefined), undefined],
  ['a delta of null', (stream) => stream.writeTextDelta(null), undefined],
  ['a chunk in the place of its text', (stream) => stream.writeTextDelta({ text: 'x' }), /takes text/],
  ['bytes', (stream) => stream.writeTextDelta(new Uint8Array([104])), /takes text/],
  ['no part', (stream) => stream.writePart(undefined), /an object with a `type`/],
  ['text in the place of a part', (stream) => stream.writePart('text'), /an object with a `type`/],
  ['a part without a type', (stream) => stream.writePart({}), /has a `type`/],
  ['a delta without one', (stream) => stream.writePart({ type: 'text-delta', id: 'x' }), /`delta` of text-delta/],
  ['no data part', (stream) => stream.writeDataPart(null), /an object with a `type`/],
  ['a circle', (stream) => stream.writePart({ type: 'data-x', data: circle }), /as JSON/],
  ['a BigInt', (stream) => stream.writeDataPart({ type: 'data-x', data: { n: 1n } }), /as JSON/],
];

describe('what cannot be written', () => {
  for (const [what, write, words] of MISTAKES) {
    it(`costs neither the handler nor the answer, and is told: ${what}`, async (t) => {
      const error = t.mock.method(console, 'error', () => {});
      const stream = createEventStream({ keepAlive: 0 });
      write(stream);
      stream.writeTextDelta('Hello');
      stream.close();
      const types = [];
      const body = stream.response.body;
      for await (const result of parseJsonEventStream({ stream: body, schema: uiMessageChunkSchema })) {
        assert.ok(result.success, String(result.error));
        types.push(result.value.type);
      }
      assert.deepEqual(types, ['start', 'text-start', 'text-delta', 'text-end', 'finish']);
      const told = error.mock.calls.map(({ arguments: [text] }) => text).join('\n');
      if (words) assert.match(told, words);
      else assert.equal(told, '');
    });
  }
});
