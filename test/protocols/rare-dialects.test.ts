import { expect } from '@open-wc/testing';
import type { WireEvent } from '../../src/protocols/protocol.js';
import { readParts } from '../../src/protocols/read-parts.js';
import { protocols } from '../../src/protocols/registry.js';
import type { StreamPart } from '../../src/protocols/stream-part.js';
import { StreamError } from '../../src/stream/stream-error.js';
import { collect, collectUntilError, encode, eventStream, inPieces } from '../support/bytes.js';

const CONVERSE = [
  { messageStart: { role: 'assistant' } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hel' } } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'lo' } } },
  { messageStop: { stopReason: 'end_turn' } },
];
const LINES = CONVERSE.map((event) => `${JSON.stringify(event)}\n`).join('');

const isHere = () => protocols.get('bedrock')!.matchesEvent !== undefined;
const textOf = (parts: StreamPart[]) => parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');

// From the elements' own registry, not from `core`, which has every dialect at hand. The order is that of a page's life.
describe('a dialect of which nothing but its name is here', () => {
  it('is not asked for by an answer in a common one, whatever stands in front of it', async () => {
    const body = 'event: meta\ndata: {"conversation":7}\n\ndata: {"text":"Hello"}\n\ndata: [DONE]\n\n';
    expect(textOf(await collect(readParts(eventStream(body))))).to.equal('Hello');
    expect(isHere()).to.equal(false);
  });

  it('is waited for no longer than until a stop, however its answer is cut', async () => {
    const matchesEvent = ({ json }: WireEvent) => Object(json).isSlow === true;
    const createReader = () => ({ finished: false, read: () => [], end: () => [] });
    protocols.register({ name: 'slow', matchesEvent, load: () => new Promise(() => {}), createReader });
    for (const [type, text] of Object.entries({
      'text/plain': '{"isSlow":true}\n{',
      'application/x-ndjson': '{"isSlow":true}\n',
      'text/event-stream': 'data: {"isSlow":true}\n\n',
    })) {
      const controller = new AbortController();
      const body = new ReadableStream<Uint8Array>({ start: (stream) => stream.enqueue(encode(text)) });
      const response = new Response(body, { headers: { 'content-type': type } });
      setTimeout(() => controller.abort(), 50);
      const { error } = await collectUntilError(readParts(response, { signal: controller.signal }));
      expect(error, type).to.have.property('code', 'aborted');
    }
  });

  it('lets go of the connection where it cannot be loaded', async () => {
    const load = () => Promise.reject(new StreamError('network', 'Not here.'));
    const matchesEvent = ({ json }: WireEvent) => Object(json).isBroken === true;
    const createReader = () => ({ finished: false, read: () => [], end: () => [] });
    protocols.register({ name: 'broken', matchesEvent, load, createReader });
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encode('{"isBroken":true}\n')),
      cancel: () => void (isCancelled = true),
    });
    const { error } = await collectUntilError(
      readParts(new Response(body, { headers: { 'content-type': 'text/plain' } })),
    );
    expect(error).to.have.property('message', 'Not here.');
    expect(isCancelled).to.equal(true);
  });

  it('is told as soon as there is an event that no other one knows, and loses nothing of it', async () => {
    const response = new Response(inPieces(encode(LINES), 1), { headers: { 'content-type': 'text/plain' } });
    const parts = await collect(readParts(response));
    expect(isHere()).to.equal(true);
    expect(textOf(parts)).to.equal('Hello');
    expect(parts.some(({ type }) => type === 'raw')).to.equal(false);
    expect(parts.findLast(({ type }) => type === 'finish')).to.include({ finishReason: 'stop' });
  });
});
