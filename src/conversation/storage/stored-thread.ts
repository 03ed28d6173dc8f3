import type { Message } from '../../message.js';
import { createId } from '../id.js';
import type { StoredMessage } from './chat-database.js';
import { fromRow, toText } from './stored-message.js';

interface Kept {
  message: Message;
  order: number;
  stamp: string;
  size: number;
  /** The session has it, or had it: what it has no more is to be removed. */
  shown: boolean;
  /** Another page has written it, and the session has not taken it yet. */
  isNews: boolean;
}

export interface ThreadChange {
  put: (StoredMessage & { message: Message })[];
  remove: string[];
}

/**
 * What is known of a thread's rows. Pages that show the same conversation write their own rows only, and a row's place
 * is given by time, so that the turns of all of them stand, one after another.
 */
export class StoredThread {
  readonly #chat: string;
  readonly #kept = new Map<string, Kept>();
  /** Rows that nothing could be made of. They go with the conversation. */
  readonly #unread = new Set<string>();

  constructor(chat: string) {
    this.#chat = chat;
  }

  /** Characters of all that is kept once the change is written. */
  sizeAfter({ put, remove }: ThreadChange): number {
    const sizes = new Map([...this.#kept].map(([id, { size }]) => [id, size]));
    for (const { id, text } of put) sizes.set(id, text.length);
    for (const id of remove) sizes.delete(id);
    let sum = 0;
    for (const size of sizes.values()) sum += size;
    return sum;
  }

  get messages(): Message[] {
    return this.#inOrder().map(({ message }) => message);
  }

  get ids(): string[] {
    return [...this.#kept.keys()];
  }

  hasAnyOf(messages: readonly Message[]): boolean {
    return messages.some(({ id }) => this.#kept.has(id));
  }

  /**
   * The whole thread, and after it what the session alone has. Of a message that both have, the session's is the newer
   * one, unless another page has written it since.
   */
  merge(messages: readonly Message[]): Message[] {
    const own = new Map(messages.map((message) => [message.id, message]));
    const kept = this.#inOrder().map(({ message, isNews }) => (isNews ? message : (own.get(message.id) ?? message)));
    return [...kept, ...messages.filter(({ id }) => !this.#kept.has(id))];
  }

  /** What is to be written so that the store holds these. Messages are immutable: the same one has not changed. */
  changes(messages: readonly Message[]): ThreadChange {
    const put: ThreadChange['put'] = [];
    const now = Date.now();
    let before = 0;
    for (const message of messages) {
      const kept = this.#kept.get(message.id);
      const order = kept && kept.order > before ? kept.order : orderAfter(before, message, now);
      before = order;
      if (kept?.message === message && kept.order === order) continue;
      put.push({ chat: this.#chat, id: message.id, order, stamp: createId(), text: toText(message), message });
    }
    const ids = new Set(messages.map(({ id }) => id));
    const remove = [...this.#kept].filter(([id, { shown }]) => shown && !ids.has(id)).map(([id]) => id);
    return { put, remove: messages.length === 0 ? [...remove, ...this.#unread] : remove };
  }

  /** The change has been written. */
  confirm({ put, remove }: ThreadChange): void {
    for (const { id, message, order, stamp, text } of put)
      this.#kept.set(id, { message, order, stamp, size: text.length, shown: true, isNews: false });
    for (const id of remove) {
      this.#kept.delete(id);
      this.#unread.delete(id);
    }
  }

  /**
   * What the store holds now, of these ids or altogether. A message whose row has not changed stays the same object.
   *
   * @returns how many rows could not be read.
   */
  accept(rows: readonly StoredMessage[], ids: Iterable<string> = this.#kept.keys()): number {
    const before = new Map(this.#kept);
    for (const id of ids) this.#kept.delete(id);
    for (const row of rows) {
      const kept = this.#read(row, before.get(row.id));
      if (kept) this.#kept.set(row.id, kept);
      else this.#unread.add(row.id);
    }
    return this.#unread.size;
  }

  /** These are on show: one of them that is there no more later on is to be removed. */
  show(): void {
    for (const kept of this.#kept.values()) Object.assign(kept, { shown: true, isNews: false });
  }

  /** Another page has removed them, and this one wants them kept: they are written anew. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#kept.delete(id);
  }

  #inOrder(): Kept[] {
    return [...this.#kept.values()].toSorted((one, other) => one.order - other.order);
  }

  #read(row: StoredMessage, before: Kept | undefined): Kept | undefined {
    if (before?.stamp === row.stamp) return before;
    const message = fromRow(row);
    if (!message || !Number.isFinite(row.order)) return undefined;
    const { order, stamp, text } = row;
    return { message, order, stamp, size: text.length, shown: before?.shown ?? false, isNews: true };
  }
}

/** A question stands where its time puts it, an answer right after its question. */
function orderAfter(before: number, message: Message, now: number): number {
  return message.role === 'user' ? Math.max(before + 1, now) : before + 1;
}
