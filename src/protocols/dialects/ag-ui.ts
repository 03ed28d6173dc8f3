import { describeError } from '../../stream/check-response.js';
import { readErrorPart, SAID_NOTHING } from '../parts/error-part.js';
import { isHouseType, readHousePart } from '../parts/house-parts.js';
import { applyJsonPatch } from '../parts/json-patch.js';
import { asArray, asId, asNumber, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import type { StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';
import { requestsIn } from '../later-requests.js';

type Kind = 'text' | 'reasoning';
type Handler = (event: JsonObject) => StreamPart[];

/** Whose messages are not the answer: some servers repeat the question. */
const NOT_THE_ANSWER = new Set(['user', 'system', 'developer', 'tool']);

const nothing: Handler = () => [];

/**
 * AG-UI (https://docs.ag-ui.com/concepts/events), 1.0 and the `THINKING_*` events that came before. Optional fields may
 * be null. State and activities are data parts; a change to one comes as the whole of it.
 */
class AgUiReader implements ProtocolReader {
  finished = false;
  #failed = false;
  readonly #blocks = new KeyedBlocks();
  readonly #tools = new ToolInputs<string>();
  /** What chunk events write to, until another id or another kind of event comes. */
  #chunked: string | undefined;
  #thoughts = 0;
  readonly #foreign = new Set<string>();
  #lastMessage = '';
  readonly #documents = new Map<string, unknown>();
  /** Something of the answer has come by itself. */
  #says = false;
  /** The conversation as the server knows it. */
  #messages: unknown[] = [];

  readonly #handlers: Record<string, Handler> = {
    RUN_STARTED: () => this.#startRun(),
    RUN_FINISHED: (event) => this.#finishRun(event),
    RUN_ERROR: (event) => this.#fail(event),
    STEP_STARTED: () => [{ type: 'start-step' }],
    STEP_FINISHED: () => [{ type: 'finish-step' }],
    TEXT_MESSAGE_START: (event) => this.#open('text', event),
    TEXT_MESSAGE_CONTENT: (event) => this.#write('text', event),
    TEXT_MESSAGE_END: (event) => this.#blocks.close(keyOf('text', event, this.#lastMessage)),
    TEXT_MESSAGE_CHUNK: (event) => this.#writeChunk('text', event),
    REASONING_START: nothing,
    REASONING_END: nothing,
    REASONING_MESSAGE_START: (event) => this.#open('reasoning', event),
    REASONING_MESSAGE_CONTENT: (event) => this.#write('reasoning', event),
    REASONING_MESSAGE_END: (event) => this.#blocks.close(keyOf('reasoning', event, this.#lastMessage)),
    REASONING_MESSAGE_CHUNK: (event) => this.#writeChunk('reasoning', event),
    REASONING_ENCRYPTED_VALUE: (event) => [{ type: 'custom', kind: 'ag-ui.reasoning-encrypted-value', content: event }],
    THINKING_START: nothing,
    THINKING_END: () => this.#blocks.closeAll('reasoning'),
    THINKING_TEXT_MESSAGE_START: () => this.#startThought(),
    THINKING_TEXT_MESSAGE_CONTENT: (event) => this.#blocks.write('reasoning', this.#thoughtKey(), textIn(event)),
    THINKING_TEXT_MESSAGE_END: () => this.#blocks.close(this.#thoughtKey()),
    TOOL_CALL_START: (event) => this.#startCall(event),
    TOOL_CALL_ARGS: (event) => this.#tools.append(idOf(event.toolCallId), textIn(event)),
    TOOL_CALL_END: (event) => this.#tools.finish(idOf(event.toolCallId)),
    TOOL_CALL_CHUNK: (event) => this.#writeCallChunk(event),
    TOOL_CALL_RESULT: (event) => this.#readResult(event),
    STATE_SNAPSHOT: ({ snapshot }) => this.#replace('state', 'state', snapshot),
    STATE_DELTA: ({ delta }) => this.#change('state', 'state', delta),
    MESSAGES_SNAPSHOT: ({ messages }) => this.#noteMessages(messages),
    ACTIVITY_SNAPSHOT: (event) => this.#snapActivity(event),
    ACTIVITY_DELTA: (event) => this.#changeActivity(event),
    SUBAGENT_STARTED: (event) => this.#subagent(event, 'running'),
    SUBAGENT_FINISHED: (event) => this.#subagent(event, 'finished'),
    SUBAGENT_ERROR: (event) => this.#subagent(event, 'error'),
    RAW: (event) => [{ type: 'data-raw', data: event.event ?? null, transient: true }],
    CUSTOM: (event) => readCustom(event),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const json = asObject(event.json);
    const type = asString(json?.type) ?? '';
    const handle = lookUp(this.#handlers, type);
    if (json && handle) {
      if (SAYS.test(type)) this.#says = true;
      return [...this.#endChunks(type, json), ...handle(json)];
    }
    const error = readErrorPart(event);
    if (!error) return readHousePart(event.json);
    this.#failed = this.finished = true;
    return [...this.#close(), error];
  }

  end(): StreamPart[] {
    return this.#close();
  }

  /** Another run may follow in the same stream. */
  #startRun(): StreamPart[] {
    this.finished = this.#failed;
    return [{ type: 'start' }];
  }

  #finishRun({ outcome, result, usage }: JsonObject): StreamPart[] {
    this.finished = true;
    const { type, interrupts } = asObject(outcome) ?? {};
    if (type === 'cancelled') return [...this.#close(), { type: 'abort' }];
    const isInterrupt = type === 'interrupt';
    return [
      ...this.#close(),
      ...this.#readSnapshot(),
      ...readUsage(asArray(usage)),
      ...(isInterrupt ? [{ type: 'data-interrupt', id: 'interrupt', data: interrupts ?? [] } as const] : []),
      ...(result === undefined || result === null
        ? []
        : [{ type: 'data-result', id: 'result', data: result } as const]),
      { type: 'finish', finishReason: isInterrupt ? 'interrupted' : 'stop' },
    ];
  }

  #fail(event: JsonObject): StreamPart[] {
    this.#failed = this.finished = true;
    const errorText = describeError(event) || SAID_NOTHING;
    return [
      ...this.#close(),
      ...readUsage(asArray(event.usage)),
      defined({ type: 'error', errorText, errorCode: asId(event.code) } as const),
    ];
  }

  #open(kind: Kind, event: JsonObject): StreamPart[] {
    const key = keyOf(kind, event, '');
    this.#lastMessage = idOf(event.messageId);
    if (NOT_THE_ANSWER.has(asString(event.role) ?? '')) this.#foreign.add(key);
    return this.#foreign.has(key) ? [] : this.#blocks.open(kind, key);
  }

  #write(kind: Kind, event: JsonObject): StreamPart[] {
    const key = keyOf(kind, event, this.#lastMessage);
    return this.#foreign.has(key) ? [] : this.#blocks.write(kind, key, textIn(event));
  }

  /** Only the first chunk of a message need carry its id. */
  #writeChunk(kind: Kind, event: JsonObject): StreamPart[] {
    const opened = asId(event.messageId) === undefined ? [] : this.#open(kind, event);
    this.#chunked = keyOf(kind, event, this.#lastMessage);
    return [...opened, ...this.#write(kind, event)];
  }

  /** Chunks have no end of their own: it is where something else begins. */
  #endChunks(type: string, event: JsonObject): StreamPart[] {
    const key = this.#chunked;
    if (key === undefined || GOES_BESIDE.test(type)) return [];
    const kind = CHUNKS.get(type);
    const id = asId(event.messageId) ?? asId(event.toolCallId);
    if (kind !== undefined && (id === undefined ? key.startsWith(`${kind}/`) : key === `${kind}/${id}`)) return [];
    this.#chunked = undefined;
    const [, callId] = /^tool\/(.*)$/s.exec(key) ?? [];
    return callId === undefined ? this.#blocks.close(key) : this.#tools.finish(callId);
  }

  #startThought(): StreamPart[] {
    const before = this.#blocks.close(this.#thoughtKey());
    this.#thoughts += 1;
    return [...before, ...this.#blocks.open('reasoning', this.#thoughtKey())];
  }

  #thoughtKey(): string {
    return `thinking/${this.#thoughts}`;
  }

  #startCall({ toolCallId, toolCallName }: JsonObject): StreamPart[] {
    const id = idOf(toolCallId);
    return this.#tools.start(id, { toolCallId: id, toolName: asString(toolCallName) ?? '' });
  }

  #writeCallChunk(event: JsonObject): StreamPart[] {
    const id = asId(event.toolCallId) ?? this.#chunked?.replace(/^tool\//, '') ?? '';
    this.#chunked = `tool/${id}`;
    const started = this.#tools.has(id) ? [] : this.#startCall({ ...event, toolCallId: id });
    return [...started, ...this.#tools.append(id, textIn(event))];
  }

  #readResult({ toolCallId, content }: JsonObject): StreamPart[] {
    const id = idOf(toolCallId);
    const output: StreamPart = { type: 'tool-output-available', toolCallId: id, output: content ?? null };
    return [...this.#tools.finish(id), output];
  }

  #replace(name: 'state' | 'activity', id: string, value: unknown): StreamPart[] {
    this.#documents.set(`${name}/${id}`, value);
    return [{ type: `data-${name}`, id, data: value ?? null }];
  }

  /** A patch that does not fit is given on as it is: the host may know what it belongs to. */
  #change(name: 'state' | 'activity', id: string, patch: unknown): StreamPart[] {
    const changed = applyJsonPatch(this.#documents.get(`${name}/${id}`) ?? {}, patch);
    if (changed === undefined) return [{ type: `data-${name}-delta`, data: patch ?? [], transient: true }];
    return this.#replace(name, id, changed);
  }

  /** One that is there stays as it is, where the event says so. */
  #snapActivity(event: JsonObject): StreamPart[] {
    const id = idOf(event.messageId);
    if (event.replace === false && this.#documents.has(`activity/${id}`)) return [];
    return this.#replace('activity', id, activity(event, event.content));
  }

  #changeActivity(event: JsonObject): StreamPart[] {
    const id = idOf(event.messageId);
    const before = asObject(this.#documents.get(`activity/${id}`));
    const content = applyJsonPatch(before?.content ?? {}, event.patch);
    if (content !== undefined) return this.#replace('activity', id, activity({ ...before, ...event }, content));
    return [{ type: 'data-activity-delta', data: activity(event, event.patch), transient: true }];
  }

  #subagent({ type: _, subagentRunId, ...rest }: JsonObject, status: string): StreamPart[] {
    const id = idOf(subagentRunId);
    const key = `subagent/${id}`;
    const data = { ...asObject(this.#documents.get(key)), ...rest, id, status };
    this.#documents.set(key, data);
    return [{ type: 'data-subagent', id, data }];
  }

  #noteMessages(messages: unknown): StreamPart[] {
    this.#messages = asArray(messages);
    return [{ type: 'data-messages-snapshot', data: messages ?? [], transient: true }];
  }

  /** An answer that came with the conversation alone: what follows the last question. */
  #readSnapshot(): StreamPart[] {
    const messages = this.#says ? [] : this.#messages.map((message) => asObject(message) ?? {});
    this.#messages = [];
    const question = messages.findLastIndex(({ role }) => role === 'user');
    return messages.slice(question + 1).flatMap((message) => this.#readWhole(message));
  }

  #readWhole({ id, role, content, toolCalls, toolCallId }: JsonObject): StreamPart[] {
    if (role === 'tool') return this.#readResult({ toolCallId, content });
    if (role !== 'assistant' && role !== 'reasoning') return [];
    const kind = role === 'assistant' ? 'text' : 'reasoning';
    const key = `${kind}/${idOf(id)}`;
    const calls = asArray(toolCalls).flatMap((call) => this.#readWholeCall(asObject(call) ?? {}));
    return [...this.#blocks.write(kind, key, asString(content) ?? ''), ...this.#blocks.close(key), ...calls];
  }

  #readWholeCall({ id, function: called }: JsonObject): StreamPart[] {
    const { name, arguments: args } = asObject(called) ?? {};
    const toolCallId = idOf(id);
    const begun = this.#startCall({ toolCallId, toolCallName: name });
    return [...begun, ...this.#tools.append(toolCallId, asString(args) ?? ''), ...this.#tools.finish(toolCallId)];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.closeAll(), ...this.#tools.finishAll()];
  }
}

const CHUNKS = new Map([
  ['TEXT_MESSAGE_CHUNK', 'text'],
  ['REASONING_MESSAGE_CHUNK', 'reasoning'],
  ['TOOL_CALL_CHUNK', 'tool'],
]);

/** Events that are the answer itself. */
const SAYS = /^(TEXT_MESSAGE|TOOL_CALL|REASONING_MESSAGE|THINKING_TEXT)_/;

/** Events that say nothing about where a message ends. */
const GOES_BESIDE = /^(RAW|CUSTOM|STATE_|ACTIVITY_|MESSAGES_|SUBAGENT_)/;

function idOf(value: unknown): string {
  return asId(value) ?? '';
}

function keyOf(kind: Kind, { messageId }: JsonObject, otherwise: string): string {
  return `${kind}/${asId(messageId) ?? otherwise}`;
}

function textIn({ delta }: JsonObject): string {
  return asString(delta) ?? '';
}

function activity({ messageId, activityType }: JsonObject, content: unknown): JsonObject {
  return { id: idOf(messageId), activityType: asString(activityType) ?? '', content: content ?? null };
}

/** A custom event under one of our names is what the name says; any other one is the host's. */
function readCustom(event: JsonObject): StreamPart[] {
  const name = asString(event.name) ?? '';
  const own = isHouseType(name) ? readHousePart({ type: name, data: event.value }) : undefined;
  return own ?? [{ type: `data-${name || 'custom'}`, data: event.value ?? null }];
}

const COUNTS = ['inputTokens', 'outputTokens', 'totalTokens', 'reasoningTokens', 'cachedInputTokens'] as const;

/** One entry for each model that took part: what the run has cost is their sum. */
function readUsage(entries: unknown[]): StreamPart[] {
  const sums = COUNTS.map((name) => {
    const counts = entries.map((entry) => asNumber(asObject(entry)?.[name])).filter((count) => count !== undefined);
    return [name, counts.length > 0 ? counts.reduce((sum, count) => sum + count) : undefined] as const;
  });
  return entries.length > 0 ? [{ type: 'usage', ...defined(Object.fromEntries(sums)) }] : [];
}

export const agUi: Protocol = {
  ...signs.agUi,
  createBody: requestsIn('ag-ui'),
  createReader: () => new AgUiReader(),
};
