import { asArray, asObject, asString, type JsonObject } from '../parts/json.js';
import type { WireEvent } from '../protocol.js';
import {
  BESIDE,
  isNamed,
  isReasoning,
  kindOf,
  reasonIn,
  RUN_NAMES,
  saysDone,
  textIn,
  thoughtIn,
} from './generic-names.js';
import { typeIn, type DialectSigns } from './signs.js';

/** The signs of the dialects that are loaded where an event has come that no other one knows. */
export const rareSigns = {
  a2a: {
    name: 'a2a',
    matchesEvent: ({ json }) => {
      const [, result] = resultIn(asObject(json)) ?? [];
      return result !== undefined && (asObject(json)?.jsonrpc === '2.0' || namesTask(result));
    },
  },
  agno: {
    name: 'agno',
    matchesEvent: ({ json }) => RUN_NAMES.test(typeIn(json, 'event')),
  },
  autoGen: {
    name: 'autogen',
    hasLastWord: true,
    matchesEvent: ({ json }) => {
      const object = asObject(json) ?? {};
      return isAgentMessage(object) || Boolean(autoGenResult(object)?.length);
    },
  },
  bedrock: {
    name: 'bedrock',
    matchesEvent: (event) => {
      const [name, payload = {}] = converseEvent(event) ?? [];
      return name !== 'metadata' && CONVERSE_FIELDS.some((field) => payload[field] !== undefined);
    },
  },
  bedrockAgents: {
    name: 'bedrock-agents',
    hasLastWord: true,
    matchesEvent: ({ json }) => bedrockAgentEvent(json) !== undefined,
  },
  claudeAgent: {
    name: 'claude-agent',
    matchesEvent: ({ json }) => {
      const { session_id: session, message, subtype, event } = asObject(json) ?? {};
      const isItsOwn = asObject(message) ?? asObject(event) ?? asString(subtype);
      return AGENT_TYPES.test(typeIn(json)) && typeof session === 'string' && isItsOwn !== undefined;
    },
  },
  codex: {
    name: 'codex',
    matchesEvent: ({ json }) => CODEX_TYPES.test(typeIn(json)),
  },
  dashScope: {
    name: 'dashscope',
    matchesEvent: ({ json }) => outputIn(json) !== undefined,
  },
  gradio: {
    name: 'gradio',
    matchesEvent: ({ type, json }) => /^(generating|complete)$/.test(type) && Array.isArray(json),
  },
  llamaIndex: {
    name: 'llama-index',
    matchesEvent: ({ json }) => llamaEvent(asObject(json) ?? {}) !== undefined,
  },
  openaiAgents: {
    name: 'openai-agents',
    hasLastWord: true,
    matchesEvent: ({ json }) => RUN_TYPES.test(typeIn(json)),
  },
  openaiAssistants: {
    name: 'openai-assistants',
    hasLastWord: true,
    matchesEvent: ({ json }) => /^thread(\.|$)/.test(typeIn(threadIn(json), 'object')),
  },
  pydanticAi: {
    name: 'pydantic-ai',
    matchesEvent: ({ json }) => PYDANTIC_KINDS.test(typeIn(json, 'event_kind')),
  },
  wrapped: {
    name: 'wrapped',
    matchesEvent: ({ type, json }) => {
      const object = asObject(json);
      if (object === undefined || isNamed(object) || BESIDE.test(type)) return false;
      return Boolean(findText(object)?.place) || findThought(object) !== undefined;
    },
  },
} satisfies Record<string, DialectSigns>;

const A2A_KINDS = new Map([
  ['message', 'message'],
  ['task', 'task'],
  ['statusUpdate', 'status-update'],
  ['artifactUpdate', 'artifact-update'],
]);

/** What an Agent2Agent response brings, by its kind. */
export function resultIn(json: JsonObject | undefined): [kind: string, result: JsonObject] | undefined {
  const result = asObject(json?.result) ?? json;
  const kind = asString(result?.kind);
  if (result && kind !== undefined && [...A2A_KINDS.values()].includes(kind)) return [kind, result];
  const wrapped = wrappedIn(result ?? {});
  return wrapped && (json?.jsonrpc === '2.0' || namesTask(wrapped[1])) ? wrapped : undefined;
}

function wrappedIn(result: JsonObject): [kind: string, result: JsonObject] | undefined {
  const [name, inner] = Object.entries(result).find(([key]) => A2A_KINDS.has(key)) ?? [];
  return name === undefined ? undefined : [A2A_KINDS.get(name)!, asObject(inner) ?? {}];
}

/** What tells a result that comes without JSON-RPC around it: a `message` alone is anybody's, unless it says whose. */
function namesTask({ taskId, contextId, role }: JsonObject): boolean {
  return taskId !== undefined || contextId !== undefined || role === 'ROLE_AGENT';
}

const AUTOGEN_TYPES =
  /^((Text|MultiModal|Structured|Stop|Handoff|ToolCallSummary)Message|(ToolCall(Request|Execution)|ModelClientStreamingChunk|Thought|MemoryQuery|UserInputRequested|SelectSpeaker|Code(Generation|Execution))Event)(\[|$)/;

/** A message or an event of AutoGen's. */
function isAgentMessage({ type, source }: JsonObject): boolean {
  return AUTOGEN_TYPES.test(asString(type) ?? '') && typeof source === 'string';
}

/** The messages of a run of AutoGen's, with which it ends: of a team or of one agent. */
export function autoGenResult({
  messages,
  stop_reason: reason,
  chat_message: message,
}: JsonObject): JsonObject[] | undefined {
  const isRun = Array.isArray(messages) && reason !== undefined;
  const said = (isRun ? asArray(messages) : [message]).map((one) => asObject(one) ?? {});
  const isIts = said.every(isAgentMessage);
  return isIts ? said : undefined;
}

/** An event of LlamaIndex', by the names of its class and of those that it is made from. */
export function llamaEvent(json: JsonObject): [names: string[], value: JsonObject] | undefined {
  const { value, qualified_name: path, type, types } = json;
  const fields = asObject(value);
  if (!fields || (typeof path !== 'string' && !Array.isArray(types))) return undefined;
  const names = [asString(path)?.split('.').at(-1), asString(type), ...asArray(types).map(asString)];
  return [names.flatMap((name) => name ?? []), fields];
}

/** What an event of Bedrock's agents brings. */
export function bedrockAgentEvent(json: unknown): JsonObject | undefined {
  const object = asObject(json) ?? {};
  const { chunk, trace, returnControl } = object;
  const isIts = asObject(chunk)?.bytes ?? asObject(trace)?.trace ?? asObject(returnControl)?.invocationInputs;
  return isIts === undefined ? undefined : object;
}

/** Of Anthropic's Agent SDK; each of its messages says whose session it is. */
const AGENT_TYPES = /^(system|assistant|user|result|stream_event)$/;

const RUN_TYPES = /^(raw_response|raw_model_stream|run_item_stream|agent_updated_stream)_event$/;

const CODEX_TYPES = /^(thread\.started|turn\.(started|completed|failed)|item\.(started|updated|completed))$/;

const PYDANTIC_KINDS = /^(part_(start|delta)|(function|output)_tool_(call|result)|agent_run_result)$/;

/** What an event of the Assistants brings; as Python's library writes an event down, that is its `data`. */
export function threadIn(json: unknown): JsonObject {
  const object = asObject(json) ?? {};
  return typeof object.object === 'string' ? object : (asObject(object.data) ?? object);
}

/** What a response of DashScope's has: choices, or a text with the reason of its end. */
export function outputIn(json: unknown): JsonObject | undefined {
  const output = asObject(asObject(json)?.output);
  const isIts = Array.isArray(output?.choices) || (typeof output?.text === 'string' && 'finish_reason' in output);
  return isIts ? output : undefined;
}

const CONVERSE = /^(message(Start|Stop)|contentBlock(Start|Delta|Stop)|metadata|[a-z]\w+Exception)$/;

/** One of these is in each of its events that tells it: a `messageStart` alone is anybody's. */
const CONVERSE_FIELDS = ['role', 'contentBlockIndex', 'stopReason', 'message'];

/** An event of Bedrock's: an object by its name, alone or in one more, or its fields under an event's name. */
export function converseEvent({ type, json }: WireEvent): [name: string, payload: JsonObject] | undefined {
  const object = asObject(json) ?? {};
  const holder = asObject(object.event) ?? object;
  const name = [type, ...Object.keys(holder)].find((key) => CONVERSE.test(key));
  return name === undefined ? undefined : [name, asObject(holder[name]) ?? holder];
}

/** What the text may stand in, from the outside in: `delta`, a `message`, Spring AI's `result.output`, .NET's `contents`. */
const SINGLE_HOLDERS = ['delta', 'message', 'result', 'output', 'data', 'payload'];
const HOLDERS = [...SINGLE_HOLDERS, 'results', 'contents', 'items'];

/** Text stands no deeper than in three of them. */
const DEEPEST = 3;

export interface Found {
  text: string;
  place: string;
}

/** An event's text, and the names of what it stands in. */
export function findText(object: JsonObject, place: string[] = []): Found | undefined {
  const text = textIn(object);
  if (text !== undefined) return { text, place: place.join('/') };
  if (isNamed(object) || place.length === DEEPEST) return undefined;
  for (const name of HOLDERS) {
    const found = objectsIn(object[name]).flatMap((inner) => findText(inner, [...place, name]) ?? []);
    if (found.length > 0) return { text: found.map((one) => one.text).join(''), place: found[0]!.place };
  }
  return undefined;
}

/** What a model thought, where its text would stand. */
export function findThought(object: JsonObject): string | undefined {
  return findIn(object, HOLDERS, (one) => (isReasoning('', one) ? thoughtIn(one) : undefined));
}

/** Why a model stopped, wherever it is said. */
export function findReason(object: JsonObject): string | undefined {
  return findIn(object, [...HOLDERS, 'metadata'], reasonIn);
}

/** Whether an object within says that it is the last. Of a list, one that is done is one of many. */
export function findEnd(object: JsonObject): true | undefined {
  return findIn(object, SINGLE_HOLDERS, (one) => (one !== object && saysDone(one)) || undefined);
}

function findIn<Value>(
  object: JsonObject,
  names: readonly string[],
  read: (one: JsonObject) => Value | undefined,
  depth = 0,
): Value | undefined {
  const value = read(object);
  if (value !== undefined || depth === DEEPEST) return value;
  for (const inner of names.flatMap((name) => ofModel(object[name]))) {
    const found = findIn(inner, names, read, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a passage or a page has that was found for an answer. */
const FOUND_FIELDS = ['title', 'url', 'score', 'filename'];

/** The same without its thoughts. */
function objectsIn(value: unknown): JsonObject[] {
  return ofModel(value).filter((one) => !/reason|think/.test(kindOf(one)));
}

/** What most fields hold: without this each of them would be looked into again, as deep as text may stand. */
const NONE: JsonObject[] = [];

/** An object, or a list of them, without what others than the model say, and what was found. */
function ofModel(value: unknown): JsonObject[] {
  if (typeof value !== 'object' || value === null) return NONE;
  const objects = (Array.isArray(value) ? value : [value]).map(asObject).filter((one) => one !== undefined);
  return objects.filter(
    (one) =>
      !BESIDE.test(`${kindOf(one)} ${asString(one.role)}`) && !FOUND_FIELDS.some((field) => one[field] !== undefined),
  );
}
