/**
 * Each message on it names the conversation as `chat`. None where there are none, as in a page that may keep nothing:
 * Firefox refuses it there.
 */
export function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel('ai-stream-elements');
  } catch {
    return undefined;
  }
}

interface Listener {
  /** These messages have been written or removed; none of them, where it was the draft or how the last answer ended. */
  onWritten(ids: readonly string[]): void;
  /** The whole conversation was forgotten. */
  onForgotten(): void;
}

/** Tells the other pages of this origin what has been done to a conversation. */
export class TabNews {
  readonly #channel = openChannel();
  readonly #chat: string;

  constructor(chat: string, listener?: Listener) {
    this.#chat = chat;
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const told = (data ?? {}) as { chat?: unknown; ids?: unknown; forgotten?: unknown };
      if (told.chat !== chat) return;
      if (told.forgotten === true) listener?.onForgotten();
      else if (Array.isArray(told.ids)) listener?.onWritten(told.ids.filter((id) => typeof id === 'string'));
    });
  }

  tell(ids: readonly string[]): void {
    this.#post({ ids });
  }

  tellForgotten(): void {
    this.#post({ forgotten: true });
  }

  close(): void {
    this.#channel?.close();
  }

  #post(news: object): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has the origin's own pages only
    this.#channel?.postMessage({ chat: this.#chat, ...news });
  }
}
