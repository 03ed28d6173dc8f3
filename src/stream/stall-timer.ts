/** Calls `onStall` when nothing has been heard for `milliseconds`. 0: never. */
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
    clearTimeout(this.#handle);
    this.#milliseconds = milliseconds;
    if (milliseconds > 0) this.#handle = setTimeout(this.#onStall, milliseconds);
  }

  stop(): void {
    clearTimeout(this.#handle);
    this.#milliseconds = 0;
  }
}
