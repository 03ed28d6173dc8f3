const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;
/** After so many failures in a row only the reader's own press asks again. */
const MAX_FAILURES = 5;
/** How many tries follow by themselves while the picture stays in view; later ones wait until it is looked at again. */
const OWN_RETRIES = 1;

/** When the next try may be made after failures. Waits double, with a quarter of chance so that pictures do not ask in step. */
export class Backoff {
  #failures = 0;
  #notBefore = 0;
  #pausedUntil = 0;

  allows(now: number): boolean {
    return this.#failures < MAX_FAILURES && now >= Math.max(this.#notBefore, this.#pausedUntil);
  }

  /** The moment of a try that nobody has to ask for; `Infinity` where there is none. */
  get ownRetry(): number {
    return this.#failures > 0 && this.#failures <= OWN_RETRIES ? this.#notBefore : Infinity;
  }

  fail(now: number): void {
    this.#failures += 1;
    const wait = Math.min(FIRST_WAIT * 2 ** (this.#failures - 1), LONGEST_WAIT);
    this.#notBefore = now + wait * (0.75 + Math.random() / 2);
  }

  /** Nobody was there to be asked: no failure, but nothing to be tried again in the same moment. */
  pause(now: number): void {
    this.#pausedUntil = now + FIRST_WAIT;
  }

  /** There may be somebody now. */
  resume(): void {
    this.#pausedUntil = 0;
  }

  reset(): void {
    this.resume();
    this.#failures = 0;
    this.#notBefore = 0;
  }
}
