import { readErrorPart, TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { finishPart, readFinishReason } from '../parts/finish-reason.js';
import { isHouseType, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import { LangGraphEvents } from './langgraph-events.js';
import { asMessage, citationsIn, picturesIn, reasonIn, textIn, thoughtsIn, usageIn } from './langchain-message.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { isProtocolEvent, isRunEvent, signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';
import { requestsIn } from '../later-requests.js';

/** Streams that say what the graph does; the host may want them. */
const BESIDE = new Set(['values', 'updates', 'events', 'debug', 'tasks', 'checkpoints', 'tools', 'feedback']);

/**
 * LangGraph's server (https://langchain-ai.github.io/langgraph/cloud/how-tos/streaming/): `messages` with a piece of a
 * message, `messages/partial` with all of it so far, `custom`, `error`, `end`; a subgraph's name stands behind `|`. Where
 * nobody has asked for `messages`, the answer is what `values` and `updates` add to the state. And LangServe's `data`
 * events, which hold a message alone, or patches of its log; LangChain's `astream_events`, each with the run that it is of.
 */
class LangGraphReader implements ProtocolReader {
  finished = false;
  #failed = false;
  #reason: string | undefined;
  readonly #blocks = new KeyedBlocks();
  readonly #tools = new ToolInputs<string>();
  /** Calls of a message that is still being written: their arguments are what can be read of them so far. */
  readonly #latest = new Map<string, StreamPart>();
  /** Calls that have been given on. */
  readonly #given = new Set<string>();
  readonly #sources = new SourceList();
  /** Set where the server speaks the newer protocol. */
  #events: LangGraphEvents | undefined;
  /** The message that has called a tool last. */
  #caller: string | undefined;
  /** Messages come by themselves: those of the state are the same. */
  #hasMessages = false;
  #root: string | undefined;
  /** The state's messages as they were when this answer began, and are now. */
  #before: unknown[] | undefined;
  #now: unknown[] = [];

  read(event: WireEvent): StreamPart[] | undefined {
    if (isProtocolEvent(event.json)) return this.#readEvent(asObject(event.json)!);
    const [name = ''] = event.type.split('|', 1);
    if (name !== 'events' && isRunEvent(event.json)) return this.#readRun(asObject(event.json)!);
    if (name === 'error' || asObject(event.json)?.error) return this.#fail(event);
    if (name === 'end') {
      this.finished = true;
      return [];
    }
    if (/^(messages\/)?metadata$/.test(name)) return [];
    if (name === 'custom') return readCustom(event.json);
    if (name.startsWith('messages') || name === 'data') return this.#readMessages(name, event.json);
    if (BESIDE.has(name)) return this.#readBeside(name, event.json);
    return readHousePart(event.json);
  }

  end(): StreamPart[] {
    if (this.#events) return this.#events.end();
    if (!this.finished || this.#failed) return this.#close();
    return [...this.#readWholeState(), ...this.#finish()];
  }

  /** The run that was begun first is the answer. Of what others do, a model's pieces and a tool's results are part of it. */
  #readRun({ event, run_id: id, data }: JsonObject): StreamPart[] {
    this.#root ??= asId(id);
    const { chunk, output } = asObject(data) ?? {};
    if (/_(chat_model|llm)_stream$/.test(asString(event)!)) return this.#readMessages('data', chunk);
    if (event === 'on_tool_end') return asObject(output) ? this.#readMessages('data', output) : [];
    if (asString(event)!.endsWith('_end') && asId(id) === this.#root) this.finished = true;
    return [];
  }

  #readEvent(event: JsonObject): StreamPart[] {
    this.#events ??= new LangGraphEvents();
    const parts = this.#events.read(event);
    this.finished = this.#events.finished;
    return parts;
  }

  #finish(): StreamPart[] {
    const finish: StreamPart = this.#reason ? finishPart(this.#reason) : { type: 'finish', finishReason: 'stop' };
    return [...this.#close(), finish];
  }

  #fail(event: WireEvent): StreamPart[] {
    this.finished = this.#failed = true;
    const { error, message } = asObject(event.json) ?? {};
    // `error` is the exception's name here, `message` what it says.
    const said = message ? { ...event, json: { message, code: error } } : event;
    const part = readErrorPart({ ...said, type: 'error' });
    return [...this.#close(), ...(part ? [part] : [])];
  }

  #readBeside(name: string, json: unknown): StreamPart[] {
    const beside: StreamPart = { type: `data-${name}`, data: json ?? null, transient: true };
    if (this.#hasMessages || name === 'events' || !asObject(json)) return [beside];
    if (name === 'values') return [beside, ...this.#readState(asArray(asObject(json)?.messages))];
    if (name !== 'updates') return [beside];
    const added = Object.values(asObject(json)!).flatMap((update) => asArray(asObject(update)?.messages));
    return [beside, ...this.#readWhole(added)];
  }

  /** The first state is what the answer begins with. */
  #readState(messages: unknown[]): StreamPart[] {
    this.#now = messages;
    this.#before ??= messages;
    return this.#readWhole(messages.slice(this.#before.length));
  }

  /** One state alone holds the answer already: it is what follows the last question. */
  #readWholeState(): StreamPart[] {
    if (this.#hasMessages || this.#now !== this.#before) return [];
    const question = this.#now.findLastIndex((message) => /^human/i.test(asString(asMessage(message).type) ?? ''));
    return this.#readWhole(this.#now.slice(question + 1));
  }

  #readWhole(messages: readonly unknown[]): StreamPart[] {
    return messages.flatMap((message) => this.#readMessage(asMessage(message), true));
  }

  #readMessages(name: string, json: unknown): StreamPart[] {
    this.#hasMessages = true;
    const { ops } = asObject(json) ?? {};
    if (Array.isArray(ops)) return ops.flatMap((op) => this.#readLogged(asObject(op) ?? {}));
    if (typeof json === 'string') return this.#blocks.write('text', 'text/answer', json);
    const whole = name === 'messages/partial' || name === 'messages/complete';
    const messages = whole ? asArray(json) : [Array.isArray(json) ? json[0] : json];
    const parts = messages.flatMap((message) => this.#readMessage(asMessage(message), whole));
    return name === 'messages/complete' ? [...parts, ...this.#finishCalls()] : parts;
  }

  /** What LangServe's log has of the answer as it streams. */
  #readLogged({ op, path, value }: JsonObject): StreamPart[] {
    return op === 'add' && path === '/streamed_output/-' ? this.#readMessages('data', value) : [];
  }

  #readMessage(message: JsonObject, whole: boolean): StreamPart[] {
    const type = asString(message.type) ?? '';
    if (/^tool/i.test(type)) return this.#readResult(message);
    if (!/^(ai|AIMessage)/.test(type) && type !== '') return [];
    const key = asId(message.id) ?? 'answer';
    const write = (kind: 'text' | 'reasoning', place: string, text: string) =>
      whole ? this.#blocks.complete(kind, place, text) : this.#blocks.write(kind, place, text);
    const parts = [
      ...[...thoughtsIn(message)].flatMap(([place, text]) => write('reasoning', `reasoning/${key}/${place}`, text)),
      ...write('text', `text/${key}`, textIn(message.content)),
      ...picturesIn(message),
      ...citationsIn(message).flatMap(({ url, title }) => this.#sources.page(url, title)),
      ...this.#readCalls(key, message, whole),
      ...usageIn(message.usage_metadata),
    ];
    this.#noteEnd(key, message);
    return parts;
  }

  /** Newer servers close the stream without an `end`; an answer that calls a tool is not the last one. */
  #noteEnd(key: string, message: JsonObject): void {
    const reason = reasonIn(message);
    if (reason === undefined && message.chunk_position !== 'last') return;
    // Google's and OpenAI's say no more of a message with calls than that it is complete.
    const calls = this.#caller === key && (reason === undefined || readFinishReason(reason) === 'stop');
    this.#reason = calls ? 'tool_calls' : (reason ?? this.#reason);
    this.finished = !calls && readFinishReason(reason ?? '') !== 'tool-calls';
  }

  #readCalls(key: string, message: JsonObject, whole: boolean): StreamPart[] {
    const pieces = asArray(message.tool_call_chunks).map((piece) => asObject(piece) ?? {});
    if (pieces.length > 0 && !whole) return pieces.flatMap((piece) => this.#readPiece(key, piece));
    if (!whole && (message.type === 'AIMessageChunk' || pieces.length > 0)) return [];
    const calls = asArray(message.tool_calls);
    if (calls.length > 0) this.#caller = key;
    for (const call of calls) this.#noteCall(asObject(call) ?? {});
    return whole ? [] : this.#finishCalls();
  }

  #readPiece(message: string, piece: JsonObject): StreamPart[] {
    this.#caller = message;
    const key = `${message}/${asNumber(piece.index) ?? 0}`;
    const id = asId(piece.id);
    const begins = id !== undefined && this.#tools.get(key)?.start.toolCallId !== id;
    const start = { toolCallId: id ?? '', toolName: asString(piece.name) ?? '' };
    return [...(begins ? this.#tools.start(key, start) : []), ...this.#tools.append(key, asString(piece.args) ?? '')];
  }

  #noteCall(call: JsonObject): void {
    const toolCallId = asId(call.id) ?? '';
    if (this.#given.has(toolCallId)) return;
    const toolName = asString(call.name) ?? '';
    this.#latest.set(toolCallId, { type: 'tool-input-available', toolCallId, toolName, input: call.args ?? {} });
  }

  #finishCalls(): StreamPart[] {
    const parts = [...this.#latest.values()];
    for (const id of this.#latest.keys()) this.#given.add(id);
    this.#latest.clear();
    return parts;
  }

  #readResult({ tool_call_id: id, content, status }: JsonObject): StreamPart[] {
    const toolCallId = asId(id) ?? '';
    // What has its result is called no more, also where no message has an id.
    this.#caller = undefined;
    const before = [...this.#tools.finishAll(), ...this.#finishCalls()];
    if (status !== 'error') return [...before, { type: 'tool-output-available', toolCallId, output: content ?? null }];
    return [...before, { type: 'tool-output-error', toolCallId, errorText: textIn(content) || TOOL_SAID_NOTHING }];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.closeAll(), ...this.#tools.finishAll(), ...this.#finishCalls()];
  }
}

function readCustom(json: unknown): StreamPart[] {
  const type = asString(asObject(json)?.type) ?? '';
  const own = isHouseType(type) ? readHousePart(json) : undefined;
  return own ?? [{ type: 'data-custom', data: json ?? null }];
}

export const langGraph: Protocol = {
  ...signs.langGraph,
  createBody: requestsIn('langgraph'),
  createReader: () => new LangGraphReader(),
};
