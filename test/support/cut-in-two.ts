import { EventStreamParser, type ServerSentEvent } from '../../src/stream/event-stream-parser.js';
import { JsonLinesParser } from '../../src/stream/json-lines-parser.js';
import { ofPieces } from './bytes.js';

interface Parser {
  readonly lastBlock?: string;
  feed(bytes: Uint8Array): ServerSentEvent[];
  end(): ServerSentEvent[];
}

const PARSERS: [types: RegExp, create: () => Parser][] = [
  [/^text\/event-stream/, () => new EventStreamParser({ atEnd: 'whole' })],
  [/^application\/(?:x-ndjson|json-seq|stream\+json)/, () => new JsonLinesParser()],
];

/**
 * A body cut in two at each of its bytes, for as long as that makes a difference: what cuts bytes into events is tried at
 * every byte, and the body is given where the two pieces come to other events, or to so many each, than at any place
 * before. Events that come alike are read alike. Before the first event, and in a body that no header names, the reader
 * looks at the bytes themselves: there it is given at each.
 */
export function* cutInTwo(
  bytes: Uint8Array,
  contentType: string,
): Generator<{ at: number; body: ReadableStream<Uint8Array> }> {
  const create = PARSERS.find(([types]) => types.test(contentType))?.[1];
  const whole = create && eventsOf(create(), [bytes]).flat();
  const seen = new Set<string>();
  for (let at = 1; at < bytes.length; at += 1) {
    const pieces = [bytes.subarray(0, at), bytes.subarray(at)];
    const events = create ? eventsOf(create(), pieces) : [];
    const counts = String(events.map(({ length }) => length));
    const isKnown = events[0]?.length && seen.has(counts) && areAlike(events.flat(), whole!);
    seen.add(counts);
    if (!isKnown) yield { at, body: ofPieces(pieces) };
  }
}

/** The events of each piece and of the end, which reads the last block again. */
function eventsOf(parser: Parser, pieces: Uint8Array[]): ServerSentEvent[][] {
  const events = [...pieces.map((piece) => parser.feed(piece)), parser.end()];
  return [...events, [{ type: '', data: parser.lastBlock ?? '', lastEventId: '' }]];
}

function areAlike(events: ServerSentEvent[], others: ServerSentEvent[]): boolean {
  const isLike = ({ type, data, lastEventId }: ServerSentEvent, other: ServerSentEvent | undefined): boolean =>
    type === other?.type && data === other.data && lastEventId === other.lastEventId;
  return events.length === others.length && events.every((event, index) => isLike(event, others[index]));
}
