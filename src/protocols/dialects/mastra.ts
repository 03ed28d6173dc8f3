import { readErrorPart, TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { finishPart } from '../parts/finish-reason.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asId, asNumber, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';

type Handler = (payload: JsonObject) => StreamPart[];

const NOTHING: Handler = () => [];

/**
 * Mastra's own stream (https://mastra.ai/reference/streaming/ChunkType): the AI SDK's types, whose fields stand in a
 * `payload`. What its tools write themselves (`data-…`) is flat.
 */
class MastraReader implements ProtocolReader {
  finished = false;
  /** A guard has ended the answer: what the end says of itself is not why. */
  #isBlocked = false;
  readonly #blocks = new KeyedBlocks();
  readonly #tools = new ToolInputs<string>();
  readonly #sources = new SourceList();

  readonly #handlers: Record<string, Handler> = {
    start: ({ messageId }) => [defined({ type: 'start', messageId: asId(messageId) } as const)],
    'step-start': () => [{ type: 'start-step' }],
    'text-start': (payload) => this.#blocks.open('text', keyOf(payload)),
    'text-delta': (payload) => this.#blocks.write('text', keyOf(payload), asString(payload.text) ?? ''),
    'text-end': (payload) => this.#blocks.close(keyOf(payload)),
    'reasoning-start': (payload) => this.#blocks.open('reasoning', keyOf(payload)),
    'reasoning-delta': (payload) => this.#blocks.write('reasoning', keyOf(payload), asString(payload.text) ?? ''),
    'reasoning-end': (payload) => this.#blocks.close(keyOf(payload)),
    'tool-call-input-streaming-start': (payload) => this.#startCall(payload),
    'tool-call-delta': (payload) => this.#appendToCall(payload),
    'tool-call': (payload) => this.#completeCall(payload),
    'tool-call-approval': (payload) => this.#ask(payload),
    'tool-result': (payload) => this.#readResult(payload),
    'tool-error': (payload) => this.#failCall(payload, asObject(payload.error)?.message ?? payload.error),
    source: (payload) => this.#readSource(payload),
    file: fileOf,
    'step-finish': (payload) => [...this.#close(), { type: 'finish-step' }, ...usageOf(payload)],
    tripwire: () => this.#block(),
    finish: (payload) => this.#finish(payload),
    'network-execution-event-finish': (payload) => this.#finish({ ...payload, reason: 'stop' }),
    'workflow-finish': (payload) => this.#finish({ ...payload, reason: workflowEnd(payload) }),
    'workflow-canceled': () => this.#end({ type: 'abort' }),
    abort: () => this.#end({ type: 'abort' }),
    'tool-call-input-streaming-end': NOTHING,
    'response-metadata': NOTHING,
    'reasoning-signature': NOTHING,
  };

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') {
      this.finished = true;
      return [];
    }
    const json = asObject(event.json);
    const payload = asObject(json?.payload);
    const parts = payload && this.#readPayload(asString(json?.type) ?? '', payload);
    if (parts) return parts;
    const said = json?.type === 'error' && payload ? { ...payload, type: 'error' } : event.json;
    const error = readErrorPart({ ...event, json: said });
    if (error) return this.#end(error);
    return readHousePart(json) ?? ownData(json);
  }

  end(): StreamPart[] {
    return this.#close();
  }

  #readPayload(type: string, payload: JsonObject): StreamPart[] | undefined {
    const handle = lookUp(this.#handlers, type);
    if (handle) return handle(payload);
    return NESTED.test(type) ? this.#readNested(payload.output ?? payload) : undefined;
  }

  /** What an agent says for another one, or in a workflow's step. Its end is not that of the answer. */
  #readNested(output: unknown): StreamPart[] | undefined {
    if (typeof output === 'string') return this.#blocks.write('text', '', output);
    const { type: name, payload } = asObject(output) ?? {};
    const type = asString(name) ?? '';
    const handle = SAYS.test(type) ? lookUp(this.#handlers, type) : undefined;
    return handle?.(asObject(payload) ?? {});
  }

  #startCall({ toolCallId, toolName, providerExecuted }: JsonObject): StreamPart[] {
    const id = asId(toolCallId) ?? '';
    const start = { toolCallId: id, toolName: asString(toolName) ?? '' };
    return this.#tools.start(id, providerExecuted === true ? { ...start, providerExecuted } : start);
  }

  #appendToCall(payload: JsonObject): StreamPart[] {
    const id = asId(payload.toolCallId) ?? '';
    const started = this.#tools.has(id) ? [] : this.#startCall(payload);
    return [...started, ...this.#tools.append(id, asString(payload.argsTextDelta) ?? '')];
  }

  #completeCall(payload: JsonObject): StreamPart[] {
    const id = asId(payload.toolCallId) ?? '';
    const started = this.#tools.has(id) ? [] : this.#startCall(payload);
    return [...started, ...this.#tools.finish(id, payload.args ?? {})];
  }

  #ask(payload: JsonObject): StreamPart[] {
    const toolCallId = asId(payload.toolCallId) ?? '';
    const call = this.#tools.has(toolCallId) ? this.#tools.finish(toolCallId, payload.args ?? {}) : [];
    return [...call, { type: 'tool-approval-request', toolCallId, approvalId: toolCallId }];
  }

  #readResult(payload: JsonObject): StreamPart[] {
    const { toolCallId, result, isError } = payload;
    if (isError === true) return this.#failCall(payload, result);
    return [{ type: 'tool-output-available', toolCallId: asId(toolCallId) ?? '', output: result ?? null }];
  }

  #failCall({ toolCallId }: JsonObject, said: unknown): StreamPart[] {
    const errorText = asString(said) || TOOL_SAID_NOTHING;
    return [{ type: 'tool-output-error', toolCallId: asId(toolCallId) ?? '', errorText }];
  }

  #readSource({ id, sourceType, url, title, filename, mimeType }: JsonObject): StreamPart[] {
    if (sourceType !== 'document' && url !== undefined) return this.#sources.page(url, title);
    return this.#sources.document(id, { title, filename, mediaType: mimeType });
  }

  #block(): StreamPart[] {
    this.#isBlocked = true;
    return [];
  }

  #finish(payload: JsonObject): StreamPart[] {
    const raw = asString(asObject(payload.stepResult)?.reason) ?? asString(payload.reason);
    const end = finishPart(this.#isBlocked ? 'content-filter' : raw);
    return [...this.#close(), ...usageOf(payload), ...this.#end(end)];
  }

  #end(part: StreamPart): StreamPart[] {
    this.finished = true;
    return [...this.#close(), part];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.closeAll(), ...this.#tools.finishAll()];
  }
}

/** Chunks that hold one of an agent. */
const NESTED = /^(agent-execution-event-|workflow-execution-event-|workflow-step-output$|step-output$)/;

/** Those of an agent's chunks that are some of its answer. */
const SAYS = /^(text|reasoning|tool)-|^(source|file)$/;

function workflowEnd({ workflowStatus: status }: JsonObject): string {
  return status === 'failed' ? 'error' : status === 'suspended' ? 'interrupted' : 'stop';
}

/** The older version has one text, without an id. */
function keyOf({ id }: JsonObject): string {
  return asId(id) ?? '';
}

function usageOf({ output, usage }: JsonObject): StreamPart[] {
  const told = asObject(asObject(output)?.usage) ?? asObject(usage);
  if (!told) return [];
  const part: StreamPart = {
    type: 'usage',
    inputTokens: asNumber(told.inputTokens) ?? asNumber(told.promptTokens),
    outputTokens: asNumber(told.outputTokens) ?? asNumber(told.completionTokens),
    totalTokens: asNumber(told.totalTokens),
    reasoningTokens: asNumber(told.reasoningTokens),
    cachedInputTokens: asNumber(told.cachedInputTokens),
  };
  return [defined(part)];
}

function fileOf({ data, base64, mimeType }: JsonObject): StreamPart[] {
  const mediaType = asString(mimeType) || 'application/octet-stream';
  const given = asString(base64) ?? asString(data);
  if (!given) return [];
  const url = /^(data|https?):/.test(given) ? given : `data:${mediaType};base64,${given}`;
  return [mediaType.startsWith('image/') ? imagePart(url, { mediaType }) : { type: 'file', url, mediaType }];
}

function ownData(json: JsonObject | undefined): StreamPart[] | undefined {
  const type = asString(json?.type) ?? '';
  if (!json || !type.startsWith('data-') || !('data' in json)) return undefined;
  const fields = { id: asId(json.id), transient: json.transient === true || undefined };
  return [{ type: type as `data-${string}`, data: json.data, ...defined(fields) }];
}

export const mastra: Protocol = {
  ...signs.mastra,
  createReader: () => new MastraReader(),
};
