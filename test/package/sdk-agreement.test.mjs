/** What is read here is what the providers' own clients read from the same bytes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpAgent } from '@ag-ui/client';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import * as fc from 'fast-check';
import OpenAI from 'openai';
import { readParts, reduceMessage, settleMessage } from '../../dist/core.js';

const RUNS = { numRuns: 100 };

const word = fc.constantFrom('a', ' b', '\n\n', 'Zürich', '👩‍👧', '{"x":', '&lt;', ' ', '0');
const words = fc.array(word, { minLength: 1, maxLength: 6 });
const input = fc.dictionary(fc.constantFrom('a', 'b', 'größe'), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
const block = fc.oneof(
  fc.record({ kind: fc.constant('text'), words }),
  fc.record({ kind: fc.constant('reasoning'), words }),
  fc.record({ kind: fc.constant('tool'), name: fc.constantFrom('search', 'add'), input }),
);
const answer = fc.record({
  blocks: fc.array(block, { minLength: 1, maxLength: 5 }),
  limit: fc.boolean(),
  /** Into pieces of how many characters a call's arguments are cut. */
  size: fc.integer({ min: 1, max: 9 }),
  input: fc.nat(1000),
  output: fc.nat(1000),
});

/** @typedef {{kind: string, words?: string[], name?: string, input?: object}} Block */
/** @typedef {{blocks: Block[], limit: boolean, size: number, input: number, output: number}} Answer */

const data = (value) => `data: ${JSON.stringify(value)}\n\n`;
const event = (value) => `event: ${value.type}\n${data(value)}`;
const pieces = (text, size) => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

function respond(body) {
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

async function readOurs(body) {
  let message = { id: '', role: 'assistant', parts: [] };
  for await (const part of readParts(respond(body))) message = reduceMessage(message, part);
  return settleMessage(message, 'complete');
}

/** @param {object} message */
function gist({ parts, metadata }) {
  const said = (kind) => parts.map((part) => (part.type === kind ? part.text : '')).join('');
  const calls = parts.filter(({ type }) => type.startsWith('tool-'));
  return {
    text: said('text'),
    reasoning: said('reasoning'),
    tools: calls.map((part) => ({ id: part.toolCallId, name: part.type.slice('tool-'.length), input: part.input })),
    usage: [metadata?.usage?.inputTokens, metadata?.usage?.outputTokens],
  };
}

function parsed(text) {
  return text === '' ? {} : JSON.parse(text);
}

/** Calls are numbered through an answer. @param {Answer} answer */
function numbered({ blocks }) {
  return blocks.map((one, index) => ({ ...one, index, id: `call-${index}`, json: JSON.stringify(one.input ?? {}) }));
}

const choice = (delta, finish_reason = null) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason }],
});

/** @param {Answer} answer */
function chatBody(answer) {
  const blocks = numbered(answer).filter(({ kind }) => kind !== 'reasoning');
  let calls = 0;
  const chunks = blocks.flatMap(({ kind, words: said, name, id, json }) => {
    if (kind === 'text') return said.map((content) => choice({ content }));
    const index = calls++;
    const begin = choice({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] });
    const rest = pieces(json, answer.size).map((text) =>
      choice({ tool_calls: [{ index, function: { arguments: text } }] }),
    );
    return [begin, rest].flat();
  });
  const usage = { prompt_tokens: answer.input, completion_tokens: answer.output, total_tokens: 1 };
  const all = [
    choice({ role: 'assistant', content: '' }),
    ...chunks,
    choice({}, answer.limit ? 'length' : 'stop'),
    { ...choice({}), choices: [], usage },
  ];
  return `${all.map(data).join('')}data: [DONE]\n\n`;
}

async function chatGist(body) {
  const client = new OpenAI({ apiKey: 'x', fetch: async () => respond(body) });
  const final = await client.chat.completions.stream({ model: 'm', messages: [] }).finalChatCompletion();
  const { message } = final.choices[0];
  return {
    text: message.content ?? '',
    reasoning: '',
    tools: (message.tool_calls ?? []).map((call) => ({
      id: call.id,
      name: call.function.name,
      input: parsed(call.function.arguments),
    })),
    usage: [final.usage.prompt_tokens, final.usage.completion_tokens],
  };
}

/** @param {Answer} answer */
function responsesBody(answer) {
  const response = { id: 'r', object: 'response', model: 'm', status: 'in_progress', output: [], usage: null };
  const output = [];
  const items = numbered(answer).flatMap((one) => {
    const frames = responseItem(one, answer.size);
    output.push(frames.at(-1).item);
    return frames;
  });
  const usage = { input_tokens: answer.input, output_tokens: answer.output, total_tokens: 1 };
  const details = answer.limit ? { incomplete_details: { reason: 'max_output_tokens' } } : {};
  const status = answer.limit ? 'incomplete' : 'completed';
  const all = [
    { type: 'response.created', response },
    ...items,
    { type: `response.${status}`, response: { ...response, status, output, usage, ...details } },
  ];
  return all.map((one, sequence_number) => event({ ...one, sequence_number })).join('');
}

function responseItem({ kind, words: said = [], name, id, json, index: output_index }, size) {
  const at = { output_index, item_id: `item-${output_index}` };
  const text = said.join('');
  const frame = (item, whole, inner) => [
    { type: 'response.output_item.added', output_index, item: { id: at.item_id, status: 'in_progress', ...item } },
    ...inner,
    {
      type: 'response.output_item.done',
      output_index,
      item: { id: at.item_id, status: 'completed', ...item, ...whole },
    },
  ];
  if (kind === 'tool') {
    const type = 'response.function_call_arguments';
    const deltas = pieces(json, size).map((delta) => Object.assign({ type: `${type}.delta`, delta }, at));
    const item = { type: 'function_call', call_id: id, name, arguments: '' };
    return frame(item, { arguments: json }, [...deltas, { type: `${type}.done`, ...at, arguments: json }]);
  }
  if (kind === 'reasoning') {
    const type = 'response.reasoning_summary';
    const place = { ...at, summary_index: 0 };
    const part = { type: 'summary_text', text };
    return frame({ type: 'reasoning', summary: [] }, { summary: [part] }, [
      { type: `${type}_part.added`, ...place, part: { ...part, text: '' } },
      ...said.map((delta) => ({ type: `${type}_text.delta`, ...place, delta })),
      { type: `${type}_text.done`, ...place, text },
      { type: `${type}_part.done`, ...place, part },
    ]);
  }
  const place = { ...at, content_index: 0 };
  const part = { type: 'output_text', text, annotations: [] };
  return frame({ type: 'message', role: 'assistant', content: [] }, { content: [part] }, [
    { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
    ...said.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
    { type: 'response.output_text.done', ...place, text },
    { type: 'response.content_part.done', ...place, part },
  ]);
}

async function responsesGist(body) {
  const client = new OpenAI({ apiKey: 'x', fetch: async () => respond(body) });
  const { output, usage } = await client.responses.stream({ model: 'm', input: 'x' }).finalResponse();
  const of = (type) => output.filter((item) => item.type === type);
  return {
    text: of('message')
      .flatMap(({ content }) => content.map(({ text }) => text))
      .join(''),
    reasoning: of('reasoning')
      .flatMap(({ summary }) => summary.map(({ text }) => text))
      .join(''),
    tools: of('function_call').map((item) => ({ id: item.call_id, name: item.name, input: parsed(item.arguments) })),
    usage: [usage.input_tokens, usage.output_tokens],
  };
}

function anthropicBlock({ kind, words: said = [], name, id, json, index }, size) {
  const [content_block, deltas] = {
    text: [{ type: 'text', text: '' }, said.map((text) => ({ type: 'text_delta', text }))],
    reasoning: [
      { type: 'thinking', thinking: '', signature: '' },
      [...said.map((thinking) => ({ type: 'thinking_delta', thinking })), { type: 'signature_delta', signature: 's' }],
    ],
    tool: [
      { type: 'tool_use', id, name, input: {} },
      pieces(json, size).map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    ],
  }[kind];
  return [
    { type: 'content_block_start', index, content_block },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

/** @param {Answer} answer */
function anthropicBody(answer) {
  const usage = { input_tokens: answer.input, output_tokens: 1 };
  const message = { id: 'm', type: 'message', role: 'assistant', model: 'c', content: [], stop_reason: null, usage };
  const blocks = numbered(answer).flatMap((one) => anthropicBlock(one, answer.size));
  const delta = { stop_reason: answer.limit ? 'max_tokens' : 'end_turn', stop_sequence: null };
  const end = [{ type: 'message_delta', delta, usage: { output_tokens: answer.output } }, { type: 'message_stop' }];
  return [{ type: 'message_start', message }, { type: 'ping' }, ...blocks, ...end].map(event).join('');
}

async function anthropicGist(body) {
  const client = new Anthropic({ apiKey: 'x', fetch: async () => respond(body) });
  const { content, usage } = await client.messages.stream({ model: 'c', max_tokens: 1, messages: [] }).finalMessage();
  const of = (type) => content.filter((one) => one.type === type);
  return {
    text: of('text')
      .map(({ text }) => text)
      .join(''),
    reasoning: of('thinking')
      .map(({ thinking }) => thinking)
      .join(''),
    tools: of('tool_use').map(({ id, name, input: given }) => ({ id, name, input: given })),
    usage: [usage.input_tokens, usage.output_tokens],
  };
}

const candidate = (parts, rest = {}) => ({ candidates: [{ index: 0, content: { role: 'model', parts }, ...rest }] });

/** @param {Answer} answer */
function geminiBody(answer) {
  const usageMetadata = { promptTokenCount: answer.input, candidatesTokenCount: answer.output };
  const chunks = numbered(answer).flatMap(({ kind, words: said = [], name, id, input: args }) => {
    if (kind === 'tool') return [candidate([{ functionCall: { id, name, args } }])];
    return said.map((text) => candidate([kind === 'text' ? { text } : { text, thought: true }]));
  });
  const finishReason = answer.limit ? 'MAX_TOKENS' : 'STOP';
  const all = [...chunks, { ...candidate([{ text: '' }], { finishReason }), usageMetadata, modelVersion: 'm' }];
  return all.map(data).join('').replaceAll('\n', '\r\n');
}

async function geminiGist(body) {
  const before = globalThis.fetch;
  globalThis.fetch = async () => respond(body);
  try {
    const client = new GoogleGenAI({ apiKey: 'x' });
    const parts = [];
    let usage;
    for await (const chunk of await client.models.generateContentStream({ model: 'm', contents: 'x' })) {
      parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []));
      usage = chunk.usageMetadata ?? usage;
    }
    const said = (thought) => parts.filter((part) => (part.thought ?? false) === thought).map(({ text }) => text ?? '');
    const calls = parts.filter(({ functionCall }) => functionCall).map(({ functionCall }) => functionCall);
    return {
      text: said(false).join(''),
      reasoning: said(true).join(''),
      tools: calls.map(({ id, name, args }) => ({ id, name, input: args })),
      usage: [usage.promptTokenCount, usage.candidatesTokenCount],
    };
  } finally {
    globalThis.fetch = before;
  }
}

function agUiBlock({ kind, words: said = [], name, id, json }, size) {
  if (kind === 'tool') {
    const args = pieces(json, size).map((delta) => ({ type: 'TOOL_CALL_ARGS', toolCallId: id, delta }));
    const begin = { type: 'TOOL_CALL_START', toolCallId: id, toolCallName: name };
    return [begin, ...args, { type: 'TOOL_CALL_END', toolCallId: id }];
  }
  const [type, role] = kind === 'text' ? ['TEXT_MESSAGE', 'assistant'] : ['REASONING_MESSAGE', 'reasoning'];
  const messageId = `m-${id}`;
  const inner = [
    { type: `${type}_START`, messageId, role },
    ...said.map((delta) => ({ type: `${type}_CONTENT`, messageId, delta })),
    { type: `${type}_END`, messageId },
  ];
  if (kind === 'text') return inner;
  return [{ type: 'REASONING_START', messageId }, ...inner, { type: 'REASONING_END', messageId }];
}

/** @param {Answer} answer */
function agUiBody(answer) {
  const run = { threadId: 't', runId: 'r' };
  const blocks = numbered(answer).flatMap((one) => agUiBlock(one, answer.size));
  const usage = [{ inputTokens: answer.input, outputTokens: answer.output }];
  return [{ type: 'RUN_STARTED', ...run }, ...blocks, { type: 'RUN_FINISHED', ...run, usage }].map(data).join('');
}

async function agUiGist(body) {
  const agent = new HttpAgent({ url: 'http://localhost/', fetch: async () => respond(body) });
  const seen = { usage: [undefined, undefined] };
  await agent.runAgent(
    {},
    {
      onRunFinishedEvent: ({ event: { usage } }) =>
        void (seen.usage = [usage?.[0]?.inputTokens, usage?.[0]?.outputTokens]),
    },
  );
  const of = (role) => agent.messages.filter((message) => message.role === role);
  return {
    text: of('assistant')
      .map(({ content }) => content ?? '')
      .join(''),
    reasoning: of('reasoning')
      .map(({ content }) => content ?? '')
      .join(''),
    tools: of('assistant').flatMap(({ toolCalls = [] }) =>
      toolCalls.map((call) => ({ id: call.id, name: call.function.name, input: parsed(call.function.arguments) })),
    ),
    usage: seen.usage,
  };
}

const CASES = [
  ['OpenAI Chat Completions', chatBody, chatGist],
  ['OpenAI Responses', responsesBody, responsesGist],
  ['Anthropic Messages', anthropicBody, anthropicGist],
  ['Gemini', geminiBody, geminiGist],
  ['AG-UI', agUiBody, agUiGist],
];

describe('a stream is read as the provider’s own client reads it', () => {
  for (const [name, write, readTheirs] of CASES) {
    it(name, { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(answer, async (one) => {
          const body = write(one);
          assert.deepEqual(gist(await readOurs(body)), await readTheirs(body));
        }),
        RUNS,
      );
    });
  }
});
