import { expect } from '@open-wc/testing';
import { EventStreamParser, parseEvents, StreamError, type ServerSentEvent } from '../../src/core.js';
import { collect, collectUntilError, encode, inPieces } from '../support/bytes.js';

const LIMIT = 1000;
const SIZES = [1, 3, 64, 5000];

function streamOf(...events: string[]): Uint8Array {
  return encode(events.map((data) => `data: ${data}\n\n`).join(''));
}

describe('the bound on one event', () => {
  for (const size of SIZES) {
    it(`lets an event of exactly the bound pass, in pieces of ${size}`, async () => {
      const events = await collect(parseEvents(inPieces(streamOf('x'.repeat(LIMIT)), size), { maxEventSize: LIMIT }));
      expect(events[0]!.data).to.have.lengthOf(LIMIT);
    });

    it(`refuses one character more and keeps what came before, in pieces of ${size}`, async () => {
      const body = inPieces(streamOf('first', 'x'.repeat(LIMIT + 1), 'after'), size);
      const { all, error } = await collectUntilError<ServerSentEvent>(parseEvents(body, { maxEventSize: LIMIT }));
      expect(all.map(({ data }) => data)).to.deep.equal(['first']);
      expect(error).to.be.instanceOf(StreamError).with.property('code', 'limit');
      expect((error as StreamError).remedy).to.contain('maxEventSize');
    });

    it(`counts the lines of an event together, in pieces of ${size}`, async () => {
      const lines = encode(`${'data: xxxxxxxxx\n'.repeat(LIMIT / 10 + 1)}\n`);
      const { error } = await collectUntilError(parseEvents(inPieces(lines, size), { maxEventSize: LIMIT }));
      expect(error).to.have.property('code', 'limit');
    });
  }

  it('is 16 MiB where nothing is said', async () => {
    const event = 'x'.repeat(16 * 1024 * 1024);
    expect(await collect(parseEvents(inPieces(streamOf(event))))).to.have.lengthOf(1);
    const { error } = await collectUntilError(parseEvents(inPieces(streamOf(`${event}x`))));
    expect(error).to.have.property('code', 'limit');
  });

  it('cancels the body that it gives up on', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(encode('data: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')),
      cancel: () => void (cancelled = true),
    });
    await collectUntilError(parseEvents(body, { maxEventSize: LIMIT }));
    expect(cancelled).to.equal(true);
  });
});

const endless = () =>
  new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(encode('data: x\n\n')) });

describe('ways to stop', () => {
  it('ends with `aborted` after the signal', async () => {
    const controller = new AbortController();
    const events = parseEvents(endless(), { signal: controller.signal });
    await events.next();
    controller.abort();
    const { error } = await collectUntilError(events);
    expect(error).to.be.instanceOf(StreamError).with.property('code', 'aborted');
  });

  it('cancels the body when the loop is left', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(encode('data: x\n\n')),
      cancel: () => void (cancelled = true),
    });
    for await (const event of parseEvents(body)) if (event.data === 'x') break;
    expect(cancelled).to.equal(true);
  });

  it('calls a connection that breaks `network`, whatever the browser says', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encode('data: x\n\n')),
      pull: (controller) => controller.error(new TypeError('Load failed')),
    });
    const { all, error } = await collectUntilError(parseEvents(body));
    expect(all).to.have.lengthOf(1);
    expect(error).to.be.instanceOf(StreamError).with.property('code', 'network');
  });
});

describe('a closing event without data', () => {
  const heard = (text: string) => {
    const parser = new EventStreamParser({ atEnd: 'whole' });
    return [...parser.feed(encode(text)), ...parser.end()].map(({ type, data }) => [type, data]);
  };

  for (const end of ['', '\n', '\n\n', '\r\n\r\n', '\r\r']) {
    it(`is heard before ${JSON.stringify(end)}`, () => {
      expect(heard(`data: x\n\nevent: done${end}`)).to.deep.equal([
        ['message', 'x'],
        ['done', ''],
      ]);
      expect(heard(`data: x\r\n\r\nid: 7\r\nevent: done${end}`)).to.have.lengthOf(2);
      expect(heard(`event: done${end}`)).to.deep.equal([['done', '']]);
    });
  }

  it('is no second one where the name of an event stands behind its data', () => {
    expect(heard('data: x\nevent: done\n\n')).to.deep.equal([['done', 'x']]);
    expect(heard('data: {}\r\nid: 1\r\nevent: message\r\n\r\n')).to.deep.equal([['message', '{}']]);
    expect(heard('data: {}\nevent: done')).to.deep.equal([['done', '{}']]);
  });
});
