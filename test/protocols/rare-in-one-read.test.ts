import { expect } from '@open-wc/testing';
import { readParts } from '../../src/protocols/read-parts.js';
import { collect, eventStream } from '../support/bytes.js';

const EVENTS = [{ data: { text: 'Hel' } }, { data: { text: 'lo' } }, { text: ' you' }];
const BODY = `${EVENTS.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`;

// From the elements' own registry, before anything rare is loaded: the order of what is here is that of a page's life.
describe('an event that no dialect at hand knows, before one that some do', () => {
  it('is read the same in one read of the network as in many, and the first time as any other', async () => {
    for (let time = 0; time < 2; time += 1) {
      const parts = await collect(readParts(eventStream(BODY)));
      expect(parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('')).to.equal('Hello you');
    }
  });
});
