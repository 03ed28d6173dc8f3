import { describeError } from '../../stream/check-response.js';
import { readErrorPart, SAID_NOTHING, TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';
import { requestsIn } from '../later-requests.js';

type Handler = (event: JsonObject) => StreamPart[];

/**
 * Google's Interactions (https://ai.google.dev/gemini-api/docs/interactions): steps of an answer by `index`, each of them
 * begun, added to and ended. Events are told apart by `event_type`.
 */
class InteractionsReader implements ProtocolReader {
  finished = false;
  #called = false;
  readonly #signatures = new Map<number, string>();
  readonly #blocks = new KeyedBlocks();
  readonly #tools = new ToolInputs<number>();
  readonly #sources = new SourceList();

  readonly #handlers: Record<string, Handler> = {
    'interaction.created': ({ interaction }) => start(asObject(interaction) ?? {}),
    'interaction.status_update': (event) => usageOf(event.usage),
    'interaction.completed': ({ interaction }) => this.#finish(asObject(interaction) ?? {}),
    'step.start': (event) => this.#startStep(indexOf(event), asObject(event.step) ?? {}),
    'step.delta': (event) => [
      ...this.#readDelta(indexOf(event), asObject(event.delta) ?? {}),
      ...usageOf(asObject(event.metadata)?.total_usage),
    ],
    'step.stop': (event) => this.#stopStep(indexOf(event)),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') return [];
    const json = asObject(event.json);
    const handle = lookUp(this.#handlers, asString(json?.event_type) ?? '');
    if (json && handle) return handle(json);
    const error = readErrorPart(event);
    if (!error) return readHousePart(event.json);
    this.finished = true;
    return [...this.#close(), error];
  }

  end(): StreamPart[] {
    return this.#close();
  }

  #startStep(index: number, step: JsonObject): StreamPart[] {
    const type = asString(step.type) ?? '';
    if (type === 'user_input') return [];
    if (type === 'function_call') return this.#startCall(index, step);
    const signature = asString(step.signature);
    if (signature) this.#signatures.set(index, signature);
    const contents = [...asArray(step.summary).map(asThought), ...asArray(step.content)];
    return [...contents, ...(HOSTED.test(type) ? [step] : [])].flatMap((content) =>
      this.#readDelta(index, asObject(content) ?? {}),
    );
  }

  #startCall(index: number, { id, name, arguments: args }: JsonObject): StreamPart[] {
    this.#called = true;
    const begun = this.#tools.start(index, {
      toolCallId: asId(id) || `call-${index + 1}`,
      toolName: asString(name) ?? '',
    });
    const whole = asObject(args) ?? {};
    const given = Object.keys(whole).length > 0 ? JSON.stringify(whole) : '';
    return [...begun, ...this.#tools.append(index, given)];
  }

  #readDelta(index: number, delta: JsonObject): StreamPart[] {
    const type = asString(delta.type) ?? '';
    if (type === 'text') return this.#readText(index, delta);
    if (type === 'thought_summary') return this.#readThought(index, asObject(delta.content) ?? {});
    if (type === 'arguments_delta') return this.#tools.append(index, asString(delta.arguments) ?? '');
    if (type === 'text_annotation_delta') return this.#annotate(delta.annotations);
    if (type === 'thought_signature') this.#signatures.set(index, asString(delta.signature) ?? '');
    if (FILES.has(type)) return fileOf(delta);
    return HOSTED.test(type) ? readHosted(type, delta) : [];
  }

  #readText(index: number, { text, annotations }: JsonObject): StreamPart[] {
    return [...this.#blocks.write('text', `${index}`, asString(text) ?? ''), ...this.#annotate(annotations)];
  }

  #readThought(index: number, content: JsonObject): StreamPart[] {
    if (content.type === 'image') return fileOf(content, true);
    return this.#blocks.write('reasoning', `${index}`, asString(content.text) ?? '');
  }

  #annotate(annotations: unknown): StreamPart[] {
    return asArray(annotations).flatMap((value) => {
      const { url, title, name, file_name: file, document_uri: uri } = asObject(value) ?? {};
      return url ? this.#sources.page(url, title ?? name) : this.#sources.document(uri ?? file, { title: file });
    });
  }

  #stopStep(index: number): StreamPart[] {
    const signature = this.#signatures.get(index);
    const metadata = signature ? { google: { thoughtSignature: signature } } : undefined;
    return [...this.#blocks.close(`${index}`, metadata), ...this.#tools.finish(index)];
  }

  #finish(interaction: JsonObject): StreamPart[] {
    this.finished = true;
    const { status, error, usage } = interaction;
    const raw = asString(status);
    const before = [...this.#close(), ...usageOf(usage)];
    if (raw === 'cancelled') return [...before, { type: 'abort' }];
    const errorText = describeError({ error }) || SAID_NOTHING;
    const failure = raw === 'failed' ? [{ type: 'error', errorText } as const] : [];
    const called = raw === 'requires_action' || this.#called;
    const reason = raw === 'failed' ? 'error' : raw === 'incomplete' ? 'length' : called ? 'tool-calls' : 'stop';
    return [...before, ...failure, defined({ type: 'finish', finishReason: reason, rawFinishReason: raw } as const)];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.closeAll(), ...this.#tools.finishAll()];
  }
}

const FILES = new Set(['image', 'audio', 'video', 'document']);

/** Tools that Google runs by itself: a call and its result, each of them whole. */
const HOSTED = /^\w+_(call|result)$/;

function indexOf(event: JsonObject): number {
  return asNumber(event.index) ?? 0;
}

function asThought(content: unknown): JsonObject {
  return { type: 'thought_summary', content };
}

function start({ model }: JsonObject): StreamPart[] {
  return [model ? { type: 'start', messageMetadata: { model } } : { type: 'start' }];
}

function readHosted(
  type: string,
  { id, call_id: callId, name, arguments: input, result, is_error: failed }: JsonObject,
) {
  const toolCallId = asId(callId) ?? asId(id) ?? '';
  const common = { toolCallId, providerExecuted: true };
  if (type.endsWith('_call')) {
    const toolName = asString(name) ?? type.replace(/_call$/, '');
    return [{ type: 'tool-input-available', toolName, input: input ?? {}, ...common }] satisfies StreamPart[];
  }
  const errorText = describeError(result) || TOOL_SAID_NOTHING;
  if (failed === true) return [{ type: 'tool-output-error', errorText, ...common }] satisfies StreamPart[];
  return [{ type: 'tool-output-available', output: result ?? null, ...common }] satisfies StreamPart[];
}

function fileOf({ type, data, uri, mime_type: mime }: JsonObject, isThought = false): StreamPart[] {
  const mediaType = asString(mime) || (type === 'image' ? 'image/png' : 'application/octet-stream');
  const url = typeof data === 'string' ? `data:${mediaType};base64,${data}` : asString(uri);
  if (url === undefined) return [];
  if (isThought) return [{ type: 'reasoning-file', url, mediaType }];
  return [mediaType.startsWith('image/') ? imagePart(url, { mediaType }) : { type: 'file', url, mediaType }];
}

function usageOf(value: unknown): StreamPart[] {
  const usage = asObject(value);
  if (!usage) return [];
  const thoughts = asNumber(usage.total_thought_tokens);
  const answer = asNumber(usage.total_output_tokens);
  const part: StreamPart = {
    type: 'usage',
    inputTokens: asNumber(usage.total_input_tokens),
    outputTokens: answer === undefined ? thoughts : answer + (thoughts ?? 0),
    totalTokens: asNumber(usage.total_tokens),
    reasoningTokens: thoughts,
    cachedInputTokens: asNumber(usage.total_cached_tokens),
  };
  return [defined(part)];
}

export const geminiInteractions: Protocol = {
  ...signs.geminiInteractions,
  createBody: requestsIn('gemini-interactions'),
  createReader: () => new InteractionsReader(),
};
