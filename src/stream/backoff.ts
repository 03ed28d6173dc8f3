/** Twice as long with each attempt, but no longer than this many times the first wait. */
const MOST_TIMES = 16;

/** So many attempts in a row; what is lost after them stays lost until somebody asks. */
const MOST_ATTEMPTS = 5;

/** What a server may ask for with `retry:`, in milliseconds: neither a storm nor a wait without end. */
const SHORTEST_WISH = 250;
const LONGEST_WISH = 60_000;

/** How long to wait before the next attempt to make a lost connection anew: 0.5 to 8 s and at most five attempts. */
export class Backoff {
  #attempts = 0;
  /** The server's wish, which no wait falls short of. */
  #wish = 0;
  readonly #first: number;

  /** @param first the first wait in milliseconds; 0: no attempt is made. */
  constructor(first = 500) {
    this.#first = first;
  }

  get attempts(): number {
    return this.#attempts;
  }

  /** The server's `retry:` field. */
  wish(milliseconds: number): void {
    this.#wish = Math.min(Math.max(milliseconds, SHORTEST_WISH), LONGEST_WISH);
  }

  /** Milliseconds until the next attempt, spread so that many clients do not come back at once; undefined: give up. */
  next(): number | undefined {
    if (!(this.#first > 0) || this.#attempts >= MOST_ATTEMPTS) return undefined;
    const wait = this.#first * Math.min(2 ** this.#attempts, MOST_TIMES);
    this.#attempts += 1;
    const spread = 0.75 + Math.random() / 2;
    return Math.max(wait * spread, this.#wish * (1 + Math.random() / 4));
  }

  /** The connection has brought something new: the next loss is the first again. */
  reset(): void {
    this.#attempts = 0;
  }
}
