import { expect } from '@open-wc/testing';
import { toolName } from '../../src/core.js';
import { callsIn, itReads, type OddStream } from '../support/odd-stream.js';
import { textsOf, type Read } from '../support/read-message.js';

const STATE = { stateDelta: { a: 1 }, artifactDelta: {} };

/** An event of an agent: a piece of a text where it is partial, else the whole. */
const event = (parts: object[], rest: object = {}) => ({
  id: 'e',
  invocationId: 'i',
  author: 'a',
  actions: STATE,
  content: { role: 'model', parts },
  ...rest,
});
const piece = (text: string, rest: object = {}) => event([{ text, ...rest }], { partial: true });
const ends = (read: Read) => read.message.metadata?.finishReason;

const CALL = { functionCall: { id: 'c', name: 'look_up', args: { q: 'x' } } };

const STREAMS: OddStream[] = [
  {
    title: 'a text in pieces, and then once more as a whole',
    events: [
      piece('hm', { thought: true }),
      piece('Hel'),
      { id: 's', invocationId: 'i', author: 'a', actions: STATE },
      piece('lo'),
      event([{ text: 'hm', thought: true }, { text: 'Hello' }], { usageMetadata: { promptTokenCount: 1 } }),
    ],
    check: (read) => {
      expect(read.error).to.equal(undefined);
      expect(read.message.parts.map(({ type }) => type)).to.deep.equal(['reasoning', 'text']);
      expect(textsOf(read.message, 'text')).to.equal('Hello');
      expect(ends(read)).to.equal('stop');
    },
  },
  {
    title: 'a tool that the agent runs, whose id is another one in pieces, and an agent behind it',
    events: [
      piece('I look.'),
      event([{ functionCall: { id: 'other', name: 'look_up', args: {} } }], { partial: true }),
      event([{ text: 'I look.' }, CALL], { finishReason: 'STOP' }),
      event([{ functionResponse: { id: 'c', name: 'look_up', response: { n: 1 } } }], { author: 'user' }),
      event([{ text: 'It is 1.' }]),
      event([{ text: 'Really.' }], { author: 'b' }),
    ],
    check: (read) => {
      expect(read.error).to.equal(undefined);
      const calls = callsIn(read).map((call) => [toolName(call), call.input, call.output]);
      expect(calls).to.deep.equal([['look_up', { q: 'x' }, { n: 1 }]]);
      const texts = read.message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
      expect(texts).to.deep.equal(['I look.', 'It is 1.', 'Really.']);
      expect(ends(read)).to.equal('stop');
    },
  },
  {
    title: 'a tool that the agent waits for',
    events: [event([CALL], { longRunningToolIds: ['c'] })],
    check: (read) => {
      expect(read.error).to.equal(undefined);
      expect(ends(read)).to.equal('tool-calls');
    },
  },
  {
    title: 'an agent that fails',
    events: [piece('Hel'), { invocationId: 'i', author: 'a', errorCode: 'INTERNAL', errorMessage: 'Broken' }],
    check: ({ error, message }) => {
      expect(error).to.include({ code: 'protocol', message: 'Broken' });
      expect(textsOf(message, 'text')).to.equal('Hel');
    },
  },
  {
    title: 'a text that was cut off',
    events: [piece('Hel')],
    check: ({ error }) => expect(error).to.include({ code: 'truncated' }),
  },
];

describe('events of Google’s Agent Development Kit', () => itReads('gemini', STREAMS));
