import { AiWarningEndEvent, AiWarningEvent } from '../../events.js';
import type { Message } from '../../message.js';
import type { ChatSession } from '../chat-session.js';
import type { Branch } from '../thread/branched-thread.js';
import { isSameList } from '../thread/same-list.js';
import { BRANCHES, type ChatDatabase, type StoredChat, type StoredConversation } from './chat-database.js';
import { titleOf } from './conversation-title.js';
import { DatabaseLink, hasStorage } from './database-link.js';
import { stateOf, type State } from './session-state.js';
import { MAX_CHAT_SIZE, MAX_DRAFT_SIZE } from './storage-bounds.js';
import { StorageError, damageOf, warningOf, type StorageWarning, type StorageWarningCode } from './storage-warning.js';
import { StoredBranches, type BranchChange } from './stored-branches.js';
import { StoredThread, type ThreadChange } from './stored-thread.js';
import { TabNews } from './tab-news.js';
import { WritePace } from './write-pace.js';
import { WritingLock } from './writing-lock.js';

export interface KeptConversation {
  /** What it is kept under. */
  chat: string;
  /** The id that is kept with it becomes the session's. */
  takesId: boolean;
  /** The session had a thread when it was given to be kept. */
  isGiven: boolean;
  /** It has changed since. */
  hasChanged: boolean;
}

/** What this page is still writing of conversations that it has left: one that is opened again begins with all of it. */
const leaving = new Map<string, Promise<unknown>>();

/** What keeps a session, until `close()`. */
export class SessionKeeper {
  /** Resolves when what is kept stands in the session: whether there was anything. Never rejects. */
  readonly restored: Promise<boolean>;

  readonly #session: ChatSession;
  readonly #chat: string;
  readonly #takesId: boolean;
  readonly #thread: StoredThread;
  readonly #branches: StoredBranches;
  readonly #lock: WritingLock;
  readonly #link = new DatabaseLink((database) => this.#read(database));
  readonly #pace = new WritePace(() => this.#write());
  readonly #warned = new Set<StorageWarningCode>();
  /** Messages that another page has written since they were read. */
  readonly #stale = new Set<string>();
  readonly #news: TabNews | undefined;
  #head: StoredChat | undefined;
  #draft = '';
  /** The draft has changed since it was written. */
  #draftIsNew = false;
  /** The session has changed since it was written. */
  #isDirty = false;
  /** The session had a thread when it came here. */
  readonly #isGiven: boolean;
  #isRestored = false;
  /** What stood last when the page was left in the middle of an answer, or after one that failed. */
  #interruptedAt: Message | undefined;
  #onLeft: (() => Promise<void>) | undefined;
  #onForgotten: (() => void) | undefined;
  /** An answer is to be taken up here, or may be. */
  #isTakingUp = false;
  #isClosed = false;

  constructor(session: ChatSession, { chat, takesId, isGiven, hasChanged }: KeptConversation) {
    this.#session = session;
    this.#chat = chat;
    this.#takesId = takesId;
    this.#thread = new StoredThread(chat);
    this.#branches = new StoredBranches(chat);
    this.#lock = new WritingLock(chat);
    this.#isGiven = isGiven;
    if (hasStorage()) {
      session.addEventListener('change', this.#handleChange);
      this.#news = new TabNews(chat, {
        onWritten: (ids) => this.#handleNews(ids),
        onForgotten: () => this.#forget(),
      });
    }
    this.restored = this.#restore();
    if (hasStorage() && hasChanged) this.#handleChange();
  }

  /** What the reader is writing; up to 1,048,576 characters are kept. Set it as often as it changes. */
  get draft(): string {
    return this.#draft;
  }
  set draft(draft: string) {
    if (draft === this.#draft || this.#isClosed) return;
    this.#draft = draft;
    this.#draftIsNew = true;
    if (hasStorage()) this.#pace.ask();
  }

  /** The page was left in the middle of the last answer, or after it failed, and nothing has come of it since. */
  get interrupted(): boolean {
    return this.#interruptedAt !== undefined && this.#interruptedAt === this.#session.messages.at(-1);
  }

  /**
   * Does something when no other page of this origin reads an answer to the conversation, and keeps them from it until
   * it is done. What another page has written of an answer stands by then: only now can be told whether it was cut off.
   */
  async whenAlone(act: () => Promise<void>): Promise<void> {
    this.#isTakingUp = true;
    await this.#lock.hold();
    await this.#readAgain();
    try {
      if (!this.#isClosed) await act();
    } finally {
      this.#isTakingUp = false;
      await this.flush();
    }
  }

  /** Does the same whenever another page has gone in the middle of an answer that it was writing, or after one that failed. */
  whenLeft(act: () => Promise<void>): void {
    this.#onLeft = act;
    void this.#awaitEnd();
  }

  /** Does something whenever the conversation has been forgotten. */
  whenForgotten(act: () => void): void {
    this.#onForgotten = act;
  }

  /** What another page writes is complete, or left, once that page has nothing to do with it any more. */
  async #awaitEnd(): Promise<void> {
    const act = this.#onLeft;
    if (!act || this.#isTakingUp || !this.#isLeft) return;
    await this.whenAlone(async () => void (this.#isLeft && (await act())));
  }

  /** As far as is known. What was said to be cut off is said once. */
  get #isLeft(): boolean {
    return !this.#isClosed && this.interrupted && this.#session.status === 'ready';
  }

  /** Writes at once what has not been written: the page may be about to go. */
  async flush(): Promise<void> {
    if (!this.#isClosed) await this.#write();
  }

  /**
   * Writes what has not been written, and keeps no longer. The session goes on, and what is kept stays.
   *
   * @param last what there was to be kept when this was asked for. Default: what there is now.
   */
  async close(last = stateOf(this.#session)): Promise<void> {
    if (this.#isClosed) return;
    this.#session.removeEventListener('change', this.#handleChange);
    this.#pace.stop();
    this.#endWarnings();
    const written = Promise.all([this.#write(last), leaving.get(this.#chat)]);
    leaving.set(this.#chat, written);
    this.#isClosed = true;
    await written;
    if (leaving.get(this.#chat) === written) leaving.delete(this.#chat);
    this.#lock.release();
    this.#news?.close();
    await this.#link.close();
  }

  #handleChange = (): void => {
    this.#isDirty = true;
    if (this.#session.busy) void this.#lock.hold();
    this.#pace.ask();
  };

  #handleNews(ids: readonly string[]): void {
    if (this.#isClosed || ids.length === 0) return;
    for (const id of ids) this.#stale.add(id);
    // A turn that goes on here stands, whatever another page does to the thread.
    if (this.#session.busy) this.#thread.forget(turnOf(this.#session.messages).filter((id) => this.#stale.has(id)));
    this.#pace.ask();
  }

  /** The reader's last word: a turn that goes on here is stopped, and written no more. */
  #forget(): void {
    if (this.#isClosed) return;
    this.draft = '';
    this.#session.clear();
    this.#onForgotten?.();
  }

  async #restore(): Promise<boolean> {
    try {
      await this.#link.open();
      return this.#thread.messages.length > 0;
    } catch (error) {
      this.#warn(warningOf(error));
      return false;
    }
  }

  /** What a new connection begins with. */
  async #read(database: ChatDatabase): Promise<void> {
    if (!this.#isClosed) await leaving.get(this.#chat);
    const stored = await database.read(this.#chat);
    if (this.#isClosed) return;
    const own = this.#branches.notKept(this.#session.branches);
    const unread = this.#thread.accept(stored.messages) + this.#branches.accept(stored.branches ?? []);
    if (unread > 0) this.#warn(damageOf(unread));
    // A thread of the host's own that has nothing in common with what is kept takes its place.
    const replaces = !this.#isRestored && this.#isGiven && !this.#thread.hasAnyOf(this.#session.messages);
    if (replaces) this.#showAll();
    else this.#adopt(own);
    if (!this.#isRestored) this.#takeFirst(stored);
    this.#isRestored = true;
    this.#head = stored.chat;
    // The bounds are kept beside what the page is there for.
    database.trim(this.#chat).catch(() => {});
  }

  /** Of what was kept before this page came. */
  #takeFirst({ chat, draft }: StoredConversation): void {
    if (this.#takesId && typeof chat?.id === 'string' && chat.id !== '') this.#session.id = chat.id;
    if (!this.#draftIsNew && typeof draft === 'string') this.#draft = draft;
    if (!this.#isGiven) this.#noteInterruption(chat);
  }

  /** Everything that is kept, and after it what the session alone has. */
  #adopt(own: readonly Branch[], removed: ReadonlySet<string> = new Set()): void {
    const session = this.#session;
    if (session.busy) return;
    const merged = this.#thread.merge(session.messages.filter(({ id }) => !removed.has(id)));
    const branches = [...this.#showAll(), ...own];
    if (!isSameList(merged, session.messages)) session.messages = merged;
    if (!this.#branches.isSame(branches, session.branches)) session.branches = branches;
  }

  #showAll(): readonly Branch[] {
    this.#thread.show();
    return this.#branches.show();
  }

  /**
   * Never rejects: gives whether everything is written.
   *
   * @param last what there is to be kept, whatever comes next. Else it is what there is once what is kept has been read:
   * a thread from before that lacks the messages that came with it, which would be taken away.
   */
  async #write(last?: State): Promise<boolean> {
    this.#isDirty = false;
    try {
      const database = await this.#link.open();
      const state = last ?? stateOf(this.#session);
      this.#isDirty = false;
      await this.#writeTo(database, state);
      this.#endWarnings();
      if (!this.#isClosed) await this.#readNews(database);
      return true;
    } catch (error) {
      this.#warn(warningOf(error));
      return false;
    } finally {
      // Not before the end of the answer is written: another page may wait for that.
      if (!this.#session.busy && !this.#isDirty && !this.#isTakingUp) this.#lock.release();
    }
  }

  async #writeTo(database: ChatDatabase, state: State): Promise<void> {
    const change = this.#threadChange(state);
    const draft = this.#draftIsNew ? this.#draft : undefined;
    const branches = this.#branchChange(state, change);
    const head = this.#headOf(state, change);
    const isNothing = sizeOf(change) + sizeOf(branches) === 0 && draft === undefined;
    if (isNothing && isSameHead(head, this.#head)) return;
    const put = change.put.map(({ message: _, ...row }) => row);
    const turns = { put: branches.put.map(({ branch: _, ...one }) => one), remove: branches.remove };
    const row = {
      chat: head ?? null,
      put,
      remove: change.remove,
      branches: turns,
      draft: draft?.slice(0, MAX_DRAFT_SIZE),
    };
    await database.write(this.#chat, row);
    this.#thread.confirm(change);
    this.#branches.confirm(branches);
    this.#head = head;
    if (this.#draft === draft) this.#draftIsNew = false;
    const ids = [...put.map(({ id }) => id), ...change.remove];
    if (sizeOf(branches) > 0) ids.push(BRANCHES);
    this.#news?.tell(ids);
  }

  #threadChange({ messages, status }: State): ThreadChange {
    const change = this.#thread.changes(messages);
    if (change.put.length > 0 && this.#thread.sizeAfter(change) > MAX_CHAT_SIZE) throw new StorageError('storage-full');
    if (status !== 'submitted' || change.remove.length === 0) return change;
    // What is asked for anew, or asked in other words, stays until the first word of the other answer.
    return { put: change.put.filter(({ id }) => !this.#thread.ids.includes(id)), remove: [] };
  }

  /** What is asked for anew is no branch before there is another answer. */
  #branchChange({ branches, status }: State, change: ThreadChange): BranchChange {
    if (status === 'submitted') return { put: [], remove: [] };
    const left = this.#branches.fitting(branches, MAX_CHAT_SIZE - this.#thread.sizeAfter(change));
    const session = this.#session;
    // Else they would be counted in one way here and in another one after a reload.
    if (left !== branches && session.branches === branches && !session.busy) session.branches = left;
    return this.#branches.changes(left);
  }

  /** Nothing for a conversation that is empty. */
  #headOf({ messages, status, busy, id, settled }: State, change: ThreadChange): StoredChat | undefined {
    if (messages.length === 0 && this.#draft === '') return undefined;
    const isInterrupted = this.#interruptedAt !== undefined && this.#interruptedAt === messages.at(-1);
    const unfinished = busy || status === 'error' || isInterrupted;
    const size = this.#thread.sizeAfter(change) + this.#branches.size;
    const title = titleOf(messages, this.#draft);
    return { chat: this.#chat, id, unfinished, settled, title, size, updated: Date.now() };
  }

  /** What other pages have written, once nothing of this one's own is under way. */
  async #readNews(database: ChatDatabase): Promise<void> {
    if (this.#stale.size === 0 || this.#session.busy || this.#isDirty) return;
    const ids = [...this.#stale];
    this.#stale.clear();
    const stored = await database.readMessages(this.#chat, ids);
    // Whatever has begun in the meantime goes first.
    if (this.#session.busy || this.#isDirty) return this.#handleNews(ids);
    this.#take(stored, ids);
  }

  /** All that is kept by now. A turn of this page's own goes first. */
  async #readAgain(): Promise<void> {
    await this.flush();
    if (this.#hasOwn) return;
    try {
      const database = await this.#link.open();
      const stored = await database.read(this.#chat);
      if (!this.#hasOwn) this.#take(stored, this.#thread.ids);
    } catch (error) {
      this.#warn(warningOf(error));
    }
  }

  get #hasOwn(): boolean {
    return this.#isClosed || this.#session.busy || this.#isDirty;
  }

  /** What the store has of these messages, and whether the last one was being written. */
  #take({ chat, messages, branches }: Omit<StoredConversation, 'draft'>, ids: readonly string[]): void {
    this.#thread.accept(messages, ids);
    const own = this.#branches.notKept(this.#session.branches);
    if (branches) this.#branches.accept(branches);
    const there = new Set(messages.map(({ id }) => id));
    this.#adopt(own, new Set(ids.filter((id) => !there.has(id))));
    this.#head = chat;
    this.#noteInterruption(chat);
  }

  #noteInterruption(chat: StoredChat | undefined): void {
    const isUnfinished = chat?.unfinished === true;
    this.#interruptedAt = isUnfinished ? this.#session.messages.at(-1) : undefined;
    if (isUnfinished) this.#session.settled = Number(chat.settled) || 0;
    void this.#awaitEnd();
  }

  /** All is kept, or nothing is to be. What could not be read is still not there. */
  #endWarnings(): void {
    for (const code of this.#warned)
      if (code !== 'storage-damaged' && this.#warned.delete(code))
        this.#session.dispatchEvent(new AiWarningEndEvent({ code }));
  }

  #warn(warning: StorageWarning): void {
    if (this.#isClosed || this.#warned.has(warning.code)) return;
    this.#warned.add(warning.code);
    this.#session.dispatchEvent(new AiWarningEvent(warning));
  }
}

/** The last question and what follows it. */
function turnOf(messages: readonly Message[]): string[] {
  const question = messages.findLastIndex(({ role }) => role === 'user');
  return messages.slice(Math.max(question, 0)).map(({ id }) => id);
}

function sizeOf({ put, remove }: { put: unknown[]; remove: unknown[] }): number {
  return put.length + remove.length;
}

/** The rest of it changes with the messages only. */
function isSameHead(one: StoredChat | undefined, other: StoredChat | undefined): boolean {
  if (one?.id !== other?.id || one?.unfinished !== other?.unfinished) return false;
  return (one?.settled ?? 0) === (other?.settled ?? 0);
}
