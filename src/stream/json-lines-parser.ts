import { EventStreamParser, MAX_EVENT_SIZE, type ServerSentEvent } from './event-stream-parser.js';
import { StreamError } from './stream-error.js';

export interface JsonLinesOptions {
  /** The longest value or line, in characters. Default 16 MiB. Past it: a `StreamError` with code `limit`. */
  maxEventSize?: number;
}

/** Begins a record of a JSON text sequence (RFC 7464). It may not stand inside a JSON string. */
const RECORD = '\u001E';
const BETWEEN = new RegExp(`[\\s,${RECORD}]*`, 'y');
/** The same within a list of all values, whose own ends count for nothing. */
const BETWEEN_IN_LIST = new RegExp(`[\\s,[\\]${RECORD}]*`, 'y');
/** What may follow a value in its line, where nothing else begins: a sign too many, or one that ends a statement. */
const BEHIND = new RegExp(`[^\r\n{[${RECORD}]*`, 'y');
const LINE = new RegExp(`[^\n${RECORD}]*`, 'y');
/** Begins an event of an event stream: what stands in front of it was a greeting. A line `data: {…}` is as good as its value. */
const EVENT = /^(event|id|retry):/;
/** The signs that tell where a value ends, by their codes: all else is passed over at once. */
const TELLING = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(`"\\\n{}[]${RECORD}`.includes(String.fromCharCode(code))),
);

/**
 * - `opening`: the body's first sign is `[`, and what follows tells whether that is a list of all there is
 * - `value`: an object or a list, until it is closed, over however many lines
 * - `behind`: the value is closed, and its line is not
 * - `line`: what else there may be, until the line ends
 */
type Place = 'start' | 'opening' | 'between' | 'value' | 'behind' | 'line';

/**
 * Bodies of JSON values: `application/x-ndjson`, `application/jsonl`, `application/json-seq`, and lines with a code in front
 * (`0:"text"`). Values need no line of their own, for many a server forgets it: they may stand side by side, go over several
 * lines, or be the items of one list. Bytes in, one event for each value out; a broken one ends where the next begins.
 * A failure is kept in `error` rather than thrown, so that the values before it are not lost. From a line on that begins
 * an event all is an event stream.
 */
export class JsonLinesParser {
  /** Set once, after which `feed` gives nothing more. */
  error: StreamError | undefined;
  readonly #decoder = new TextDecoder();
  readonly #maxEventSize: number;
  /** What is still growing. It is joined once, when it ends. */
  #pieces: string[] = [];
  #length = 0;
  #place: Place = 'start';
  #between = BETWEEN;
  /** How many objects and lists are open in the value. */
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #isNewLine = false;
  #events: EventStreamParser | undefined;

  constructor({ maxEventSize = MAX_EVENT_SIZE }: JsonLinesOptions = {}) {
    this.#maxEventSize = maxEventSize;
  }

  feed(bytes: Uint8Array): ServerSentEvent[] {
    return this.#parse(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The body is complete. What nothing closes counts where it is whole. */
  end(): ServerSentEvent[] {
    const events = this.#parse(this.#decoder.decode());
    if (this.#events) return [...events, ...this.#events.end()];
    const rest = this.#take();
    return isWhole(rest) ? [...events, lineEvent(rest)] : events;
  }

  #parse(text: string): ServerSentEvent[] {
    if (this.#events) return this.#readEvents(this.#events, text);
    const events: ServerSentEvent[] = [];
    let from = 0;
    while (from < text.length && !this.error) {
      if (this.#place !== 'value' && this.#place !== 'line') {
        from = this.#begin(text, from);
        continue;
      }
      const end = this.#place === 'value' ? this.#endOfValue(text, from) : matchEnd(LINE, text, from);
      this.#hold(text.slice(from, end));
      from = end ?? text.length;
      if (end === undefined || this.error) break;
      const data = this.#take();
      if (EVENT.test(data)) {
        this.#events = new EventStreamParser({ maxEventSize: this.#maxEventSize, atEnd: 'whole' });
        return [...events, ...this.#readEvents(this.#events, data + text.slice(from))];
      }
      if (data !== '') events.push(lineEvent(data));
    }
    return events;
  }

  #readEvents(parser: EventStreamParser, text: string): ServerSentEvent[] {
    const events = parser.feed(new TextEncoder().encode(text));
    this.error = parser.error;
    return events;
  }

  /** Where the next value or line begins. */
  #begin(text: string, from: number): number {
    const at = matchEnd(this.#place === 'behind' ? BEHIND : this.#between, text, from);
    if (at === undefined) return text.length;
    if (this.#place === 'behind') {
      this.#place = 'between';
      return at;
    }
    const sign = text[at]!;
    if (this.#place === 'start' && sign === '[') {
      this.#place = 'opening';
      return at + 1;
    }
    if (this.#place === 'opening') this.#open(sign);
    this.#place = sign === '{' || sign === '[' || this.#depth > 0 ? 'value' : 'line';
    return at;
  }

  /** What the first `[` began: a list of all values, or the first value. */
  #open(sign: string): void {
    if (sign === '{') {
      this.#between = BETWEEN_IN_LIST;
      return;
    }
    this.#hold('[');
    this.#depth = 1;
  }

  /** Behind the value's last sign, or in front of what cannot be in it; undefined where it goes on. */
  #endOfValue(text: string, from: number): number | undefined {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if ((code > 127 || TELLING[code] === 0) && !this.#isEscaped && !this.#isNewLine) continue;
      const sign = text[at]!;
      if (this.#inString ? sign === '\n' : this.#isBeginning(sign)) return at;
      if (this.#step(sign)) return at + 1;
    }
    return undefined;
  }

  /** Whether another value begins: none has one at the beginning of a line within it. */
  #isBeginning(sign: string): boolean {
    return sign === RECORD || (this.#isNewLine && this.#depth > 0 && (sign === '{' || sign === '['));
  }

  /** Whether that was the value's last sign. */
  #step(sign: string): boolean {
    this.#isNewLine = sign === '\n';
    if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#inString && sign === '\\') this.#isEscaped = true;
    else if (sign === '"') this.#inString = !this.#inString;
    else if (this.#inString) return false;
    else if (sign === '{' || sign === '[') this.#depth += 1;
    else if (sign === '}' || sign === ']') this.#depth -= 1;
    else return false;
    return this.#depth <= 0 && !this.#inString && sign !== '"';
  }

  #hold(piece: string): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > this.#maxEventSize) this.#refuse();
  }

  #take(): string {
    const data = this.#pieces.join('').trim();
    this.#pieces = [];
    this.#length = this.#depth = 0;
    this.#inString = this.#isEscaped = this.#isNewLine = false;
    this.#place = this.#place === 'value' ? 'behind' : 'between';
    return data;
  }

  #refuse(): void {
    this.#take();
    this.error = new StreamError('limit', `One line is longer than ${this.#maxEventSize} characters.`, {
      remedy: 'Send large content in pieces or as an address, or raise maxEventSize.',
    });
  }
}

/** Where a pattern's match from here ends; undefined where that is the end of all there is, and it may go on. */
function matchEnd(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  pattern.test(text);
  return pattern.lastIndex < text.length ? pattern.lastIndex : undefined;
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
