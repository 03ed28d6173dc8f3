import type { ServerSentEvent } from './event-stream-parser.js';

/**
 * What an event of a connection is beside those that were read before:
 * - `new`: it goes on from there
 * - `seen`: it was read already
 * - `differs`: the server begins again, and not with what was read; the answer is to be read anew
 */
export type Verdict = 'new' | 'seen' | 'differs';

/** So many of the latest events are remembered at least, as a number each. */
const REMEMBERED = 65_536;

/**
 * Tells which events of a stream that is sent again were read before, whichever way the server repeats it: from the
 * beginning, from after `Last-Event-ID`, or from somewhere before that. Events are known by their ids; where there are
 * none, by what they say and their place.
 *
 * Within the first connection nothing is a repetition, whatever its ids are: some servers give all events the same one.
 */
export class ReplayLog {
  /** One number for each event that was read, from the `#forgotten`th on. */
  #prints: number[] = [];
  #forgotten = 0;
  /** The very first event, which tells a repetition of all. */
  #opening: { print: number; id: string } | undefined;
  /** The place of the event that bore an id first. */
  readonly #places = new Map<string, number>();
  /** The place of the event that comes next, if it was read before; else the end. */
  #place = 0;
  #lastEventId = '';
  /** The last id of this connection. */
  #id = '';
  #isReplay = false;
  #isFirst = true;
  /** The connection began with the stream's first event. */
  #isWhole = false;

  /** What to send as `Last-Event-ID`. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** Whether the connection has come to what was not read before. */
  get hasCaughtUp(): boolean {
    return this.#place === this.#end;
  }

  /** The stream's last id, which a block without data may have set. */
  noteId(id: string): void {
    if (id === this.#id || !this.hasCaughtUp) return;
    this.#id = this.#lastEventId = id;
    if (id !== '' && !this.#places.has(id)) this.#places.set(id, this.#end - 1);
  }

  /** The next events come over another connection, which was asked to go on after `lastEventId`. */
  reconnect(): void {
    const known = this.#places.get(this.#lastEventId);
    this.#id = '';
    this.#isReplay = true;
    this.#isFirst = true;
    this.#isWhole = this.#lastEventId === '';
    this.#place = this.#isWhole ? 0 : known === undefined ? this.#end : known + 1;
  }

  /** Forgets everything: the answer is read anew. */
  restart(): void {
    this.#prints = [];
    this.#forgotten = 0;
    this.#opening = undefined;
    this.#places.clear();
    this.#place = 0;
    this.#lastEventId = this.#id = '';
    this.#isReplay = false;
  }

  see(event: ServerSentEvent): Verdict {
    const print = fingerprint(event);
    const id = event.lastEventId === this.#id ? '' : event.lastEventId;
    this.#id = event.lastEventId;
    const verdict = this.#isReplay ? this.#compare(print, id) : 'new';
    this.#isFirst = false;
    if (verdict === 'new') this.#remember(print, id);
    return verdict;
  }

  get #end(): number {
    return this.#forgotten + this.#prints.length;
  }

  #compare(print: number, id: string): Verdict {
    if (this.#isFirst && this.#begins(print, id)) {
      this.#isWhole = true;
      this.#place = 0;
    }
    const known = id === '' ? undefined : this.#places.get(id);
    if (known !== undefined) return this.#compareKnown(print, known);
    if (this.hasCaughtUp) return 'new';
    if (this.#says(this.#place, print)) return this.#skip(this.#place);
    return this.#isWhole ? 'differs' : this.#goOn();
  }

  /** Whether the server has not heeded `Last-Event-ID` and begins again. */
  #begins(print: number, id: string): boolean {
    if (this.#opening?.id !== id) return false;
    return id !== '' || (this.#opening.print === print && !this.#says(this.#place, print));
  }

  /** The same id with other words is the same event; but not where all is repeated, nor where ids are used again. */
  #compareKnown(print: number, place: number): Verdict {
    const isSame = this.#says(place, print);
    if (this.hasCaughtUp && !this.#isFirst) return isSame ? 'seen' : 'new';
    return isSame || !this.#isWhole ? this.#skip(place) : 'differs';
  }

  #says(place: number, print: number): boolean {
    return this.#prints[place - this.#forgotten] === print;
  }

  #skip(place: number): Verdict {
    this.#place = place + 1;
    return 'seen';
  }

  #goOn(): Verdict {
    this.#place = this.#end;
    return 'new';
  }

  #remember(print: number, id: string): void {
    this.#opening ??= { print, id };
    if (id !== '' && !this.#places.has(id)) this.#places.set(id, this.#end);
    // Another connection's first events may come without the id that they follow.
    if (this.#id !== '' || !this.#isReplay) this.#lastEventId = this.#id;
    this.#prints.push(print);
    this.#place = this.#end;
    if (this.#prints.length >= 2 * REMEMBERED) this.#forget();
  }

  #forget(): void {
    this.#prints = this.#prints.slice(-REMEMBERED);
    this.#forgotten += REMEMBERED;
    for (const [id, place] of this.#places) {
      if (place >= this.#forgotten) break;
      this.#places.delete(id);
    }
  }
}

function fingerprint({ type, data }: ServerSentEvent): number {
  let hash = 0x811c9dc5;
  for (const text of [type, data]) {
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash ^ data.length;
}
