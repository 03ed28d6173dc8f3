/** However a server spells a dialect, and whatever it adds to it, what it says is read. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { readParts, reduceMessage, settleMessage } from '../../dist/core.js';
import * as streams from '../support/provider-streams.mjs';

const { answer } = streams;

/** What servers send before an answer has begun. */
const BEFORE = {
  nothing: [],
  comment: [': open', ''],
  'an empty event': ['data:', ''],
  'a named event': ['event: open', 'data: connected', ''],
  'a name without data': ['event: start', ''],
  ping: ['event: ping', 'data: {"type":"ping"}', ''],
  'a word': ['data: ping', ''],
  null: ['data: null', ''],
};

/** What may be done to a stream that changes nothing of what it says. */
const spelling = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  space: fc.constantFrom(' ', ''),
  /** `wrong`: another event's name, where the data says what it is. */
  names: fc.constantFrom('kept', 'dropped'),
  pad: fc.constantFrom('', '   '),
  /** JSON over several `data:` lines. */
  isPretty: fc.boolean(),
  hasMark: fc.boolean(),
  before: fc.constantFrom(...Object.keys(BEFORE)),
  comments: fc.array(fc.constantFrom('', '', ': ping', ':', ': {"type":"error"}', 'id: 7', 'retry: 100', 'junk'), {
    minLength: 1,
    maxLength: 9,
  }),
  extras: fc.array(fc.constantFrom('none', 'none', 'nulls', 'fields', 'event'), { minLength: 1, maxLength: 9 }),
  size: fc.constantFrom(5, 64, 4096),
});

/** Optional fields that servers of each dialect send as null, where they are not there at all. */
const NULLS = {
  chat: ['usage', 'system_fingerprint', 'service_tier', 'error', 'prompt_filter_results', 'citations', 'x_groq'],
  responses: ['obfuscation', 'logprobs', 'error', 'sequence'],
  anthropic: ['container', 'context_management', 'error', 'usage'],
  gemini: ['promptFeedback', 'createTime', 'responseId', 'error'],
  agUi: ['timestamp', 'rawEvent', 'metadata', 'parentMessageId', 'subagentRunId', 'error'],
  aiSdk: ['providerMetadata'],
  cohere: ['logprobs', 'error'],
  ollama: ['context', 'error', 'response', 'thinking'],
  interactions: ['event_id', 'metadata', 'error'],
  langGraph: [],
  tgi: ['top_tokens', 'error', 'details', 'generated_text'],
  generic: ['error', 'id', 'reasoning', 'done', 'type', 'role'],
  dataStream: ['isContinued', 'usage', 'error', 'messageId'],
  cohereV1: ['generation_id', 'is_finished', 'error', 'documents'],
  a2a: ['error', 'id'],
  conversations: ['created_at', 'model', 'agent_id', 'error', 'tool_call_id'],
  transport: ['error', 'metadata', 'annotations'],
};

/** Null in the inner objects, where the provider's own client sends it so. */
const INNER = {
  chat: (json) =>
    json.choices?.forEach((one) =>
      fill(one.delta, [
        'refusal',
        'tool_calls',
        'annotations',
        'reasoning_details',
        'images',
        'audio',
        'function_call',
        'role',
        'content',
      ]),
    ),
  gemini: (json) =>
    json.candidates?.forEach((one) =>
      fill(one, ['safetyRatings', 'citationMetadata', 'groundingMetadata', 'finishReason', 'urlContextMetadata']),
    ),
  ollama: (json) => fill(json.message, ['images', 'tool_calls', 'thinking']),
  langGraph: (json) =>
    json?.[0] && fill(json[0], ['additional_kwargs', 'response_metadata', 'tool_calls', 'usage_metadata', 'name']),
};

function fill(object, names) {
  for (const name of names) if (object && !(name in object)) object[name] = null;
}

/** A type that nobody has heard of, in the words of the dialect. */
const UNKNOWN = {
  chat: { object: 'chat.completion.hologram', beam: 1 },
  responses: { type: 'response.hologram.delta', delta: 'BEAM' },
  anthropic: { type: 'hologram_delta', delta: { text: 'BEAM' } },
  gemini: { hologram: 'BEAM' },
  agUi: { type: 'HOLOGRAM_CONTENT', delta: 'BEAM' },
  aiSdk: { type: 'hologram-delta', delta: 'BEAM' },
  cohere: { type: 'hologram-delta', delta: { message: 'BEAM' } },
  ollama: { hologram: 'BEAM' },
  interactions: { event_type: 'hologram.delta', delta: { type: 'beam' } },
  langGraph: { hologram: 'BEAM' },
  tgi: { hologram: 'BEAM' },
  generic: { hologram: 'BEAM' },
  dataStream: { a: 'BEAM' },
  cohereV1: { event_type: 'hologram', beam: 'BEAM' },
  a2a: { jsonrpc: '2.0', id: 1, result: { kind: 'hologram', beam: 'BEAM' } },
  conversations: { type: 'hologram.delta', content: 'BEAM' },
  transport: { type: 'hologram', path: [0], textDelta: 'BEAM' },
};

/** From the beginning again where they end. */
function* again(values) {
  for (;;) yield* values;
}

/** The data of an event with fields that nobody has asked for. */
function withExtra(dialect, json, extra) {
  const copy = structuredClone(json);
  const isObject = typeof copy === 'object' && copy !== null && !Array.isArray(copy);
  if (extra === 'nulls' && isObject) fill(copy, NULLS[dialect]);
  if (extra === 'nulls' && copy) INNER[dialect]?.(copy);
  if (extra === 'fields' && isObject) Object.assign(copy, { zz_new: { a: [1, null] }, zz_text: 'BEAM' });
  return copy;
}

function* changed(dialect, events, extras) {
  for (const [index, { name, code, json, data }] of events.entries()) {
    const { value: extra } = extras.next();
    const copy = withExtra(dialect, json, extra);
    // The first event is what a dialect is told by.
    if (extra === 'event' && index > 0)
      yield { code: code === undefined || code === '' ? code : 'aui-hologram', json: UNKNOWN[dialect] };
    yield { name, code, json: copy, data };
  }
}

/** LangGraph's events say what they are by their name alone. */
const NAMED = new Set(['langGraph']);

function spell(dialect, events, how) {
  const extras = again(how.extras);
  const comments = again(how.comments);
  const lines = BEFORE[how.before].map((line) => (line === '' ? '\n' : line));
  const add = (line) => lines.push(line);
  for (const { name, json, data } of changed(dialect, events, extras)) {
    add(comments.next().value);
    if (name && (how.names === 'kept' || NAMED.has(dialect))) add(`event:${how.space}${name}`);
    add(comments.next().value);
    const text = data ?? JSON.stringify(json, null, how.isPretty ? 1 : undefined);
    for (const line of text.split('\n')) add(`data:${how.space}${line}${data ? '' : how.pad}`);
    add('\n');
  }
  // An empty comment is no line, which would end the event.
  const body = lines.filter((line) => line !== '').map((line) => (line === '\n' ? '' : line));
  return (how.hasMark ? '\uFEFF' : '') + body.map((line) => `${line}${how.lineEnd}`).join('');
}

/** Lines of JSON, with a code in front where the dialect has them. */
function spellLines(dialect, events, how) {
  const lineEnd = how.lineEnd === '\r' ? '\n' : how.lineEnd;
  const lines = [...changed(dialect, events, again(how.extras))].map(
    ({ code, json }) => `${code === '' ? '' : `${code}:`}${JSON.stringify(json)}${how.pad}${lineEnd}`,
  );
  return (how.hasMark ? '\uFEFF' : '') + lines.join(how.isPretty ? lineEnd : '');
}

function inPieces(text, size) {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

/** What a response says of itself, and how its dialect is spelled. */
const LINES = {
  dataStream: { 'content-type': 'text/plain; charset=utf-8', 'x-vercel-ai-data-stream': 'v1' },
  cohereV1: { 'content-type': 'application/stream+json' },
};

function spelled(dialect, events, how) {
  return dialect in LINES ? spellLines(dialect, events, how) : spell(dialect, events, how);
}

async function read(body, dialect) {
  let message = { id: '', role: 'assistant', parts: [] };
  let error;
  const response = new Response(body, { headers: LINES[dialect] ?? { 'content-type': 'text/event-stream' } });
  try {
    for await (const part of readParts(response)) message = reduceMessage(message, part);
  } catch (thrown) {
    error = thrown;
  }
  return { message: settleMessage(message, 'complete'), error };
}

function gist({ parts, metadata }) {
  const said = (kind) => parts.map((part) => (part.type === kind ? part.text : '')).join('');
  const calls = parts.filter(({ type }) => type.startsWith('tool-'));
  return {
    text: said('text'),
    reasoning: said('reasoning'),
    tools: calls.map((part) => [part.toolCallId, part.type.slice('tool-'.length), part.state, part.input]),
    usage: [metadata?.usage?.inputTokens, metadata?.usage?.outputTokens].filter((count) => count !== undefined),
    isCutShort: metadata?.finishReason === 'length',
  };
}

/** What a dialect cannot say. */
const MUTE = {
  agUi: ['limit'],
  tgi: ['reasoning', 'tool'],
  generic: ['tool', 'usage', 'limit'],
  cohereV1: ['reasoning'],
  a2a: ['tool', 'usage', 'limit'],
  conversations: ['limit'],
};

/** What the answer was to say. */
function meant({ blocks: all, limit, input, output }, dialect) {
  const mute = new Set(MUTE[dialect]);
  const blocks = all.map((one) => (mute.has(one.kind) ? { kind: '' } : one));
  const said = (kind) => blocks.flatMap((one) => (one.kind === kind ? one.words : [])).join('');
  let calls = 0;
  // The only dialect that gives its calls no ids.
  const idOf = (index) => (dialect === 'cohereV1' ? `call-${(calls += 1)}` : `call-${index}`);
  const says = {
    text: said('text'),
    reasoning: said('reasoning'),
    tools: blocks.flatMap((one, index) =>
      one.kind === 'tool' ? [[idOf(index), one.name, 'input-available', one.input]] : [],
    ),
    usage: mute.has('usage') ? [] : [input, output],
    isCutShort: mute.has('limit') ? false : limit,
  };
  // The objects that are made here have no prototype.
  return JSON.parse(JSON.stringify(says));
}

const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'];

const CASES = [
  ...REASONING_FIELDS.map((field) => [
    `OpenAI Chat Completions with ${field}`,
    'chat',
    (one) => streams.chat(one, field),
  ]),
  ['OpenAI Responses', 'responses', streams.responses],
  ['Anthropic Messages', 'anthropic', streams.anthropic],
  ['Gemini', 'gemini', streams.gemini],
  ['Gemini’s Interactions', 'interactions', streams.interactions],
  ['AG-UI', 'agUi', streams.agUi],
  ['AI SDK UI message stream', 'aiSdk', streams.aiSdk],
  ['Cohere', 'cohere', streams.cohere],
  ['Ollama', 'ollama', streams.ollama],
  ['LangGraph', 'langGraph', streams.langGraph],
  ['Text Generation Inference', 'tgi', streams.tgi],
  ['generic events', 'generic', streams.generic],
  ['AI SDK data stream', 'dataStream', streams.dataStream],
  ['Cohere’s first version', 'cohereV1', streams.cohereV1],
  ['Agent2Agent', 'a2a', streams.a2a],
  ['Mistral’s Conversations', 'conversations', streams.conversations],
  ['assistant-ui’s transport', 'transport', streams.transport],
];

describe('a stream says the same however it is spelled', () => {
  for (const [name, dialect, write] of CASES) {
    it(name, { timeout: 180_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(answer, spelling, async (one, how) => {
          const body = inPieces(spelled(dialect, write(one), how), how.size);
          const { message, error } = await read(body, dialect);
          assert.equal(error, undefined);
          assert.deepEqual(gist(message), meant(one, dialect));
        }),
        { numRuns: Number(process.env.RUNS ?? 30) },
      );
    });
  }
});

describe('a stream that is damaged', () => {
  for (const [name, dialect, write] of CASES) {
    it(
      `${name}: fails in words and keeps what came, whatever is left out, doubled or cut`,
      { timeout: 180_000 },
      async () => {
        const damage = fc.record({
          cut: fc.double({ min: 0, max: 1, noNaN: true }),
          without: fc.array(fc.nat(30), { maxLength: 3 }),
          twice: fc.array(fc.nat(30), { maxLength: 3 }),
        });
        await fc.assert(
          fc.asyncProperty(answer, spelling, damage, async (one, how, { cut, without, twice }) => {
            const events = write(one).flatMap((event, index) =>
              without.includes(index) ? [] : twice.includes(index) ? [event, event] : [event],
            );
            const body = spelled(dialect, events, how);
            const piece = body.slice(0, Math.floor(body.length * cut));
            const whole = await read(inPieces(piece, 1e6), dialect);
            const pieces = await read(inPieces(piece, how.size), dialect);
            if (whole.error) assert.equal(whole.error.name, 'StreamError');
            assert.equal(pieces.error?.code, whole.error?.code);
            assert.deepEqual(pieces.message, whole.message);
            assert.ok(!JSON.stringify(whole.message.parts).includes('BEAM'));
          }),
          { numRuns: Number(process.env.RUNS ?? 15) },
        );
      },
    );
  }
});
