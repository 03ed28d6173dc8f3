import { expect } from '@open-wc/testing';
import { ChatSession, parseEvents, readParts, textOf } from '../../src/core.js';
import { collect, encode, inPieces } from '../support/bytes.js';

const BODY = '\uFEFFdata: {"text":"Grüße 👋"}\r\n\r\ndata: {"text":"!"}\r\n\r\ndata: [DONE]\r\n\r\n';

function texts(pieces: string[]): ReadableStream<string> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

describe('a body that somebody has decoded already', () => {
  for (const size of [1, 2, 1000]) {
    const decoded = () =>
      inPieces(encode(BODY), size).pipeThrough(new TextDecoderStream() as never) as ReadableStream<string>;

    it(`is read like its bytes, in pieces of ${size}`, async () => {
      const seen = await collect(parseEvents(decoded()));
      expect(seen).to.deep.equal(await collect(parseEvents(inPieces(encode(BODY), size))));
    });

    it(`is read as parts and as an answer, in pieces of ${size}`, async () => {
      const headers = { 'content-type': 'text/event-stream' };
      const parts = await collect(readParts(new Response(decoded(), { headers })));
      expect(parts.filter(({ type }) => type === 'text-delta')).to.have.lengthOf(2);
      const session = new ChatSession();
      expect(textOf(await session.consume(decoded()))).to.equal('Grüße 👋!');
    });
  }

  for (const given of [undefined, null, 'data: x', new Response('data: x')] as any[]) {
    it(`is asked for where something else was given: ${String(given)}`, async () => {
      const error: any = await collect(parseEvents(given)).catch((reason: unknown) => reason);
      expect(error).to.include({ code: 'content-type' });
      expect(error.remedy).to.include('response.body');
    });
  }

  it('is whole where a character is cut in two', async () => {
    const pieces = [...BODY].flatMap((char) => char.split(''));
    expect(await collect(parseEvents(texts(pieces)))).to.deep.equal(await collect(parseEvents(inPieces(encode(BODY)))));
  });
});
