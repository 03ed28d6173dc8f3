import { asObject, asString, type JsonObject } from '../parts/json.js';
import type { WireEvent } from '../protocol.js';

const TEXT_FIELDS = 'text content delta token chunk answer response output generation generated_text outputText'.split(
  ' ',
);
const FINISH_REASON = /^(finish|stop|completion)_?reason$/i;
/** Fields that hold the text where a `type` says that there is some, or a flag whether it is the last; else they may hold anything. */
const TYPED_FIELDS = ['data', 'value', 'message'];
const REASONING_FIELDS = ['reasoning', 'thinking', 'reasoning_content'];
export const LOOKS_LIKE_JSON = /^\s*[[{"]/;
/**
 * The last word of events' names, and of values of `type`, that only say “here is text”. Whose message it is must be
 * known, and data may be any. A hyphen is the AI SDK's.
 */
const TEXT_NAME =
  /^((add|agent|ai|assistant|bot|chat|model)[._])?message$|^(message_replace|item|data|output|stream)$|(^|[._]|^text-|^content-)(text|content|token|delta|chunk|answer)$/i;
/** What has no words in it, or none to be shown, whatever it comes in. */
const NO_TEXT = /(?<![a-z])(audio|image|video|file|session|auth|access|input|meta)(?![a-z])/i;
/** What events that tell of something beside the answer are called by. */
export const BESIDE =
  /(?<![a-z])(tool|function|search|retriev|user|system|title|status|error|progress|debug|verbose|knowledge|observation|action|suggest|follow|citation|metadata|notif|(state|log|source|thought|query)s?(?![a-z]))/i;
export const END_NAME =
  /^((stream|chat|response|answer)[._-]?)?(done|end|completed?|finish(ed)?|stop(ped)?|closed?)$|^message_end$/i;
/** Those that say it of all that comes: others may end one of several answers, or blocks of one. */
const LAST_NAME = /^(stream[._-]?)?(done|end|complete|finish|stop|close)$|^(message_end|chat\.end)$/i;
/** Flags that say it: `done`, `is_end`, llama.cpp's `stop` in each of its events. */
const END_FLAG = /^(is_?)?(done|stop|final|finished)$|^is_?(end|last)$/i;

/** What Agno's events are called, some of which have nothing else to tell them by. */
export const RUN_NAMES = /^(Team)?(Run|Reasoning|ToolCall)[A-Z]/;

/** Whether an event only says that the answer is complete. */
export function isEndMark(event: WireEvent): boolean {
  const object = asObject(event.json);
  return isLastWord(event) || saysDone(object) || [event.type, kindOf(object)].some((name) => END_NAME.test(name));
}

/** Whether that is of the whole answer and of no block in it. */
export function isCertain(event: WireEvent): boolean {
  const { done, stop, data, ...object } = asObject(event.json) ?? {};
  return isLastWord(event) || [done, stop, data].includes(true) || LAST_NAME.test(kindOf(object));
}

/** Whether it says so in a way that is no dialect's own: a field may end one of several answers, as the AI SDK's `type` does. */
export function isLastWord({ type, data }: WireEvent): boolean {
  return LAST_NAME.test(type) || data === '[DONE]';
}

/** RAGFlow's last event has nothing else for its `data`. */
export function saysDone(object: JsonObject = {}): boolean {
  return object.data === true || Object.keys(object).some((name) => object[name] === true && END_FLAG.test(name));
}

/** Coze's workflows write `Message` with a capital. */
export function isText(name: string): boolean {
  return TEXT_NAME.test(name) && !NO_TEXT.test(name) && !BESIDE.test(name);
}

/** What an event's data calls it: `type`, `event` as Dify and Flowise have it, or .NET's `$type`. */
export function kindOf(object: JsonObject | undefined): string {
  return asString(object?.type) ?? asString(object?.event) ?? asString(object?.$type) ?? '';
}

export function isWorkflowEnd(object: JsonObject): boolean {
  return kindOf(object) === 'workflow_finished';
}

/** Why a model stopped, in the words of any provider. */
export function reasonIn(object: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(object))
    if (FINISH_REASON.test(name) && typeof value === 'string' && !/^(null|not_finished)?$/i.test(value)) return value;
  return undefined;
}

/** Whether it says that it is something else than text. */
export function isNamed(object: JsonObject): boolean {
  return kindOf(object) !== '' && !isText(kindOf(object));
}

export function textIn(object: JsonObject): string | undefined {
  const text = textField(object, TEXT_FIELDS);
  if (text !== undefined) return text;
  // A word of digits alone is a number in Cloudflare's answers.
  if (typeof object.response === 'number') return String(object.response);
  if (!isFlagged(object) && !isText(kindOf(object))) return undefined;
  return textField(object, TYPED_FIELDS) ?? textField(asObject(object.data) ?? {}, TEXT_FIELDS);
}

/** Whether a flag says if it is the last, and nothing else says what it is: then any of these fields is its text. */
export function isFlagged(object: JsonObject): boolean {
  const isPiece = Object.keys(object).some((name) => typeof object[name] === 'boolean' && END_FLAG.test(name));
  return isPiece && kindOf(object) === '' && textField(object, TEXT_FIELDS) === undefined;
}

function textField(object: JsonObject, names: string[]): string | undefined {
  const name = names.find((field) => typeof object[field] === 'string');
  return name === undefined ? undefined : asString(object[name]);
}

export function isReasoning(type: string, object: JsonObject): boolean {
  const named = /(^|[._-])(reasoning|thinking)([-._](delta|chunk|content|token|text))?$/i;
  return named.test(type) || named.test(asString(object.type) ?? '') || hasThought(object);
}

/** Whether its thought stands in a field of its own. */
export function hasThought(object: JsonObject): boolean {
  return textField(object, REASONING_FIELDS) !== undefined;
}

export function thoughtIn(object: JsonObject): string {
  return textField(object, REASONING_FIELDS) ?? textIn(object) ?? '';
}

/** Whether it is what the reader has said, once more. */
export function isReaders(object: JsonObject): boolean {
  const { role, sender } = asObject(object.data) ?? object;
  return /^user$/i.test(asString(role) ?? asString(sender) ?? '');
}
