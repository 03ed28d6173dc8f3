/** The work may take this part of the time at most. */
const SHARE = 10;

/** Does work when asked, but not sooner after the last time than is sensible for what it costs. */
export class Pacer {
  readonly #work: () => void;
  readonly #interval: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #earliest = 0;

  constructor(work: () => void, interval: number) {
    this.#work = work;
    this.#interval = interval;
  }

  /** Asks for the work: at once where it is time, else then. */
  request(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#earliest - performance.now();
    if (wait <= 0) this.run();
    else this.#timer = setTimeout(() => this.run(), wait);
  }

  /** Does the work now, without regard to when it was done last. */
  run(): void {
    this.stop();
    const begun = performance.now();
    this.#work();
    const end = performance.now();
    this.#earliest = end + Math.max(this.#interval, SHARE * (end - begun));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
