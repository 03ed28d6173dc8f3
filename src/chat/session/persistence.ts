import type { ChatSession } from '../../conversation/chat-session.js';
import { createId } from '../../conversation/id.js';
import type { Message } from '../../message.js';
import { stateOf, type State } from '../../conversation/storage/session-state.js';
import { persistSession, type PersistedSession } from '../../conversation/storage/persisted-session.js';

export interface PersistenceView {
  session: ChatSession;
  /** The session is the element's own. */
  isOwn: boolean;
  /** Out of the page nothing is kept, and nothing forgotten. */
  isConnected: boolean;
  /** Whether to keep it. */
  on: boolean;
  /** None, of whatever kind: the endpoint's one conversation. */
  chatId: string | null | undefined;
}

export interface PersistenceActions {
  /** Where the reader writes. */
  composer: { restore(draft: string, conversation: string): void; empty(conversation?: string): void };
  /** Takes up an answer that may still be being written; null where there is none. */
  resume(): Promise<Message | null>;
}

/** Keeps the conversation that an element shows, for as long as it shows it. Another `chat-id` is another conversation. */
export class Persistence {
  /** What stood before the host has set another thread, since the element was last followed. */
  #replaced: State | undefined;
  #kept: PersistedSession | undefined;
  #session: ChatSession | undefined;
  #chatId: string | undefined;
  #listening: AbortController | undefined;
  #isRestoring = false;
  #isHolding = false;
  /** The question whose answer was taken up, and had no end here either; null is none, of which another page may know. */
  #failedAt: string | null | undefined;
  readonly #actions: PersistenceActions;

  constructor(actions: PersistenceActions) {
    this.#actions = actions;
  }

  /** What is kept is still being read. */
  get isRestoring(): boolean {
    return this.#isRestoring;
  }

  /** A turn waits for that. */
  get isHolding(): boolean {
    return this.#isHolding;
  }

  /** @param apply puts the element's settings into the session, once the conversation before is kept as it was. */
  follow({ session, isOwn, isConnected, on, ...view }: PersistenceView, apply: () => void): void {
    if (!isConnected) return apply();
    const replaced = this.#replaced;
    this.#replaced = undefined;
    const chatId = view.chatId || undefined;
    const stays = this.#kept !== undefined && this.#session === session && this.#chatId === chatId;
    if (!on) {
      this.release();
      this.#session = undefined;
    }
    if (!on || stays) return apply();
    this.#leave(session, chatId, replaced);
    // The id of the conversation before is not that of one without.
    if (isOwn && chatId === undefined && this.#chatId !== undefined) session.id = createId();
    apply();
    this.#session = session;
    this.#chatId = chatId;
    // Without an id one conversation is kept for the endpoint, and the id that it had is kept with it.
    void this.#keep(persistSession(session, isOwn && chatId === undefined ? { key: '' } : {}));
  }

  /** The host is about to set another thread, which may be that of another conversation. */
  noteThread(session: ChatSession): void {
    this.#replaced ??= stateOf(session);
  }

  /** What the reader is writing. */
  set draft(draft: string) {
    if (this.#kept) this.#kept.draft = draft;
  }

  /** Does it once the thread stands: a question must not go out without what was said before it, nor in another one. */
  async whenRestored<Result>(act: () => Promise<Result>): Promise<Result> {
    if (!this.#isRestoring) return act();
    const [session, chatId] = [this.#session, this.#chatId];
    this.#isHolding = true;
    await this.#kept?.restored;
    this.#isHolding = false;
    if (!this.#kept || session !== this.#session || chatId !== this.#chatId)
      throw new DOMException('Another conversation was opened.', 'AbortError');
    // It may have been left and opened again.
    return this.whenRestored(act);
  }

  /** What has not been written yet is written; what is kept stays. */
  release(last?: State): void {
    this.#listening?.abort();
    void this.#kept?.close({ last });
    this.#kept = undefined;
    this.#isRestoring = false;
  }

  #leave(session: ChatSession, chatId: string | undefined, replaced: State | undefined): void {
    // Also where the element was out of the page since.
    const switches = this.#session === session && (this.#kept !== undefined || this.#chatId !== chatId);
    // What is being written belongs to the one before, and is kept with it.
    if (this.#kept || switches) this.#actions.composer.empty(this.#chatId ?? '');
    // A thread that came together with the other id is no part of the one before.
    this.release(switches ? replaced : undefined);
    if (switches && !replaced) session.messages = [];
  }

  async #keep(kept: PersistedSession): Promise<void> {
    this.#kept = kept;
    this.#isRestoring = true;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // A page that is hidden may never be shown again, and is told of nothing else on a phone. One that is shown again may
    // have stood still while it wrote: what others have written since is read with its own next word.
    document.addEventListener('visibilitychange', () => void kept.flush(), { signal });
    window.addEventListener('pagehide', () => void kept.flush(), { signal });
    void kept.whenForgotten(() => this.#actions.composer.empty());
    await kept.restored;
    if (this.#kept !== kept) return;
    this.#isRestoring = false;
    this.#actions.composer.restore(kept.draft, this.#chatId ?? '');
    await kept.whenAlone(() => this.#takeUp(kept));
    if (this.#kept !== kept) return;
    // Not in a page that is hidden: the one that the reader looks at may be about to, as after a reload.
    const watch = () => void kept.whenLeft(() => (document.hidden ? Promise.resolve() : this.#takeUp(kept)));
    document.addEventListener('visibilitychange', watch, { signal });
    watch();
  }

  /** What a page before this one, or another one, was left in the middle of. */
  async #takeUp(kept: PersistedSession): Promise<void> {
    if (this.#kept !== kept) return;
    const session = this.#session!;
    const question = session.messages.findLast(({ role }) => role === 'user')?.id ?? null;
    // What has failed here is the reader's. Two pages would have it from each other without end.
    const resumed = question !== this.#failedAt && (await this.#actions.resume());
    if (!resumed && this.#kept === kept && kept.interrupted) session.interrupt();
    if (session.status === 'error') this.#failedAt = question;
  }
}
