import { imagePart, readHousePart } from './house-parts.js';
import { asObject, asString, type JsonObject } from './json.js';
import type { Protocol, ProtocolReader, WireEvent } from './protocol.js';
import type { StreamPart } from './stream-part.js';

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

/** Types that some other dialect uses too, or that are too common a word to tell a dialect by. */
const AMBIGUOUS = new Set(['error', 'custom', 'finish', 'abort']);

class UiMessageStreamReader implements ProtocolReader {
  finished = false;
  #sawFinish = false;
  #pictures = 0;

  read({ data, json }: WireEvent): StreamPart[] | undefined {
    if (data === '[DONE]') {
      this.finished = true;
      return [];
    }
    const chunk = asObject(json);
    return chunk && (readHousePart(chunk) ?? this.#readChunk(chunk));
  }

  end(): StreamPart[] {
    return this.finished && !this.#sawFinish ? [{ type: 'finish', finishReason: 'unknown' }] : [];
  }

  #readChunk(chunk: JsonObject): StreamPart[] | undefined {
    if (!isChunk(chunk)) return undefined;
    if (chunk.type === 'file' && chunk.mediaType.startsWith('image/')) {
      this.#pictures += 1;
      return [imagePart(chunk.url, { ...chunk, id: `file-${this.#pictures}` })];
    }
    if (chunk.type === 'finish' || chunk.type === 'abort') {
      this.finished = true;
      this.#sawFinish = true;
    }
    return [chunk];
  }
}

function isChunk(chunk: JsonObject): chunk is Exclude<StreamPart, { type: 'raw' }> & JsonObject {
  const type = asString(chunk.type) ?? '';
  if (type.startsWith('data-')) return 'data' in chunk;
  const required = Object.hasOwn(CHUNKS, type) ? CHUNKS[type] : undefined;
  return required !== undefined && required.every((field) => typeof chunk[field] === 'string');
}

export const uiMessageStream: Protocol = {
  name: 'ai-sdk',
  matchesHeaders: (headers) => headers.has('x-vercel-ai-ui-message-stream'),
  matchesEvent: ({ json }) => {
    const chunk = asObject(json);
    return chunk !== undefined && isChunk(chunk) && !AMBIGUOUS.has(chunk.type) && !readHousePart(chunk);
  },
  createBody: ({ id, messages, trigger, messageId }) => ({ id, messages, trigger, messageId }),
  createReader: () => new UiMessageStreamReader(),
};
