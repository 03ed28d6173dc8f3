/** An answer as each provider would stream it: from what is to be said to the events that say it. */
import * as fc from 'fast-check';

// The halves of one character may come in two pieces, or alone.
const word = fc.constantFrom('a', ' b', '\n\n', 'Zürich', '👩‍👧', '{"x":', '&lt;', ' ', '0', '\ud83d', '\ude00');
const words = fc.array(word, { minLength: 1, maxLength: 6 });
const input = fc.dictionary(fc.constantFrom('a', 'b', 'größe'), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
const block = fc.oneof(
  fc.record({ kind: fc.constant('text'), words }),
  fc.record({ kind: fc.constant('reasoning'), words }),
  fc.record({ kind: fc.constant('tool'), name: fc.constantFrom('search', 'add'), input }),
);

export const answer = fc.record({
  blocks: fc.array(block, { minLength: 1, maxLength: 5 }),
  limit: fc.boolean(),
  /** Into pieces of how many characters a call's arguments are cut. */
  size: fc.integer({ min: 1, max: 9 }),
  input: fc.nat(1000),
  output: fc.nat(1000),
});

/** @typedef {{kind: string, words?: string[], name?: string, input?: object}} Block */
/** @typedef {{blocks: Block[], limit: boolean, size: number, input: number, output: number}} Answer */
/** What one event says: its name, where it has one, and its data. @typedef {{name?: string, code?: string, json?: any, data?: string}} WireEvent */

const data = (json) => ({ json });
const event = (json) => ({ name: json.type, json });
const DONE = { data: '[DONE]' };
const pieces = (text, size) => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

/** Calls are numbered through an answer. @param {Answer} answer */
function numbered({ blocks }) {
  return blocks.map((one, index) => ({ ...one, index, id: `call-${index}`, json: JSON.stringify(one.input ?? {}) }));
}

export const choice = (delta, finish_reason = null) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason }],
});

/** @param {Answer} answer @param {string} [reasoning] the field for thoughts; without one they are left out */
export function chat(answer, reasoning) {
  let calls = 0;
  const chunks = numbered(answer).flatMap(({ kind, words: said, name, id, json }) => {
    if (kind === 'text') return said.map((content) => choice({ content }));
    if (kind === 'reasoning') return reasoning ? said.map((thought) => choice({ [reasoning]: thought })) : [];
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
  return [...all.map(data), DONE];
}

/** @param {Answer} answer */
export function responses(answer) {
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
  return all.map((one, sequence_number) => event({ ...one, sequence_number }));
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
export function anthropic(answer) {
  const usage = { input_tokens: answer.input, output_tokens: 1 };
  const message = { id: 'm', type: 'message', role: 'assistant', model: 'c', content: [], stop_reason: null, usage };
  const blocks = numbered(answer).flatMap((one) => anthropicBlock(one, answer.size));
  const delta = { stop_reason: answer.limit ? 'max_tokens' : 'end_turn', stop_sequence: null };
  const end = [{ type: 'message_delta', delta, usage: { output_tokens: answer.output } }, { type: 'message_stop' }];
  return [{ type: 'message_start', message }, { type: 'ping' }, ...blocks, ...end].map(event);
}

const candidate = (parts, rest = {}) => ({ candidates: [{ index: 0, content: { role: 'model', parts }, ...rest }] });

/** @param {Answer} answer */
export function gemini(answer) {
  const usageMetadata = { promptTokenCount: answer.input, candidatesTokenCount: answer.output };
  const chunks = numbered(answer).flatMap(({ kind, words: said = [], name, id, input: args }) => {
    if (kind === 'tool') return [candidate([{ functionCall: { id, name, args } }])];
    return said.map((text) => candidate([kind === 'text' ? { text } : { text, thought: true }]));
  });
  const finishReason = answer.limit ? 'MAX_TOKENS' : 'STOP';
  return [...chunks, { ...candidate([{ text: '' }], { finishReason }), usageMetadata, modelVersion: 'm' }].map(data);
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
export function agUi(answer) {
  const run = { threadId: 't', runId: 'r' };
  const blocks = numbered(answer).flatMap((one) => agUiBlock(one, answer.size));
  const usage = [{ inputTokens: answer.input, outputTokens: answer.output }];
  return [{ type: 'RUN_STARTED', ...run }, ...blocks, { type: 'RUN_FINISHED', ...run, usage }].map(data);
}

function aiSdkBlock({ kind, words: said = [], name, id, json, input: given }, size) {
  if (kind === 'tool') {
    const call = { toolCallId: id, toolName: name };
    const deltas = pieces(json, size).map((inputTextDelta) =>
      Object.assign({ type: 'tool-input-delta', toolCallId: id }, { inputTextDelta }),
    );
    const begin = { type: 'tool-input-start', ...call };
    return [begin, ...deltas, { type: 'tool-input-available', ...call, input: given }];
  }
  const deltas = said.map((delta) => ({ type: `${kind}-delta`, id, delta }));
  return [{ type: `${kind}-start`, id }, ...deltas, { type: `${kind}-end`, id }];
}

/** @param {Answer} answer */
export function aiSdk(answer) {
  const blocks = numbered(answer).flatMap((one) => aiSdkBlock(one, answer.size));
  const usage = { inputTokens: answer.input, outputTokens: answer.output };
  const end = { type: 'finish', finishReason: answer.limit ? 'length' : 'stop', messageMetadata: { usage } };
  return [...[{ type: 'start' }, { type: 'start-step' }, ...blocks, { type: 'finish-step' }, end].map(data), DONE];
}

const inMessage = (type, index, message) => ({ type, index, delta: { message } });

function cohereBlock({ kind, words: said = [], name, id, json, index }, size) {
  if (kind === 'tool') {
    const call = (fields) => ({ tool_calls: { ...fields } });
    const deltas = pieces(json, size).map((text) =>
      inMessage('tool-call-delta', index, call({ function: { arguments: text } })),
    );
    const begun = call({ id, type: 'function', function: { name, arguments: '' } });
    return [inMessage('tool-call-start', index, begun), ...deltas, { type: 'tool-call-end', index }];
  }
  const [type, field] = kind === 'text' ? ['text', 'text'] : ['thinking', 'thinking'];
  return [
    inMessage('content-start', index, { content: { type, [field]: '' } }),
    ...said.map((text) => inMessage('content-delta', index, { content: { [field]: text } })),
    { type: 'content-end', index },
  ];
}

/** @param {Answer} answer */
export function cohere(answer) {
  const blocks = numbered(answer).flatMap((one) => cohereBlock(one, answer.size));
  const usage = { tokens: { input_tokens: answer.input, output_tokens: answer.output } };
  const end = { type: 'message-end', delta: { finish_reason: answer.limit ? 'MAX_TOKENS' : 'COMPLETE', usage } };
  return [{ type: 'message-start', id: 'm', delta: { message: { role: 'assistant' } } }, ...blocks, end].map(event);
}

/** @param {Answer} answer */
export function ollama(answer) {
  const line = (message) => ({ model: 'm', message: { role: 'assistant', content: '', ...message }, done: false });
  const lines = numbered(answer).flatMap(({ kind, words: said = [], name, id, input: given }) => {
    if (kind === 'tool') return [line({ tool_calls: [{ id, function: { name, arguments: given } }] })];
    return said.map((text) => line(kind === 'text' ? { content: text } : { thinking: text }));
  });
  const counts = { prompt_eval_count: answer.input, eval_count: answer.output };
  const end = { ...line({}), done: true, done_reason: answer.limit ? 'length' : 'stop', ...counts };
  return [...lines, end].map(data);
}

function interactionStep({ kind, words: said = [], name, id, json, index }, size) {
  const start = (step) => ({ event_type: 'step.start', index, step });
  const delta = (inner) => ({ event_type: 'step.delta', index, delta: inner });
  const inner = {
    text: () => [start({ type: 'model_output' }), ...said.map((text) => delta({ type: 'text', text }))],
    reasoning: () => [
      start({ type: 'thought' }),
      ...said.map((text) => delta({ type: 'thought_summary', content: { type: 'text', text } })),
    ],
    tool: () => [
      start({ type: 'function_call', id, name, arguments: {} }),
      ...pieces(json, size).map((text) => delta({ type: 'arguments_delta', arguments: text })),
    ],
  }[kind]();
  return [...inner, { event_type: 'step.stop', index }];
}

/** @param {Answer} answer */
export function interactions(answer) {
  const steps = numbered(answer).flatMap((one) => interactionStep(one, answer.size));
  const usage = { total_input_tokens: answer.input, total_output_tokens: answer.output };
  const status = answer.limit ? 'incomplete' : 'completed';
  const all = [
    { event_type: 'interaction.created', interaction: { id: 'i', status: 'in_progress' } },
    ...steps,
    { event_type: 'interaction.completed', interaction: { id: 'i', status, usage } },
  ];
  return all.map((json) => ({ name: json.event_type, json }));
}

/** @param {Answer} answer */
export function langGraph(answer) {
  const chunk = (fields) => [{ type: 'AIMessageChunk', id: 'm', content: '', tool_call_chunks: [], ...fields }, {}];
  const chunks = numbered(answer).flatMap(({ kind, words: said = [], name, id, json, index }) => {
    if (kind === 'text') return said.map((content) => chunk({ content }));
    if (kind === 'reasoning') return said.map((thinking) => chunk({ content: [{ type: 'thinking', thinking }] }));
    return ['', ...pieces(json, answer.size)].map((args, piece) =>
      chunk({ tool_call_chunks: [{ index, args, ...(piece === 0 ? { id, name } : { id: null, name: null }) }] }),
    );
  });
  const usage_metadata = { input_tokens: answer.input, output_tokens: answer.output, total_tokens: 1 };
  const end = chunk({ response_metadata: { finish_reason: answer.limit ? 'length' : 'stop' }, usage_metadata });
  const messages = [...chunks, end].map((json) => ({ name: 'messages', json }));
  return [{ name: 'metadata', json: { run_id: 'r' } }, ...messages, { name: 'end', json: null }];
}

/** A dialect of text alone. @param {Answer} answer */
export function tgi(answer) {
  const said = answer.blocks.flatMap(({ kind, words: some = [] }) => (kind === 'text' ? some : []));
  const token = (text, special, rest) => ({ index: 1, token: { id: 1, text, logprob: -1, special }, ...rest });
  const finish_reason = answer.limit ? 'length' : 'eos_token';
  const details = { finish_reason, input_length: answer.input, generated_tokens: answer.output };
  const end = token('</s>', true, { generated_text: said.join(''), details });
  return [...said.map((text) => token(text, false, { generated_text: null, details: null })), end].map(data);
}

/** @param {Answer} answer */
export function generic(answer) {
  const events = numbered(answer).flatMap(({ kind, words: said = [], index }) => {
    if (kind === 'tool') return [];
    if (kind === 'reasoning') return said.map((reasoning) => ({ json: { reasoning } }));
    return said.map((text) => ({ name: 'message', json: index % 2 ? { content: text } : { text } }));
  });
  return [{ json: { text: '' } }, ...events, DONE];
}

const line = (code, json) => ({ code, json });

/** @param {Answer} answer */
export function dataStream(answer) {
  const lines = numbered(answer).flatMap(({ kind, words: said = [], name, id, json, input: args }) => {
    if (kind === 'text') return said.map((text) => line('0', text));
    if (kind === 'reasoning') return said.map((text) => line('g', text));
    const call = { toolCallId: id, toolName: name };
    const deltas = pieces(json, answer.size).map((argsTextDelta) => line('c', { toolCallId: id, argsTextDelta }));
    return [line('b', call), deltas, line('9', Object.assign({ args }, call))].flat();
  });
  const usage = { promptTokens: answer.input, completionTokens: answer.output };
  const end = { finishReason: answer.limit ? 'length' : 'stop', usage };
  return [line('f', { messageId: 'm' }), ...lines, line('e', { ...end, isContinued: false }), line('d', end)];
}

/** @param {Answer} answer */
export function cohereV1(answer) {
  const text = answer.blocks.flatMap(({ kind, words: said = [] }) => (kind === 'text' ? said : [])).join('');
  const lines = numbered(answer).flatMap(({ kind, words: said = [], name, input: parameters }) => {
    if (kind === 'text') return said.map((one) => ({ event_type: 'text-generation', text: one }));
    return kind === 'tool' ? [{ event_type: 'tool-calls-generation', tool_calls: [{ name, parameters }] }] : [];
  });
  const meta = { tokens: { input_tokens: answer.input, output_tokens: answer.output } };
  const finish_reason = answer.limit ? 'MAX_TOKENS' : 'COMPLETE';
  const end = { event_type: 'stream-end', is_finished: true, finish_reason, response: { text, meta } };
  return [{ event_type: 'stream-start', is_finished: false }, ...lines, end].map((json) => line('', json));
}

/** What it says while it works are thoughts, what it says at the end is the answer. @param {Answer} answer */
export function a2a(answer) {
  const said = (kind) => answer.blocks.flatMap((one) => (one.kind === kind ? one.words : []));
  const result = (inner) => ({ jsonrpc: '2.0', id: 1, result: { taskId: 't', contextId: 'c', ...inner } });
  const message = (texts) => ({ role: 'agent', kind: 'message', parts: texts.map((text) => ({ kind: 'text', text })) });
  const update = (state, texts, final) =>
    result({ kind: 'status-update', status: { state, message: message(texts) }, final });
  return [
    result({ kind: 'task', id: 't', status: { state: 'submitted' } }),
    ...said('reasoning').map((text) => update('working', [text], false)),
    update('completed', said('text'), true),
  ].map(data);
}

/** @param {Answer} answer */
export function conversations(answer) {
  const output = (content) => ({ type: 'message.output.delta', id: 'm', output_index: 0, content });
  const events = numbered(answer).flatMap(({ kind, words: said = [], name, id, json }) => {
    if (kind === 'text') return said.map((text) => output(text.length > 2 ? { type: 'text', text } : text));
    if (kind === 'reasoning')
      return said.map((text) => output({ type: 'thinking', thinking: [{ type: 'text', text }] }));
    const call = { type: 'function.call.delta', id: `f-${id}`, tool_call_id: id, name };
    return pieces(json, answer.size).map((text) => Object.assign({ arguments: text }, call));
  });
  const usage = { prompt_tokens: answer.input, completion_tokens: answer.output };
  const end = { type: 'conversation.response.done', usage };
  return [{ type: 'conversation.response.started', conversation_id: 'c' }, ...events, end].map(event);
}

/** @param {Answer} answer */
export function transport(answer) {
  const parts = numbered(answer).flatMap(({ kind, words: said = [], name, id, json, index }) => {
    const path = [index];
    const part = kind === 'tool' ? { type: 'tool-call', toolCallId: id, toolName: name } : { type: kind };
    const texts = kind === 'tool' ? pieces(json, answer.size) : said;
    const deltas = texts.map((textDelta) => ({ type: 'text-delta', path, textDelta }));
    return [{ type: 'part-start', path, part }, deltas, { type: 'part-finish', path }].flat();
  });
  const usage = { inputTokens: answer.input, outputTokens: answer.output };
  const end = { type: 'message-finish', path: [], finishReason: answer.limit ? 'length' : 'stop', usage };
  return [...[{ type: 'step-start', path: [], messageId: 'm' }, ...parts, end].map(data), DONE];
}

/** Plainly, as most servers write them. @param {WireEvent[]} events */
export function plainBody(events) {
  return events
    .map(({ name, json, data: text }) => `${name ? `event: ${name}\n` : ''}data: ${text ?? JSON.stringify(json)}\n\n`)
    .join('');
}
