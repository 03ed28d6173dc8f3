import { expect } from '@open-wc/testing';
import { parseEvents, EventStreamParser, type ServerSentEvent } from '../../src/core.js';
import { collect, fromBase64, inPieces } from '../support/bytes.js';
import { sharedJson } from '../support/shared.js';

interface Vector {
  input_b64: string;
  events: ServerSentEvent[];
  flushAtEOF?: ServerSentEvent[];
  comments: string[];
  retry?: number;
  lastEventId: string;
}

const vectors = await sharedJson<Record<string, Vector>>('vectors/sse.json');
/** The vectors write long comments as their beginning and their length. */
function abbreviated(comment: string): string {
  return comment.length > 100 ? `${comment.slice(0, 20)}…(${comment.length})` : comment;
}

const SIZES = [1, 2, 3, 7, undefined];

(vectors ? describe : describe.skip)('event streams as the standard reads them', () => {
  for (const [id, vector] of Object.entries(vectors ?? {})) {
    const bytes = fromBase64(vector.input_b64);
    for (const size of SIZES) {
      it(`${id}, in pieces of ${size ?? 'all'}`, async () => {
        const events = await collect(parseEvents(inPieces(bytes, size)));
        expect(events).to.deep.equal(vector.events);
      });
    }

    it(`${id}, with the event that the end cuts off`, async () => {
      const events = await collect(parseEvents(inPieces(bytes, 2), { atEnd: 'flush' }));
      expect(events).to.deep.equal(vector.flushAtEOF ?? vector.events);
    });

    it(`${id}, id, comments and retry`, () => {
      const comments: string[] = [];
      let retry: number | undefined;
      const parser = new EventStreamParser({
        onComment: (comment) => comments.push(comment),
        onRetry: (ms) => (retry = ms),
      });
      parser.feed(bytes);
      parser.end();
      expect(parser.lastEventId).to.equal(vector.lastEventId);
      expect(comments.map(abbreviated)).to.deep.equal(vector.comments.map((comment) => comment.replace(/^ /, '')));
      expect(retry).to.equal(vector.retry);
    });
  }

  it('has vectors to run', () => {
    expect(Object.keys(vectors!)).to.have.lengthOf.at.least(55);
  });
});
