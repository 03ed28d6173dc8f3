import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { isArtifactPart, reduceMessage, settleMessage, type Message, type StreamPart } from '../../src/core.js';
import { ArtifactText } from '../../src/protocols/stages/artifact-text.js';
import { textsOf } from '../support/read-message.js';

const EMPTY: Message = { id: 'm', role: 'assistant', parts: [] };

/** Every delta says something that no other one says, so that it can be found again. */
function numbered(parts: StreamPart[]): StreamPart[] {
  return parts.map((part, index) => ('delta' in part ? { ...part, delta: `<${index}>` } : part));
}

function routed(parts: StreamPart[]): Message {
  const router = new ArtifactText();
  const reduced = parts.flatMap((part) => router.route(part) ?? [part]).reduce(reduceMessage, EMPTY);
  return settleMessage(reduced, 'complete');
}

function deltasIn(text: string): string[] {
  return text.match(/<\d+>/g) ?? [];
}

function placesOf(message: Message): { chat: string[]; artifacts: string[] } {
  const contents = message.parts.filter(isArtifactPart).map(({ data }) => data.content);
  return { chat: deltasIn(textsOf(message, 'text')), artifacts: deltasIn(contents.join('')) };
}

const blocks = (...ids: string[]) =>
  fc.record({ type: fc.constantFrom('text-start', 'text-delta', 'text-end'), id: fc.constantFrom(...ids) });
const text = (...ids: string[]) =>
  blocks(...ids).map(({ type, id }) => (type === 'text-delta' ? { type, id, delta: '' } : { type, id }));
/** Without an id: what was opened last is meant. */
const artifactId = fc.constantFrom('a', 'b', '');
const start = artifactId.map((id) => ({ type: 'artifact-start', id, kind: 'code' }));
const keyed = artifactId.map((id) => ({ type: 'artifact-delta', id, delta: '' }));
const end = artifactId.map((id) => ({ type: 'artifact-end', id }));

const startOfA = fc.constant({ type: 'artifact-start', id: 'a', kind: 'code' });
const endOfA = fc.constant({ type: 'artifact-end', id: 'a' });

const parts = (...kinds: fc.Arbitrary<object>[]) =>
  fc.array(fc.oneof(...kinds), { maxLength: 30 }).map((list) => numbered(list as StreamPart[]));

describe('text around artifacts, in any order and with any id', () => {
  it('every delta lands exactly once', () => {
    fc.assert(
      fc.property(parts(text('t', 'u'), text('t', 'u'), start, keyed, end), (stream) => {
        const { chat, artifacts } = placesOf(routed(stream));
        const sent = stream.flatMap((part) => ('delta' in part ? [part.delta] : []));
        expect([...chat, ...artifacts].sort()).to.deep.equal([...(sent as string[])].sort());
      }),
      { numRuns: 2000 },
    );
  });

  it('what was written into an artifact by name is nowhere else', () => {
    fc.assert(
      fc.property(parts(text('t', 'u'), start, keyed, end), (stream) => {
        const { artifacts } = placesOf(routed(stream));
        const named = stream.flatMap((part) => (part.type === 'artifact-delta' ? [part.delta] : []));
        expect(artifacts).to.include.members(named);
      }),
      { numRuns: 1000 },
    );
  });

  it('text keeps its order, and one artifact after another its place in it', () => {
    fc.assert(
      fc.property(parts(text('t'), text('t'), startOfA, endOfA), (stream) => {
        const message = routed(stream);
        const inOrder = message.parts.flatMap((part) =>
          deltasIn(isArtifactPart(part) ? part.data.content : (part as { text: string }).text),
        );
        const ranks = inOrder.map((delta) => Number(delta.slice(1, -1)));
        expect(ranks).to.deep.equal([...ranks].sort((one, other) => one - other));
      }),
      { numRuns: 2000 },
    );
  });
});
