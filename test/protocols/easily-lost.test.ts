import { expect } from '@open-wc/testing';
import { isImagePart, toolName } from '../../src/core.js';
import { callsIn, chatChunk, itReads, textIs, type OddStream } from '../support/odd-stream.js';
import { textsOf } from '../support/read-message.js';

const ANTHROPIC: OddStream[] = [
  {
    title: 'an answer that goes on after its tools, all of it in the event that begins it',
    events: [
      {
        type: 'message_start',
        message: {
          model: 'c',
          content: [
            { type: 'thinking', thinking: 'Hm', signature: 's' },
            { type: 'text', text: 'Found it.' },
            { type: 'tool_use', id: 't', name: 'look_up', input: { id: 7 } },
          ],
          stop_reason: 'tool_use',
          usage: { input_tokens: 1, output_tokens: 2 },
        },
      },
      { type: 'message_stop' },
    ],
    check: (read) => {
      expect(textsOf(read.message, 'reasoning')).to.equal('Hm');
      expect(textsOf(read.message, 'text')).to.equal('Found it.');
      expect(callsIn(read).map((call) => [toolName(call), call.input])).to.deep.equal([['look_up', { id: 7 }]]);
      expect(read.message.metadata?.finishReason).to.equal('tool-calls');
    },
  },
  {
    title: 'the tokens of its thoughts',
    events: [
      { type: 'message_start', message: { content: [], usage: { input_tokens: 1, output_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'x' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn' },
        usage: { output_tokens: 9, output_tokens_details: { thinking_tokens: 5 } },
      },
      { type: 'message_stop' },
    ],
    check: ({ message }) =>
      expect(message.metadata?.usage).to.deep.include({ inputTokens: 1, outputTokens: 9, reasoningTokens: 5 }),
  },
  {
    title: 'what the messages before the last one have cost, where the server runs the tools',
    events: [10, 20].flatMap((input_tokens) => [
      { type: 'message_start', message: { content: [], usage: { input_tokens, output_tokens: 1 } } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ]),
    check: ({ message }) => expect(message.metadata?.usage).to.deep.equal({ inputTokens: 30, outputTokens: 10 }),
  },
];

const picture = (data: string) => ({ inlineData: { mimeType: 'image/png', data } });

const GEMINI: OddStream[] = [
  {
    title: 'what it draws while it thinks, which is no picture of the answer',
    events: [
      { candidates: [{ content: { parts: [{ ...picture('AAAA'), thought: true }, picture('BBBB')] } }] },
      { candidates: [{ content: { parts: [] }, finishReason: 'STOP' }] },
    ],
    check: ({ message }) => {
      expect(message.parts.filter(isImagePart).map(({ data }) => data.url)).to.deep.equal([
        'data:image/png;base64,BBBB',
      ]);
      expect(message.parts[0]).to.include({ type: 'reasoning-file', url: 'data:image/png;base64,AAAA' });
    },
  },
];

const INTERACTIONS: OddStream[] = [
  {
    title: 'what it draws while it thinks',
    events: [
      { event_type: 'interaction.created', interaction: {} },
      { event_type: 'step.start', index: 0, step: { type: 'thought' } },
      {
        event_type: 'step.delta',
        index: 0,
        delta: { type: 'thought_summary', content: { type: 'image', mime_type: 'image/png', data: 'AAAA' } },
      },
      { event_type: 'step.stop', index: 0 },
      { event_type: 'interaction.completed', interaction: { status: 'completed' } },
    ],
    check: ({ message }) =>
      expect(message.parts[0]).to.include({ type: 'reasoning-file', url: 'data:image/png;base64,AAAA' }),
  },
];

const activity = (n: number, more: object = {}) => ({
  type: 'ACTIVITY_SNAPSHOT',
  messageId: 'a',
  activityType: 'PLAN',
  content: { n },
  ...more,
});

const AG_UI: OddStream[] = [
  {
    title: 'an activity that is not to be replaced',
    events: [
      { type: 'RUN_STARTED' },
      activity(1, { replace: false }),
      activity(2, { replace: false }),
      { type: 'RUN_FINISHED' },
    ],
    check: ({ message }) =>
      expect(message.parts).to.deep.equal([
        { type: 'data-activity', id: 'a', data: { id: 'a', activityType: 'PLAN', content: { n: 1 } } },
      ]),
  },
  {
    title: 'what a run that failed has cost',
    events: [
      { type: 'RUN_STARTED' },
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm', delta: 'x' },
      { type: 'RUN_ERROR', message: 'Bad', usage: [{ inputTokens: 1, outputTokens: 2 }] },
    ],
    check: ({ message, error }) => {
      expect(error.message).to.equal('Bad');
      expect(message.metadata?.usage).to.deep.equal({ inputTokens: 1, outputTokens: 2 });
    },
  },
];

const SEARCH = { index: 0, type: 'search', arguments: '{"query":"a"}' };

const CHAT: OddStream[] = [
  {
    title: 'what Groq’s own tools have searched and found',
    events: [
      chatChunk({ content: null, executed_tools: [{ ...SEARCH, search_results: { results: [] } }] }),
      chatChunk({
        executed_tools: [
          {
            ...SEARCH,
            output: 'Title: A',
            search_results: { results: [{ title: 'A', url: 'https://a.test/', content: 'x', score: 1 }] },
          },
        ],
      }),
      chatChunk({ content: 'Hi' }),
      chatChunk({}, 'stop'),
    ],
    check: (read) => {
      const calls = callsIn(read).map((call) => [toolName(call), call.input, call.output, call.providerExecuted]);
      expect(calls).to.deep.equal([['search', { query: 'a' }, 'Title: A', true]]);
      expect(read.message.parts.map(({ type }) => type).slice(1)).to.deep.equal(['source-url', 'text']);
    },
  },
];

const COHERE: OddStream[] = [
  {
    title: 'the tokens that were known already',
    events: [
      { type: 'message-start' },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'x' } } } },
      {
        type: 'message-end',
        delta: {
          finish_reason: 'COMPLETE',
          usage: { tokens: { input_tokens: 5, output_tokens: 2 }, cached_tokens: 4 },
        },
      },
    ],
    check: ({ message }) =>
      expect(message.metadata?.usage).to.deep.equal({ inputTokens: 5, outputTokens: 2, cachedInputTokens: 4 }),
  },
];

const OLLAMA: OddStream[] = [
  {
    title: 'a picture that it has drawn',
    events: [
      { response: '', done: false, completed: 1, total: 2 },
      { response: '', image: 'AAAA', done: true, done_reason: 'stop' },
    ],
    check: ({ message }) =>
      expect(message.parts.filter(isImagePart).map(({ data }) => data.url)).to.deep.equal([
        'data:image/png;base64,AAAA',
      ]),
  },
];

const mastra = (type: string, payload: object) => ({ type, runId: 'r', from: 'X', payload });

const MASTRA: OddStream[] = [
  {
    title: 'what an agent of its network says, whose end is not the end',
    events: [
      mastra('routing-agent-start', { agentId: 'a' }),
      mastra('agent-execution-event-text-delta', mastra('text-delta', { id: '1', text: 'Hel' })),
      mastra('agent-execution-event-text-delta', mastra('text-delta', { id: '1', text: 'lo' })),
      mastra('agent-execution-event-finish', mastra('finish', { stepResult: { reason: 'length' } })),
      mastra('network-execution-event-finish', { result: 'Hello', usage: { inputTokens: 1, outputTokens: 2 } }),
    ],
    check: (read) => {
      textIs('Hello')(read);
      expect(read.message.metadata).to.deep.include({
        finishReason: 'stop',
        usage: { inputTokens: 1, outputTokens: 2 },
      });
    },
  },
  {
    title: 'what the steps of its workflows write',
    events: [
      mastra('workflow-start', { workflowId: 'w' }),
      mastra('workflow-step-output', { output: mastra('text-delta', { id: '1', text: 'Hel' }) }),
      mastra('workflow-step-output', { output: 'lo' }),
      mastra('workflow-step-output', { output: { type: 'progress', n: 1 } }),
      mastra('workflow-finish', { workflowStatus: 'success', output: { usage: { inputTokens: 1, outputTokens: 2 } } }),
    ],
    check: (read) => {
      textIs('Hello')(read);
      expect(read.parts.filter(({ type }) => type === 'raw')).to.have.lengthOf(2);
      expect(read.message.metadata?.finishReason).to.equal('stop');
    },
  },
  {
    title: 'a workflow that failed',
    events: [
      mastra('workflow-start', { workflowId: 'w' }),
      mastra('workflow-finish', { workflowStatus: 'failed', output: {} }),
    ],
    check: ({ message }) => expect(message.metadata?.finishReason).to.equal('error'),
  },
];

describe('what is easily lost of Anthropic’s Messages', () => itReads('anthropic', ANTHROPIC));
describe('what is easily lost of Gemini', () => itReads('gemini', GEMINI));
describe('what is easily lost of Google’s Interactions', () => itReads('gemini-interactions', INTERACTIONS));
describe('what is easily lost of AG-UI', () => itReads('ag-ui', AG_UI));
describe('what is easily lost of Chat Completions', () => itReads('openai', CHAT));
describe('what is easily lost of Cohere', () => itReads('cohere', COHERE));
describe('what is easily lost of Ollama', () => itReads('ollama', OLLAMA));
describe('what is easily lost of Mastra', () => itReads('mastra', MASTRA));
