import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { readParts, reduceMessage } from '../../src/core.js';
import { isArtifactPart, type Artifact, type Message } from '../../src/message.js';
import { createEventStream, type EventStream } from '../../src/server.js';

/** What is written here must arrive there: the server's stream, read by our own client. */
async function roundTrip(write: (stream: EventStream) => void): Promise<Message> {
  const stream = createEventStream({ keepAlive: 0 });
  write(stream);
  stream.close();
  let message: Message = { id: 'answer', role: 'assistant', parts: [] };
  for await (const part of readParts(stream.response)) message = reduceMessage(message, part);
  return message;
}

function textsOf(message: Message): string {
  return message.parts.map((part) => ('text' in part && part.type === 'text' ? part.text : '')).join('');
}

function artifactsOf(message: Message): Record<string, Artifact> {
  return Object.fromEntries(message.parts.filter(isArtifactPart).map(({ id, data }) => [id, data]));
}

describe('a stream from createEventStream, read by this package', () => {
  it('the article’s way: an artifact’s text between its start and its end', async () => {
    const message = await roundTrip((stream) => {
      stream.writeTextDelta('Before. ');
      stream.writeDataPart({ type: 'artifact-start', id: 'a', kind: 'code', language: 'javascript', title: 'a.js' });
      stream.writeTextDelta('let a');
      stream.writeTextDelta(' = 1;');
      stream.writeDataPart({ type: 'artifact-end', id: 'a' });
      stream.writeTextDelta('After.');
    });
    expect(textsOf(message)).to.equal('Before. After.');
    expect(artifactsOf(message)['a']).to.include({ content: 'let a = 1;', status: 'complete', language: 'javascript' });
  });

  it('explicit deltas, replacement and edits of an artifact, with text beside it', async () => {
    const message = await roundTrip((stream) => {
      stream.writeDataPart({ type: 'artifact-start', id: 'a', kind: 'code' });
      stream.writeDataPart({ type: 'artifact-delta', id: 'a', delta: 'one' });
      stream.writeTextDelta('I rewrite it.');
      stream.writeDataPart({ type: 'artifact-replace', id: 'a', content: 'two three' });
      stream.writeDataPart({ type: 'artifact-patch', id: 'a', edits: [{ find: 'three', replace: 'four' }] });
      stream.writeDataPart({ type: 'artifact-end', id: 'a' });
    });
    expect(textsOf(message)).to.equal('I rewrite it.');
    expect(artifactsOf(message)['a']?.content).to.equal('two four');
  });

  it('pictures, usage, finish reason, reasoning and tools', async () => {
    const message = await roundTrip((stream) => {
      stream.writePart({ type: 'reasoning-delta', id: 'r', delta: 'Hm.' });
      stream.writePart({ type: 'tool-input-start', toolCallId: 't', toolName: 'add' });
      stream.writePart({ type: 'tool-input-available', toolCallId: 't', toolName: 'add', input: { a: 1 } });
      stream.writePart({ type: 'tool-output-available', toolCallId: 't', output: 2 });
      stream.writeDataPart({ type: 'generated-image', url: 'https://i.test/1.png', expiresAt: new Date(0) });
      stream.writePart({ type: 'usage', totalTokens: 7 });
      stream.writePart({ type: 'finish', finishReason: 'length', rawFinishReason: 'max_tokens' });
    });
    expect(message.parts.map(({ type }) => type)).to.deep.equal(['reasoning', 'tool-add', 'data-image']);
    expect(message.parts[1]).to.include({ state: 'output-available', output: 2 });
    expect(message.metadata).to.deep.include({ finishReason: 'length', rawFinishReason: 'max_tokens' });
    expect(message.metadata?.usage).to.deep.equal({ totalTokens: 7 });
  });

  it('an error in the stream comes as words, and what had arrived stays', async () => {
    const stream = createEventStream({ keepAlive: 0, onError: () => 'Out of tokens.' });
    stream.writeTextDelta('so far');
    stream.writeDataPart({ type: 'artifact-start', id: 'a', kind: 'code' });
    stream.error(new Error('internal'));
    let message: Message = { id: 'answer', role: 'assistant', parts: [] };
    let failure: unknown;
    try {
      for await (const part of readParts(stream.response)) message = reduceMessage(message, part);
    } catch (error) {
      failure = error;
    }
    expect(textsOf(message)).to.equal('so far');
    expect(artifactsOf(message)['a']?.status).to.equal('error');
    expect(failure).to.include({ code: 'protocol', message: 'Out of tokens.' });
  });

  it('whatever is written, in any order, text and artifacts come out as they went in', async () => {
    const words = fc.string({ minLength: 1, maxLength: 8, unit: 'binary' });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), words }),
      fc.record({ kind: fc.constant('delta' as const), id: fc.constantFrom('a', 'b'), words }),
      fc.record({ kind: fc.constant('reasoning' as const), words }),
      fc.record({ kind: fc.constant('source' as const), words }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const open = new Set<string>();
        const message = await roundTrip((stream) => {
          for (const one of steps) {
            if (one.kind === 'text') stream.writeTextDelta(one.words);
            else if (one.kind === 'reasoning') stream.writePart({ type: 'reasoning-delta', id: 'r', delta: one.words });
            else if (one.kind === 'source')
              stream.writePart({ type: 'source-url', sourceId: one.words, url: 'https://s.test/' });
            else {
              if (!open.has(one.id)) stream.writePart({ type: 'artifact-start', id: one.id, kind: 'code' });
              open.add(one.id);
              stream.writeDataPart({ type: 'artifact-delta', id: one.id, delta: one.words });
            }
          }
        });
        const written = (match: (one: (typeof steps)[number]) => boolean): string =>
          steps.map((one) => (match(one) ? one.words : '')).join('');
        expect(textsOf(message)).to.equal(written(({ kind }) => kind === 'text'));
        for (const id of open) {
          expect(artifactsOf(message)[id]?.content).to.equal(written((one) => one.kind === 'delta' && one.id === id));
        }
      }),
      { numRuns: 60 },
    );
  });
});
