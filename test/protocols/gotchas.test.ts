import { expect } from '@open-wc/testing';
import { isArtifactPart, type StreamPart } from '../../src/core.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { bodyOf, callsIn, chatChunk, itReads, textIs, type OddStream } from '../support/odd-stream.js';
import { gistOf, readMessage } from '../support/read-message.js';

/** What providers really do that their documentation does not say, one by one. */

const fc = (name: string, args: string, rest: object = {}) => ({ function: { name, arguments: args }, ...rest });
const calls = (...tool_calls: object[]) => chatChunk({ tool_calls });

const CHAT: OddStream[] = [
  {
    title: 'Azure’s first chunk is nothing but filter results, and some later ones have no delta',
    events: [
      { id: '', object: '', model: '', created: 0, choices: [], prompt_filter_results: [{ prompt_index: 0 }] },
      chatChunk({ role: 'assistant', content: '' }),
      chatChunk({ content: 'x' }),
      { id: '', object: '', choices: [{ index: 0, finish_reason: null, content_filter_offsets: { check_offset: 1 } }] },
      chatChunk({}, 'stop'),
      '[DONE]',
    ],
    check: textIs('x'),
  },
  {
    title: 'no finish reason ever, and [DONE]',
    events: [chatChunk({ content: 'x' }), '[DONE]'],
    check: (read) => {
      textIs('x')(read);
      expect(read.message.metadata?.finishReason).to.equal('unknown');
    },
  },
  {
    title: 'delta and message both, and the whole message behind the deltas',
    events: [
      { ...chatChunk({ content: 'He' }), model: 'm' },
      { choices: [{ index: 0, delta: { content: 'llo' }, message: { content: 'Hello' } }] },
      { choices: [{ index: 0, delta: null, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }] },
    ],
    check: textIs('Hello'),
  },
  {
    title: 'calls without index and type, whole, two in one chunk',
    events: [
      calls(fc('f', '{"a":1}', { id: 'x' }), fc('g', '{"b":2}', { id: 'y' })),
      chatChunk({ content: '' }, 'tool_calls'),
    ],
    check: (read) =>
      expect(callsIn(read).map(({ toolCallId, input }) => [toolCallId, input])).to.deep.equal([
        ['x', { a: 1 }],
        ['y', { b: 2 }],
      ]),
  },
  {
    title: 'an empty name, a null id and a null type in later fragments, calls interleaved',
    events: [
      calls(fc('f', '{"a"', { index: 0, id: 'x', type: 'function' }), fc('g', '{"b"', { index: 1, id: 'y' })),
      calls(fc('', ':1', { index: 0, id: null, type: null }), fc('', ':2', { index: 1, id: '' })),
      calls(fc('', '}', { index: 1 }), fc('', '}', { index: 0 })),
      chatChunk({ tool_calls: null }, 'tool_calls'),
    ],
    check: (read) => expect(callsIn(read).map(({ input }) => input)).to.deep.equal([{ a: 1 }, { b: 2 }]),
  },
  {
    title: 'another id in every chunk',
    events: [
      { ...chatChunk({ content: 'a' }), id: '1' },
      { ...chatChunk({ content: 'b' }), id: '2' },
      { ...chatChunk({}, 'stop'), id: '3' },
    ],
    check: textIs('ab'),
  },
  {
    title: 'one thought spelled twice is one',
    events: [
      chatChunk({ reasoning: 'a', reasoning_details: [{ type: 'reasoning.text', text: 'a' }] }),
      chatChunk({ reasoning_details: [{ type: 'reasoning.summary', summary: 'b' }] }),
      chatChunk({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] }),
      chatChunk({ reasoning_content: 'c', reasoning: 'c' }),
      chatChunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'd' }] }] }),
      chatChunk({ content: 'x' }),
      chatChunk({}, 'stop'),
    ],
    check: (read) => {
      textIs('x')(read);
      expect(gistOf(read.message).reasoning).to.equal('abcd');
    },
  },
  {
    title: 'an error beside choices, then [DONE]',
    events: [
      chatChunk({ content: 'x' }),
      { ...chatChunk({}), error: { code: 502, message: 'Provider died' } },
      '[DONE]',
    ],
    check: ({ error, message }) => {
      expect(error).to.include({ code: 'protocol', message: 'Provider died' });
      expect(gistOf(message).text).to.equal('x');
    },
  },
];

describe('Chat Completions, as each provider bends them', () => itReads('openai', CHAT));

const result = (inner: object) => ({ jsonrpc: '2.0', id: 1, result: inner });
const piece = (artifact: object, rest: object = {}) => result({ kind: 'artifact-update', artifact, ...rest });
const completed = result({ kind: 'status-update', status: { state: 'completed' }, final: true });

const A2A: OddStream[] = [
  {
    title: 'artifacts that are added to, and begun anew',
    events: [
      piece({ artifactId: 'a', name: 'notes.md', parts: [{ kind: 'text', text: 'old' }] }),
      piece({ artifactId: 'a', parts: [{ kind: 'text', text: '# T' }] }, { append: false }),
      piece({ artifactId: 'a', parts: [{ kind: 'text', text: 'ext' }] }, { append: true, lastChunk: true }),
      completed,
    ],
    check: ({ message, error }) => {
      expect(error).to.equal(undefined);
      const latest = message.parts.findLast(isArtifactPart)!.data;
      expect(latest).to.include({ id: 'a', content: '# Text', status: 'complete' });
    },
  },
  {
    title: 'files and data among the parts',
    events: [
      result({
        kind: 'message',
        role: 'agent',
        parts: [
          { kind: 'text', text: 'x' },
          { kind: 'file', file: { mimeType: 'image/png', bytes: 'QUJD' } },
          { kind: 'file', file: { mimeType: 'a/b', uri: 'https://a.example/f', name: 'f' } },
          { kind: 'data', data: { n: 1 } },
        ],
      }),
    ],
    check: (read) => {
      textIs('x')(read);
      expect(read.message.parts.map(({ type }) => type)).to.deep.equal(['text', 'data-image', 'file', 'data-part']);
    },
  },
  {
    title: 'a JSON-RPC error',
    events: [completed, { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'Internal error' } }],
    check: ({ error }) => expect(error).to.include({ code: 'protocol', message: 'Internal error' }),
  },
];

describe('Agent2Agent', () => itReads('a2a', A2A));

describe('what is in no dialect that is known', () => {
  const unknown = [
    { kind: 'mystery', x: 1 },
    { kind: 'mystery', x: 2 },
  ];
  const MARKS: [string, string][] = [
    ['no end mark', ''],
    ['[DONE]', 'data: [DONE]\n\n'],
    ['event: done', 'event: done\ndata: {}\n\n'],
  ];
  for (const [title, mark] of MARKS) {
    it(`is an error and never silence, with ${title}`, async () => {
      const { parts, error } = await readMessage(eventStream(bodyOf(unknown) + mark));
      expect(error).to.have.property('code', 'protocol');
      expect(error.remedy).to.contain('protocols.register');
      const isRaw = ({ type }: StreamPart) => type === 'raw';
      expect(parts.filter(isRaw)).to.have.lengthOf(2);
      expect(parts.some(({ type }) => type === 'finish')).to.equal(false);
    });
  }

  it('an answer in one array of JSON is named whatever its type, with what to do', async () => {
    const body = '[{\n  "candidates": [{"content": {"parts": [{"text": "x"}]}}]\n}\n,\r\n{"candidates":[]}]';
    for (const size of [1, 7, 500]) {
      const response = new Response(inPieces(encode(body), size), { headers: { 'content-type': 'text/plain' } });
      const { error } = await readMessage(response);
      expect(error).to.have.property('code', 'content-type');
      expect(error.remedy).to.contain('alt=sse');
    }
  });

  it('a line of JSON with words in an object, which a model may have been asked for, is text', async () => {
    for (const text of ['{"result":{"text":"v"},"ok":true}\n', '{"message":{"content":"Hi"}}\nThat is all.']) {
      const { message, error } = await readMessage(new Response(text, { headers: { 'content-type': 'text/plain' } }));
      expect(error).to.equal(undefined);
      expect(gistOf(message).text).to.equal(text);
    }
  });

  it('text that begins like such an array is text', async () => {
    for (const text of ['[', '[{', '[{"a":1}]', '[ {"candidate', '[x](y)']) {
      for (const size of [1, 500]) {
        const response = new Response(inPieces(encode(text), size), { headers: { 'content-type': 'text/plain' } });
        const { message, error } = await readMessage(response);
        expect(error).to.equal(undefined);
        expect(gistOf(message).text).to.equal(text);
      }
    }
  });
});

describe('llama.cpp’s own completion', () => {
  it('says in each event whether it stops', async () => {
    const body = bodyOf([
      { content: 'He', stop: false },
      { content: 'llo', stop: false },
      { content: '', stop: true, tokens_predicted: 2 },
    ]);
    const { message, error } = await readMessage(eventStream(body));
    expect(error).to.equal(undefined);
    expect(gistOf(message)).to.deep.include({ text: 'Hello', finishReason: 'stop' });
  });
});
