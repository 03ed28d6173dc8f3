import { expect } from '@open-wc/testing';
import { detectProtocol } from '../../src/protocols/detect-protocol.js';
import { readParts } from '../../src/protocols/read-parts.js';
import { protocols } from '../../src/protocols/registry.js';
import { collect, encode, eventStream, inPieces } from '../support/bytes.js';

const STREAM = `data: {"candidates":[{"content":{"parts":[{"text":"First"}]}}]}

data: {"candidates":[{"content":{"parts":[{"text":" last"}]},"finishReason":"STOP"}]}

`;

// From the elements' own registry, not from `core`, which has every dialect at hand. The order is that of a page's life.
describe('a dialect that is loaded on first use', () => {
  it('is told by name, address and event before it is there, and says what to do where it is asked to read', () => {
    const json = JSON.parse(STREAM.slice(6, STREAM.indexOf('\n')));
    const event = { type: 'message', data: '', lastEventId: '', json };
    const told = [
      protocols.get('gemini'),
      detectProtocol({ url: 'https://x/models/y:streamGenerateContent?alt=sse' }),
      detectProtocol({ event }),
    ];
    expect(told.map((protocol) => protocol?.name)).to.deep.equal(['gemini', 'gemini', 'gemini']);
    expect(() => told[0]!.createReader())
      .to.throw('not loaded yet')
      .with.property('remedy')
      .that.contains('load()');
  });

  it('loses nothing of the answer that it is told by, however its bytes are cut', async () => {
    for (const size of [1, 7, STREAM.length]) {
      const parts = await collect(readParts(eventStream(inPieces(encode(STREAM), size))));
      const deltas = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []));
      expect(deltas.join('')).to.equal('First last');
      expect(parts.at(-1)).to.include({ type: 'finish', finishReason: 'stop' });
    }
  });
});
