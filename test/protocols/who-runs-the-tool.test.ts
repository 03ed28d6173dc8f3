import { expect } from '@open-wc/testing';
import { toolName } from '../../src/core.js';
import { callsIn, itReads, type OddStream } from '../support/odd-stream.js';
import { textsOf, type Read } from '../support/read-message.js';

const CREATED = { type: 'response.created', response: { model: 'm', output: [] } };
const COMPLETED = { type: 'response.completed', response: { status: 'completed', output: [] } };
const SAID = { type: 'response.output_text.delta', output_index: 9, content_index: 0, delta: 'Done' };

/** An item as it is announced, and as it is complete. */
function item(place: number, begun: object, done: object = {}): object[] {
  return [
    { type: 'response.output_item.added', output_index: place, item: begun },
    { type: 'response.output_item.done', output_index: place, item: { ...begun, ...done } },
  ];
}

const calls = (read: Read) =>
  callsIn(read).map((call) => [toolName(call), call.input, call.output, call.providerExecuted === true]);

const IN_A_CONTAINER = { environment: { type: 'container_reference', container_id: 'k' } };
const OUTPUT = [{ stdout: 'a\n', stderr: '', outcome: { type: 'exit', exit_code: 0 } }];

const SEARCHED = [
  { type: 'tool_search_call', id: 's', execution: 'server', call_id: null, arguments: { paths: ['a'] } },
  { type: 'tool_search_output', id: 'o', execution: 'server', call_id: null, tools: [{ type: 'function', name: 'f' }] },
  { type: 'tool_search_call', id: 's2', execution: 'server', call_id: null, arguments: { paths: ['b'] } },
  { type: 'tool_search_output', id: 'o2', execution: 'server', call_id: null, tools: [] },
];

const STREAMS: OddStream[] = [
  {
    title: 'searches for tools, whose calls have no call id',
    events: [
      CREATED,
      ...SEARCHED.flatMap((one, place) => item(place, one)),
      SAID,
      { ...COMPLETED, response: { status: 'completed', output: SEARCHED } },
    ],
    check: (read) => {
      expect(calls(read)).to.deep.equal([
        ['tool_search', { paths: ['a'] }, [{ type: 'function', name: 'f' }], true],
        ['tool_search', { paths: ['b'] }, [], true],
      ]);
      expect(read.message.parts.some(({ type }) => type === 'custom')).to.equal(false);
    },
  },
  {
    title: 'a shell in a container of the provider',
    events: [
      CREATED,
      ...item(
        0,
        { type: 'shell_call', call_id: 'c', action: { commands: [] }, ...IN_A_CONTAINER },
        { action: { commands: ['ls'] } },
      ),
      ...item(1, { type: 'shell_call_output', call_id: 'c', output: [] }, { output: OUTPUT }),
      SAID,
      COMPLETED,
    ],
    check: (read) => {
      expect(calls(read)).to.deep.equal([['shell', { commands: ['ls'] }, OUTPUT, true]]);
      expect(read.message.metadata?.finishReason).to.equal('stop');
    },
  },
  {
    title: 'a shell of whoever asked',
    events: [
      CREATED,
      ...item(0, { type: 'shell_call', call_id: 'c', action: { commands: ['ls'] }, environment: { type: 'local' } }),
      COMPLETED,
    ],
    check: (read) => {
      expect(calls(read)).to.deep.equal([['shell', { commands: ['ls'] }, undefined, false]]);
      expect(read.message.metadata?.finishReason).to.equal('tool-calls');
    },
  },
  {
    title: 'a program that calls tools, and what it gave',
    events: [
      CREATED,
      ...item(0, { type: 'program', call_id: 'p', code: '', fingerprint: 'f' }, { code: 'text(1)' }),
      ...item(1, { type: 'program_output', call_id: 'p', result: '' }, { result: '{"n":1}' }),
      SAID,
      COMPLETED,
    ],
    check: (read) => {
      expect(calls(read)).to.deep.equal([['program', 'text(1)', '{"n":1}', true]]);
      expect(read.message.metadata?.finishReason).to.equal('stop');
    },
  },
  {
    title: 'searches of xAI, which look like tools of whoever asked, or have a type of their own',
    events: [
      CREATED,
      ...item(
        0,
        { type: 'custom_tool_call', call_id: 'xs_call_1', name: 'x_keyword_search', input: '' },
        { input: '{"query":"a"}', status: 'completed' },
      ),
      ...item(1, { type: 'x_search_call', id: 'x', name: 'x_search', arguments: '{"q":1}', status: 'completed' }),
      SAID,
      COMPLETED,
    ],
    check: (read) => {
      expect(calls(read)).to.deep.equal([
        ['x_keyword_search', '{"query":"a"}', { status: 'completed' }, true],
        ['x_search', { q: 1 }, { status: 'completed' }, true],
      ]);
      expect(read.message.metadata?.finishReason).to.equal('stop');
    },
  },
  {
    title: 'a search of Perplexity’s, which begins as a call of whoever asked',
    events: [
      CREATED,
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { type: 'function_call', call_id: 'c', name: 'search_web', arguments: '{"queries":["a"]}' },
      },
      { type: 'response.reasoning.search_queries', call_id: 'c', queries: ['a'], thought: 'Searching…' },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { type: 'search_results', queries: ['a'], results: [{ id: 1, title: 'A', url: 'https://a.test/' }] },
      },
      SAID,
      COMPLETED,
    ],
    check: (read) => {
      const found = { queries: ['a'], results: [{ id: 1, title: 'A', url: 'https://a.test/' }] };
      expect(calls(read)).to.deep.equal([['search_web', { queries: ['a'] }, found, true]]);
      expect(read.message.parts[1]).to.include({ type: 'source-url', url: 'https://a.test/', title: 'A' });
      expect(read.message.metadata?.finishReason).to.equal('stop');
    },
  },
  {
    title: 'an end that is called done, and one that follows the end',
    events: [
      CREATED,
      SAID,
      { ...COMPLETED, type: 'response.done' },
      COMPLETED,
      { ...COMPLETED, type: 'response.done' },
    ],
    check: ({ message, error }) => {
      expect(error).to.equal(undefined);
      expect(textsOf(message, 'text')).to.equal('Done');
    },
  },
];

describe('who runs a tool of OpenAI’s Responses', () => itReads('openai-responses', STREAMS));
