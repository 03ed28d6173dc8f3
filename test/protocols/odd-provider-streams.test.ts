import { expect } from '@open-wc/testing';
import { isImagePart, toolName } from '../../src/core.js';
import { callsIn, chatChunk, itReads, textIs, type OddStream } from '../support/odd-stream.js';

const CHAT: OddStream[] = [
  {
    title: 'a refusal is what the reader is told',
    events: [
      chatChunk({ role: 'assistant', content: null, refusal: 'No' }),
      chatChunk({ refusal: ', sorry' }),
      chatChunk({}, 'stop'),
    ],
    check: textIs('No, sorry'),
  },
  {
    title: 'of several choices the first one is the answer',
    events: [
      chatChunk({ content: 'a' }),
      chatChunk({ content: 'X' }, null, 1),
      chatChunk({ content: 'b' }),
      chatChunk({}, 'stop', 1),
      chatChunk({}, 'stop'),
    ],
    check: textIs('ab'),
  },
  {
    title: 'nulls where fields should be',
    events: [
      { ...chatChunk({ role: null, content: null, tool_calls: null, reasoning: null }), usage: null, error: null },
      { object: 'chat.completion.chunk', choices: [] },
      { object: 'chat.completion.chunk', choices: [null] },
      chatChunk({ content: 'x' }),
      chatChunk({ content: null }, 'stop'),
      '[DONE]',
    ],
    check: textIs('x'),
  },
  {
    title: 'a finish reason that is a name of every object',
    events: [chatChunk({ content: 'x' }), chatChunk({}, 'constructor'), '[DONE]'],
    check: ({ message }) =>
      expect(message.metadata).to.deep.include({ finishReason: 'other', rawFinishReason: 'constructor' }),
  },
  {
    title: 'ids that are numbers',
    events: [
      chatChunk({ tool_calls: [{ index: 0, id: 7, function: { name: 'f', arguments: '{}' } }] }),
      chatChunk({}, 'tool_calls'),
    ],
    check: (read) => expect(callsIn(read)[0]).to.include({ toolCallId: '7', state: 'input-available' }),
  },
  {
    title: 'a name that comes after its id',
    events: [
      chatChunk({ tool_calls: [{ index: 0, id: 'c', function: { arguments: '' } }] }),
      chatChunk({ tool_calls: [{ index: 0, function: { name: 'late', arguments: '{"x":1}' } }] }),
      chatChunk({}, 'tool_calls'),
    ],
    check: (read) =>
      expect(callsIn(read).map((call) => [toolName(call), call.input])).to.deep.equal([['late', { x: 1 }]]),
  },
  {
    title: 'fragments without index or name, before and between named calls',
    events: [
      chatChunk({ tool_calls: [{ function: { arguments: '{"a"' } }] }),
      chatChunk({ tool_calls: [{ function: { arguments: ':1}' } }] }),
      chatChunk({ tool_calls: [{ id: 'x', function: { name: 'f', arguments: '{"b"' } }] }),
      chatChunk({ tool_calls: [{ id: 'x', function: { name: 'f', arguments: ':2}' } }] }),
      chatChunk({}, 'tool_calls'),
    ],
    check: (read) => expect(callsIn(read).map(({ input }) => input)).to.deep.equal([{ a: 1 }, { b: 2 }]),
  },
  {
    title: 'one stream spliced to the end of another',
    events: [
      chatChunk({ content: 'a' }),
      chatChunk({}, 'stop'),
      '[DONE]',
      chatChunk({ role: 'assistant', content: 'b' }),
      chatChunk({}, 'stop'),
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
        ...chatChunk({ content: 'x' }),
        search_results: [{ title: 'A', url: 'https://a.example' }],
        citations: ['https://a.example'],
      },
      chatChunk({}, 'stop'),
    ],
    check: ({ message }) =>
      expect(message.parts.filter(({ type }) => type === 'source-url')).to.deep.equal([
        { type: 'source-url', sourceId: 'https://a.example', url: 'https://a.example', title: 'A' },
      ]),
  },
  {
    title: 'a picture in a list of contents',
    events: [
      chatChunk({ content: [{ type: 'image_url', image_url: { url: 'https://i.example/1.png' } }] }),
      chatChunk({}, 'stop'),
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

const ANTHROPIC: OddStream[] = [
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
    title: 'a delta that nobody knows yet, which is surfaced and passed over',
    events: [
      messageStart,
      block(0, { type: 'text', text: '' }),
      { type: 'content_block_delta', index: 0, delta: { type: 'sound_delta', sound: 'la' } },
      says('x'),
      blockStop(0),
      ...stop('end_turn'),
    ],
    check: (read) => {
      textIs('x')(read);
      expect(read.parts.filter(({ type }) => type === 'raw')).to.have.lengthOf(1);
    },
  },
  {
    title: 'a thought whose end is missing keeps its signature',
    events: [
      messageStart,
      block(0, { type: 'thinking', thinking: '', signature: '' }),
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'S' } },
      block(1, { type: 'text', text: '' }),
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'x' } },
      ...stop('end_turn'),
    ],
    check: (read) => {
      textIs('x')(read);
      expect(read.message.parts[0]).to.deep.include({
        text: 'hm',
        providerMetadata: { anthropic: { signature: 'S' } },
      });
    },
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
      expect(callsIn(read).map(({ toolCallId, state }) => [toolCallId, state])).to.deep.equal([
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
      const errors = callsIn(read).map(({ errorText }) => errorText);
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

describe('what Chat Completions may also hold', () => itReads('openai', CHAT));
describe('what Anthropic’s Messages may also hold', () => itReads('anthropic', ANTHROPIC));
