import type { ChatSession } from '../conversation/chat-session.js';
import type { Message } from '../message.js';
import { isLoss } from '../stream/stream-error.js';

/** What “Try again” asks for. */
export class Retry {
  /** Which answer it is about, where it is not the last one. */
  #messageId: string | undefined;
  readonly #ask: (messageId: string | undefined) => Promise<Message>;

  constructor(ask: (messageId: string | undefined) => Promise<Message>) {
    this.#ask = ask;
  }

  /** A turn begins that is about this answer, or has come to its end. */
  note(messageId: string | undefined): void {
    this.#messageId = messageId;
  }

  /** What was lost of an answer may still be had; only where it is not, another one is asked for. */
  async ask(session: ChatSession): Promise<void> {
    const { error, resumable, messages } = session;
    const mayResume = resumable && error !== undefined && isLoss(error) && messages.at(-1)?.role === 'assistant';
    if (mayResume && (await session.resume()) !== null) return;
    const isThere = messages.some(({ id }) => id === this.#messageId);
    if (!session.busy) await this.#ask(isThere ? this.#messageId : undefined);
  }
}
