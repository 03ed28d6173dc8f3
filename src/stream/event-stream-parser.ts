import { createParser, type EventSourceMessage, type ParseError } from 'eventsource-parser';
import { StreamError } from './stream-error.js';

/** One event of an event stream, with the names of the platform's `MessageEvent`. */
export interface ServerSentEvent {
  /** The `event:` field, `message` where there is none. */
  type: string;
  data: string;
  /** The last `id:` seen so far, which a reconnecting client sends back as `Last-Event-ID`. */
  lastEventId: string;
}

/**
 * What becomes of an event that the stream ends in the middle of:
 * - `discard`: dropped, as the standard says
 * - `flush`: dispatched, as some providers' own clients do
 * - `whole`: dispatched where its data is `[DONE]` or complete JSON, so that a lost last line feed costs nothing; and a
 *   closing `event: done` without data, which the standard never dispatches, is heard too
 */
export type AtEnd = 'discard' | 'flush' | 'whole';

export interface EventStreamOptions {
  /** The longest `data` of one event, in characters. Default 16 MiB. Past it: a `StreamError` with code `limit`. */
  maxEventSize?: number;
  /** Default `discard`. */
  atEnd?: AtEnd;
  /** Called for each comment (`: keep-alive`), without its colon. */
  onComment?(comment: string): void;
  /** The server's wish for the reconnection time, in milliseconds. */
  onRetry?(milliseconds: number): void;
}

/** What `maxEventSize` is unless another is given: 16 Mi characters. */
export const MAX_EVENT_SIZE = 16 * 1024 * 1024;

/** How much of the end of the stream is remembered, in characters. */
const TAIL = 1024;
/** The stream's last block, where all that it has beside its name is an id or a comment. */
const CLOSING_EVENT = /(?:^|\n\n|\r\r|\r\n\r\n)(?:(?:id|retry)?:[^\r\n]*(?:\r\n|\r|\n))*event: ?([a-z]+)(?:\r|\n)*$/;

/** The parser also counts field names and separators of a line that is still growing; `data: ` and then some. */
const FIELD_NAME_ROOM = 64;

/**
 * The push core: bytes in, whatever events they complete out. Format: the HTML standard, section 9.2.6.
 * A failure is kept in `error` rather than thrown, so that the events before it are not lost.
 */
export class EventStreamParser {
  /** Set once, after which `feed` gives nothing more. */
  error: StreamError | undefined;
  #lastEventId = '';
  #events: ServerSentEvent[] = [];
  // The parser strips one byte order mark itself; a decoder that strips one too would let a second one pass.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #parser;
  readonly #maxEventSize: number;
  readonly #atEnd: AtEnd;
  #tail = '';

  constructor(options: EventStreamOptions = {}) {
    this.#maxEventSize = options.maxEventSize ?? MAX_EVENT_SIZE;
    this.#atEnd = options.atEnd ?? 'discard';
    this.#parser = createParser({
      maxBufferSize: this.#maxEventSize + FIELD_NAME_ROOM,
      onEvent: (message) => this.#take(message),
      onId: (id) => (this.#lastEventId = id),
      onError: (error) => this.#fail(error),
      onComment: options.onComment,
      onRetry: options.onRetry,
    });
  }

  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** The stream's last block, as it stands: where a server fails, it may write what is no event. Known with `whole`. */
  get lastBlock(): string {
    return this.#tail
      .trim()
      .split(/\n\n|\r\r|\r\n\r\n/)
      .at(-1)!;
  }

  feed(bytes: Uint8Array): ServerSentEvent[] {
    return this.#parse(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The body is complete. Gives the event that it ended in the middle of, where `atEnd` says so. */
  end(): ServerSentEvent[] {
    const events = this.#parse(this.#decoder.decode());
    if (this.#atEnd === 'discard') return events;
    // The first line feed ends the open line (or completes a CRLF), the next one the event.
    const tail = this.#tail;
    const cutOff = this.#parse('\n\n');
    if (this.#atEnd === 'flush') return [...events, ...cutOff];
    return [...events, ...cutOff.filter(isWhole), ...this.#closingEvent(tail)];
  }

  #closingEvent(tail: string): ServerSentEvent[] {
    const [, type] = CLOSING_EVENT.exec(tail) ?? [];
    return type === undefined || this.error ? [] : [{ type, data: '', lastEventId: this.#lastEventId }];
  }

  #parse(text: string): ServerSentEvent[] {
    if (!this.error && text) this.#parser.feed(text);
    if (this.#atEnd === 'whole') this.#tail = (this.#tail + text.slice(-TAIL)).slice(-TAIL);
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #take({ event, data }: EventSourceMessage): void {
    if (this.error) return;
    if (data.length > this.#maxEventSize) this.#refuse();
    else this.#events.push({ type: event ?? 'message', data, lastEventId: this.#lastEventId });
  }

  #fail(error: ParseError): void {
    // The others are fields that the standard tells a client to ignore.
    if (error.type === 'max-buffer-size-exceeded') this.#refuse(error);
  }

  #refuse(cause?: unknown): void {
    this.error ??= new StreamError('limit', `One event is longer than ${this.#maxEventSize} characters.`, {
      remedy: 'Send large content in pieces or as an address, or raise maxEventSize.',
      cause,
    });
  }
}

function isWhole({ data }: ServerSentEvent): boolean {
  if (data === '[DONE]') return true;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
