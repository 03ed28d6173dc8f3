import type { JsonObject } from './json.js';
import type { ProtocolReader } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';

/** What another dialect's reader makes of these events: for a dialect that says the same in other words. */
export function readAs(reader: ProtocolReader, events: readonly JsonObject[]): StreamPart[] {
  return events.flatMap((json) => reader.read({ type: 'message', data: '', lastEventId: '', json }) ?? []);
}
