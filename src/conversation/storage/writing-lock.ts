/** Whether an answer to a conversation is being read, and by which page of this origin: one of them at a time has it. */
export class WritingLock {
  readonly #name: string;
  #held: Promise<boolean> | undefined;
  #release = (): void => {};

  constructor(chat: string) {
    this.#name = `ai-stream-elements ${chat}`;
  }

  /** Resolves when this page has it: whether another one had it before. A page that ends gives it back. */
  hold(): Promise<boolean> {
    return (this.#held ??= this.#request());
  }

  release(): void {
    this.#held = undefined;
    this.#release();
  }

  async #request(): Promise<boolean> {
    const locks = (globalThis.navigator as Navigator | undefined)?.locks;
    if (!locks) return false;
    const waiting = new AbortController();
    const released = new Promise<void>((resolve) => {
      this.#release = () => {
        waiting.abort();
        resolve();
      };
    });
    const isTaken = await new Promise<boolean>((answer) => {
      const take = (lock: Lock | null) => {
        answer(lock === null);
        return lock ? released : undefined;
      };
      locks.request(this.#name, { ifAvailable: true }, take).catch(() => answer(false));
    });
    if (!isTaken) return false;
    // Given up before it was had: that is no failure.
    await new Promise<void>((resolve) => {
      const take = () => {
        resolve();
        return released;
      };
      locks.request(this.#name, { signal: waiting.signal }, take).catch(() => resolve());
    });
    return true;
  }
}
