import { readErrorPart } from '../parts/error-part.js';
import { finishPart } from '../parts/finish-reason.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';
import { requestsIn } from '../later-requests.js';

type Handler = (event: JsonObject, message: JsonObject) => StreamPart[];

/** Cohere's chat, version 2 (https://docs.cohere.com/v2/docs/streaming). Content and calls are told apart by `index`. */
class CohereReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new KeyedBlocks();
  readonly #tools = new ToolInputs<number>();
  readonly #sources = new SourceList();

  readonly #handlers: Record<string, Handler> = {
    'message-start': () => this.#start(),
    'content-start': (event, message) => this.#readContent(event, message),
    'content-delta': (event, message) => this.#readContent(event, message),
    'content-end': (event) => this.#blocks.close(`${indexOf(event)}`),
    'tool-plan-delta': (_, message) => this.#blocks.write('reasoning', 'plan', asString(message.tool_plan) ?? ''),
    'tool-call-start': (event, message) => this.#startCall(indexOf(event), callIn(message)),
    'tool-call-delta': (event, message) => this.#tools.append(indexOf(event), argumentsIn(callIn(message))),
    'tool-call-end': (event) => this.#tools.finish(indexOf(event)),
    'citation-start': (_, message) => this.#readCitation(message),
    'citation-end': () => [],
    'message-end': (event) => this.#finish(asObject(event.delta) ?? {}),
    debug: () => [],
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const json = asObject(event.json);
    const handle = lookUp(this.#handlers, asString(json?.type) ?? '');
    if (json && handle) return handle(json, asObject(asObject(json.delta)?.message) ?? {});
    const error = readErrorPart(event);
    if (!error) return event.data === '[DONE]' ? [] : readHousePart(event.json);
    this.finished = true;
    return [...this.#close(), error];
  }

  end(): StreamPart[] {
    return this.#close();
  }

  #readContent(event: JsonObject, { content }: JsonObject): StreamPart[] {
    const key = `${indexOf(event)}`;
    const pieces = Array.isArray(content) ? asArray(content) : [content];
    return pieces.flatMap((piece) => {
      const { thinking, text } = asObject(piece) ?? {};
      const thought = this.#blocks.write('reasoning', key, asString(thinking) ?? '');
      return thought.concat(this.#blocks.write('text', key, asString(text) ?? ''));
    });
  }

  #startCall(index: number, call: JsonObject): StreamPart[] {
    const toolName = asString(asObject(call.function)?.name) ?? '';
    const start = { toolCallId: asId(call.id) || `call-${index + 1}`, toolName };
    const before = this.#blocks.close('plan');
    return [...before, ...this.#tools.start(index, start), ...this.#tools.append(index, argumentsIn(call))];
  }

  #readCitation({ citations }: JsonObject): StreamPart[] {
    return asArray(asObject(citations)?.sources).flatMap((source) => {
      const { id, document: cited, type } = asObject(source) ?? {};
      const { url, title } = asObject(cited) ?? {};
      return url ? this.#sources.page(url, title) : this.#sources.document(id, { title: title ?? type });
    });
  }

  /** Another message may follow in the same stream. */
  #start(): StreamPart[] {
    this.finished = false;
    return [{ type: 'start' }];
  }

  #finish({ finish_reason: reason, error, usage }: JsonObject): StreamPart[] {
    this.finished = true;
    return [...this.#close(), ...cohereUsage(asObject(usage)), ...cohereFinish(asString(reason), error)];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.closeAll(), ...this.#tools.finishAll()];
  }
}

function indexOf(event: JsonObject): number {
  return asNumber(event.index) ?? 0;
}

function callIn({ tool_calls: calls }: JsonObject): JsonObject {
  return asObject(calls) ?? asObject(asArray(calls)[0]) ?? {};
}

function argumentsIn(call: JsonObject): string {
  return asString(asObject(call.function)?.arguments) ?? '';
}

export function cohereFinish(raw: string | undefined, error: unknown): StreamPart[] {
  const failure = error ? readErrorPart({ type: 'error', data: '', lastEventId: '', json: { error } }) : undefined;
  return [...(failure ? [failure] : []), finishPart(raw)];
}

export function cohereUsage(usage: JsonObject | undefined): StreamPart[] {
  const tokens = asObject(usage?.tokens) ?? asObject(usage?.billed_units);
  if (!tokens) return [];
  const counted = {
    inputTokens: asNumber(tokens.input_tokens),
    outputTokens: asNumber(tokens.output_tokens),
    cachedInputTokens: asNumber(usage?.cached_tokens),
  };
  return [{ type: 'usage', ...defined(counted) }];
}

export const cohere: Protocol = {
  ...signs.cohere,
  createBody: requestsIn('cohere'),
  createReader: () => new CohereReader(),
};
