import { SAID_NOTHING, TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { finishPart, readFinishReason } from '../parts/finish-reason.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, lookUp, parseJson, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import { citationsIn, picturesIn, usageIn } from './langchain-message.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';

type Handler = (data: JsonObject, place: string) => StreamPart[];

/**
 * The events of LangGraph's newer protocol (`…/stream/events`): `{type: 'event', method, params: {namespace, node, data}}`,
 * in which messages come as blocks that begin, grow and end.
 */
export class LangGraphEvents {
  finished = false;
  #failed = false;
  #reason: string | undefined;
  #messages = 0;
  readonly #blocks = new KeyedBlocks();
  readonly #sources = new SourceList();
  /** Which message is being written, by who writes it. */
  readonly #current = new Map<string, string>();
  /** Calls that have been given on. */
  readonly #given = new Set<string>();

  readonly #handlers: Record<string, Handler> = {
    'message-start': ({ role }, place) => this.#startMessage(place, asString(role) ?? 'ai'),
    'content-block-start': (data, place) => this.#write(data, place),
    'content-block-delta': (data, place) => this.#write(data, place),
    'content-block-finish': (data, place) => this.#complete(data, place),
    'message-finish': (data) => this.#finishMessage(data),
    'tool-started': ({ tool_call_id: id, tool_name: name, input }) => this.#call(id, name, read(input)),
    'tool-finished': ({ tool_call_id: id, output }) => [
      { type: 'tool-output-available', toolCallId: asId(id) ?? '', output: resultIn(read(output)) },
    ],
    'tool-error': ({ tool_call_id: id, message }) => [
      { type: 'tool-output-error', toolCallId: asId(id) ?? '', errorText: asString(message) || TOOL_SAID_NOTHING },
    ],
    completed: (_, place) => this.#end(place),
    interrupted: (_, place) => this.#end(place, 'interrupted'),
    failed: (data, place) => (isRoot(place) ? this.#fail(data) : []),
    error: (data) => this.#fail(data),
  };

  read({ method, params }: JsonObject): StreamPart[] {
    const { namespace, node, data } = asObject(params) ?? {};
    const payload = asObject(data) ?? {};
    const place = `${asArray(namespace).join('/')}:${asId(node) ?? ''}:${asId(payload.run_id) ?? ''}`;
    const handle = lookUp(this.#handlers, asString(payload.event) ?? '');
    if (handle && METHODS.has(asString(method) ?? '')) return handle(payload, place);
    if (method === 'custom') return readCustom(payload);
    return [{ type: `data-${asString(method) || 'event'}`, data: data ?? null, transient: true }];
  }

  end(): StreamPart[] {
    const closed = this.#blocks.closeAll();
    return this.finished && !this.#failed ? [...closed, finishPart(this.#reason ?? 'stop')] : closed;
  }

  /** What the reader has written, and results of tools, are no answer. */
  #startMessage(place: string, role: string): StreamPart[] {
    this.#messages += 1;
    this.#current.set(place, /^(ai|assistant)$/.test(role) ? `${this.#messages}` : '');
    return [];
  }

  #write(data: JsonObject, place: string): StreamPart[] {
    const key = this.#keyOf(data, place);
    const block = asObject(data.delta) ?? blockOf(data);
    const kind = key === undefined ? undefined : kindOf(block);
    return kind ? this.#blocks.write(kind, `${kind}/${key}`, textOf(block)) : [];
  }

  /** All of a block, for whatever of it has not come before. */
  #complete(data: JsonObject, place: string): StreamPart[] {
    const key = this.#keyOf(data, place);
    if (key === undefined) return [];
    const block = blockOf(data);
    if (block.type === 'tool_call')
      return [...this.#blocks.closeAll(), ...this.#call(block.id, block.name, block.args)];
    const kind = kindOf(block);
    const text = kind ? this.#blocks.complete(kind, `${kind}/${key}`, textOf(block)) : [];
    const message = { content: [block] };
    const sources = citationsIn(message).flatMap(({ url, title }) => this.#sources.page(url, title));
    return [...text, ...(kind ? this.#blocks.close(`${kind}/${key}`) : []), ...picturesIn(message), ...sources];
  }

  #keyOf({ index }: JsonObject, place: string): string | undefined {
    const message = this.#current.get(place) ?? place;
    return message === '' ? undefined : `${message}/${asNumber(index) ?? 0}`;
  }

  #call(id: unknown, name: unknown, input: unknown): StreamPart[] {
    const toolCallId = asId(id) ?? '';
    if (this.#given.has(toolCallId)) return [];
    this.#given.add(toolCallId);
    return [{ type: 'tool-input-available', toolCallId, toolName: asString(name) ?? '', input: input ?? {} }];
  }

  /** Whoever asked for messages alone gets no other end. */
  #finishMessage({ reason, usage }: JsonObject): StreamPart[] {
    this.#reason = asString(reason) ?? this.#reason;
    this.finished = readFinishReason(this.#reason ?? 'stop') !== 'tool-calls';
    return [...this.#blocks.closeAll(), ...usageIn(usage)];
  }

  #end(place: string, reason?: string): StreamPart[] {
    if (!isRoot(place)) return [];
    this.finished = true;
    this.#reason = reason ?? this.#reason;
    return [];
  }

  #fail({ message, error, code }: JsonObject): StreamPart[] {
    this.finished = this.#failed = true;
    const errorText = asString(message) || asString(error) || SAID_NOTHING;
    const errorCode = asId(code);
    return [...this.#blocks.closeAll(), { type: 'error', errorText, ...(errorCode !== undefined && { errorCode }) }];
  }
}

const METHODS = new Set(['messages', 'tools', 'lifecycle']);

function isRoot(place: string): boolean {
  return place.startsWith(':');
}

function blockOf({ content, content_block: block }: JsonObject): JsonObject {
  return asObject(content) ?? asObject(block) ?? {};
}

function kindOf({ type }: JsonObject): 'text' | 'reasoning' | undefined {
  return /^(text|reasoning)(?:-delta)?$/.exec(asString(type) ?? '')?.[1] as 'text' | 'reasoning' | undefined;
}

function textOf({ text, reasoning }: JsonObject): string {
  return asString(text) ?? asString(reasoning) ?? '';
}

/** Objects may come as their JSON. */
function read(value: unknown): unknown {
  return parseJson(asString(value) ?? '') ?? value;
}

/** A result may come within the message that brings it to the model. */
function resultIn(output: unknown): unknown {
  const message = asObject(output);
  return (message?.type === 'tool' ? message.content : output) ?? null;
}

function readCustom({ name, payload }: JsonObject): StreamPart[] {
  const data = payload ?? null;
  return (
    readHousePart({ type: name, data }) ?? readHousePart(data) ?? [{ type: `data-${asString(name) || 'custom'}`, data }]
  );
}
