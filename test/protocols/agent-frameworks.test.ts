import { expect } from '@open-wc/testing';
import { eventStream } from '../support/bytes.js';
import { gistOf, readMessage } from '../support/read-message.js';

const json = (...events: unknown[]) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
const named = (...events: [string, unknown][]) =>
  events.map(([name, value]) => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`).join('');

interface Case {
  title: string;
  body: string;
  text?: string;
  reasoning?: string;
  error?: string;
  message?: object;
  types?: string[];
}

function itReads(cases: Case[]): void {
  for (const { title, body, text = '', reasoning = '', error, message: said, types } of cases) {
    it(title, async () => {
      const { message, error: failure } = await readMessage(eventStream(body));
      expect(failure?.code).to.equal(error);
      expect(gistOf(message)).to.include({ text, reasoning });
      if (said) expect(failure).to.include(said);
      if (types) expect(message.parts.map(({ type }) => type)).to.deep.equal(types);
    });
  }
}

const says = (source: string, content: unknown, type = 'TextMessage') => ({
  type,
  source,
  models_usage: null,
  content,
});
const chunk = (source: string, content: string) => says(source, content, 'ModelClientStreamingChunkEvent');
const CALLS = [{ id: 't', name: 'f', arguments: '{"a":1}' }];

describe('AutoGen’s agents', () =>
  itReads([
    {
      title: 'of a team speak one after the other, and tell the reader nothing of how they work together',
      body: json(
        says('user', 'Write'),
        says('manager', ['writer'], 'SelectSpeakerEvent'),
        chunk('writer', 'One'),
        says('writer', 'One'),
        { ...says('writer', 'Transferred to critic.', 'HandoffMessage'), target: 'critic' },
        chunk('critic', 'Two'),
        says('critic', 'Two'),
        says('critic', 'Enough.', 'StopMessage'),
        { messages: [says('user', 'Write'), says('writer', 'One'), says('critic', 'Two')], stop_reason: 'Enough.' },
      ),
      text: 'OneTwo',
      types: ['text', 'text'],
    },
    {
      title: 'of a version whose messages have no more than words',
      body: json({ type: 'TextMessage', source: 'a', content: 'Hello' }),
      text: 'Hello',
    },
    {
      title: 'that say nothing before the end',
      body: json({ messages: [says('user', 'Hi'), says('a', 'Hello')], stop_reason: null }),
      text: 'Hello',
    },
    {
      title: 'of which one answers by itself',
      body: json(chunk('a', 'Hel'), chunk('a', 'lo'), { chat_message: says('a', 'Hello'), inner_messages: [] }),
      text: 'Hello',
    },
    {
      title: 'say what stands in front of a call once, and fail at it',
      body: json(
        chunk('a', 'Let me look.'),
        says('a', 'Let me look.', 'ThoughtEvent'),
        says('a', CALLS, 'ToolCallRequestEvent'),
        says('a', [{ call_id: 't', content: 'No', is_error: true }], 'ToolCallExecutionEvent'),
        says('a', 'No', 'ToolCallSummaryMessage'),
        { messages: [], stop_reason: null },
      ),
      text: 'Let me look.No',
      types: ['text', 'tool-f', 'text'],
    },
    {
      title: 'show pictures among words, and answer in a shape',
      body: json(
        says('a', ['Look: ', { data: 'aGk=' }], 'MultiModalMessage'),
        says('a', { x: 1 }, 'StructuredMessage[Answer]'),
      ),
      text: 'Look: {"x":1}',
    },
    {
      title: 'that wait for the reader',
      body: json(chunk('a', 'Yes?'), says('a', '', 'UserInputRequestedEvent')),
      text: 'Yes?',
    },
    { title: 'that are cut off', body: json(says('user', 'Hi'), chunk('a', 'Hel')), text: 'Hel', error: 'truncated' },
    {
      title: 'that fail',
      body: json(chunk('a', 'Hel'), { type: 'error', content: 'Out of tokens', source: 'system' }),
      text: 'Hel',
      error: 'protocol',
      message: { said: 'Out of tokens' },
    },
  ]));

const step = (type: string, value: object, ...types: string[]) => ({
  value,
  qualified_name: `app.${type}`,
  type,
  types,
});

describe('LlamaIndex’ workflows', () =>
  itReads([
    {
      title: 'whose end alone says something, of a class of its own',
      body: json(step('Progress', { msg: 'Working' }), step('MyEnd', { result: 'Hello' }, 'StopEvent')),
      text: 'Hello',
    },
    {
      title: 'whose agents say all at once',
      body: json(step('AgentOutput', { response: { role: 'assistant', content: 'Hello' } }), step('StopEvent', {})),
      text: 'Hello',
    },
    {
      title: 'that fail',
      body: json(
        step('AgentStream', { delta: 'Hel' }),
        step('WorkflowFailedEvent', { exception_message: 'No model' }, 'StopEvent'),
      ),
      text: 'Hel',
      error: 'protocol',
      message: { said: 'No model' },
    },
    { title: 'that are cut off', body: json(step('AgentStream', { delta: 'Hel' })), text: 'Hel', error: 'truncated' },
    {
      title: 'that write code and a document',
      body: json(
        step('ArtifactEvent', {
          type: 'artifact',
          data: { type: 'code', data: { file_name: 'a.py', language: 'python', code: 'x' } },
        }),
        step('ArtifactEvent', {
          type: 'artifact',
          data: { type: 'document', data: { title: 'T', type: 'markdown', content: '# T' } },
        }),
        step('StopEvent', {}),
      ),
      types: ['data-artifact', 'data-artifact'],
    },
  ]));

const BYTES = [...new TextEncoder().encode('Grüße')];
const base64 = (bytes: number[]) => btoa(String.fromCharCode(...bytes));
const piece = (bytes: unknown) => ({ chunk: { bytes } });

describe('Bedrock’s agents', () =>
  itReads([
    {
      title: 'whose chunks end within a letter',
      body: json(...BYTES.map((byte) => piece(base64([byte])))),
      text: 'Grüße',
    },
    { title: 'whose bytes are written as Node’s', body: json(piece({ type: 'Buffer', data: BYTES })), text: 'Grüße' },
    { title: 'whose bytes are written by their places', body: json(piece({ ...BYTES })), text: 'Grüße' },
    { title: 'whose bytes are text already', body: json(piece('Hello, you')), text: 'Hello, you' },
    {
      title: 'that fail',
      body: json(piece(base64(BYTES)), { throttlingException: { message: 'Slow down' } }),
      text: 'Grüße',
      error: 'protocol',
      message: { said: 'Slow down' },
    },
    {
      title: 'that leave a call to whoever asked',
      body: json({
        returnControl: {
          invocationId: 'i',
          invocationInputs: [{ functionInvocationInput: { function: 'f', parameters: [{ name: 'a', value: '1' }] } }],
        },
      }),
      types: ['tool-f'],
    },
  ]));

describe('an app of Gradio’s', () => {
  const user = { role: 'user', content: 'Hi' };
  const assistant = (content: unknown) => ({ role: 'assistant', metadata: null, content });
  itReads([
    {
      title: 'that answers in words which grow from two letters on',
      body: named(['heartbeat', null], ['generating', ['1']], ['generating', ['10']], ['complete', ['10']]),
      text: '10',
    },
    {
      title: 'whose output is a conversation of messages',
      body: named(
        ['generating', ['', [user]]],
        ['generating', ['', [user, assistant('Hel')]]],
        ['complete', ['', [user, assistant([{ type: 'text', text: 'Hello' }])]]],
      ),
      text: 'Hello',
    },
    {
      title: 'whose output is a conversation of pairs',
      body: named(['generating', [[['Hi', 'Hel']]]], ['complete', [[['Hi', 'Hello']]]]),
      text: 'Hello',
    },
    {
      title: 'that takes back what it has said',
      body: named(['generating', ['Thinking…']], ['complete', ['Hello']]),
      text: 'Hello',
    },
    {
      title: 'that draws',
      body: named(['complete', [{ path: '/tmp/a.webp', url: 'https://a.example/a.webp', mime_type: null }, 42]]),
      types: ['data-image'],
    },
    {
      title: 'that fails',
      body: named(['error', 'You have no time left']),
      error: 'protocol',
      message: { said: 'You have no time left' },
    },
    { title: 'that is cut off', body: named(['generating', ['Hel']]), text: 'Hel', error: 'truncated' },
  ]);
});
