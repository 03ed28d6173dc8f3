/** One beat a second; so many without an answer, and the preview counts as hung. */
const BEAT = 1000;
const MISSES = 3;

interface HeartbeatOptions {
  /** Whether the window that it stands in is hidden. */
  isHidden(): boolean;
  beat(): void;
  /** Called once when answers stop coming, and again should they stop once more. */
  hung(): void;
  /** Called when an answer comes after all. */
  recovered(): void;
  /** Called after the first few answers: it has not hung at its start. */
  settled(): void;
}

/** Finds out whether a preview still answers. A hidden page's timers are slow, so it counts only what is seen. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #misses = 0;
  #answers = 0;
  #lastBeat = performance.now();

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#beat(), BEAT);
  }

  answered(): void {
    if (this.#misses >= MISSES) this.#options.recovered();
    this.#misses = 0;
    this.#answers += 1;
    if (this.#answers === MISSES) this.#options.settled();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const now = performance.now();
    const late = now - this.#lastBeat > 2 * BEAT;
    this.#lastBeat = now;
    // Where the page itself was kept waiting, the frame may have been as well.
    if (!late && !this.#options.isHidden()) this.#misses += 1;
    if (this.#misses === MISSES) this.#options.hung();
    this.#options.beat();
  }
}
