import { textOf } from '../../message.js';
import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart, SAID_NOTHING, TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import {
  asArray,
  asId,
  asNumber,
  asObject,
  asString,
  defined,
  lookUp,
  parseJson,
  type JsonObject,
} from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { llamaNote } from './llama-notes.js';
import { DATA_STREAM_LINE, signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { FinishReason, StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';

const FINISH_REASONS = new Set(['stop', 'length', 'content-filter', 'tool-calls', 'error', 'other', 'unknown']);

type Handler = (value: unknown) => StreamPart[];

/**
 * The data stream of the AI SDK 3 and 4 (https://v4.ai-sdk.dev/docs/ai-sdk-ui/stream-protocol): lines of a code and a
 * JSON value, `0:"text"`, and the codes that assistant-ui has added to them.
 */
class DataStreamReader implements ProtocolReader {
  finished = false;
  #signature: string | undefined;
  #annotations: readonly unknown[] = [];
  readonly #blocks = new BlockWriter();
  readonly #tools = new ToolInputs<string>();
  readonly #sources = new SourceList();

  readonly #handlers: Record<string, Handler> = {
    0: (text) => this.#write('text', asString(text)),
    1: (call) => this.#readOldCall({ id: 'call', function: asObject(call)?.function_call }),
    2: (values) => asArray(values).flatMap(readData),
    3: (error) => this.#fail(asString(error)),
    4: (message) => this.#write('text', assistantText(asObject(message) ?? {})),
    5: (control) => [{ type: 'message-metadata', messageMetadata: control }],
    6: (message) => readData(asObject(message)?.data),
    7: (calls) => asArray(asObject(calls)?.tool_calls).flatMap((call) => this.#readOldCall(asObject(call) ?? {})),
    8: (annotations) => this.#annotate(asArray(annotations)),
    9: (call) => this.#readCall(asObject(call) ?? {}),
    a: (result) => this.#readResult(asObject(result) ?? {}),
    b: (call) => this.#startCall(asObject(call) ?? {}),
    c: (delta) => this.#readDelta(asObject(delta) ?? {}),
    d: (finish) => this.#finish(asObject(finish) ?? {}),
    e: () => [...this.#close(), { type: 'finish-step' }],
    f: () => [...this.#close(), { type: 'start-step' }],
    g: (text) => this.#write('reasoning', asString(text)),
    h: (source) => this.#sources.page(asObject(source)?.url, asObject(source)?.title),
    i: (redacted) => this.#redacted(asObject(redacted) ?? {}),
    j: (signature) => this.#sign(asObject(signature) ?? {}),
    k: (file) => readFile(asObject(file) ?? {}),
    'aui-text-delta': (value) => this.#write('text', deltaIn(value)),
    'aui-reasoning-delta': (value) => this.#write('reasoning', deltaIn(value)),
    'aui-reasoning-part-start': () => this.#closeText(),
    'aui-state': (value) => [{ type: 'data-aui-state', data: value, transient: true }],
    'aui-data': (value) => readData(value),
  };

  read({ data }: WireEvent): StreamPart[] | undefined {
    const [, code = '', json = ''] = DATA_STREAM_LINE.exec(data) ?? [];
    const value = parseJson(json);
    const handle = lookUp(this.#handlers, code);
    if (handle && value !== undefined) return handle(value);
    const whole = parseJson(data);
    const error = readErrorPart({ type: 'message', data, lastEventId: '', json: whole });
    if (!error) return readHousePart(whole);
    this.finished = true;
    return [...this.#close(), error];
  }

  end(): StreamPart[] {
    return this.#close();
  }

  #write(kind: 'text' | 'reasoning', text = ''): StreamPart[] {
    if (text === '') return [];
    const before = this.#signature === undefined ? [] : this.#closeText();
    return [...before, ...this.#blocks.write(kind, text)];
  }

  #sign({ signature }: JsonObject): StreamPart[] {
    this.#signature = asString(signature);
    return this.#closeText();
  }

  /** Each time there are more of them. */
  #annotate(more: readonly unknown[]): StreamPart[] {
    const annotations = (this.#annotations = [...this.#annotations, ...more]);
    const told: StreamPart = { type: 'message-metadata', messageMetadata: { annotations } };
    const notes = more.flatMap((annotation) => llamaNote(annotation, this.#sources));
    return notes.length === 0 ? [told] : [...this.#closeText(), told, ...notes];
  }

  #redacted({ data }: JsonObject): StreamPart[] {
    return [
      ...this.#closeText(),
      ...this.#blocks.open('reasoning'),
      ...this.#blocks.close({ aiSdk: { redactedData: data } }),
    ];
  }

  #startCall(call: JsonObject): StreamPart[] {
    const start = { toolCallId: asId(call.toolCallId) ?? '', toolName: asString(call.toolName) ?? '' };
    return [...this.#closeText(), ...this.#tools.start(start.toolCallId, start)];
  }

  #readDelta({ toolCallId, argsTextDelta }: JsonObject): StreamPart[] {
    return this.#tools.append(asId(toolCallId) ?? '', asString(argsTextDelta) ?? '');
  }

  /** The whole of a call, whether it has streamed or not. */
  #readCall(call: JsonObject): StreamPart[] {
    const toolCallId = asId(call.toolCallId) ?? '';
    const toolName = asString(call.toolName) ?? '';
    const input = call.args ?? {};
    // What has streamed of the arguments is let go of: this is all of them.
    this.#tools.finish(toolCallId);
    return [...this.#closeText(), { type: 'tool-input-available', toolCallId, toolName, input }];
  }

  /** OpenAI's spelling, in version 3. */
  #readOldCall({ id, function: called }: JsonObject): StreamPart[] {
    const { name, arguments: args } = asObject(called) ?? {};
    return this.#readCall({ toolCallId: id, toolName: name, args: parseJson(asString(args) ?? '') });
  }

  #readResult({ toolCallId, result, isError }: JsonObject): StreamPart[] {
    const id = asId(toolCallId) ?? '';
    const before = this.#tools.finish(id);
    if (isError !== true) return [...before, { type: 'tool-output-available', toolCallId: id, output: result ?? null }];
    const errorText = asString(result) ?? TOOL_SAID_NOTHING;
    return [...before, { type: 'tool-output-error', toolCallId: id, errorText }];
  }

  #finish({ finishReason: raw, usage }: JsonObject): StreamPart[] {
    this.finished = true;
    const reason = asString(raw) ?? 'unknown';
    const finishReason = FINISH_REASONS.has(reason) ? (reason as FinishReason) : 'other';
    return [...this.#close(), ...readUsage(asObject(usage)), { type: 'finish', finishReason }];
  }

  #fail(errorText = SAID_NOTHING): StreamPart[] {
    this.finished = true;
    return [...this.#close(), { type: 'error', errorText }];
  }

  #closeText(): StreamPart[] {
    const signature = this.#signature;
    this.#signature = undefined;
    return this.#blocks.close(signature === undefined ? undefined : { aiSdk: { signature } });
  }

  #close(): StreamPart[] {
    return [...this.#closeText(), ...this.#tools.finishAll()];
  }
}

/** A message of OpenAI's Assistants. */
function assistantText({ content }: JsonObject): string {
  const texts = asArray(content).map((block) => asObject(asObject(block)?.text)?.value);
  return texts.map((text) => asString(text) ?? '').join('');
}

function deltaIn(value: unknown): string | undefined {
  const object = asObject(value) ?? {};
  return asString(value) ?? asString(object.textDelta) ?? asString(object.delta) ?? asString(object.reasoningDelta);
}

/** The host's own values: artifacts and pictures where they say so, else data. */
function readData(value: unknown): StreamPart[] {
  return readHousePart(value) ?? [{ type: 'data-value', data: value ?? null }];
}

function readFile({ data, mimeType }: JsonObject): StreamPart[] {
  const mediaType = asString(mimeType) || 'application/octet-stream';
  if (typeof data !== 'string') return [];
  const url = `data:${mediaType};base64,${data}`;
  return [mediaType.startsWith('image/') ? imagePart(url, { mediaType }) : { type: 'file', url, mediaType }];
}

function readUsage(usage: JsonObject | undefined): StreamPart[] {
  const counted = { inputTokens: asNumber(usage?.promptTokens), outputTokens: asNumber(usage?.completionTokens) };
  return usage ? [{ type: 'usage', ...defined(counted) }] : [];
}

export const aiSdkData: Protocol = {
  ...signs.aiSdkData,
  createBody: ({ id, messages, model }) => ({
    id,
    ...(model !== undefined && { model }),
    messages: messages.map((message) => ({ ...message, content: textOf(message) })),
  }),
  createReader: () => new DataStreamReader(),
};
