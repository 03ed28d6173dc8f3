/** Any valid UI message stream makes the same message here as with the AI SDK's own reader. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePartialJson, readUIMessageStream } from 'ai';
import * as fc from 'fast-check';
import { readParts, reduceMessage, settleMessage } from '../../dist/core.js';

const IDS = ['1', '2', '3'];
const id = fc.constantFrom(...IDS);
const word = fc.constantFrom('a', ' b', '\n\n', 'Zürich', '👩‍👧', '{"x":', '__proto__');
const value = fc.jsonValue({ maxDepth: 2 });
const metadata = fc.dictionary(
  fc.constantFrom('a', 'b'),
  fc.oneof(fc.integer(), fc.dictionary(fc.constantFrom('c', 'd'), fc.integer())),
);
const provider = fc.option(fc.record({ acme: fc.record({ n: fc.integer() }) }), { nil: undefined });
const flag = fc.option(fc.boolean(), { nil: undefined });

const KINDS = [
  ...repeated(3, ['text-delta', 'reasoning-delta', 'tool-input-available', 'tool-output-available']),
  ...repeated(2, [
    'text-start',
    'text-end',
    'reasoning-start',
    'reasoning-end',
    'tool-input-start',
    'tool-input-delta',
  ]),
  ...repeated(1, [
    'tool-input-error',
    'tool-approval-request',
    'tool-approval-response',
    'tool-output-error',
    'tool-output-denied',
  ]),
  ...repeated(1, ['start-step', 'finish-step', 'reset-step', 'file', 'reasoning-file', 'source-url']),
  ...repeated(1, ['source-document', 'custom', 'steering-message', 'data-note', 'message-metadata', 'error', 'start']),
];

/** What comes often in a stream is drawn often. @param {number} times @param {string[]} kinds */
function repeated(times, kinds) {
  return Array.from({ length: times }, () => kinds).flat();
}

/** What a server may want to send next; whether it is valid then, the writer below decides. */
const wish = fc.record({
  kind: fc.constantFrom(...KINDS),
  id,
  name: fc.constantFrom('search', 'add'),
  word,
  value,
  metadata,
  provider,
  flag,
  dynamic: flag,
});

/** Keeps the rules that the AI SDK's reader throws at the breach of. */
class Writer {
  chunks = [{ type: 'start', messageId: 'm' }];
  #open = { text: new Set(), reasoning: new Set() };
  /** By call id: what is known of the latest call, and whether its step is still the current one. */
  #calls = new Map();

  /** @param {any} wish */
  write(wish) {
    const { kind } = wish;
    const [family] = kind.split('-', 1);
    if (family === 'text' || family === 'reasoning') {
      if (kind !== 'reasoning-file') return this.#block(family, wish);
    }
    if (family === 'tool') return this.#tool(wish);
    if (kind.endsWith('-step')) this.#step(kind);
    this.#put(this.#plain(wish));
  }

  end() {
    this.#put({ type: 'finish', finishReason: 'stop', messageMetadata: { end: { at: 1 } } });
    return this.chunks;
  }

  /** @param {object} chunk */
  #put(chunk) {
    this.chunks.push(JSON.parse(JSON.stringify(chunk)));
  }

  #plain({ kind, id, word, value, metadata, provider, flag }) {
    const common = { type: kind, providerMetadata: provider };
    switch (kind) {
      case 'file':
      case 'reasoning-file':
        return { ...common, url: `https://files.example/${id}`, mediaType: 'application/pdf' };
      case 'source-url':
        return { ...common, sourceId: id, url: `https://sources.example/${id}`, title: flag ? word : undefined };
      case 'source-document':
        return { ...common, sourceId: id, mediaType: 'application/pdf', title: word };
      case 'custom':
        return { ...common, kind: 'acme.thing' };
      case 'steering-message':
        return { type: kind, id, parts: [{ type: 'text', text: word }] };
      case 'data-note':
        return { type: kind, id: flag === undefined ? undefined : id, data: value, ...(flag && { transient: true }) };
      case 'message-metadata':
        return { type: kind, messageMetadata: metadata };
      case 'start':
        return { type: kind, messageMetadata: metadata };
      case 'error':
        return { type: kind, errorText: word };
      default:
        return { type: kind };
    }
  }

  #block(family, { kind, id, word, provider }) {
    const open = this.#open[family];
    const starts = kind.endsWith('-start');
    if (open.has(id) === starts) return;
    if (starts) open.add(id);
    if (kind.endsWith('-end')) open.delete(id);
    this.#put({ type: kind, id, providerMetadata: provider, ...(kind.endsWith('-delta') && { delta: word }) });
  }

  #tool(wish) {
    const { kind, id, name } = wish;
    const call = this.#calls.get(id);
    if (!isPossible(kind, call)) return;
    const begins = kind === 'tool-input-start' || (!call?.inStep && kind.startsWith('tool-input-'));
    const next = begins ? { name, dynamic: wish.dynamic, inStep: true } : call;
    this.#calls.set(id, { ...next, state: STATE[kind] ?? next.state });
    this.#put(toolChunk(wish, next));
  }

  #step(kind) {
    if (kind === 'start-step') for (const call of this.#calls.values()) call.inStep = false;
    if (kind !== 'reset-step') return;
    this.#open.text.clear();
    this.#open.reasoning.clear();
    // What the step had of a call is gone; of one with the same id in an earlier step nothing is known here.
    this.#calls.clear();
  }
}

const STATE = {
  'tool-input-start': 'streaming',
  'tool-input-available': 'ready',
  'tool-input-error': 'done',
  'tool-approval-request': 'asked',
  'tool-approval-response': 'ready',
  'tool-output-available': 'done',
  'tool-output-error': 'done',
  'tool-output-denied': 'done',
};

function isPossible(kind, call) {
  if (kind === 'tool-input-start') return !call?.inStep;
  if (kind === 'tool-input-delta') return call?.state === 'streaming' && call.inStep;
  if (kind.startsWith('tool-input-'))
    return !call || (call.inStep ? call.state === 'streaming' : call.state === 'done');
  if (kind === 'tool-approval-response') return call?.state === 'asked';
  return call !== undefined && (call.state === 'ready' || (call.state === 'done' && kind.startsWith('tool-output')));
}

function toolChunk({ kind, id, word, value, provider, flag }, { name, dynamic }) {
  const toolCallId = id;
  const described = { toolCallId, providerMetadata: provider, providerExecuted: flag };
  const call = { ...described, toolName: name, dynamic, title: flag ? 'Title' : undefined };
  switch (kind) {
    case 'tool-input-start':
      return { type: kind, ...call };
    case 'tool-input-delta':
      return { type: kind, toolCallId, inputTextDelta: word };
    case 'tool-input-available':
      return { type: kind, ...call, input: value };
    case 'tool-input-error':
      return { type: kind, ...call, title: undefined, input: value, errorText: word };
    case 'tool-approval-request':
      return { type: kind, toolCallId, approvalId: `ask-${id}`, reason: flag ? word : undefined, signature: 's' };
    case 'tool-approval-response':
      return { type: kind, approvalId: `ask-${id}`, approved: flag === true, reason: flag ? word : undefined };
    case 'tool-output-available':
      return { type: kind, ...described, output: value, preliminary: flag };
    case 'tool-output-error':
      return { type: kind, ...described, errorText: word };
    default:
      return { type: kind, toolCallId };
  }
}

const stream = fc.array(wish, { maxLength: 60 }).map((wishes) => {
  const writer = new Writer();
  for (const one of wishes) writer.write(one);
  return writer.end();
});

/** @param {object[]} chunks */
async function readTheirs(chunks) {
  let last;
  for await (const message of readUIMessageStream({ stream: ReadableStream.from(chunks) })) last = message;
  return last;
}

/** @param {object[]} chunks */
async function readOurs(chunks) {
  const body = `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`;
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  let message = { id: '', role: 'assistant', parts: [] };
  try {
    for await (const part of readParts(response, { protocol: 'ai-sdk' })) message = reduceMessage(message, part);
  } catch (error) {
    // An error that the stream reports fails the response here, after all of it has been read.
    if (!chunks.some(({ type }) => type === 'error')) throw error;
  }
  return settleMessage(message, 'complete');
}

/** What is ours alone: text that is still open at the end is closed, text that never came is no part. */
function comparable({ parts, metadata }) {
  const { finishReason: _, ...rest } = JSON.parse(JSON.stringify(metadata ?? {}));
  const kept = JSON.parse(JSON.stringify(parts)).filter(({ type, text }) => type !== 'text' || text !== '');
  return { parts: kept.map(comparablePart), metadata: rest };
}

function comparablePart(part) {
  if (part.type === 'text' || part.type === 'reasoning') {
    const { id: _id, state: _state, ...rest } = part;
    return rest;
  }
  const { rawInput: _raw, inputText: _text, inputEncoding: _encoding, transient: _transient, ...rest } = part;
  if (part.state !== 'input-streaming') return rest;
  const { input: _input, ...streaming } = rest;
  return streaming;
}

describe('a UI message stream', () => {
  it('makes the message that the AI SDK makes of it', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(stream, async (chunks) => {
        assert.deepEqual(comparable(await readOurs(chunks)), comparable(await readTheirs(chunks)));
      }),
      { numRuns: 400 },
    );
  });
});

/** Arguments as models write them, with the spaces of a pretty printer or without. */
const written = fc
  .tuple(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), fc.constantFrom(undefined, 2))
  .map(([json, spaces]) => JSON.stringify(json, null, spaces))
  // The SDK refuses names that change an object's prototype, and loses its way in an exponent with a sign.
  .filter((text) => !/__proto__|constructor|\de[+-]/.test(text));

describe('arguments that are still being written', () => {
  it('are at every character what the AI SDK makes of them', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(written, async (text) => {
        let message = { id: '', role: 'assistant', parts: [] };
        for (const [at, inputTextDelta] of text.split('').entries()) {
          message = reduceMessage(message, { type: 'tool-input-delta', toolCallId: '1', inputTextDelta });
          const soFar = text.slice(0, at + 1);
          assert.deepEqual(message.parts[0].input, (await parsePartialJson(soFar)).value, soFar);
        }
      }),
      { numRuns: 200 },
    );
  });
});
