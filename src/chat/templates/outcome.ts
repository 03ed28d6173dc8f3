import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatSession } from '../../conversation/chat-session.js';
import type { AiErrorEvent, AiFinishEvent } from '../../events.js';
import type { Message } from '../../message.js';
import { isOffline } from '../../stream/online.js';
import type { StreamError } from '../../stream/stream-error.js';
import type { ChatStrings } from '../chat-strings.js';
import { endingOf, pendingOf } from './ending.js';
import { renderOutcome } from './outcome-template.js';

export interface OutcomeParts {
  session(): ChatSession;
  words(): ChatStrings;
  announce(text: string): void;
  retry(): void;
}

/** How the last answer stands: at work, lost and being made anew, stopped, or failed with the way on. */
export class Outcome implements ReactiveController {
  /** The host tells the reader about the error itself. */
  #isHosts = false;
  /** The thread whose last answer was stopped. */
  #stopped: readonly Message[] | undefined;
  /** Nobody has asked for what is being looked for: nothing is shown before there is something. */
  #isUnasked = false;
  /** What was said last about the connection. */
  #said = '';
  #isShown = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #parts: OutcomeParts;

  constructor(host: ReactiveControllerHost, parts: OutcomeParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#isShown = true;
    addEventListener('online', this.#look);
    addEventListener('offline', this.#look);
  }

  hostDisconnected(): void {
    this.#isShown = false;
    removeEventListener('online', this.#look);
    removeEventListener('offline', this.#look);
    this.#stopCounting();
  }

  hostUpdated(): void {
    const { error } = this.#parts.session();
    const left = error ? timeLeft(error) : 0;
    if (left === 0 || this.#isHosts || !this.#isShown) return this.#stopCounting();
    // On the second, so that none is shown twice or not at all.
    this.#timer ??= setTimeout(() => this.#count(), left % 1000 || 1000);
  }

  render(): unknown {
    const session = this.#parts.session();
    return renderOutcome({
      session,
      words: this.#parts.words(),
      stopped: session.messages === this.#stopped,
      quiet: this.#isHosts,
      isUnasked: this.#isUnasked && session.isLooking,
      isOffline: isOffline(),
      left: session.error ? timeLeft(session.error) : 0,
      onRetry: this.#parts.retry,
    });
  }

  begin(): void {
    this.#isHosts = false;
    if (!this.#isUnasked) this.#parts.announce(this.#parts.words().working);
  }

  /** Looks whether an answer is still being written, as the page has just been opened. */
  async look(): Promise<Message | null> {
    this.#isUnasked = true;
    const answer = await this.#parts.session().resume();
    this.#isUnasked = false;
    return answer;
  }

  /** The element shows another session. */
  adopt(): void {
    this.#isHosts = this.#isUnasked = false;
  }

  /** Gives what is to be said of it, as it stands by now. */
  finish({ stopped }: AiFinishEvent, message: Message): string {
    this.#stopped = stopped ? this.#parts.session().messages : undefined;
    const words = this.#parts.words();
    return stopped ? words.stopped : (endingOf(message, words) ?? this.pending(message));
  }

  /** What it waits for, or that it is complete. */
  pending(message: Message): string {
    const words = this.#parts.words();
    return pendingOf(message, words) ?? words.complete;
  }

  fail({ defaultPrevented, error }: AiErrorEvent): void {
    this.#isHosts = defaultPrevented;
    if (defaultPrevented) return;
    const { code, message, remedy } = error;
    console.warn(`<ai-stream-chat> ${code}: ${message}${remedy ? ` ${remedy}` : ''}`);
  }

  /** The session has changed: what becomes of its connection is said once. */
  follow(): void {
    const { interruption } = this.#parts.session();
    const { reconnecting, waiting } = this.#parts.words();
    const news = interruption ? (isOffline() ? waiting : reconnecting) : '';
    if (news !== '' && news !== this.#said) this.#parts.announce(news);
    this.#said = news;
  }

  #look = (): void => {
    this.follow();
    this.#host.requestUpdate();
  };

  #count(): void {
    this.#timer = undefined;
    const { error } = this.#parts.session();
    if (error && timeLeft(error) === 0) this.#parts.announce(this.#parts.words().retryNow);
    this.#host.requestUpdate();
  }

  #stopCounting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Milliseconds until the server allows another try. */
function timeLeft({ time, retryAfter = 0 }: StreamError): number {
  return Math.max(0, time + retryAfter - Date.now());
}
