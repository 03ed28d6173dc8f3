interface Asked {
  granted: Promise<void>;
  /** Aborted to give it back, or up. */
  end: AbortController;
}

/**
 * Says which page of this origin reads an answer to a conversation: one of them at a time has it (Web Locks). A page that
 * goes, or crashes, gives it back by that. Where there are no locks, every page has it.
 */
export class WritingLock {
  readonly #name: string;
  #asked: Asked | undefined;

  constructor(chat: string) {
    this.#name = `ai-stream-elements ${chat}`;
  }

  /** Resolves when this page has it, or has given it up in the meantime. */
  hold(): Promise<void> {
    this.#asked ??= this.#ask();
    return this.#asked.granted;
  }

  release(): void {
    this.#asked?.end.abort();
    this.#asked = undefined;
  }

  #ask(): Asked {
    const end = new AbortController();
    const { signal } = end;
    const locks = (globalThis.navigator as Navigator | undefined)?.locks;
    const granted = new Promise<void>((resolve) => {
      if (!locks) return resolve();
      const take = () => {
        resolve();
        return new Promise<void>((free) => signal.addEventListener('abort', () => free()));
      };
      // Given up before it was had, or not for this page (a sandboxed frame): nobody is kept waiting for that.
      locks.request(this.#name, { signal }, take).catch(() => resolve());
    });
    return { granted, end };
  }
}
