/** Milliseconds from one write to the next while there is something to write. */
const INTERVAL = 500;
const LONGEST = 30_000;

/**
 * Says when to write. However often it is asked, it writes at most once in an interval, and so that writing takes a
 * twentieth of the time at most; after a failure it waits longer each time. One write runs at a time.
 */
export class WritePace {
  readonly #write: () => Promise<boolean>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #earliest = 0;
  #failures = 0;
  #isWriting = false;
  #isAsked = false;

  /** @param write gives whether it has succeeded; never rejects. */
  constructor(write: () => Promise<boolean>) {
    this.#write = write;
  }

  ask(): void {
    this.#isAsked = true;
    if (this.#timer !== undefined || this.#isWriting) return;
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, this.#earliest - performance.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isAsked = false;
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#isAsked = false;
    this.#isWriting = true;
    const begun = performance.now();
    const isWritten = await this.#write();
    const end = performance.now();
    this.#failures = isWritten ? 0 : this.#failures + 1;
    const wait = Math.max(INTERVAL, 20 * (end - begun)) * 2 ** this.#failures;
    this.#earliest = end + Math.min(wait, LONGEST);
    this.#isWriting = false;
    if (this.#isAsked) this.ask();
  }
}
