/** A timer that fires this much late was held up: by a long task, a hidden tab, or the machine's sleep. Milliseconds. */
const LATE = 100;

/** What lay waiting in the meantime is heard within this time, in milliseconds. */
const GRACE = 1000;

/**
 * Calls `onStall` when nothing has been heard for `milliseconds`. 0: never.
 * A timer that was itself held up says nothing about the server: bytes may be waiting, so it listens once more.
 */
export class StallTimer {
  #handle: ReturnType<typeof setTimeout> | undefined;
  #milliseconds: number;
  readonly #onStall: () => void;

  constructor(milliseconds: number, onStall: () => void) {
    this.#milliseconds = milliseconds;
    this.#onStall = onStall;
    this.heard();
  }

  /** A sign of life: the time begins anew, with another length from here on where one is given. */
  heard(milliseconds = this.#milliseconds): void {
    this.#milliseconds = milliseconds;
    this.#wait(milliseconds);
  }

  stop(): void {
    clearTimeout(this.#handle);
    this.#milliseconds = 0;
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#handle);
    if (!(milliseconds > 0)) return;
    const due = Date.now() + milliseconds;
    this.#handle = setTimeout(() => this.#fire(due), milliseconds);
  }

  #fire(due: number): void {
    if (Date.now() - due <= LATE) this.#onStall();
    else this.#handle = setTimeout(this.#onStall, Math.min(GRACE, this.#milliseconds));
  }
}
