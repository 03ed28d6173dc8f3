import type { ChatSession } from '../../conversation/chat-session.js';
import { isLoss } from '../../stream/stream-error.js';

/** What “Try again” asks for. */
export class Retry {
  /** Which answer it is about, where it is not the last one. */
  #messageId: string | undefined;
  readonly #begin: (messageId: string | undefined) => void;

  /** `begin`: the turn is about to begin. */
  constructor(begin: (messageId: string | undefined) => void) {
    this.#begin = begin;
  }

  /** A turn begins that is about this answer, or has come to its end. */
  note(messageId: string | undefined): void {
    this.#messageId = messageId;
  }

  /** What was lost of an answer may still be had; only where it is not, another one is asked for. */
  async ask(session: ChatSession): Promise<void> {
    const { error, resumable, messages } = session;
    // In an empty thread nothing has been asked but for that.
    const isOpen = messages.at(-1)?.role === 'assistant' && error !== undefined && isLoss(error);
    const mayResume = resumable && (isOpen || messages.length === 0);
    if (mayResume && (await session.resume()) !== null) return;
    const isThere = messages.some(({ id }) => id === this.#messageId);
    if (session.busy) return;
    const messageId = isThere ? this.#messageId : undefined;
    this.#begin(messageId);
    await (messageId === undefined ? session.retry() : session.regenerate(messageId));
  }
}
