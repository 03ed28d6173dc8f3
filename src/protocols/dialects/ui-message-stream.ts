import { readErrorPart, TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { imagePart, isHouseType, readHousePart } from '../parts/house-parts.js';
import { asId, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';
import { isLastWord, kindOf } from './generic-names.js';

/**
 * The AI SDK's UI message stream v1 (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol): its chunks are our parts.
 * For each type, the fields that must be there as strings.
 */
const CHUNKS: Record<string, string[]> = {
  start: [],
  'start-step': [],
  'finish-step': [],
  'reset-step': [],
  finish: [],
  abort: [],
  error: ['errorText'],
  'message-metadata': [],
  'text-start': ['id'],
  'text-delta': ['id', 'delta'],
  'text-end': ['id'],
  'reasoning-start': ['id'],
  'reasoning-delta': ['id', 'delta'],
  'reasoning-end': ['id'],
  'reasoning-file': ['url', 'mediaType'],
  file: ['url', 'mediaType'],
  'source-url': ['sourceId', 'url'],
  'source-document': ['sourceId', 'mediaType', 'title'],
  custom: ['kind'],
  'steering-message': ['id'],
  'tool-input-start': ['toolCallId', 'toolName'],
  'tool-input-delta': ['toolCallId', 'inputTextDelta'],
  'tool-input-available': ['toolCallId', 'toolName'],
  'tool-input-error': ['toolCallId', 'toolName', 'errorText'],
  'tool-approval-request': ['toolCallId', 'approvalId'],
  'tool-approval-response': ['approvalId'],
  'tool-output-available': ['toolCallId'],
  'tool-output-error': ['toolCallId', 'errorText'],
  'tool-output-denied': ['toolCallId'],
};

/** What `streamText` itself calls them, whose `fullStream` servers write out as it is; the last five in AI SDK 4. */
const OWN_NAMES: Record<string, string> = {
  'tool-call': 'tool-input-available',
  'tool-result': 'tool-output-available',
  'tool-error': 'tool-output-error',
  source: 'source-url',
  reasoning: 'reasoning-delta',
  'step-start': 'start-step',
  'step-finish': 'finish-step',
  'tool-call-streaming-start': 'tool-input-start',
  'tool-call-delta': 'tool-input-delta',
};

const IDS = new Set(['id', 'messageId', 'toolCallId', 'approvalId', 'sourceId']);

/** Fields that may be absent and are shown or compared as text. */
const TEXTS = new Set(['title', 'filename', 'reason', 'finishReason', 'inputEncoding']);

/** Types that some other dialect uses too, or that are too common a word to tell a dialect by. */
const AMBIGUOUS = new Set(['error', 'custom', 'finish', 'abort']);

class UiMessageStreamReader implements ProtocolReader {
  finished = false;
  #sawFinish = false;
  /** The blocks under way that have no id of their own: what they are is theirs. */
  readonly #nameless = new Set<'text' | 'reasoning'>();

  read(event: WireEvent): StreamPart[] | undefined {
    const chunk = asObject(event.json);
    const parts = (chunk && (readHousePart(chunk) ?? this.#readChunk(chunk))) ?? readError(event);
    if (parts || !isEnd(event, chunk)) return parts;
    this.finished = true;
    return [];
  }

  end(): StreamPart[] {
    return this.finished && !this.#sawFinish ? [{ type: 'finish', finishReason: 'unknown' }] : [];
  }

  #readChunk(wire: JsonObject): StreamPart[] | undefined {
    const given = mended(wire);
    const chunk = isChunk(given) ? given : mended(respelled(wire));
    if (!isChunk(chunk)) return undefined;
    if (chunk.type === 'file' && chunk.mediaType.startsWith('image/')) return [imagePart(chunk.url, chunk)];
    if (chunk.type === 'finish' || chunk.type === 'abort') {
      this.finished = true;
      this.#sawFinish = true;
    }
    return [...this.#endsBefore(chunk, wire), chunk];
  }

  /** Without ids a text ends where a tool or a step comes, as in the AI SDK's own messages: what follows is another one. */
  #endsBefore(chunk: StreamPart, { id: given }: JsonObject): StreamPart[] {
    const { id } = chunk as { id?: 'text' | 'reasoning' };
    if (id && id !== asId(given)) this.#nameless[chunk.type.endsWith('-end') ? 'delete' : 'add'](id);
    if (!/^tool|step$/.test(chunk.type)) return [];
    const ends = [...this.#nameless].map((kind) => ({ type: `${kind}-end`, id: kind }) as const);
    this.#nameless.clear();
    return ends;
  }
}

/** `[DONE]`, or what somebody who writes the chunks by hand ends a stream with. */
function isEnd(event: WireEvent, chunk: JsonObject | undefined): boolean {
  return isLastWord(event) || isLastWord({ ...event, type: kindOf(chunk) });
}

/** Servers that do not write the AI SDK's own error chunk. */
function readError(event: WireEvent): StreamPart[] | undefined {
  const error = readErrorPart(event);
  return error && [error];
}

/** Some servers number their ids, or leave out the one of their only block; what should be text and is none is dropped. */
function mended(wire: JsonObject): JsonObject {
  const fields = Object.entries(wire)
    .map(([name, value]) => [name, IDS.has(name) ? (asId(value) ?? value) : value] as const)
    .filter(([name, value]) => typeof value === 'string' || !(TEXTS.has(name) || IDS.has(name)));
  const [kind] = /^(text|reasoning)-(?:start|delta|end)$/.exec(asString(wire.type) ?? '')?.slice(1) ?? [];
  return { ...(kind !== undefined && { id: kind }), ...Object.fromEntries(fields) };
}

/** A part of `fullStream` as the chunk that says the same: what that must have is found under these names. */
function respelled(wire: JsonObject): JsonObject {
  const { type, id, text, textDelta = text, delta = textDelta, args, result, error } = wire;
  const { base64Data, mimeType, mediaType = mimeType } = asObject(wire.file) ?? wire;
  const name = lookUp(OWN_NAMES, asString(type) ?? '') ?? asString(type) ?? '';
  const fields: JsonObject = {
    toolCallId: id,
    sourceId: id,
    delta,
    inputTextDelta: wire.argsTextDelta ?? delta,
    // An `Error` is written as an empty object.
    errorText: type === 'tool-error' ? (asString(error) ?? TOOL_SAID_NOTHING) : undefined,
    mediaType,
    url: base64Data && `data:${mediaType};base64,${base64Data}`,
  };
  const needed = (lookUp(CHUNKS, name) ?? []).map((field) => [field, wire[field] ?? fields[field]] as const);
  return defined({ input: args, output: result, ...wire, ...Object.fromEntries(needed), type: name });
}

function isChunk(chunk: JsonObject): chunk is Exclude<StreamPart, { type: 'raw' }> & JsonObject {
  const type = asString(chunk.type) ?? '';
  if (type.startsWith('data-')) return 'data' in chunk && !isHouseType(type);
  if (type === 'tool-approval-response' && typeof chunk.approved !== 'boolean') return false;
  const required = lookUp(CHUNKS, type);
  return required !== undefined && required.every((field) => typeof chunk[field] === 'string');
}

export const uiMessageStream: Protocol = {
  name: 'ai-sdk',
  hasLastWord: true,
  matchesHeaders: (headers) => headers.has('x-vercel-ai-ui-message-stream'),
  matchesEvent: ({ json }) => {
    const wire = asObject(json) ?? {};
    const chunk = mended('textDelta' in wire ? respelled(wire) : wire);
    return isChunk(chunk) && !AMBIGUOUS.has(chunk.type) && !readHousePart(chunk);
  },
  createBody: ({ id, messages, trigger, messageId }) => ({ id, messages, trigger, messageId }),
  createReader: () => new UiMessageStreamReader(),
};
