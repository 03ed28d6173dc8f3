import { describeError } from '../stream/check-response.js';
import { asObject, asString, defined } from './json.js';
import type { WireEvent } from './protocol.js';
import type { StreamPart } from './stream-part.js';

/**
 * An error that a stream reports in band, in any dialect's spelling: `event: error`, `{error: …}`, `{type: 'error', …}`.
 * Undefined where the event is no error.
 */
export function readErrorPart({ type, json, data }: WireEvent): StreamPart | undefined {
  const object = asObject(json);
  const named = type === 'error' || object?.type === 'error';
  if (!named && !object?.error) return undefined;
  const inner = asObject(object?.error) ?? object;
  const code = asString(inner?.code) ?? asString(inner?.type);
  return defined({
    type: 'error',
    errorText: describeError(json) || (object ? 'The server reported an error.' : data),
    errorCode: code === 'error' ? undefined : code,
  } as const);
}
