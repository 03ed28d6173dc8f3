import { EventStreamParser, type EventStreamOptions, type ServerSentEvent } from './event-stream-parser.js';
import { oneByOne } from './one-by-one.js';
import { readChunks, type StreamSource } from './read-chunks.js';

export interface ParseEventsOptions extends EventStreamOptions {
  /** Aborted, the body is let go of and the reading fails with `aborted`. */
  signal?: AbortSignal;
}

/**
 * Reads server-sent events from a body, exactly as `EventSource` would.
 *
 * @throws {StreamError} `limit` past `maxEventSize`, `network` where the connection breaks, `aborted` after the signal.
 */
export function parseEvents(
  body: StreamSource,
  options: ParseEventsOptions = {},
): AsyncGenerator<ServerSentEvent, void, void> {
  return oneByOne(parseEventBatches(body, options));
}

/** The same by network read: one promise for all the events of a read, instead of one for each. */
async function* parseEventBatches(
  body: StreamSource,
  options: ParseEventsOptions = {},
): AsyncGenerator<ServerSentEvent[], void, void> {
  const parser = new EventStreamParser(options);
  for await (const bytes of readChunks(body, options.signal)) {
    const events = parser.feed(bytes);
    if (events.length > 0) yield events;
    if (parser.error) throw parser.error;
  }
  const events = parser.end();
  if (events.length > 0) yield events;
  if (parser.error) throw parser.error;
}
