import { describeError } from '../../stream/check-response.js';
import { asArray, asId, asObject, asString, defined, type JsonObject } from './json.js';
import type { WireEvent } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';

/** The sentence for an error without one. */
export const SAID_NOTHING = 'The server reported an error.';

/** The sentence for a tool that failed without one. */
export const TOOL_SAID_NOTHING = 'The tool failed.';

/**
 * An error that a stream reports in band, in any dialect's spelling: `event: error`, `{error: …}`, `{type: 'error', …}`,
 * `{object: 'error', …}`. Undefined where the event is no error.
 */
export function readErrorPart({ type, json, data }: WireEvent): StreamPart | undefined {
  // Google’s errors may come in a list, as its whole answers do.
  const object = asObject(json) ?? asObject(asArray(json)[0]);
  if (type !== 'error' && !(object && isError(object, type))) return undefined;
  const inner = asObject(object?.error) ?? object;
  const code = asId(inner?.code) ?? asString(inner?.type);
  return defined({
    type: 'error',
    errorText: describeError(json).trim() || (isNoObject(json) ? data.trim() : wordsIn(object)) || SAID_NOTHING,
    errorCode: code === 'error' ? undefined : code,
  } as const);
}

/** Where Flowise and n8n say it. No document is an error for having such a field. */
function wordsIn(object: JsonObject | undefined): string {
  return (asString(object?.data) ?? asString(object?.content) ?? '').trim();
}

/** Words as they are, or a number. */
function isNoObject(json: unknown): boolean {
  return json === undefined || typeof json === 'number';
}

function isError(json: JsonObject, name: string): boolean {
  const { type, object, event, error, error_code: baidu, base_resp: miniMax } = json;
  if (type === 'error' || object === 'error' || event === 'error' || error) return true;
  // Where all is well these say 0.
  if (baidu ?? asObject(miniMax)?.status_code) return !isNamed(json, name);
  return isProblem(json, name);
}

/** What web frameworks answer with: `{statusCode: 500, message}`, `{status: 500, detail}`. */
function isProblem(json: JsonObject, name: string): boolean {
  const { status, statusCode = status, message, detail, title, type } = json;
  if (typeof statusCode !== 'number' || statusCode < 400 || isNamed(json, name)) return false;
  // A page has a title, too.
  return [message, detail, type && title].some((said) => said && typeof said === 'string');
}

/** What says that it is an event, or a line of a log, tells of a request, as tools do. A problem's `type` is an address. */
function isNamed({ type, event, level }: JsonObject, name: string): boolean {
  return name !== 'message' || (event ?? level) !== undefined || !/^$|[:/]/.test(asString(type) ?? '');
}
