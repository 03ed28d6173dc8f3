import { readErrorPart, TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { FinishReason, StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';

const FINISH_REASONS = new Set(['stop', 'length', 'content-filter', 'tool-calls', 'error', 'other', 'unknown']);

type Handler = (event: JsonObject, path: string) => StreamPart[];

/**
 * assistant-ui's assistant transport (https://www.assistant-ui.com/docs/runtimes/assistant-transport): parts of a message
 * by their `path`, each of them begun, added to and ended. The text of a call's part is its arguments.
 */
class AssistantTransportReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new KeyedBlocks();
  readonly #tools = new ToolInputs<string>();
  /** The kind of text, and the call, of each place. */
  readonly #kinds = new Map<string, 'text' | 'reasoning'>();
  readonly #calls = new Map<string, string>();
  readonly #sources = new SourceList();

  readonly #handlers: Record<string, Handler> = {
    'part-start': ({ part }, path) => this.#startPart(path, asObject(part) ?? {}),
    'text-delta': ({ textDelta }, path) => this.#write(path, asString(textDelta) ?? ''),
    'part-finish': (_, path) => [...this.#blocks.close(path), ...this.#tools.finish(path)],
    'tool-call-args-text-finish': (_, path) => this.#tools.finish(path),
    result: (event, path) => this.#readResult(path, event),
    'step-start': () => [{ type: 'start-step' }],
    'step-finish': () => [{ type: 'finish-step' }],
    'message-finish': (event) => this.#finish(event),
    annotations: ({ annotations }) => [{ type: 'message-metadata', messageMetadata: { annotations } }],
    data: ({ data }) => asArray(data).flatMap((value) => readHousePart(value) ?? [{ type: 'data-value', data: value }]),
    'update-state': ({ operations }) => [{ type: 'data-state-update', data: operations ?? [], transient: true }],
  };

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') {
      this.finished = true;
      return [];
    }
    const json = asObject(event.json);
    const handle = lookUp(this.#handlers, asString(json?.type) ?? '');
    if (json && handle) return handle(json, asArray(json.path).map(asId).join('/'));
    const error = readErrorPart(event);
    if (!error) return readHousePart(event.json);
    this.finished = true;
    return [...this.#close(), error];
  }

  end(): StreamPart[] {
    return this.#close();
  }

  #startPart(path: string, part: JsonObject): StreamPart[] {
    const type = asString(part.type) ?? '';
    if (type === 'tool-call') return this.#startCall(path, part);
    if (type === 'source') return this.#sources.page(part.url, part.title);
    if (type === 'file' || type === 'image') return fileOf(part);
    const kind = type === 'reasoning' ? 'reasoning' : 'text';
    this.#kinds.set(path, kind);
    return this.#blocks.open(kind, path);
  }

  #startCall(path: string, { toolCallId, toolName }: JsonObject): StreamPart[] {
    const id = asId(toolCallId) || `call-${path}`;
    this.#calls.set(path, id);
    return this.#tools.start(path, { toolCallId: id, toolName: asString(toolName) ?? '' });
  }

  #write(path: string, text: string): StreamPart[] {
    if (this.#tools.has(path)) return this.#tools.append(path, text);
    return this.#blocks.write(this.#kinds.get(path) ?? 'text', path, text);
  }

  #readResult(path: string, { result, isError, artifact }: JsonObject): StreamPart[] {
    const toolCallId = this.#calls.get(path) ?? '';
    const before = this.#tools.finish(path);
    const errorText = asString(result) ?? TOOL_SAID_NOTHING;
    if (isError === true) return [...before, { type: 'tool-output-error', toolCallId, errorText }];
    const output: StreamPart = { type: 'tool-output-available', toolCallId, output: result ?? null };
    return [...before, output, ...(readHousePart(artifact) ?? [])];
  }

  #finish({ finishReason: raw, usage }: JsonObject): StreamPart[] {
    this.finished = true;
    const reason = asString(raw) ?? 'unknown';
    const finishReason = FINISH_REASONS.has(reason) ? (reason as FinishReason) : 'other';
    return [...this.#close(), ...usageOf(asObject(usage)), { type: 'finish', finishReason }];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.closeAll(), ...this.#tools.finishAll()];
  }
}

function usageOf(usage: JsonObject | undefined): StreamPart[] {
  if (!usage) return [];
  const inputTokens = asNumber(usage.inputTokens) ?? asNumber(usage.promptTokens);
  const outputTokens = asNumber(usage.outputTokens) ?? asNumber(usage.completionTokens);
  return [{ type: 'usage', ...defined({ inputTokens, outputTokens }) }];
}

function fileOf({ data, image, mimeType }: JsonObject): StreamPart[] {
  const mediaType = asString(mimeType) || (image === undefined ? 'application/octet-stream' : 'image/png');
  const given = asString(image) ?? asString(data);
  if (given === undefined) return [];
  const url = /^(data|https?):/.test(given) ? given : `data:${mediaType};base64,${given}`;
  return [mediaType.startsWith('image/') ? imagePart(url, { mediaType }) : { type: 'file', url, mediaType }];
}

export const assistantTransport: Protocol = {
  ...signs.assistantTransport,
  createReader: () => new AssistantTransportReader(),
};
