import { expect } from '@open-wc/testing';
import { isImagePart, toolName } from '../../src/core.js';
import { callsIn, itReads, textIs, type OddStream } from '../support/odd-stream.js';
import { textsOf } from '../support/read-message.js';

const event = (method: string, data: object, namespace: string[] = [], node = 'agent') => ({
  type: 'event',
  method,
  params: { namespace, node, data },
});

const message = (data: object, namespace?: string[]) => event('messages', data, namespace);
const begin = message({ event: 'message-start', id: 'm', role: 'ai' });
const piece = (index: number, delta: object) => message({ event: 'content-block-delta', index, delta });
const block = (index: number, content: object) => message({ event: 'content-block-finish', index, content });
const finish = (reason: string, usage?: object) => message({ event: 'message-finish', reason, usage });
const completed = event('lifecycle', { event: 'completed' });

const STREAMS: OddStream[] = [
  {
    title: 'thoughts and text, with what they cost',
    events: [
      event('lifecycle', { event: 'running' }),
      begin,
      piece(0, { type: 'reasoning-delta', reasoning: 'Hm' }),
      block(0, { type: 'reasoning', reasoning: 'Hm' }),
      message({ event: 'content-block-start', index: 1, content: { type: 'text', text: '' } }),
      piece(1, { type: 'text-delta', text: 'Hel' }),
      block(1, { type: 'text', text: 'Hello' }),
      finish('stop', { input_tokens: 1, output_tokens: 2 }),
      completed,
    ],
    check: (read) => {
      textIs('Hello')(read);
      expect(textsOf(read.message, 'reasoning')).to.equal('Hm');
      expect(read.message.metadata).to.deep.include({
        finishReason: 'stop',
        usage: { inputTokens: 1, outputTokens: 2 },
      });
    },
  },
  {
    title: 'pieces as they were spelled before, of messages alone',
    events: [
      begin,
      message({ event: 'content-block-delta', index: 0, content_block: { type: 'text', text: 'Hel' } }),
      message({ event: 'content-block-delta', index: 0, content: { type: 'text', text: 'lo' } }),
      finish('stop'),
    ],
    check: textIs('Hello'),
  },
  {
    title: 'a tool that is called once, however often it is told, and its result within a message',
    events: [
      begin,
      piece(0, { type: 'block-delta', fields: { type: 'tool_call_chunk', id: 'c', name: 'f', args: '{"a"' } }),
      block(0, { type: 'tool_call', id: 'c', name: 'f', args: { a: 1 } }),
      finish('tool_use'),
      event('tools', { event: 'tool-started', tool_call_id: 'c', tool_name: 'f', input: '{"a":1}' }),
      event('tools', { event: 'tool-finished', tool_call_id: 'c', output: { type: 'tool', content: 'Sun' } }),
      message({ event: 'message-start', id: 't', role: 'tool' }),
      piece(0, { type: 'text-delta', text: 'Sun' }),
      begin,
      piece(0, { type: 'text-delta', text: 'Done' }),
      finish('stop'),
      completed,
    ],
    check: (read) => {
      textIs('Done')(read);
      expect(callsIn(read).map((call) => [toolName(call), call.input, call.output])).to.deep.equal([
        ['f', { a: 1 }, 'Sun'],
      ]);
    },
  },
  {
    title: 'messages side by side, pictures and what the host sends',
    events: [
      begin,
      message({ event: 'message-start', id: 'n', role: 'ai' }, ['sub']),
      piece(0, { type: 'text-delta', text: 'A' }),
      message({ event: 'content-block-delta', index: 0, delta: { type: 'text-delta', text: 'B' } }, ['sub']),
      piece(0, { type: 'text-delta', text: 'a' }),
      block(1, { type: 'image', base64: 'AAAA', mime_type: 'image/png' }),
      event('custom', { name: 'progress', payload: { n: 1 } }),
      event('lifecycle', { event: 'completed' }, ['sub']),
      completed,
    ],
    check: ({ message: { parts } }) => {
      expect(parts.flatMap((part: any) => (part.type === 'text' ? part.text : []))).to.deep.equal(['Aa', 'B']);
      expect(parts.some(isImagePart)).to.equal(true);
      expect(parts.at(-1)).to.deep.equal({ type: 'data-progress', data: { n: 1 } });
    },
  },
  {
    title: 'a graph that failed',
    events: [
      begin,
      piece(0, { type: 'text-delta', text: 'x' }),
      event('lifecycle', { event: 'failed', error: 'Broke' }),
    ],
    check: ({ error }) => expect(error).to.include({ code: 'protocol', message: 'Broke' }),
  },
  {
    title: 'one that was cut off behind a call',
    events: [begin, block(0, { type: 'tool_call', id: 'c', name: 'f', args: {} }), finish('tool_use')],
    check: ({ error }) => expect(error?.code).to.equal('truncated'),
  },
];

describe('the newer events of LangGraph', () => itReads('langgraph', STREAMS));

const run = (event: string, run_id: string, data: object = {}) => ({ event, name: 'x', run_id, parent_ids: [], data });
const chunk = (content: string, rest: object = {}) => ({ type: 'AIMessageChunk', id: 'a', content, ...rest });
const RUN_CALL = { tool_call_chunks: [{ index: 0, id: 'c', name: 'f', args: '{"a":1}' }] };

describe('the events of LangChain’s runs', () =>
  itReads('langgraph', [
    {
      title: 'an answer behind a tool, and what is told beside it',
      events: [
        run('on_chain_start', 'r', { input: { messages: [] } }),
        run('on_chat_model_start', 'm', { input: {} }),
        run('on_chat_model_stream', 'm', { chunk: chunk('', RUN_CALL) }),
        run('on_chat_model_end', 'm', { output: chunk('', RUN_CALL) }),
        run('on_tool_start', 't', { input: { a: 1 } }),
        run('on_tool_end', 't', { output: { type: 'tool', tool_call_id: 'c', content: 'Sun' } }),
        run('on_tool_end', 'u', { output: 'words of a tool that no model has called' }),
        run('on_chat_model_stream', 'n', {
          chunk: {
            lc: 1,
            type: 'constructor',
            id: ['messages', 'AIMessageChunk'],
            kwargs: { id: 'b', content: 'Hel' },
          },
        }),
        run('on_chat_model_stream', 'n', { chunk: { ...chunk('lo'), id: 'b' } }),
        run('on_chain_stream', 'r', { chunk: { messages: [chunk('Hello')] } }),
        run('on_chain_end', 'r', { output: 'Hello' }),
      ],
      check: (read) => {
        textIs('Hello')(read);
        expect(callsIn(read).map((call) => [toolName(call), call.input, call.output])).to.deep.equal([
          ['f', { a: 1 }, 'Sun'],
        ]);
      },
    },
    {
      title: 'one whose first run has no end',
      events: [run('on_chain_start', 'r'), run('on_chat_model_stream', 'm', { chunk: chunk('Hel') })],
      check: ({ error, message: { parts } }) => {
        expect(error?.code).to.equal('truncated');
        expect(parts).to.have.lengthOf(1);
      },
    },
  ]));
