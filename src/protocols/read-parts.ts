import type { Artifact } from '../message.js';
import { checkResponse, contentTypeError, type Framing } from '../stream/check-response.js';
import { EventStreamParser, type EventStreamOptions, type ServerSentEvent } from '../stream/event-stream-parser.js';
import type { JsonLinesParser } from '../stream/json-lines-parser.js';
import { oneByOne } from '../stream/one-by-one.js';
import { readChunks } from '../stream/read-chunks.js';
import { sniffBeginning } from '../stream/sniff-chunks.js';
import { isLoss, StreamError } from '../stream/stream-error.js';
import { untilAborted } from '../stream/until-aborted.js';
import { detectProtocol } from './detect-protocol.js';
import { readErrorPart } from './parts/error-part.js';
import { isOwn } from './dialects/generic.js';
import { parseJson } from './parts/json.js';
import { notLoaded } from './not-loaded.js';
import { PartReader, type EventReader } from './part-reader.js';
import type { Protocol, WireEvent } from './protocol.js';
import { protocols } from './registry.js';
import type { StreamPart } from './stream-part.js';

export interface ReadPartsOptions extends Omit<EventStreamOptions, 'atEnd'> {
  /** A dialect's name, a dialect of your own, or `auto` (the default): told from headers and the first event. */
  protocol?: string | Protocol | undefined;
  signal?: AbortSignal | undefined;
  /** Called for each event on the wire before it is understood. `false`: the caller takes it, no part comes of it. */
  onEvent?(event: WireEvent): boolean | void;
  /** Called for each network read, comments included: a sign of life. */
  onRead?(): void;
  /** Whether artifacts that a model marks in its text are taken out of it: `<antArtifact>`, `:::artifact{…}`, … */
  artifactMarkers?: boolean | undefined;
  /** Artifacts that stood before this answer, oldest first, which a tool of the model's may change (`update_textdoc`). */
  artifacts?: readonly Artifact[] | undefined;
  /** Called once, when the response has turned out to be a stream. */
  onOpen?(protocol: string | undefined): void;
}

/**
 * Reads a response as parts, whatever dialect it is in.
 *
 * @throws {StreamError} after the parts that had arrived: `http`, `content-type`, `protocol` for a dialect that nobody
 * knows, `truncated` for an end without the dialect's end mark, `network`, `limit`, `aborted`.
 */
export function readParts(response: Response, options: ReadPartsOptions = {}): AsyncGenerator<StreamPart, void, void> {
  return oneByOne(readPartBatches(response, options));
}

/** The same by network read, so that a thousand tokens in one read cost one promise. */
export function readPartBatches(
  response: Response,
  options: ReadPartsOptions = {},
): AsyncGenerator<StreamPart[], void, void> {
  const { onEvent, artifactMarkers, artifacts } = options;
  const begin = () => {
    const protocol = findProtocol(options.protocol);
    return new PartReader({ protocol, headers: response?.headers, onEvent, artifactMarkers, artifacts });
  };
  return readInto(begin, response, options);
}

/**
 * The same into a reader that may have read the beginning of the answer from another response. It does all by itself,
 * because each generator between the network and the parts costs promises at every read.
 */
export async function* readInto(
  source: EventReader | (() => EventReader),
  response: Response,
  options: ReadPartsOptions = {},
): AsyncGenerator<StreamPart[], void, void> {
  const reader = begun(source);
  const framing = await checkResponse(response, options.signal);
  options.onOpen?.(reader.protocol?.name);
  try {
    const chunks = readChunks(response.body!, options.signal, options.onRead);
    const how = reader.protocol?.framing === 'text' ? 'text' : framing;
    for await (const events of cut(chunks, how, options, reader, response)) {
      // No promise where nothing is to be loaded: this runs for every read of the network.
      const loading = reader.load(events);
      if (loading) await untilAborted(loading, options.signal);
      const parts = reader.read(events);
      if (parts.length > 0) yield parts;
      if (reader.failure) throw reader.failure;
    }
  } catch (error) {
    if (!isRoughEnd(error, reader)) throw error;
  }
  const last = reader.end();
  if (last.length > 0) yield last;
  const error = reader.verdict();
  if (error) throw error;
}

function begun(source: EventReader | (() => EventReader)): EventReader {
  return typeof source === 'function' ? source() : source;
}

/** A server that closes roughly, or not at all, after its end mark has said all that it had to say. */
function isRoughEnd(error: unknown, reader: EventReader): boolean {
  return reader.isComplete && error instanceof StreamError && isLoss(error);
}

export function findProtocol(given: string | Protocol | undefined): Protocol | undefined {
  if (!given || given === 'auto') return undefined;
  const found = typeof given === 'string' ? protocols.get(given) : given;
  if (typeof found?.createReader === 'function') return found;
  const names = [...protocols].map(({ name }) => name).join(', ');
  throw new StreamError('protocol', `There is no protocol named “${String(given)}”.`, {
    remedy: `Use auto, or one of: ${names}.`,
  });
}

type Chunks = AsyncGenerator<Uint8Array, void, void>;
type Batches = AsyncGenerator<ServerSentEvent[], void, void>;

function cut(
  chunks: Chunks,
  framing: Framing | 'text',
  options: ReadPartsOptions,
  reader: EventReader,
  response: Response,
): Batches {
  if (framing === 'sse') return eventBatches(chunks, options, reader);
  const lines = framing === 'lines' || (framing === 'sniff' && reader.protocol?.framing === 'lines');
  return framing === 'text' ? textBatches(chunks, reader) : sniffedBatches(chunks, options, reader, response, lines);
}

/** The body is called an event stream, which servers call lines of JSON, too: no line of events begins as an object does. */
async function* eventBatches(chunks: Chunks, options: ReadPartsOptions, reader: EventReader): Batches {
  const parser = new EventStreamParser({ ...options, atEnd: 'whole' });
  // What there is in front of the first event, for whoever wonders why there is none.
  let opening: string | undefined = '';
  const seen: Uint8Array[] = [];
  const decoder = new TextDecoder();
  for await (const bytes of chunks) {
    if (opening !== undefined && opening.length < 2048) {
      opening += decoder.decode(bytes, { stream: true });
      if (opening.trimStart() === '') seen.push(bytes);
      else if (/^\s*\{/.test(opening)) {
        seen.push(bytes);
        return yield* lineBatches(replay(seen, chunks), options);
      }
    }
    const events = parser.feed(bytes);
    if (events.length > 0) opening = undefined;
    if (events.length > 0) yield events;
    reader.noteId?.(parser.lastEventId);
    if (parser.error) throw parser.error;
  }
  const last = endOf(parser, reader);
  yield last;
  if (parser.error) throw parser.error;
  if (last.length === 0 && opening) refuseOtherThanEvents(opening.slice(0, 2048));
}

async function* lineBatches(chunks: Chunks, options: ReadPartsOptions): Batches {
  const parser = await untilAborted(createLinesParser(options), options.signal);
  for await (const bytes of chunks) {
    const events = parser.feed(bytes);
    if (events.length > 0) yield events;
    if (parser.error) throw parser.error;
  }
  yield parser.end();
  if (parser.error) throw parser.error;
}

function endOf(parser: EventStreamParser, reader: EventReader): ServerSentEvent[] {
  const last = parser.end();
  return last.length > 0 || reader.isComplete ? last : errorIn(parser.lastBlock);
}

/** A server that fails in mid-stream may answer as if it had not begun: with an object, as it stands. */
function errorIn(data: string): ServerSentEvent[] {
  const event = { type: 'message', data, lastEventId: '' };
  return readErrorPart({ ...event, json: parseJson(data) }) ? [event] : [];
}

/** Whole values in lines that no empty one parts, or only backslashes do. One line may be of an event that was cut off. */
const UNPARTED = /^data:.*[\]}](?:\r?\n(?:.+\r?\n)*?|(?:\\n)+)data:/m;

/** A body that is called an event stream and has no event in it, because it is something else, or none of them ends. */
function refuseOtherThanEvents(opening: string): void {
  const beginning = sniffBeginning(`${opening}\n`);
  if (beginning === undefined || (beginning === 'sse' && !UNPARTED.test(opening))) return;
  if (beginning === 'html') throw contentTypeError('text/html', opening);
  if (beginning === 'binary') throw contentTypeError('binary data', opening);
  throw new StreamError('content-type', 'The body is called text/event-stream, and there is no event in it.', {
    body: opening,
    remedy: 'An event is a line `data: …` and an empty one.',
  });
}

/** The headers do not say what this is, or that it is lines: the first characters know better. */
async function* sniffedBatches(
  chunks: Chunks,
  options: ReadPartsOptions,
  reader: EventReader,
  response: Response,
  areLines: boolean,
): Batches {
  try {
    const { beginning, seen, firstLine } = await readBeginning(chunks, areLines);
    const all = replay(seen, chunks);
    const type = beginning && NO_STREAM.get(beginning);
    if (type) throw contentTypeError(type, await excerpt(all), response.status);
    if (beginning === 'sse') yield* cut(all, 'sse', options, reader, response);
    else if (areLines || (beginning === 'lines' && (await untilAborted(isKnown(firstLine, reader), options.signal))))
      yield* lineBatches(all, options);
    else yield* textBatches(all, reader);
  } finally {
    // What reads it may not have been loaded.
    await chunks.return();
  }
}

/** What is no stream, whatever its type says. */
const NO_STREAM = new Map([
  ['html', 'text/html'],
  ['binary', 'binary data'],
  ['array', 'application/json'],
]);

/** Most answers are events: what reads lines is loaded with the first that come. */
async function createLinesParser(options: ReadPartsOptions): Promise<JsonLinesParser> {
  try {
    return new (await import('../stream/json-lines-parser.js')).JsonLinesParser(options);
  } catch (cause) {
    throw notLoaded('lines of JSON', cause);
  }
}

/** Of a body of lines an object says enough: it may be long, and need not end with a line. */
async function readBeginning(chunks: Chunks, areLines: boolean) {
  const seen: Uint8Array[] = [];
  const decoder = new TextDecoder();
  let text = '';
  let beginning = sniffBeginning(text);
  const tells = areLines ? /^\s*\{/ : /(?!)/;
  while (beginning === undefined && !tells.test(text)) {
    const { done, value } = await chunks.next();
    if (done) break;
    seen.push(value);
    text += decoder.decode(value, { stream: true });
    beginning = sniffBeginning(text);
  }
  // A body of one line has no line feed to tell it by.
  beginning ??= sniffBeginning(`${text}\n`);
  const [firstLine = ''] = text.trimStart().split('\n', 1);
  return { beginning, seen, firstLine };
}

/** A line of JSON in a body of text may be all that a model was asked for: only a dialect of its own makes it a stream. */
async function isKnown(data: string, reader: EventReader): Promise<boolean> {
  const event = { type: 'message', data, lastEventId: '', json: parseJson(data) };
  await reader.load([event]);
  const { protocol } = reader;
  return readErrorPart(event) !== undefined || isOwn(protocol ?? detectProtocol({ event }));
}

async function* replay(seen: Uint8Array[], rest: Chunks): Chunks {
  yield* seen;
  yield* rest;
}

async function* textBatches(chunks: Chunks, reader: EventReader): Batches {
  reader.readAsText();
  const decoder = new TextDecoder();
  for await (const bytes of chunks) yield textEvent(decoder.decode(bytes, { stream: true }));
  yield textEvent(decoder.decode());
}

function textEvent(data: string): ServerSentEvent[] {
  return data === '' ? [] : [{ type: 'message', data, lastEventId: '' }];
}

/** The first 2 KB, for whoever has to find out where the page comes from. */
async function excerpt(chunks: Chunks): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of chunks) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length >= 2048) break;
  }
  return text.slice(0, 2048);
}
