import { expect } from '@open-wc/testing';
import { isArtifactPart, isImagePart, isToolPart, protocols, textOf, toolName } from '../../src/core.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { readMessage, textsOf, type Read } from '../support/read-message.js';

interface Case {
  title: string;
  events: (object | string)[];
  /** Default: told by the events themselves. */
  protocol?: string;
  check(read: Read): void;
}

const body = (events: (object | string)[]) =>
  events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');

const chunk = (delta: object, finish_reason: string | null = null, index = 0) => ({
  object: 'chat.completion.chunk',
  choices: [{ index, delta, finish_reason }],
});
const textIs = (text: string) => (read: Read) => {
  expect(read.error).to.equal(undefined);
  expect(textsOf(read.message, 'text')).to.equal(text);
};
const toolsOf = ({ message }: Read) => message.parts.filter(isToolPart);
const nested = (depth: number) => `${'{"error":'.repeat(depth)}"deep"${'}'.repeat(depth)}`;

const CHAT: Case[] = [
  {
    title: 'a refusal is what the reader is told',
    events: [
      chunk({ role: 'assistant', content: null, refusal: 'No' }),
      chunk({ refusal: ', sorry' }),
      chunk({}, 'stop'),
    ],
    check: textIs('No, sorry'),
  },
  {
    title: 'of several choices the first one is the answer',
    events: [
      chunk({ content: 'a' }),
      chunk({ content: 'X' }, null, 1),
      chunk({ content: 'b' }),
      chunk({}, 'stop', 1),
      chunk({}, 'stop'),
    ],
    check: textIs('ab'),
  },
  {
    title: 'nulls where fields should be',
    events: [
      { ...chunk({ role: null, content: null, tool_calls: null, reasoning: null }), usage: null, error: null },
      { object: 'chat.completion.chunk', choices: [] },
      { object: 'chat.completion.chunk', choices: [null] },
      chunk({ content: 'x' }),
      chunk({ content: null }, 'stop'),
      '[DONE]',
    ],
    check: textIs('x'),
  },
  {
    title: 'a finish reason that is a name of every object',
    events: [chunk({ content: 'x' }), chunk({}, 'constructor'), '[DONE]'],
    check: ({ message }) =>
      expect(message.metadata).to.deep.include({ finishReason: 'other', rawFinishReason: 'constructor' }),
  },
  {
    title: 'ids that are numbers',
    events: [
      chunk({ tool_calls: [{ index: 0, id: 7, function: { name: 'f', arguments: '{}' } }] }),
      chunk({}, 'tool_calls'),
    ],
    check: (read) => expect(toolsOf(read)[0]).to.include({ toolCallId: '7', state: 'input-available' }),
  },
  {
    title: 'a name that comes after its id',
    events: [
      chunk({ tool_calls: [{ index: 0, id: 'c', function: { arguments: '' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { name: 'late', arguments: '{"x":1}' } }] }),
      chunk({}, 'tool_calls'),
    ],
    check: (read) =>
      expect(toolsOf(read).map((call) => [toolName(call), call.input])).to.deep.equal([['late', { x: 1 }]]),
  },
  {
    title: 'fragments without index or name, before and between named calls',
    events: [
      chunk({ tool_calls: [{ function: { arguments: '{"a"' } }] }),
      chunk({ tool_calls: [{ function: { arguments: ':1}' } }] }),
      chunk({ tool_calls: [{ id: 'x', function: { name: 'f', arguments: '{"b"' } }] }),
      chunk({ tool_calls: [{ id: 'x', function: { name: 'f', arguments: ':2}' } }] }),
      chunk({}, 'tool_calls'),
    ],
    check: (read) => expect(toolsOf(read).map(({ input }) => input)).to.deep.equal([{ a: 1 }, { b: 2 }]),
  },
  {
    title: 'one stream spliced to the end of another',
    events: [
      chunk({ content: 'a' }),
      chunk({}, 'stop'),
      '[DONE]',
      chunk({ role: 'assistant', content: 'b' }),
      chunk({}, 'stop'),
      '[DONE]',
    ],
    check: (read) => {
      textIs('ab')(read);
      expect(read.message.parts.every((part) => (part as any).state === 'done')).to.equal(true);
    },
  },
  {
    title: 'search results and citations name a source once, with its title',
    events: [
      {
        ...chunk({ content: 'x' }),
        search_results: [{ title: 'A', url: 'https://a.example' }],
        citations: ['https://a.example'],
      },
      chunk({}, 'stop'),
    ],
    check: ({ message }) =>
      expect(message.parts.filter(({ type }) => type === 'source-url')).to.deep.equal([
        { type: 'source-url', sourceId: 'https://a.example', url: 'https://a.example', title: 'A' },
      ]),
  },
  {
    title: 'a picture in a list of contents',
    events: [
      chunk({ content: [{ type: 'image_url', image_url: { url: 'https://i.example/1.png' } }] }),
      chunk({}, 'stop'),
    ],
    check: ({ message }) => expect(message.parts.find(isImagePart)?.data.url).to.equal('https://i.example/1.png'),
  },
];

const block = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const delta = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields });
const blockStop = (index: number) => ({ type: 'content_block_stop', index });
const messageStart = { type: 'message_start', message: { id: 'm', content: [], usage: { input_tokens: 1 } } };
const stop = (stop_reason: string) => [{ type: 'message_delta', delta: { stop_reason } }, { type: 'message_stop' }];
const says = (text: string) => delta(0, { type: 'text_delta', text });

const ANTHROPIC: Case[] = [
  {
    title: 'pings first, and no event names',
    events: [
      { type: 'ping' },
      { type: 'ping' },
      messageStart,
      block(0, { type: 'text', text: '' }),
      says('x'),
      blockStop(0),
      ...stop('end_turn'),
    ],
    check: textIs('x'),
  },
  {
    title: 'message_start twice',
    events: [
      messageStart,
      messageStart,
      block(0, { type: 'text', text: '' }),
      says('x'),
      blockStop(0),
      ...stop('end_turn'),
    ],
    check: textIs('x'),
  },
  {
    title: 'a second message spliced into an open call',
    events: [
      messageStart,
      block(0, { type: 'tool_use', id: 'a', name: 'f', input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"x":' }),
      messageStart,
      block(0, { type: 'tool_use', id: 'b', name: 'f', input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"x":1}' }),
      blockStop(0),
      ...stop('tool_use'),
    ],
    check: (read) =>
      expect(toolsOf(read).map(({ toolCallId, state }) => [toolCallId, state])).to.deep.equal([
        ['a', 'output-error'],
        ['b', 'input-available'],
      ]),
  },
  {
    title: 'text after the message has stopped is closed with it',
    events: [
      messageStart,
      block(0, { type: 'text', text: 'a' }),
      ...stop('end_turn'),
      block(0, { type: 'text', text: 'b' }),
    ],
    check: ({ message }) => expect(message.parts.map((part) => (part as any).state)).to.deep.equal(['done', 'done']),
  },
  {
    title: 'a refusal in the middle, a fallback, and blocks that nobody has heard of',
    events: [
      messageStart,
      block(0, { type: 'text', text: '' }),
      says('a'),
      blockStop(0),
      block(1, { type: 'fallback', model: 'other' }),
      blockStop(1),
      block(2, { type: 'hologram', beam: { __proto__: null } }),
      delta(2, { type: 'beam_delta', beam: 1 }),
      blockStop(2),
      block(3, { type: 'text', text: '' }),
      delta(3, { type: 'text_delta', text: 'b' }),
      ...stop('refusal'),
    ],
    check: (read) => {
      textIs('ab')(read);
      expect(read.message.metadata?.finishReason).to.equal('content-filter');
    },
  },
  {
    title: 'a result that failed without saying why, or as a list of texts',
    events: [
      messageStart,
      block(0, { type: 'mcp_tool_use', id: 1, name: 'f', input: {} }),
      blockStop(0),
      block(1, { type: 'mcp_tool_result', tool_use_id: 1, is_error: true }),
      block(2, { type: 'mcp_tool_use', id: 2, name: 'f', input: {} }),
      blockStop(2),
      block(3, { type: 'mcp_tool_result', tool_use_id: 2, is_error: true, content: [{ type: 'text', text: 'Gone' }] }),
      ...stop('end_turn'),
    ],
    check: (read) => {
      const errors = toolsOf(read).map(({ errorText }) => errorText);
      expect(errors).to.deep.equal(['The tool failed.', 'Gone']);
    },
  },
  {
    title: 'a stop reason that is a name of every object',
    events: [messageStart, block(0, { type: 'text', text: 'x' }), ...stop('toString')],
    check: ({ message }) => expect(message.metadata?.finishReason).to.equal('other'),
  },
  {
    title: 'documents as sources',
    events: [
      messageStart,
      block(0, { type: 'text', text: '' }),
      ...[1, 2].map((page) =>
        delta(0, {
          type: 'citations_delta',
          citation: { type: 'page_location', document_index: 0, document_title: 'Report', start_page_number: page },
        }),
      ),
      ...stop('end_turn'),
    ],
    check: ({ message }) => {
      const sources = message.parts.filter(({ type }) => type === 'source-document');
      expect(sources).to.have.lengthOf(1);
      expect(sources[0]).to.include({ title: 'Report', mediaType: 'application/pdf', sourceId: '0' });
    },
  },
];

const finish = { type: 'finish', finishReason: 'stop' };
const begin = { type: 'start' };

const AI_SDK: Case[] = [
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
      const [call] = toolsOf(read);
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
    check: (read) => expect(toolsOf(read).map(({ input }) => input)).to.deep.equal([1, 2]),
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

const ANY: Case[] = [
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
      chunk({ content: 'a' }),
      { object: 'error', message: 'Too long', type: 'BadRequestError', code: 400 },
      '[DONE]',
    ],
    check: ({ error }) => expect(error).to.include({ code: 'protocol', message: 'Too long' }),
  },
];

const GROUPS: Record<string, Case[]> = { openai: CHAT, anthropic: ANTHROPIC, 'ai-sdk': AI_SDK };

for (const [protocol, cases] of Object.entries(GROUPS)) {
  describe(`what a stream in the dialect “${protocol}” may also hold`, () => {
    for (const { title, events, check } of cases) {
      it(title, async () => check(await readMessage(eventStream(body(events)))));
      it(`${title}, with CRLF, comments and its dialect named`, async () => {
        const spelled = `: hi\r\n\r\n${body(events).replaceAll('\n', '\r\n')}`;
        check(await readMessage(eventStream(inPieces(encode(spelled), 7)), { protocol }));
      });
    }
  });
}

describe('what any stream may hold', () => {
  for (const { title, events, check } of ANY) {
    it(title, async () => check(await readMessage(eventStream(body(events)))));
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
    const { error, message } = await readMessage(eventStream(body([{ value: 'x' }, {}, { value: 'y' }])), {
      protocol: 'acme',
    });
    expect(error).to.include({ code: 'protocol' });
    expect(error.message).to.contain('acme');
    expect(error.cause).to.be.instanceOf(TypeError);
    expect(textOf(message)).to.equal('x');
  });

  it('plain text that looks like events or a page is text where that is asked for', async () => {
    for (const text of ['data: is a word', '<html> is a tag', 'event: x\n\n']) {
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
