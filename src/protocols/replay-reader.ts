import type { ServerSentEvent } from '../stream/event-stream-parser.js';
import type { ReplayLog } from '../stream/replay-log.js';
import type { StreamError } from '../stream/stream-error.js';
import { PartReader, type Ending, type EventReader, type PartReaderOptions } from './part-reader.js';
import type { Protocol } from './protocol.js';
import type { StreamPart } from './stream-part.js';

export interface ReplayReaderOptions extends Omit<PartReaderOptions, 'headers'> {
  /** The answer is read anew from its beginning: what came of it so far is to be given up for what comes now. */
  onRestart(): void;
  /** What was read is understood: `ending` says whether it was the end. */
  onUnderstood(): void;
}

/**
 * Reads one answer over as many connections as it takes, and each event of it once. Where the server begins again with
 * something else than what was read, the answer is read anew.
 */
export class ReplayReader implements EventReader {
  #reader: PartReader | undefined;
  #headers: Headers | undefined;
  /** What this connection has repeated, until it is sure that it repeats what was read. */
  #repeated: ServerSentEvent[] = [];
  #progressed = false;
  /** This connection's answer is another one than that of the connection before. */
  #isOther = false;
  #hasEnded = false;
  #log: ReplayLog | undefined;
  #read: StreamPart[] = [];
  readonly #options: ReplayReaderOptions;

  constructor(options: ReplayReaderOptions) {
    this.#options = options;
  }

  /** The answer may go on over another connection, for which its events are remembered. To be said before the first. */
  remember(log: ReplayLog): void {
    this.#log = log;
  }

  get mayGoOn(): boolean {
    return this.#log !== undefined;
  }

  get protocol(): Protocol | undefined {
    return this.#reader?.protocol;
  }
  get failure(): StreamError | undefined {
    return this.#reader?.failure;
  }
  get isComplete(): boolean {
    return this.#reader?.isComplete === true;
  }

  get ending(): Ending | undefined {
    return this.#reader?.ending;
  }

  /** What to send as `Last-Event-ID` with the next connection. */
  get lastEventId(): string {
    return this.#log?.lastEventId ?? '';
  }

  /** Whether the answer has come further since this was asked last. One that is another each time has not. */
  takeProgress(): boolean {
    const progressed = this.#progressed && !this.#isOther;
    this.#progressed = false;
    return progressed;
  }

  /** A response is here: the first one, or one more. */
  connect(headers: Headers | undefined): void {
    this.#isOther = false;
    this.#repeated = [];
    if (this.#reader) this.#log?.reconnect();
    else this.#reader = this.#begin(headers);
  }

  readAsText(): void {
    this.#reader?.readAsText();
  }

  noteId(id: string): void {
    this.#log?.noteId(id);
  }

  load(events: readonly ServerSentEvent[]): Promise<void> | undefined {
    return this.#reader?.load(events);
  }

  read(events: readonly ServerSentEvent[]): StreamPart[] {
    const log = this.#log;
    if (log) for (const event of events) this.#read.push(...this.#readOne(event, log));
    else this.#read = this.#reader!.read(events);
    this.#options.onUnderstood();
    return this.take();
  }

  /** As that of `PartReader`. */
  take(): StreamPart[] {
    return [...this.#read.splice(0), ...(this.#reader?.take() ?? [])];
  }

  /** An answer that was cut off may go on: nothing of it is closed before somebody gives it up. */
  end(): StreamPart[] {
    return this.mayGoOn && this.verdict()?.code === 'truncated' ? [] : this.giveUp();
  }

  /** Closes what is open and lets out what was held back. */
  giveUp(): StreamPart[] {
    if (this.#hasEnded) return [];
    this.#hasEnded = true;
    return this.#reader?.end() ?? [];
  }

  verdict(): StreamError | undefined {
    return this.#reader?.verdict();
  }

  #begin(headers: Headers | undefined): PartReader {
    this.#headers = headers;
    return new PartReader({ ...this.#options, headers });
  }

  #readOne(event: ServerSentEvent, log: ReplayLog): StreamPart[] {
    const verdict = log.see(event);
    if (verdict === 'differs') return this.#readAnew([...this.#repeated, event], log);
    if (verdict === 'seen') {
      if (!log.hasCaughtUp) this.#repeated.push(event);
      return [];
    }
    this.#progressed = true;
    this.#repeated = [];
    return this.#reader!.read([event]);
  }

  #readAnew(events: ServerSentEvent[], log: ReplayLog): StreamPart[] {
    this.#repeated = [];
    this.#isOther = true;
    log.restart();
    this.#reader = this.#begin(this.#headers);
    this.#options.onRestart();
    for (const event of events) log.see(event);
    return this.#reader.read(events);
  }
}
