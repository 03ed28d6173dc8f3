import { ChatSession } from '../../conversation/chat-session.js';
import { forwardEvents } from './forward-events.js';

type Handlers = Record<string, (event: never) => void>;

/**
 * What binds an element to the session that it shows. It listens while there is reason to: a session that outlives the
 * element must not hold on to it. A session that was made here ends with the element.
 */
export class SessionLink {
  #session = new ChatSession();
  #isOwn = true;
  #hasCut = false;
  #listening: AbortController | undefined;
  readonly #element: EventTarget;
  readonly #handlers: Handlers;

  constructor(element: EventTarget, handlers: Handlers) {
    this.#element = element;
    this.#handlers = handlers;
    this.listen();
  }

  get session(): ChatSession {
    return this.#session;
  }

  get isOwn(): boolean {
    return this.#isOwn;
  }

  /** A session is this element's, and goes on: one that was made here ends with the element. */
  shows(session: ChatSession): boolean {
    return session === this.#session && (this.#listening !== undefined || !this.#isOwn);
  }

  /** Nothing given: a new one of the element's own. */
  adopt(session: ChatSession | null | undefined): void {
    // One of another copy of this package will do.
    if (session && !Array.isArray(session.messages)) throw new TypeError('`session` takes a `ChatSession`.');
    const wasListening = this.#listening !== undefined;
    // First, so that the end of the old one is not taken for that of the new one.
    this.#stopListening();
    this.#endOwn();
    this.#hasCut = false;
    this.#isOwn = !session;
    this.#session = session ?? new ChatSession();
    if (wasListening) this.listen();
  }

  /** Gives whether an answer was cut off by the last release. */
  listen(): boolean {
    if (this.#listening) return false;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    forwardEvents(this.#session, this.#element, signal);
    for (const [type, handle] of Object.entries(this.#handlers))
      this.#session.addEventListener(type, handle as EventListener, { signal });
    return this.#hasCut;
  }

  /** Whoever listens to the element still hears the end. */
  release(): void {
    this.#hasCut = this.#isOwn && this.#session.busy;
    this.#endOwn();
    this.#stopListening();
  }

  #endOwn(): void {
    if (this.#isOwn) this.#session.letGo();
  }

  #stopListening(): void {
    this.#listening?.abort();
    this.#listening = undefined;
  }
}
