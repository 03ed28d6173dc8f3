import { expect } from '@open-wc/testing';
import { isArtifactPart, isImagePart, protocols, textOf } from '../../src/core.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { bodyOf, callsIn, chatChunk, itReads, textIs, type OddStream } from '../support/odd-stream.js';
import { readMessage, textsOf } from '../support/read-message.js';

const nested = (depth: number) => `${'{"error":'.repeat(depth)}"deep"${'}'.repeat(depth)}`;

const finish = { type: 'finish', finishReason: 'stop' };
const begin = { type: 'start' };

const AI_SDK: OddStream[] = [
  {
    title: 'ids that are numbers, and blocks without an id',
    events: [
      begin,
      { type: 'text-start', id: 1 },
      { type: 'text-delta', id: 1, delta: 'a' },
      { type: 'text-delta', delta: 'b' },
      finish,
    ],
    check: textIs('ab'),
  },
  {
    title: 'titles, reasons and names that are objects are left out',
    events: [
      begin,
      { type: 'source-url', sourceId: 's', url: 'https://a.example', title: { nodeType: 1 } },
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: 1, title: { toString: 1 } },
      { type: 'tool-approval-request', toolCallId: 't', approvalId: 'p', reason: { _$litType$: 1 } },
      { type: 'file', url: 'https://a.example/x', mediaType: 'a/b', filename: 7 },
      { type: 'finish', finishReason: { nodeType: 1 } },
    ],
    check: ({ message }) => expect(JSON.stringify(message)).not.to.match(/nodeType|toString|litType|filename/),
  },
  {
    title: 'an error that is spelled otherwise',
    events: [begin, { type: 'text-delta', id: '1', delta: 'a' }, { error: { code: 529, message: 'Overloaded' } }],
    check: ({ error, message }) => {
      expect(error).to.include({ code: 'protocol', message: 'Overloaded' });
      expect(error.remedy).to.contain('529');
      expect(textOf(message)).to.equal('a');
    },
  },
  {
    title: 'parts of our own names whose payload is none are no parts of a message',
    events: [
      begin,
      { type: 'data-artifact', id: 'a', data: null },
      { type: 'data-image', id: 'i', data: { url: 7 } },
      { type: 'text-delta', id: '1', delta: 'x' },
      finish,
    ],
    check: (read) => {
      expect(read.message.parts.map(({ type }) => type)).to.deep.equal(['text']);
      expect(read.parts.filter(({ type }) => type === 'raw')).to.have.lengthOf(2);
    },
  },
  {
    title: 'an artifact that comes whole, and again',
    events: [
      begin,
      { type: 'data-artifact', id: 'a', data: { kind: 'html', content: '<p>1</p>', title: { nodeType: 1 } } },
      { type: 'data-artifact', id: 'a', data: { kind: 'html', content: '<p>2</p>' } },
      finish,
    ],
    check: ({ message }) =>
      expect(message.parts.filter(isArtifactPart).map(({ data }) => data)).to.deep.equal([
        { id: 'a', kind: 'html', content: '<p>2</p>', status: 'complete' },
      ]),
  },
  {
    title: 'pictures that begin alike are two',
    events: [
      begin,
      { type: 'file', mediaType: 'image/png', url: `data:image/png;base64,${'A'.repeat(500)}B` },
      { type: 'file', mediaType: 'image/png', url: `data:image/png;base64,${'A'.repeat(500)}C` },
      finish,
    ],
    check: ({ message }) => {
      expect(message.parts.filter(isImagePart)).to.have.lengthOf(2);
      expect(message.parts.filter(isImagePart).every(({ id }) => id.length < 100)).to.equal(true);
    },
  },
  {
    title: 'a step that is taken back, a preliminary result, a denied call, unknown types, no [DONE]',
    events: [
      begin,
      { type: 'start-step' },
      { type: 'text-delta', id: '1', delta: 'wrong' },
      { type: 'reset-step' },
      { type: 'text-delta', id: '1', delta: 'right' },
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: {}, dynamic: true },
      { type: 'tool-output-available', toolCallId: 't', output: 1, preliminary: true },
      { type: 'tool-output-error', toolCallId: 't', errorText: 'no' },
      { type: 'tool-output-available', toolCallId: 't', output: 2 },
      { type: 'telepathy', id: 'x' },
      { type: 'tool-output-denied', toolCallId: 'nobody' },
      finish,
    ],
    check: (read) => {
      textIs('right')(read);
      const [call] = callsIn(read);
      expect(call)
        .to.include({ output: 2, state: 'output-available' })
        .and.not.have.any.keys('errorText', 'preliminary');
    },
  },
  {
    title: 'an id used again in a later step is another call',
    events: [
      begin,
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: 1 },
      { type: 'tool-output-available', toolCallId: 't', output: 1 },
      { type: 'start-step' },
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: 2 },
      finish,
    ],
    check: (read) => expect(callsIn(read).map(({ input }) => input)).to.deep.equal([1, 2]),
  },
  {
    title: 'names from the wire are fields, not prototypes',
    events: [
      begin,
      '{"type":"message-metadata","messageMetadata":{"__proto__":{"polluted":1},"a":{"b":1}}}',
      '{"type":"message-metadata","messageMetadata":{"a":{"c":2,"__proto__":{"polluted":1}},"constructor":{"prototype":{"polluted":1}}}}',
      '{"type":"data-x","__proto__":{"transient":true},"data":{"__proto__":{"polluted":1}}}',
      '{"type":"__proto__","data":1}',
      '{"type":"constructor"}',
      finish,
    ],
    check: ({ message, error }) => {
      expect(error).to.equal(undefined);
      expect(message.metadata?.['a']).to.deep.equal({ b: 1, c: 2 });
      expect(({} as any).polluted).to.equal(undefined);
      expect((message.metadata as any).polluted).to.equal(undefined);
      expect(message.parts).to.have.lengthOf(1);
    },
  },
];

const ANY: OddStream[] = [
  {
    title: 'an error nested without end',
    events: [{ text: 'a' }, nested(20_000)],
    check: ({ error, message }) => {
      expect(error).to.include({ code: 'protocol', message: 'The server reported an error.' });
      expect(textOf(message)).to.equal('a');
    },
  },
  {
    title: 'an error as vLLM spells it',
    events: [
      chatChunk({ content: 'a' }),
      { object: 'error', message: 'Too long', type: 'BadRequestError', code: 400 },
      '[DONE]',
    ],
    check: ({ error }) => expect(error).to.include({ code: 'protocol', message: 'Too long' }),
  },
  {
    title: 'an error as MiniMax spells it, whose other events say that there is none',
    events: [
      { ...(chatChunk({ content: 'a' }) as object), base_resp: { status_code: 0, status_msg: '' } },
      { id: 'x', choices: null, base_resp: { status_code: 1027, status_msg: 'Too rude' } },
    ],
    check: (read) => {
      expect(read.error).to.include({ code: 'protocol', message: 'Too rude' });
      expect(textsOf(read.message, 'text')).to.equal('a');
    },
  },
  {
    title: 'an error as Baidu spells it',
    events: [{ error_code: 17, error_msg: 'No more today' }],
    check: ({ error }) => expect(error).to.include({ code: 'protocol', message: 'No more today' }),
  },
];

describe('what a UI message stream may also hold', () => itReads('ai-sdk', AI_SDK));

describe('what any stream may hold', () => {
  for (const { title, events, check } of ANY) {
    it(title, async () => check(await readMessage(eventStream(bodyOf(events)))));
  }

  it('a dialect of the host’s that throws fails in words, and keeps what it had read', async () => {
    protocols.register({
      name: 'acme',
      createReader: () => ({
        finished: false,
        read: ({ json }) => [{ type: 'text-delta', id: 'a', delta: (json as any).value.slice(0) }],
        end: () => [],
      }),
    });
    const { error, message } = await readMessage(eventStream(bodyOf([{ value: 'x' }, {}, { value: 'y' }])), {
      protocol: 'acme',
    });
    expect(error).to.include({ code: 'protocol' });
    expect(error.message).to.contain('acme');
    expect(error.cause).to.be.instanceOf(TypeError);
    expect(textOf(message)).to.equal('x');
  });

  it('events that were framed twice, of a dialect that is loaded on first use, too', async () => {
    const chunk = { candidates: [{ content: { parts: [{ text: 'x' }] }, finishReason: 'STOP' }] };
    for (const events of [
      [chatChunk({ content: 'x' }), chatChunk({}, 'stop'), '[DONE]'],
      [chunk],
      [{ text: 'x' }, '[DONE]'],
    ]) {
      const twice = bodyOf(events).replaceAll(/^data: .*$/gm, 'data: $&\ndata:\ndata:');
      const { message, error } = await readMessage(eventStream(twice));
      expect(error).to.equal(undefined);
      expect(textOf(message)).to.equal('x');
    }
  });

  it('plain text that looks like events or a page is text where that is asked for', async () => {
    for (const text of ['data: is a word', 'data: {"a":1}\n', '<html> is a tag', 'event: x\n\n']) {
      for (const type of ['text/plain', 'text/event-stream']) {
        const response = new Response(inPieces(encode(text), 3), { headers: { 'content-type': type } });
        const { message, error } = await readMessage(response, { protocol: 'text' });
        expect(error).to.equal(undefined);
        expect(textOf(message)).to.equal(text);
      }
    }
  });
});

const used = () => {
  const response = eventStream('data: x\n\n');
  void response.text();
  return response;
};
const locked = () => {
  const response = eventStream('data: x\n\n');
  response.body!.getReader();
  return response;
};

describe('what is no stream at all', () => {
  const cases: [string, () => unknown][] = [
    ['a body that was read', used],
    ['a body that is locked', locked],
    ['undefined', () => undefined],
    ['text', () => 'data: x\n\n'],
    ['a stream without a response', () => new ReadableStream()],
  ];
  for (const [title, make] of cases) {
    it(`${title} is named as such`, async () => {
      const { error } = await readMessage(make() as Response);
      expect(error).to.include({ name: 'StreamError', code: 'content-type' });
      expect(error.remedy).to.be.a('string');
    });
  }
});
