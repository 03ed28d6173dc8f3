import { keysOf, namespaceOf } from './chat-key.js';
import { openChannel } from './tab-news.js';

export interface KeptConversation {
  /** The chat's `chat-id`, or the key of `persistSession`; empty for the one that an endpoint has without an id. */
  chatId: string;
  /** The beginning of its first question, or of what is being written in it: at most 80 characters, maybe none. */
  title: string;
  /** When it was written last. */
  updatedAt: Date;
  /** Its last answer is being written, was left in the middle or has failed. */
  unfinished: boolean;
}

export interface KeptConversationsOptions {
  /** Of this endpoint, whatever its query is. */
  endpoint?: string;
  /** What `persistSession` was told, in place of the endpoint. */
  namespace?: string;
}

/**
 * The conversations that `persist` and `persistSession` keep on the reader's device, for a list of them and to forget
 * them. `change` is dispatched when a page of this origin has written or removed some: at most twice a second while an
 * answer comes, or a draft is written.
 */
export class KeptConversations extends EventTarget {
  readonly #beginning: string;
  readonly #channel = openChannel();

  /** Without an endpoint or a namespace: those of the page itself, as where a chat has no `endpoint`. */
  constructor({ endpoint = '', namespace = namespaceOf(endpoint) }: KeptConversationsOptions = {}) {
    super();
    this.#beginning = keysOf(namespace);
    this.#channel?.addEventListener('message', this.#handleNews);
  }

  /** The latest first; at most a hundred are kept. Rejects with an error whose `code` is that of `ai-warning`. */
  async list(): Promise<KeptConversation[]> {
    const { listKept } = await import('./keeping.js');
    return listKept(this.#beginning);
  }

  /**
   * Forgets a conversation, with its branches and its draft; without an id that of the endpoint. Pages that show it stop
   * an answer that is being written, and show it empty.
   */
  async remove(chatId?: string | null): Promise<void> {
    await this.#remove(chatId ?? '');
  }

  /** Forgets all of them, as when a reader signs out. */
  async removeAll(): Promise<void> {
    await this.#remove();
  }

  /** Hears of no more changes. */
  close(): void {
    this.#channel?.close();
  }

  async #remove(chatId?: string): Promise<void> {
    const { removeKept } = await import('./keeping.js');
    await removeKept(this.#beginning, chatId);
    this.dispatchEvent(new Event('change'));
  }

  readonly #handleNews = ({ data }: MessageEvent<{ chat?: unknown } | null>): void => {
    const { chat } = data ?? {};
    if (typeof chat === 'string' && chat.startsWith(this.#beginning)) this.dispatchEvent(new Event('change'));
  };
}
