/** Lets a bounded number of tasks run at a time; the others wait in order. */
export class Gate {
  #free: number;
  readonly #width: number;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#free = this.#width = width;
  }

  /** True where nothing runs or waits. */
  get isIdle(): boolean {
    return this.#free === this.#width;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
