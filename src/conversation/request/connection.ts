import type { Artifact } from '../../message.js';
import type { Protocol, WireEvent } from '../../protocols/protocol.js';
import type { Ending } from '../../protocols/part-reader.js';
import { findProtocol, readInto } from '../../protocols/read-parts.js';
import { ReplayReader } from '../../protocols/replay-reader.js';
import type { StreamPart } from '../../protocols/stream-part.js';
import { Backoff } from '../../stream/backoff.js';
import { isOffline, untilOnline } from '../../stream/online.js';
import { pause } from '../../stream/pause.js';
import { StallTimer } from '../../stream/stall-timer.js';
import { isLoss, StreamError } from '../../stream/stream-error.js';
import { untilAborted } from '../../stream/until-aborted.js';
import type { ReconnectDetail } from '../../events.js';
import type { Timeouts } from './timeouts.js';

/** What a question to the server may need to know. */
export interface Asking {
  signal: AbortSignal;
  /** Runs out when no response comes; a sign of life begins it anew. */
  timer: StallTimer;
  /** The last id that was read of the answer; empty where there is none. */
  lastEventId: string;
}

/** Undefined where the host has kept the request from going out. */
export type Ask = (asking: Asking) => Promise<Response | undefined>;

/** How an answer is asked for. */
export interface Plan {
  ask: Ask;
  /** Asks for the rest of an answer whose connection was lost. Without it a loss is final. */
  askAgain?: Ask | undefined;
  /**
   * `event-source`: as the standard has it; anything but a stream is final, and 204 says that the answer is complete.
   * `resumption`: a server that is busy may be asked once more, and 204 says that there is nothing to resume.
   */
  style?: 'event-source' | 'resumption' | undefined;
}

/** A connection was lost and is being made anew. */
export interface Interruption {
  readonly error: StreamError;
  readonly attempt: number;
  /** It waits for a network. */
  readonly isOffline: boolean;
}

export interface ConnectionOptions {
  plan: Plan;
  protocol: string | Protocol | undefined;
  artifactMarkers: boolean;
  /** Those that a tool of this answer may change. */
  artifacts: readonly Artifact[];
  timeouts: Timeouts;
  /** The end of all: nothing is asked or read after it. */
  signal: AbortSignal;
  onOpen(response: Response, protocol: string | undefined): void;
  onEvent(event: WireEvent): boolean;
  /** The answer begins anew: what came before is to be given up for what comes now. */
  onRestart(): void;
  /** Whether a call of the answer has no result yet. */
  awaitsTool(): boolean;
  /** False: it is not to be made anew. */
  onReconnect(detail: ReconnectDetail): boolean;
  onInterruption(): void;
}

/** A server that says one of these may say something else a little later. */
const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What servers say to a question for an answer that they do not have (any more). */
const NOTHING = new Set([204, 404, 405, 410, 422]);

/** A server that wants to be left alone for longer than this is not waited for, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** How long a connection may stay open after the end of all that it brings, in milliseconds. */
const AFTER_BODY = 500;

/** Reads one answer, over as many connections as it takes. A question that is not safe to repeat is asked once. */
export class Connection {
  /** There was a response to read. */
  opened = false;
  interruption: Interruption | undefined;
  /** Of the connection that is being read. */
  #timer: StallTimer | undefined;
  /** How the answer has ended, after which only what follows is a sign of life. */
  #ending: Ending | undefined;
  /** There is nothing more to ask for. */
  #isOver = false;
  /** How the answer was lost first, since it last went on. */
  #loss: StreamError | undefined;
  readonly #options: ConnectionOptions;
  readonly #reader: ReplayReader;
  readonly #backoff: Backoff;
  /** What goes on from a loss is loaded while the question is out. Without it a loss is final. */
  #remembering: Promise<void> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#reader = new ReplayReader({
      protocol: findProtocol(options.protocol),
      artifactMarkers: options.artifactMarkers,
      artifacts: options.artifacts,
      onEvent: options.onEvent,
      onRestart: options.onRestart,
      onUnderstood: () => this.#noteEnding(),
    });
    this.#backoff = new Backoff(options.timeouts.reconnect);
    if (options.plan.askAgain) this.#remembering = this.#remember();
  }

  /** @throws {StreamError} when there is no way on; what had arrived has been given before. */
  async *read(): AsyncGenerator<StreamPart[], void, void> {
    const { ask, askAgain } = this.#options.plan;
    let error = yield* this.#readOnce(ask);
    while (error && (await this.#mayAskAgain(error))) error = yield* this.#readOnce(askAgain!);
    this.#interrupt(undefined);
    if (!error) return;
    yield this.#reader.giveUp().filter(({ type }) => type !== 'finish');
    throw isLoss(error) && !this.#isOver ? (this.#loss ?? error) : error;
  }

  /** What has been read and not been given yet, as there are further events in the same read. */
  take(): StreamPart[] {
    return this.#reader.take();
  }

  /** Gives what was wrong with this connection, if something was. */
  async *#readOnce(ask: Ask): AsyncGenerator<StreamPart[], StreamError | undefined, void> {
    const attempt = new AbortController();
    const { signal, timeouts } = this.#options;
    const abort = () => attempt.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const timer = new StallTimer(timeouts.connect ?? 30_000, () => {
      if (!this.#awaitsMore()) attempt.abort(timedOut());
    });
    try {
      const asking = { signal: attempt.signal, timer, lastEventId: this.#reader.lastEventId };
      const response = await untilAborted(ask(asking), attempt.signal);
      if (!response || this.#isNothing(response)) return yield* this.#endWithout(response);
      yield* this.#readResponse(response, attempt.signal, timer);
      return undefined;
    } catch (error) {
      return StreamError.from(error, 'network', 'The answer could not be read.');
    } finally {
      timer.stop();
      signal.removeEventListener('abort', abort);
    }
  }

  async *#readResponse(response: Response, signal: AbortSignal, timer: StallTimer) {
    const { protocol, onOpen, plan } = this.#options;
    timer.heard(this.#idle);
    this.#timer = timer;
    this.opened = true;
    if (plan.style === 'event-source') refuseOtherThan200(response);
    if (this.#remembering) await untilAborted(this.#remembering, signal);
    this.#reader.connect(response.headers);
    const parts = readInto(this.#reader, response, {
      protocol,
      signal,
      onRead: () => this.#ending || timer.heard(),
      onRetry: (milliseconds) => this.#backoff.wish(milliseconds),
      onOpen: (name) => {
        this.#interrupt(undefined);
        onOpen(response, name);
      },
    });
    yield* parts;
  }

  async #remember(): Promise<void> {
    try {
      const { ReplayLog } = await import('../../stream/replay-log.js');
      this.#reader.remember(new ReplayLog());
    } catch (error) {
      console.error(error);
    }
  }

  /** Some servers leave the connection open after the end, and others send another answer. */
  #noteEnding(): void {
    const { ending } = this.#reader;
    if (!ending && !this.#ending) return;
    this.#ending = ending;
    this.#timer?.heard(ending ? this.#timeAfter(ending) : this.#idle);
  }

  /** Behind an answer there may be another one. */
  #timeAfter(ending: Ending): number {
    return ending === 'body' ? AFTER_BODY : (this.#options.timeouts.end ?? 3000);
  }

  /** An answer that ends with a call goes on in the same body where the server runs the tool, which takes its time. */
  #awaitsMore(): boolean {
    if (this.#ending !== 'answer' || !this.#options.awaitsTool()) return false;
    this.#ending = undefined;
    this.#timer?.heard(this.#idle);
    return true;
  }

  get #idle(): number {
    return this.#options.timeouts.idle ?? 60_000;
  }

  #isNothing({ status }: Response): boolean {
    const { style } = this.#options.plan;
    const isFirst = this.#loss === undefined && this.#options.plan.ask !== this.#options.plan.askAgain;
    if (style === undefined || isFirst) return false;
    return style === 'resumption' ? NOTHING.has(status) : status === 204 && this.#loss !== undefined;
  }

  /** There is nothing to read: that is the end of the answer, or the last word on its loss. */
  async *#endWithout(response: Response | undefined): AsyncGenerator<StreamPart[], StreamError | undefined, void> {
    void response?.body?.cancel().catch(() => {});
    this.#isOver = true;
    if (!response || this.#options.plan.style === 'resumption') return this.#loss && noMore(this.#loss);
    yield this.#reader.giveUp();
    return undefined;
  }

  /** Waits until it is time for it. */
  async #mayAskAgain(error: StreamError): Promise<boolean> {
    const { signal, onReconnect } = this.#options;
    if (this.#remembering) await this.#remembering;
    if (this.#reader.takeProgress()) this.#recover();
    if (signal.aborted || !this.#isWorthAsking(error)) return false;
    const delay = this.#backoff.next();
    if (delay === undefined) return false;
    const detail = { error, attempt: this.#backoff.attempts, delay: Math.max(delay, error.retryAfter ?? 0) };
    this.#loss ??= error;
    if (!onReconnect(detail)) return false;
    await this.#wait(detail, signal);
    return !signal.aborted;
  }

  #recover(): void {
    this.#backoff.reset();
    this.#loss = undefined;
  }

  #isWorthAsking(error: StreamError): boolean {
    const { ask, askAgain, style } = this.#options.plan;
    if (!askAgain || this.#isOver || !this.#reader.mayGoOn) return false;
    if (isLoss(error)) return this.opened || ask === askAgain;
    const { code, status, retryAfter = 0 } = error;
    const isBusy = code === 'http' && BUSY.has(status ?? 0) && retryAfter <= LONGEST_WAIT;
    return isBusy && style === 'resumption' && this.#loss !== undefined;
  }

  async #wait({ error, attempt, delay }: ReconnectDetail, signal: AbortSignal): Promise<void> {
    do {
      this.#interrupt({ error, attempt, isOffline: isOffline() });
      await untilOnline(signal);
      this.#interrupt({ error, attempt, isOffline: false });
      await pause(delay, signal);
    } while (isOffline() && !signal.aborted);
  }

  #interrupt(interruption: Interruption | undefined): void {
    if (interruption === this.interruption) return;
    this.interruption = interruption;
    this.#options.onInterruption();
  }
}

function timedOut(): StreamError {
  return new StreamError('timeout', 'The server has sent nothing for too long.', {
    remedy: 'Send a comment (`: keep-alive`) while the model thinks, or raise `timeouts`.',
  });
}

function refuseOtherThan200({ ok, status }: Response): void {
  if (!ok || status === 200 || status === 204) return;
  throw new StreamError('http', `The server answered ${status}.`, {
    status,
    remedy: 'An event stream that is asked for by GET answers 200, as `EventSource` expects.',
  });
}

/** The same loss, for whoever wonders why nothing came of `resumable`. */
function noMore({ code, message, remedy = '' }: StreamError): StreamError {
  const about = 'Asked for the rest of it, the server said that it has nothing to resume.';
  return new StreamError(code, message, { remedy: `${about} ${remedy}`.trim() });
}
