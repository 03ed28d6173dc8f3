import type { ServerSentEvent } from '../../stream/event-stream-parser.js';
import { notLoaded } from '../not-loaded.js';
import type { findPattern, Range } from './safe-pattern.js';

let find: typeof findPattern | undefined;

/** To be awaited before these are read, where it gives a promise: a tool in them may change passages by their patterns. */
export function loadPatterns(events: readonly ServerSentEvent[]): Promise<void> | undefined {
  return !find && events.some(({ data }) => /update_?textdoc/i.test(data)) ? load() : undefined;
}

export function placesOf(pattern: string, text: string): Range[] {
  return find?.(pattern, text) ?? [];
}

async function load(): Promise<void> {
  try {
    ({ findPattern: find } = await import('./safe-pattern.js'));
  } catch (cause) {
    throw notLoaded('this change of a document', cause);
  }
}
