import { expect } from '@open-wc/testing';
import { isImagePart, toolName } from '../../src/core.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { bodyOf, callsIn, chatChunk, itReads, textIs, type OddStream } from '../support/odd-stream.js';
import { gistOf, readMessage, textsOf, type Read } from '../support/read-message.js';

/** The same thing in other words: what gateways, older versions and proxies make of each dialect. */

const says = (text: string, reasoning: string) => (read: Read) => {
  textIs(text)(read);
  expect(textsOf(read.message, 'reasoning')).to.equal(reasoning);
};
const callsAre =
  (...expected: [string, unknown][]) =>
  (read: Read) =>
    expect(callsIn(read).map((call) => [toolName(call), call.input])).to.deep.equal(expected);
const ends = (finishReason: string) => (read: Read) =>
  expect(read.message.metadata?.finishReason).to.equal(finishReason);
const fails = (message: string) => (read: Read) => {
  expect(read.error).to.include({ code: 'protocol', message });
  expect(textsOf(read.message, 'text')).to.equal('x');
};
const metadataOf = (type: string) => (read: Read) =>
  (read.message.parts.find((part) => part.type === type) as any)?.providerMetadata;

/** The texts, and what stands between them. */
const blocksOf = ({ parts }: Read['message']) =>
  parts
    .filter(({ type }) => /^(text|reasoning|tool-)/.test(type))
    .map((part) => ('text' in part ? part.text : part.type));

const stop = chatChunk({}, 'stop');
const call = (fields: object) => chatChunk({ tool_calls: [fields] });
const f = (args: unknown) => ({ name: 'f', arguments: args });

const THOUGHTS: [string, object][] = [
  ['reasoning_content', { reasoning_content: 'hm' }],
  ['reasoning', { reasoning: 'hm' }],
  ['reasoning_text', { reasoning_text: 'hm' }],
  ['thinking', { thinking: 'hm' }],
  ['thought', { thought: 'hm' }],
  ['an object', { reasoning: { content: 'hm' } }],
  ['details', { reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] }],
  ['thinking blocks', { thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 's' }] }],
  ['a list of contents', { content: [{ type: 'reasoning', text: 'hm' }] }],
  ['a thought in a list of contents', { content: [{ type: 'thinking', thinking: 'hm' }] }],
];

const REASONS: [string, string[]][] = [
  ['stop', ['stop', 'end_turn', 'eos_token', 'stop_sequence', 'STOP', 'COMPLETE']],
  ['length', ['length', 'max_tokens', 'MAX_TOKENS', 'model_length']],
  ['tool-calls', ['tool_calls', 'tool_use', 'function_call', 'TOOL_CALL']],
  [
    'content-filter',
    ['content_filter', 'content-filter', 'safety', 'SAFETY', 'sensitive', 'refusal', 'guardrail_intervened'],
  ],
  ['error', ['error', 'network_error', 'insufficient_system_resource']],
  ['interrupted', ['abort', 'cancelled']],
  ['other', ['hologram', 'toString']],
];

const CHAT: OddStream[] = [
  ...THOUGHTS.map(([name, delta]) => ({
    title: `a thought as ${name}`,
    events: [chatChunk(delta), chatChunk({ content: 'x' }), stop],
    check: says('x', 'hm'),
  })),
  ...REASONS.flatMap(([reason, words]) =>
    words.map((word) => ({
      title: `“${word}” is ${reason}`,
      events: [chatChunk({ content: 'x' }), chatChunk({}, word), '[DONE]'],
      check: ends(reason),
    })),
  ),
  {
    title: 'contents as bare text in a list, and as an object',
    events: [
      chatChunk({ content: ['a', { type: 'text', text: 'b' }] }),
      chatChunk({ content: { type: 'text', text: 'c' } }),
      stop,
    ],
    check: textIs('abc'),
  },
  {
    title: 'a call that is no list',
    events: [chatChunk({ tool_calls: { id: 'a', function: f('{}') } }), stop],
    check: callsAre(['f', {}]),
  },
  {
    title: 'a call without its function',
    events: [call({ id: 'a', ...f('{"x":1}') }), stop],
    check: callsAre(['f', { x: 1 }]),
  },
  { title: 'arguments as a list', events: [call({ id: 'a', function: f([1]) }), stop], check: callsAre(['f', [1]]) },
  {
    title: 'a call without arguments, and another one in its place',
    events: [
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '' } }),
      call({ index: 0, id: 'b', function: { name: 'g', arguments: '{"x":1}' } }),
      stop,
    ],
    check: callsAre(['f', {}], ['g', { x: 1 }]),
  },
  {
    title: 'usage in the choice',
    events: [
      {
        choices: [
          {
            index: 0,
            delta: { content: 'x' },
            usage: { prompt_tokens: 1, completion_tokens: 2 },
            finish_reason: 'stop',
          },
        ],
      },
    ],
    check: ({ message }) => expect(message.metadata?.usage).to.deep.equal({ inputTokens: 1, outputTokens: 2 }),
  },
  {
    title: 'usage in other words',
    events: [{ ...chatChunk({ content: 'x' }, 'stop'), usage: { input_tokens: 1, output_tokens: 2 } }],
    check: ({ message }) => expect(message.metadata?.usage).to.deep.equal({ inputTokens: 1, outputTokens: 2 }),
  },
  {
    title: 'an error in the choice',
    events: [
      chatChunk({ content: 'x' }),
      { choices: [{ index: 0, delta: {}, finish_reason: 'error', error: { code: 502, message: 'boom' } }] },
    ],
    check: fails('boom'),
  },
  { title: 'an end mark with spaces', events: [chatChunk({ content: 'x' }), '[DONE] '], check: textIs('x') },
  {
    title: 'the halves of a character in two deltas',
    events: [chatChunk({ content: 'a\ud83d' }), chatChunk({ content: '\ude00b' }), stop],
    check: textIs('a😀b'),
  },
  {
    title: 'the halves of a character in two pieces of arguments',
    events: [
      call({ index: 0, id: 'a', function: f('{"x":"\ud83d') }),
      call({ index: 0, function: { arguments: '\ude00","y":"\\ud83d' } }),
      call({ index: 0, function: { arguments: '\\ude00"}' } }),
      stop,
    ],
    check: callsAre(['f', { x: '😀', y: '😀' }]),
  },
];

describe('Chat Completions in other words', () => itReads('openai', CHAT));

const started = { type: 'message_start', message: { id: 'm', content: [], usage: { input_tokens: 1 } } };
const block = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const delta = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields });
const done = (index: number) => ({ type: 'content_block_stop', index });
const stopped = [{ type: 'message_delta', delta: { stop_reason: 'end_turn' } }, { type: 'message_stop' }];
const text = (index: number, said: string) => [block(index, { type: 'text', text: said }), done(index)];

const ANTHROPIC: OddStream[] = [
  {
    title: 'a thought that comes whole, with its signature',
    events: [
      started,
      block(0, { type: 'thinking', thinking: 'hm', signature: 's' }),
      done(0),
      ...text(1, 'x'),
      ...stopped,
    ],
    check: (read) => {
      says('x', 'hm')(read);
      expect(metadataOf('reasoning')(read)).to.deep.equal({ anthropic: { signature: 's' } });
    },
  },
  {
    title: 'a text that comes whole, with its sources',
    events: [
      started,
      block(0, {
        type: 'text',
        text: 'x',
        citations: [{ type: 'web_search_result_location', url: 'https://a.example', title: 'A' }],
      }),
      ...stopped,
    ],
    check: ({ message }) =>
      expect(message.parts.find(({ type }) => type === 'source-url')).to.include({ url: 'https://a.example' }),
  },
  {
    title: 'a compaction, whose text is none of the answer',
    events: [
      started,
      block(0, { type: 'compaction', content: '' }),
      delta(0, { type: 'compaction_delta', content: 'sum' }),
      delta(0, { type: 'compaction_delta', content: 'mary', encrypted_content: 'e' }),
      done(0),
      ...text(1, 'x'),
      ...stopped,
    ],
    check: (read) => {
      textIs('x')(read);
      const content = { type: 'compaction', content: 'summary', encrypted_content: 'e' };
      expect(read.message.parts[0]).to.deep.equal({ type: 'custom', kind: 'anthropic.compaction', content });
    },
  },
  {
    title: '[DONE] behind the end',
    events: [started, ...text(0, 'x'), ...stopped, '[DONE]'],
    check: (read) => {
      textIs('x')(read);
      expect(read.parts.some(({ type }) => type === 'raw')).to.equal(false);
    },
  },
];

describe('Anthropic’s Messages in other words', () => itReads('anthropic', ANTHROPIC));

const created = { type: 'response.created', response: { id: 'r' } };
const at = (output_index: number, content_index = 0) => ({ output_index, content_index });
const wrote = (said: string, place = at(0)) => ({ type: 'response.output_text.delta', ...place, delta: said });
const message = (...texts: string[]) => ({
  type: 'message',
  content: texts.map((one) => ({ type: 'output_text', text: one })),
});
const completed = (...output: object[]) => ({ type: 'response.completed', response: { status: 'completed', output } });
const added = (output_index: number, item: object) => ({ type: 'response.output_item.added', output_index, item });
const fn = (args: string) => ({ type: 'function_call', call_id: 'c', name: 'f', arguments: args });
const thoughtOver = {
  type: 'response.content_part.done',
  ...at(0),
  part: { type: 'reasoning_text', text: 'hm' },
};

const RESPONSES: OddStream[] = [
  {
    title: 'items that all have the same place',
    events: [
      created,
      added(0, { type: 'message', id: 'a' }),
      wrote('x', at(0)),
      { type: 'response.output_item.done', output_index: 0, item: { ...message('x'), id: 'a' } },
      added(0, { type: 'message', id: 'b' }),
      wrote('y', at(0)),
      { type: 'response.output_item.done', output_index: 0, item: { ...message('y'), id: 'b' } },
      completed(message('x'), message('y')),
    ],
    check: textIs('xy'),
  },
  {
    title: 'a part that only its end tells of',
    events: [
      created,
      { type: 'response.content_part.done', ...at(0), part: { type: 'output_text', text: 'x' } },
      completed(),
    ],
    check: textIs('x'),
  },
  {
    title: 'a thought that only its end tells of',
    events: [created, thoughtOver, wrote('x', at(1)), completed()],
    check: says('x', 'hm'),
  },
  {
    title: 'a summary that only its end tells of',
    events: [
      created,
      {
        type: 'response.reasoning_summary_part.done',
        output_index: 0,
        summary_index: 0,
        part: { type: 'summary_text', text: 'hm' },
      },
      wrote('x', at(1)),
      completed(),
    ],
    check: says('x', 'hm'),
  },
  {
    title: 'a message that only the end tells of, behind a thought',
    events: [
      created,
      added(0, { type: 'reasoning', summary: [] }),
      completed({ type: 'reasoning', summary: [] }, message('x')),
    ],
    check: textIs('x'),
  },
  {
    title: 'the last words, lost on the way',
    events: [created, added(0, message()), wrote('a'), completed(message('abc'))],
    check: textIs('abc'),
  },
  {
    title: 'a call that only the end tells of, and one that was never done',
    events: [
      created,
      wrote('x'),
      added(1, fn('')),
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"a"' },
      completed(message('x'), fn('{"a":1}'), { ...fn('{"b":2}'), call_id: 'd' }),
    ],
    check: (read) => {
      textIs('x')(read);
      callsAre(['f', { a: 1 }], ['f', { b: 2 }])(read);
      ends('tool-calls')(read);
    },
  },
  {
    title: 'an end that says all again at other places',
    events: [created, added(3, message()), wrote('x', at(3)), completed(message('x'))],
    check: textIs('x'),
  },
];

describe('OpenAI’s Responses in other words', () => itReads('openai-responses', RESPONSES));

const candidate = (parts: object[], rest: object = {}) => ({
  candidates: [{ content: { role: 'model', parts }, ...rest }],
});

const GEMINI: OddStream[] = [
  {
    title: 'a signature on a thought',
    events: [
      candidate([{ text: 'hm', thought: true, thoughtSignature: 's' }]),
      candidate([{ text: 'x' }], { finishReason: 'STOP' }),
    ],
    check: (read) => {
      says('x', 'hm')(read);
      expect(metadataOf('reasoning')(read)).to.deep.equal({ google: { thoughtSignature: 's' } });
      expect(metadataOf('text')(read)).to.equal(undefined);
    },
  },
  {
    title: 'a signature on an empty text in front of the answer',
    events: [
      candidate([{ text: 'hm', thought: true }]),
      candidate([{ text: '', thoughtSignature: 's' }]),
      candidate([{ text: 'x' }], { finishReason: 'STOP' }),
    ],
    check: (read) => {
      says('x', 'hm')(read);
      expect(metadataOf('text')(read)).to.deep.equal({ google: { thoughtSignature: 's' } });
    },
  },
  {
    title: 'an error in a list',
    events: [candidate([{ text: 'x' }]), [{ error: { code: 500, message: 'boom', status: 'INTERNAL' } }]],
    check: fails('boom'),
  },
];

describe('Gemini in other words', () => itReads('gemini', GEMINI));

const ollama = (fields: object, rest: object = { done: false }) => ({
  model: 'm',
  message: { role: 'assistant', ...fields },
  ...rest,
});

const OLLAMA: OddStream[] = [
  {
    title: 'arguments as text',
    events: [ollama({ tool_calls: [{ function: f('{"x":1}') }] }), ollama({}, { done: true })],
    check: callsAre(['f', { x: 1 }]),
  },
  {
    title: 'an end without a message',
    events: [ollama({ content: 'x' }), { model: 'm', done: true }],
    check: textIs('x'),
  },
  {
    title: 'an end whose message is null',
    events: [ollama({ content: 'x' }), { message: null, done: true, done_reason: 'length' }],
    check: (read) => {
      textIs('x')(read);
      ends('length')(read);
    },
  },
  {
    title: 'thoughts alone, then the answer, of generate',
    events: [
      { thinking: 'hm', done: false },
      { response: 'x', done: true },
    ],
    check: says('x', 'hm'),
  },
];

describe('Ollama in other words', () => itReads('ollama', OLLAMA));

const run = (...events: object[]) => [{ type: 'RUN_STARTED' }, ...events, { type: 'RUN_FINISHED' }];
const snapshot = {
  type: 'MESSAGES_SNAPSHOT',
  messages: [
    { id: '1', role: 'assistant', content: 'old' },
    { id: '2', role: 'user', content: 'Hi' },
    { id: '3', role: 'assistant', content: 'x', toolCalls: [{ id: 'c', function: f('{"x":1}') }] },
    { id: '4', role: 'tool', toolCallId: 'c', content: 'r' },
  ],
};

const AG_UI: OddStream[] = [
  {
    title: 'an answer that comes with the conversation alone',
    events: run(snapshot),
    check: (read) => {
      textIs('x')(read);
      expect(callsIn(read)[0]).to.include({ state: 'output-available', output: 'r' });
    },
  },
  {
    title: 'an answer that the conversation says again',
    events: run({ type: 'TEXT_MESSAGE_CHUNK', messageId: '3', delta: 'x' }, snapshot),
    check: (read) => {
      textIs('x')(read);
      expect(callsIn(read)).to.deep.equal([]);
    },
  },
];

describe('AG-UI in other words', () => itReads('ag-ui', AG_UI));

describe('Mistral’s Conversations in other words', () =>
  itReads('mistral-conversations', [
    {
      title: 'pictures and files',
      events: [
        { type: 'conversation.response.started' },
        { type: 'message.output.delta', content: { type: 'image_url', image_url: { url: 'https://i.example/1.png' } } },
        { type: 'message.output.delta', content: { type: 'tool_file', file_id: 'f' } },
        { type: 'conversation.response.done' },
      ],
      check: (read) => {
        expect(read.message.parts.find(isImagePart)?.data.url).to.equal('https://i.example/1.png');
        expect(read.message.parts[1]).to.deep.include({ type: 'data-tool-file' });
      },
    },
  ]));

describe('the parts of the AI SDK’s `fullStream`, written out as they are', () => {
  const usage = { inputTokens: 1, outputTokens: 2 };
  const all = (read: Read) => {
    says('Hello', 'hm')(read);
    callsAre(['w', { a: 1 }], ['w', { a: 2 }])(read);
    expect(callsIn(read).map(({ output, errorText }) => output ?? errorText)).to.deep.equal([2, 'The tool failed.']);
    const source = read.parts.find(({ type }) => type === 'source-url');
    expect(source)
      .to.include({ sourceId: 's', url: 'https://a.example/' })
      .and.not.have.any.keys('toolCallId', 'delta');
    expect(read.message.parts.find(isImagePart)?.data.url).to.equal('data:image/png;base64,AAAA');
    ends('stop')(read);
  };

  itReads('ai-sdk', [
    {
      title: 'of version 5 and later',
      events: [
        { type: 'start' },
        { type: 'start-step', request: {}, warnings: [] },
        { type: 'reasoning-start', id: 'r' },
        { type: 'reasoning-delta', id: 'r', text: 'hm' },
        { type: 'reasoning-end', id: 'r' },
        { type: 'tool-input-start', id: 'c', toolName: 'w' },
        { type: 'tool-input-delta', id: 'c', delta: '{"a":1}' },
        { type: 'tool-input-end', id: 'c' },
        { type: 'tool-call', toolCallId: 'c', toolName: 'w', input: { a: 1 } },
        { type: 'tool-result', toolCallId: 'c', toolName: 'w', input: { a: 1 }, output: 2 },
        { type: 'tool-call', toolCallId: 'd', toolName: 'w', input: { a: 2 } },
        { type: 'tool-error', toolCallId: 'd', toolName: 'w', input: { a: 2 }, error: {} },
        { type: 'source', sourceType: 'url', id: 's', url: 'https://a.example/' },
        { type: 'file', file: { base64Data: 'AAAA', mediaType: 'image/png', type: 'file' } },
        { type: 'text-start', id: '0' },
        { type: 'text-delta', id: '0', text: 'Hel' },
        { type: 'text-delta', id: '0', text: 'lo' },
        { type: 'text-end', id: '0' },
        { type: 'finish-step', finishReason: 'stop', usage },
        { type: 'finish', finishReason: 'stop', totalUsage: usage },
      ],
      check: all,
    },
    {
      title: 'of version 4',
      events: [
        { type: 'step-start', messageId: 'm', request: {}, warnings: [] },
        { type: 'reasoning', textDelta: 'hm' },
        { type: 'tool-call-streaming-start', toolCallId: 'c', toolName: 'w' },
        { type: 'tool-call-delta', toolCallId: 'c', toolName: 'w', argsTextDelta: '{"a":1}' },
        { type: 'tool-call', toolCallId: 'c', toolName: 'w', args: { a: 1 } },
        { type: 'tool-result', toolCallId: 'c', toolName: 'w', args: { a: 1 }, result: 2 },
        { type: 'tool-call', toolCallId: 'd', toolName: 'w', args: { a: 2 } },
        { type: 'tool-error', toolCallId: 'd', error: {} },
        { type: 'source', sourceType: 'url', id: 's', url: 'https://a.example/' },
        { type: 'file', base64Data: 'AAAA', mimeType: 'image/png' },
        { type: 'text-delta', textDelta: 'Hel' },
        { type: 'text-delta', textDelta: 'lo' },
        { type: 'step-finish', finishReason: 'stop', usage },
        { type: 'finish', finishReason: 'stop', usage },
      ],
      check: all,
    },
    {
      title: 'of version 4, with a text before and after a tool',
      events: [
        { type: 'step-start' },
        { type: 'reasoning', textDelta: 'hm' },
        { type: 'text-delta', textDelta: 'I ' },
        { type: 'source', sourceType: 'url', id: 's', url: 'https://a.example/' },
        { type: 'text-delta', textDelta: 'look.' },
        { type: 'tool-call', toolCallId: 'c', toolName: 'w', args: {} },
        { type: 'tool-result', toolCallId: 'c', toolName: 'w', result: 2 },
        { type: 'step-finish', finishReason: 'tool-calls' },
        { type: 'step-start' },
        { type: 'reasoning', textDelta: 'so' },
        { type: 'text-delta', textDelta: 'It is 2.' },
        { type: 'step-finish', finishReason: 'stop' },
        { type: 'finish', finishReason: 'stop' },
      ],
      check: ({ message }) => expect(blocksOf(message)).to.deep.equal(['hm', 'I look.', 'tool-w', 'so', 'It is 2.']),
    },
    {
      title: 'of one that fails',
      events: [
        { type: 'start' },
        { type: 'text-delta', id: '0', text: 'x' },
        { type: 'error', error: { message: 'bad' } },
      ],
      check: fails('bad'),
    },
  ]);
});

describe('the AI SDK’s parts, written by hand', () => {
  const events = [
    { type: 'text-delta', delta: 'a' },
    { type: 'artifact-start', id: 'a1', kind: 'code' },
    { type: 'text-delta', delta: 'x = 1' },
    { type: 'artifact-end', id: 'a1' },
  ];

  for (const end of ['event: done\ndata: {}\n\n', 'event: done\n\n', 'data: {"type":"done"}\n\n', 'data: [DONE]\n\n'])
    it(`end with ${JSON.stringify(end)}`, async () => {
      const read = await readMessage(eventStream(bodyOf(events) + end));
      textIs('a')(read);
      expect(gistOf(read.message).artifact).to.include({ content: 'x = 1', status: 'complete' });
    });

  it('are one text before and another one after a tool, without an id of either', async () => {
    const { message } = await readMessage(
      eventStream(
        bodyOf([
          { type: 'text-delta', delta: 'I ' },
          { type: 'data-x', data: true },
          { type: 'text-delta', delta: 'look.' },
          { type: 'tool-input-available', toolCallId: 'c', toolName: 'w', input: {} },
          { type: 'tool-output-available', toolCallId: 'c', output: 2 },
          { type: 'text-delta', delta: 'It is 2.' },
          { type: 'finish' },
        ]),
      ),
    );
    expect(blocksOf(message)).to.deep.equal(['I look.', 'tool-w', 'It is 2.']);
  });

  it('are cut off without an end', async () => {
    const { error } = await readMessage(eventStream(bodyOf([...events, { type: 'data-x', data: true }])));
    expect(error).to.include({ code: 'truncated' });
  });
});

describe('the AI SDK’s data stream, as LlamaIndex’ older servers write it', () => {
  const nodes = [
    { id: 'n1', metadata: { file_name: 'a.pdf' }, score: 0.8, text: '…', url: 'https://f.example/a.pdf' },
    { id: 'n2', metadata: { file_name: 'b.txt' }, score: 0.7, text: '…' },
  ];
  const artifact = { type: 'code', data: { file_name: 'a.ts', language: 'ts', code: 'let a' } };
  const notes = [
    { type: 'events', data: { title: 'Retrieving' } },
    { type: 'sources', data: { nodes } },
    { type: 'artifact', data: artifact },
    { type: 'suggested_questions', data: ['Why?'] },
    { type: 'artifact', data: { id: 'of the host' } },
  ];
  const lines = [...notes.slice(0, 2).map((note) => `8:${JSON.stringify([note])}`), '0:"Hi"', '0:" there"'];
  const rest = [...notes.slice(2).map((note) => `8:${JSON.stringify([note])}`), 'd:{"finishReason":"stop"}', ''];

  it('names its sources and artifacts, and keeps all that it notes', async () => {
    const read = await readMessage(
      new Response([...lines, ...rest].join('\n'), { headers: { 'content-type': 'text/plain' } }),
    );
    textIs('Hi there')(read);
    const { parts, metadata } = read.message;
    expect(parts.map(({ type }) => type)).to.deep.equal(['source-url', 'source-document', 'text', 'data-artifact']);
    expect(parts[0]).to.include({ url: 'https://f.example/a.pdf', title: 'a.pdf' });
    expect(Object(parts[3]).data).to.include({ content: 'let a', status: 'complete', language: 'ts' });
    expect(metadata).to.deep.include({ annotations: notes });
  });
});

const status = (state: string, text: string) => ({
  statusUpdate: { taskId: 't', contextId: 'c', status: { state, message: { role: 'ROLE_AGENT', parts: [{ text }] } } },
});

describe('Agent2Agent in other words', () =>
  itReads('a2a', [
    {
      title: 'over plain HTTP, without JSON-RPC',
      events: [status('TASK_STATE_WORKING', 'hm'), status('TASK_STATE_COMPLETED', 'x')],
      check: says('x', 'hm'),
    },
    {
      title: 'a message alone that says whose it is',
      events: [{ message: { messageId: 'm', role: 'ROLE_AGENT', parts: [{ text: 'x' }] } }],
      check: (read) => {
        textIs('x')(read);
        ends('stop')(read);
      },
    },
    {
      title: 'a message whose parts are its content',
      events: [{ message: { messageId: 'm', contextId: 'c', role: 'ROLE_AGENT', content: [{ text: 'x' }] } }],
      check: textIs('x'),
    },
    {
      title: 'a file by the name that version 1 gives it',
      events: [
        {
          artifactUpdate: {
            taskId: 't',
            artifact: { artifactId: 'a', parts: [{ url: 'https://f.example/1', filename: 'a.pdf', mediaType: 'a/b' }] },
          },
        },
        status('TASK_STATE_COMPLETED', 'x'),
      ],
      check: ({ message }) => expect(message.parts[0]).to.deep.include({ type: 'file', filename: 'a.pdf' }),
    },
  ]));

describe('TGI in other words', () =>
  itReads('tgi', [
    {
      title: 'an end without a token',
      events: [{ token: { text: 'x' } }, { generated_text: 'x', details: { finish_reason: 'eos_token' } }],
      check: (read) => {
        textIs('x')(read);
        ends('stop')(read);
      },
    },
  ]));

/** Events by their names. */
const named = (...events: [string, unknown][]) =>
  events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');
const human = { type: 'human', content: 'Hi', id: '1' };
const ai = (content: string, id: string) => ({ type: 'ai', content, id });
const piece = (content: string) => ({ type: 'AIMessageChunk', content, id: '2' });

const NAMED: [string, string, string][] = [
  [
    'LangGraph’s states, as they grow',
    named(
      ['metadata', { run_id: 'r' }],
      ['values', { messages: [ai('old', '0'), human] }],
      ['values', { messages: [ai('old', '0'), human, ai('x', '2')] }],
      ['values', { messages: [ai('old', '0'), human, ai('x', '2'), ai('y', '3')] }],
      ['end', null],
    ),
    'xy',
  ],
  [
    'LangGraph’s last state alone',
    named(
      ['metadata', { run_id: 'r' }],
      ['values', { messages: [ai('old', '0'), human, ai('x', '2')] }],
      ['end', null],
    ),
    'x',
  ],
  [
    'LangGraph’s updates',
    named(['metadata', { run_id: 'r' }], ['updates', { agent: { messages: [ai('x', '2')] } }], ['end', null]),
    'x',
  ],
  [
    'LangGraph’s messages beside states and updates',
    named(
      ['values', { messages: [human] }],
      ['messages', [piece('x'), {}]],
      ['updates', { agent: { messages: [ai('x', 'another')] } }],
      ['values', { messages: [human, ai('x', 'another')] }],
      ['end', null],
    ),
    'x',
  ],
  ['LangServe without its metadata', named(['data', piece('x')], ['data', 'y'], ['end', null]), 'xy'],
  [
    'LangServe’s log',
    named(
      ['data', { ops: [{ op: 'replace', path: '', value: { streamed_output: [] } }] }],
      ['data', { ops: [{ op: 'add', path: '/streamed_output/-', value: 'x' }] }],
      ['data', { ops: [{ op: 'add', path: '/streamed_output/-', value: piece('y') }] }],
      ['end', null],
    ),
    'xy',
  ],
  [
    'Anthropic’s events, whose data has no type',
    named(
      ['message_start', { message: {} }],
      ['content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'x' } }],
      ['message_stop', {}],
    ),
    'x',
  ],
];

describe('events that are told by their names', () => {
  for (const [title, body, expected] of NAMED) {
    for (const size of [7, 1e6]) {
      it(`${title}, in pieces of ${size}`, async () => {
        textIs(expected)(await readMessage(eventStream(inPieces(encode(body), size))));
      });
    }
  }
});

describe('the first version of the AI SDK’s data stream', () => {
  it('says its text and calls in OpenAI’s objects', async () => {
    const body = [
      '4:{"role":"assistant","content":[{"type":"text","text":{"value":"x"}}]}',
      '1:{"function_call":{"name":"f","arguments":"{}"}}',
      '7:{"tool_calls":[{"id":"c","type":"function","function":{"name":"g","arguments":"{\\"a\\":1}"}}]}',
      'd:{"finishReason":"stop"}\n',
    ].join('\n');
    const read = await readMessage(new Response(body, { headers: { 'content-type': 'text/plain' } }));
    textIs('x')(read);
    callsAre(['f', {}], ['g', { a: 1 }])(read);
  });
});

describe('a word before the dialect is known', () => {
  const WORDS = ['ping', '"pong"', 'null', 'connected', 'keep-alive', ''];
  const ANSWERS: [string, string][] = [
    ['Chat Completions', bodyOf([chatChunk({ content: 'x' }), stop])],
    ['generic objects', bodyOf([{ text: 'x' }, '[DONE]'])],
  ];
  for (const [name, body] of ANSWERS)
    for (const word of WORDS)
      it(`“${word}” in front of ${name} is none of the answer`, async () => {
        textIs('x')(await readMessage(eventStream(`data: ${word}\n\ndata: ${word}\n\n${body}`)));
      });

  const TEXTS: [string, string][] = [
    ['data: ok\n\ndata: [DONE]\n\n', 'ok'],
    ['data: ping\n\ndata:  pong\n\nevent: done\ndata: {}\n\n', 'ping pong'],
    ['data: "ping"\n\ndata: "-pong"\n\ndata: [DONE]\n\n', 'ping-pong'],
    ['data: null\n\ndata: able\n\ndata: {"done":true}\n\n', 'nullable'],
  ];
  for (const [body, expected] of TEXTS)
    it(`is text where nothing but text follows: ${expected}`, async () => {
      textIs(expected)(await readMessage(eventStream(body)));
    });

  it('is kept where nothing follows, and the answer is cut off', async () => {
    const { message: kept, error } = await readMessage(eventStream('data: ok\n\n'));
    expect(error).to.have.property('code', 'truncated');
    expect(gistOf(kept).text).to.equal('ok');
  });

  it('an error in front of an answer is told, and the answer is read', async () => {
    const body = bodyOf([{ error: { message: 'boom' } }, chatChunk({ content: 'x' }), stop]);
    fails('boom')(await readMessage(eventStream(body)));
  });
});
