import { MAX_EVENT_SIZE, type ServerSentEvent } from './event-stream-parser.js';
import { StreamError } from './stream-error.js';

export interface JsonLinesOptions {
  /** The longest line, in characters. Default 16 MiB. Past it: a `StreamError` with code `limit`. */
  maxEventSize?: number;
}

/** Ends a line, or begins a record of a JSON text sequence (RFC 7464). Neither may stand inside a JSON string. */
const RECORD = '\u001E';
const BREAK = new RegExp(`[\n${RECORD}]`, 'g');

/**
 * Bodies of one JSON value on each line: `application/x-ndjson`, `application/jsonl`, `application/json-seq`, and lines
 * with a code in front (`0:"text"`). Bytes in, one event for each line out; blank lines are none.
 * A failure is kept in `error` rather than thrown, so that the lines before it are not lost.
 */
export class JsonLinesParser {
  /** Set once, after which `feed` gives nothing more. */
  error: StreamError | undefined;
  readonly #decoder = new TextDecoder();
  readonly #maxEventSize: number;
  /** The line that is still growing. It is joined once, when it ends. */
  #pieces: string[] = [];
  #length = 0;
  /** A record separator has been seen: a record may then go over several lines. */
  #isSequence = false;
  /** The record goes over several lines. */
  #isSpread = false;

  constructor({ maxEventSize = MAX_EVENT_SIZE }: JsonLinesOptions = {}) {
    this.#maxEventSize = maxEventSize;
  }

  feed(bytes: Uint8Array): ServerSentEvent[] {
    return this.#parse(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The body is complete. A last line without its line feed counts where it is whole. */
  end(): ServerSentEvent[] {
    const events = this.#parse(this.#decoder.decode());
    const rest = this.#take();
    return isWhole(rest) ? [...events, lineEvent(rest)] : events;
  }

  #parse(text: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    let from = 0;
    for (const { 0: mark, index } of text.matchAll(BREAK)) {
      this.#hold(text.slice(from, index));
      from = index + 1;
      const line = this.#endLine(mark);
      if (line !== '' && !this.error) events.push(lineEvent(line));
    }
    this.#hold(text.slice(from));
    return events;
  }

  #hold(piece: string): void {
    if (piece === '' || this.error) return;
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > this.#maxEventSize) this.#refuse();
  }

  #endLine(mark: string): string {
    if (mark === RECORD) this.#isSequence = true;
    else if (this.#isSequence && this.#goesOn()) return '';
    return this.#take();
  }

  /** In a sequence, a value whose first line is not all of it ends with the next separator. */
  #goesOn(): boolean {
    if (this.#pieces.length === 0) return false;
    if (!this.#isSpread && isWhole(this.#pieces.join(''))) return false;
    this.#isSpread = true;
    this.#pieces.push('\n');
    return true;
  }

  #take(): string {
    const line = this.#pieces.join('').trim();
    this.#pieces = [];
    this.#length = 0;
    this.#isSpread = false;
    return line;
  }

  #refuse(): void {
    this.#take();
    this.error = new StreamError('limit', `One line is longer than ${this.#maxEventSize} characters.`, {
      remedy: 'Send large content in pieces or as an address, or raise maxEventSize.',
    });
  }
}

function lineEvent(data: string): ServerSentEvent {
  return { type: 'message', data, lastEventId: '' };
}

/** Whether a line that nothing follows is all of a value, with or without a code in front. */
function isWhole(line: string): boolean {
  try {
    JSON.parse(line.replace(/^[\w-]+:(?=["[{\dtfn-])/, ''));
    return true;
  } catch {
    return false;
  }
}
