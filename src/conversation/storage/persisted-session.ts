import { AiWarningEvent } from '../../events.js';
import type { ChatSession } from '../chat-session.js';
import { chatKey, namespaceOf } from './chat-key.js';
import type { SessionKeeper } from './session-keeper.js';
import { stateOf, type State } from './session-state.js';

export interface PersistOptions {
  /** Keeps the conversations of two apps on one origin apart. Default: the session's endpoint without its query. */
  namespace?: string;
  /**
   * What the conversation is kept under. Default: the session's id. Under a key of its own the id is kept as well, and
   * becomes the session's.
   */
  key?: string;
}

/**
 * Keeps a session's thread, and a draft beside it, in IndexedDB, and brings back what is kept there. Where the session
 * has a thread already, the two are joined by their messages' ids; without one in common, the session's takes the place.
 *
 * Where it cannot be kept, the session dispatches `ai-warning` (once for each reason) and goes on in memory.
 */
export function persistSession(session: ChatSession, options: PersistOptions = {}): PersistedSession {
  return new PersistedSession(session, options);
}

/** A session that is kept, until `close()`. What keeps it is loaded with the first. */
export class PersistedSession {
  /** Resolves when what is kept stands in the session: whether there was anything. Never rejects. */
  readonly restored: Promise<boolean>;

  readonly #session: ChatSession;
  readonly #chat: string;
  readonly #takesId: boolean;
  readonly #loading: Promise<SessionKeeper | undefined>;
  #keeper: SessionKeeper | undefined;
  // Until the keeper is there: what is being written, and what there was when it was closed already.
  #draft: string | undefined;
  #closed: State | undefined;

  constructor(session: ChatSession, { namespace = namespaceOf(session.endpoint), key }: PersistOptions) {
    this.#session = session;
    this.#chat = chatKey(namespace, key ?? session.id);
    this.#takesId = key !== undefined;
    this.#loading = this.#load(session.messages.length > 0);
    this.restored = this.#loading.then((keeper) => keeper?.restored ?? false);
  }

  /** What the reader is writing; up to 1,048,576 characters are kept. Set it as often as it changes. */
  get draft(): string {
    return this.#keeper?.draft ?? this.#draft ?? '';
  }
  set draft(draft: string) {
    if (this.#keeper) this.#keeper.draft = draft;
    else this.#draft = draft;
  }

  /** The page was left in the middle of the last answer, or after it failed, and nothing has come of it since. */
  get interrupted(): boolean {
    return this.#keeper?.interrupted ?? false;
  }

  /**
   * Does something when no other page of this origin reads an answer to the conversation, and keeps them from it until
   * it is done. What another page has written of an answer stands by then: only now can be told whether it was cut off.
   */
  async whenAlone(act: () => Promise<void>): Promise<void> {
    const keeper = await this.#loading;
    await (keeper ? keeper.whenAlone(act) : act());
  }

  /**
   * Does the same, until `close()`, whenever another page has gone in the middle of an answer that it was writing, or
   * after one that failed.
   */
  async whenLeft(act: () => Promise<void>): Promise<void> {
    (await this.#loading)?.whenLeft(act);
  }

  /** Does something, until `close()`, whenever the conversation has been forgotten (`KeptConversations`). */
  async whenForgotten(act: () => void): Promise<void> {
    (await this.#loading)?.whenForgotten(act);
  }

  /** Writes at once what has not been written: the page may be about to go. */
  async flush(): Promise<void> {
    await (this.#keeper ?? (await this.#loading))?.flush();
  }

  /**
   * Writes what has not been written, and keeps no longer. The session goes on, and what is kept stays.
   *
   * @param options.last what there was to be kept, where the session has another thread by now. Default: what there is.
   */
  async close({ last = stateOf(this.#session) }: { last?: State } = {}): Promise<void> {
    if (this.#keeper) return this.#keeper.close(last);
    this.#closed ??= last;
    await this.#loading;
  }

  async #load(isGiven: boolean): Promise<SessionKeeper | undefined> {
    let hasChanged = false;
    const noteChange = (): void => void (hasChanged = true);
    this.#session.addEventListener('change', noteChange);
    try {
      const { SessionKeeper } = await import('./keeping.js');
      const conversation = { chat: this.#chat, takesId: this.#takesId, isGiven, hasChanged };
      this.#keeper = new SessionKeeper(this.#session, conversation);
      if (this.#draft !== undefined) this.#keeper.draft = this.#draft;
      if (this.#closed) await this.#keeper.close(this.#closed);
      return this.#keeper;
    } catch (error) {
      this.#warn(error);
      return undefined;
    } finally {
      this.#session.removeEventListener('change', noteChange);
    }
  }

  #warn(error: unknown): void {
    const message = `The conversation cannot be kept: what keeps it could not be loaded. ${String(error)}`;
    this.#session.dispatchEvent(new AiWarningEvent({ code: 'storage-unavailable', message }));
  }
}
