import { expect } from '@open-wc/testing';
import { isImagePart, isToolPart, toolName } from '../../src/core.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { readMessage, textsOf, type Read } from '../support/read-message.js';

const named = (...events: [string, unknown][]) =>
  events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');

/** A piece of a message, without the `metadata` and the `end` that a server of one’s own leaves out. */
const piece = (content: unknown, more: object = {}): [string, unknown] => [
  'messages',
  [{ type: 'AIMessageChunk', id: '1', content, ...more }, { langgraph_node: 'agent' }],
];
const ended = (response_metadata: object, more: object = {}) => piece('', { response_metadata, ...more });
const STOP = ended({ finish_reason: 'stop' });

/** As JavaScript writes a message down. */
const built = (name: string, kwargs: object) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', name],
  kwargs,
});

const thinks = (block: object) => named(piece([block]), piece('Hi'), STOP);

const summary = (index: number, text: string) => ({
  type: 'reasoning',
  summary: [{ type: 'summary_text', index, text }],
});

const CALLED = { tool_call_chunks: [{ index: 0, id: 'c', name: 'f', args: '{"a":1}' }] };

const STREAMS: [title: string, body: string, check: (read: Read) => void][] = [
  ...(
    [
      ['Anthropic', { type: 'thinking', thinking: 'Hm' }],
      ['LangChain itself', { type: 'reasoning', reasoning: 'Hm' }],
      ['Bedrock', { type: 'reasoning_content', reasoning_content: { text: 'Hm', signature: 's' } }],
      ['OpenAI', summary(0, 'Hm')],
    ] as const
  ).map(([title, block]): [string, string, (read: Read) => void] => [
    `thoughts in the words of ${title}`,
    thinks(block),
    ({ message }) => {
      expect(textsOf(message, 'reasoning')).to.equal('Hm');
      expect(textsOf(message, 'text')).to.equal('Hi');
    },
  ]),
  [
    'an answer behind a tool’s result, of messages without ids',
    named(
      piece('', { id: undefined, ...CALLED }),
      ended({ finish_reason: 'tool_calls' }, { id: undefined }),
      ['messages', [{ type: 'tool', tool_call_id: 'c', content: 'x' }, {}]],
      piece('Hi', { id: undefined }),
      ended({ finish_reason: 'stop' }, { id: undefined }),
    ),
    ({ message, error }) => expect([error, textsOf(message, 'text')]).to.deep.equal([undefined, 'Hi']),
  ],
  [
    'thoughts of OpenAI in parts, beside the content',
    named(
      ...[summary(0, 'On'), summary(0, 'e'), summary(1, 'Two')].map((reasoning) =>
        piece('', { additional_kwargs: { reasoning } }),
      ),
      STOP,
    ),
    ({ message }) => expect(message.parts.map((part: any) => part.text)).to.deep.equal(['One', 'Two']),
  ],
  [
    'messages that JavaScript has written down, and states of them',
    named(
      ['values', { messages: [built('HumanMessage', { content: 'Hi', id: '0' })] }],
      ['messages', [built('AIMessageChunk', { id: '1', content: '', ...CALLED }), {}]],
      ['messages', [built('ToolMessage', { tool_call_id: 'c', content: 'Sun' }), {}]],
      ['messages', [built('AIMessageChunk', { id: '2', content: 'Done' }), {}]],
      [
        'messages',
        [built('AIMessageChunk', { id: '2', content: '', response_metadata: { finish_reason: 'stop' } }), {}],
      ],
    ),
    ({ message }) => {
      const call = message.parts.find(isToolPart)!;
      expect([toolName(call), call.input, call.output]).to.deep.equal(['f', { a: 1 }, 'Sun']);
      expect(textsOf(message, 'text')).to.equal('Done');
    },
  ],
  [
    'pictures and the pages that a text rests on',
    named(
      piece([
        { type: 'image', base64: 'AAAA', mime_type: 'image/webp' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,BBBB' } },
        { type: 'text', text: 'Hi', annotations: [{ type: 'citation', url: 'https://a.test/', title: 'A' }] },
      ]),
      piece('', { additional_kwargs: { tool_outputs: [{ type: 'image_generation_call', result: 'CCCC' }] } }),
      STOP,
    ),
    ({ message }) => {
      const pictures = message.parts.filter(isImagePart).map(({ data }) => data.url);
      const bytes = ['webp;base64,AAAA', 'png;base64,BBBB', 'png;base64,CCCC'];
      expect(pictures).to.deep.equal(bytes.map((end) => `data:image/${end}`));
      expect(message.parts.find(({ type }) => type === 'source-url')).to.include({
        url: 'https://a.test/',
        title: 'A',
      });
    },
  ],
  [
    'an end that only a status tells, behind one that calls a tool',
    named(
      piece('', CALLED),
      ended({ status: 'completed' }),
      ['messages', [{ type: 'AIMessageChunk', id: '2', content: 'Done' }, {}]],
      ['messages', [{ type: 'AIMessageChunk', id: '2', content: '', response_metadata: { status: 'completed' } }, {}]],
    ),
    ({ message }) => expect(message.metadata?.finishReason).to.equal('stop'),
  ],
  [
    'an end in the words of Bedrock',
    named(piece('Hi'), ended({ stopReason: 'max_tokens' })),
    ({ message }) => expect(message.metadata?.finishReason).to.equal('length'),
  ],
  [
    'an end that only the last piece tells',
    named(piece('Hi'), piece('', { chunk_position: 'last' })),
    ({ message }) => expect(message.metadata?.finishReason).to.equal('stop'),
  ],
  [
    'what was thought and what was known already, as they are counted',
    named(
      piece('Hi'),
      ended(
        { finish_reason: 'stop' },
        {
          usage_metadata: {
            input_tokens: 3,
            output_tokens: 2,
            total_tokens: 5,
            input_token_details: { cache_read: 1 },
            output_token_details: { reasoning: 1 },
          },
        },
      ),
    ),
    ({ message }) =>
      expect(message.metadata?.usage).to.deep.equal({
        inputTokens: 3,
        outputTokens: 2,
        totalTokens: 5,
        reasoningTokens: 1,
        cachedInputTokens: 1,
      }),
  ],
];

describe('LangChain’s messages, as its providers fill them', () => {
  for (const [title, body, check] of STREAMS) {
    for (const size of [7, 100_000]) {
      it(`${title}, in pieces of ${size}`, async () => {
        const read = await readMessage(eventStream(inPieces(encode(body), size)));
        expect(read.error).to.equal(undefined);
        check(read);
      });
    }
  }

  it('an end behind a call is none', async () => {
    const { error } = await readMessage(eventStream(named(piece('', CALLED), ended({ finish_reason: 'STOP' }))));
    expect(error?.code).to.equal('truncated');
  });
});
