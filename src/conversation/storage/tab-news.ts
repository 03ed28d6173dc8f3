const CHANNEL = 'ai-stream-elements';

/** Tells the other pages of this origin which messages of a conversation have been written or removed. */
export class TabNews {
  readonly #channel = new BroadcastChannel(CHANNEL);
  readonly #chat: string;

  private constructor(chat: string) {
    this.#chat = chat;
  }

  static open(chat: string, hear: (ids: readonly string[]) => void): TabNews | undefined {
    if (globalThis.BroadcastChannel === undefined) return undefined;
    const news = new TabNews(chat);
    news.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const told = (data ?? {}) as { chat?: unknown; ids?: unknown };
      if (told.chat === chat && Array.isArray(told.ids)) hear(told.ids.filter((id) => typeof id === 'string'));
    });
    return news;
  }

  tell(ids: readonly string[]): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has the origin's own pages only
    this.#channel.postMessage({ chat: this.#chat, ids });
  }

  close(): void {
    this.#channel.close();
  }
}
