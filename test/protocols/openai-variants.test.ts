import { expect } from '@open-wc/testing';
import { eventStream } from '../support/bytes.js';
import { gistOf, readMessage } from '../support/read-message.js';

const chunk = (delta: unknown, rest: object = {}) => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason: null, ...rest }],
});
const done = chunk({}, { finish_reason: 'stop' });
const stream = (...chunks: unknown[]) =>
  eventStream(`${chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')}data: [DONE]\n\n`);

interface Case {
  title: string;
  chunks: unknown[];
  text?: string;
  reasoning?: string;
  tools?: { name: string; input: unknown }[];
}

const fn = (name: string | null, args: unknown) => ({ name, arguments: args });

const CASES: Case[] = [
  {
    title: 'reasoning_content',
    chunks: [chunk({ reasoning_content: 'hm' }), chunk({ content: 'x' })],
    text: 'x',
    reasoning: 'hm',
  },
  { title: 'reasoning', chunks: [chunk({ reasoning: 'hm' }), chunk({ content: 'x' })], text: 'x', reasoning: 'hm' },
  {
    title: 'reasoning and its details, which say it again',
    chunks: [chunk({ reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] })],
    reasoning: 'hm',
  },
  {
    title: 'details alone',
    chunks: [chunk({ reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] })],
    reasoning: 'hm',
  },
  {
    title: 'content as a list',
    chunks: [
      chunk({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'x' },
        ],
      }),
    ],
    text: 'x',
    reasoning: 'hm',
  },
  {
    title: 'message in the place of delta',
    chunks: [{ object: 'chat.completion.chunk', choices: [{ message: { content: 'x' } }] }],
    text: 'x',
  },
  {
    title: 'an empty first chunk, as Azure sends it',
    chunks: [{ id: '', object: '', choices: [], prompt_filter_results: [] }, chunk({ content: 'x' })],
    text: 'x',
  },
  {
    title: 'null for everything that is not there',
    chunks: [chunk({ content: null, tool_calls: null, refusal: null }), chunk({ content: 'x' })],
    text: 'x',
  },
  {
    title: 'other choices, which are not the answer',
    chunks: [chunk({ content: 'x' }), chunk({ content: 'y' }, { index: 1 })],
    text: 'x',
  },
  {
    title: 'two calls whose fragments alternate',
    chunks: [
      chunk({
        tool_calls: [
          { index: 0, id: 'a', function: fn('f', '{"x"') },
          { index: 1, id: 'b', function: fn('g', '{"y"') },
        ],
      }),
      chunk({
        tool_calls: [
          { index: 1, function: fn(null, ':2}') },
          { index: 0, function: fn('', ':1}') },
        ],
      }),
    ],
    tools: [
      { name: 'f', input: { x: 1 } },
      { name: 'g', input: { y: 2 } },
    ],
  },
  {
    title: 'whole calls without an index',
    chunks: [
      chunk({
        tool_calls: [
          { id: 'a', function: fn('f', '{"x":1}') },
          { id: 'b', function: fn('f', '{"x":2}') },
        ],
      }),
    ],
    tools: [
      { name: 'f', input: { x: 1 } },
      { name: 'f', input: { x: 2 } },
    ],
  },
  {
    title: 'whole calls that all have the index 0',
    chunks: [
      chunk({ tool_calls: [{ index: 0, id: 'a', function: fn('f', '{"x":1}') }] }),
      chunk({ tool_calls: [{ index: 0, id: 'b', function: fn('g', '{"y":2}') }] }),
    ],
    tools: [
      { name: 'f', input: { x: 1 } },
      { name: 'g', input: { y: 2 } },
    ],
  },
  {
    title: 'whole calls that all have the index 0 and no id',
    chunks: [
      chunk({ tool_calls: [{ index: 0, id: '', function: fn('f', '{"x":1}') }] }),
      chunk({ tool_calls: [{ index: 0, id: '', function: fn('g', '{}') }] }),
    ],
    tools: [
      { name: 'f', input: { x: 1 } },
      { name: 'g', input: {} },
    ],
  },
  {
    title: 'a name that comes with every fragment',
    chunks: [
      chunk({ tool_calls: [{ index: 0, function: fn('f', '{"x"') }] }),
      chunk({ tool_calls: [{ index: 0, function: fn('f', ':{}}') }] }),
      chunk({ tool_calls: [{ index: 0, function: fn('f', '') }] }),
    ],
    tools: [{ name: 'f', input: { x: {} } }],
  },
  {
    title: 'two calls of the same id',
    chunks: [
      chunk({
        tool_calls: [
          { index: 0, id: 'call', function: fn('f', '{"x":1}') },
          { index: 1, id: 'call', function: fn('g', '{"y"') },
        ],
      }),
      chunk({ tool_calls: [{ index: 1, id: 'call', function: fn('', ':2}') }] }),
    ],
    tools: [
      { name: 'f', input: { x: 1 } },
      { name: 'g', input: { y: 2 } },
    ],
  },
  {
    title: 'an index that is text',
    chunks: [
      chunk({ tool_calls: [{ index: '0', id: 'a', function: fn('f', '{"x"') }] }),
      chunk({ tool_calls: [{ index: '1', id: 'b', function: fn('g', '{"y"') }] }),
      chunk({ tool_calls: [{ index: '0', function: fn('', ':1}') }] }),
      chunk({ tool_calls: [{ index: '1', function: fn('', ':2}') }] }),
    ],
    tools: [
      { name: 'f', input: { x: 1 } },
      { name: 'g', input: { y: 2 } },
    ],
  },
  {
    title: 'arguments as an object',
    chunks: [chunk({ tool_calls: [{ index: 0, id: 'a', function: fn('f', { x: 1 }) }] })],
    tools: [{ name: 'f', input: { x: 1 } }],
  },
  {
    title: 'a call without arguments',
    chunks: [chunk({ tool_calls: [{ index: 0, id: 'a', function: fn('f', '') }] })],
    tools: [{ name: 'f', input: {} }],
  },
  {
    title: 'a custom tool, whose input is text',
    chunks: [chunk({ tool_calls: [{ index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: 'SELECT' } }] })],
    tools: [{ name: 'f', input: 'SELECT' }],
  },
  {
    title: 'the older function_call',
    chunks: [chunk({ function_call: fn('f', '{"x"') }), chunk({ function_call: { arguments: ':1}' } })],
    tools: [{ name: 'f', input: { x: 1 } }],
  },
];

describe('Chat Completions as the servers really send it', () => {
  for (const { title, chunks, text = '', reasoning = '', tools = [] } of CASES) {
    it(title, async () => {
      const { message, error } = await readMessage(stream(...chunks, done));
      expect(error).to.equal(undefined);
      expect(gistOf(message)).to.deep.include({ text, reasoning, tools, finishReason: 'stop' });
    });
  }

  it('needs no [DONE] after a finish reason', async () => {
    const { message, error } = await readMessage(
      eventStream(`data: ${JSON.stringify(chunk({ content: 'x' }))}\n\ndata: ${JSON.stringify(done)}\n\n`),
    );
    expect(error).to.equal(undefined);
    expect(message.metadata?.finishReason).to.equal('stop');
  });

  it('needs no finish reason before [DONE]', async () => {
    const { message, error } = await readMessage(stream(chunk({ content: 'x' })));
    expect(error).to.equal(undefined);
    expect(message.metadata?.finishReason).to.equal('unknown');
  });

  it('reports an error that comes beside choices, and keeps the text', async () => {
    const { error, message } = await readMessage(
      stream(chunk({ content: 'x' }), { ...chunk({ content: 'y' }), error: { code: 502, message: 'Upstream' } }),
    );
    expect(error).to.include({ code: 'protocol', message: 'Upstream' });
    expect(gistOf(message).text).to.equal('xy');
  });

  it('counts tokens from the chunk that has no choices', async () => {
    const usage = {
      prompt_tokens: 1,
      completion_tokens: 2,
      total_tokens: 3,
      completion_tokens_details: { reasoning_tokens: 1 },
    };
    const { message } = await readMessage(
      stream(chunk({ content: 'x' }), done, { object: 'chat.completion.chunk', choices: [], usage }),
    );
    expect(message.metadata?.usage).to.deep.equal({
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 3,
      reasoningTokens: 1,
    });
  });

  it('names what Azure has found in data of one’s own, and what Zhipu has found', async () => {
    const citations = [
      { title: 'One', url: 'https://a.example/1', filepath: '1.pdf', chunk_id: '0' },
      { title: null, url: null, filepath: '2.pdf', chunk_id: '1' },
      { title: null, url: null, filepath: null },
    ];
    const { message } = await readMessage(
      stream(
        chunk({ role: 'assistant', context: { citations, intent: '[]' } }),
        chunk({ content: 'x [doc1]' }),
        { ...chunk({}), web_search: [{ title: 'Three', link: 'https://a.example/3', refer: 'ref_1' }] },
        '[DONE]',
      ),
    );
    const sources = message.parts.filter(({ type }) => type.startsWith('source-')) as any[];
    expect(sources.map(({ url, filename, title }) => [url ?? filename, title])).to.deep.equal([
      ['https://a.example/1', 'One'],
      ['2.pdf', '2.pdf'],
      ['https://a.example/3', 'Three'],
    ]);
  });

  it('names each cited address once', async () => {
    const cite = { ...chunk({ content: 'x' }), citations: ['https://a.example', 'https://b.example'] };
    const { message } = await readMessage(stream(cite, cite, done));
    expect(message.parts.filter(({ type }) => type === 'source-url')).to.have.lengthOf(2);
  });

  it('keeps a call whose arguments never became whole, and says so', async () => {
    const { message } = await readMessage(
      stream(chunk({ tool_calls: [{ index: 0, id: 'a', function: fn('f', '{"x":') }] }), done),
    );
    expect(message.parts[0]).to.include({ type: 'tool-f', state: 'output-error', input: '{"x":' });
  });
});
