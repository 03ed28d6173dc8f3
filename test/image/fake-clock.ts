const real = {
  now: Date.now,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
};

interface Timer {
  at: number;
  delay: number;
  callback: () => void;
}

/** The longest delay that a browser keeps; anything longer it runs at once. */
const MAX_DELAY = 2 ** 31 - 1;

/** More runs than this in one step of time are no waiting any more. */
const MAX_RUNS = 200_000;

/**
 * `Date.now`, `setTimeout` and `clearTimeout` under the test's control. Everything else (loads, promises, observers) goes on in real time.
 * Like a browser, it runs a timer of more than 24.8 days at once.
 */
export class FakeClock {
  readonly #timers = new Map<number, Timer>();
  #time: number;
  #id = 1;
  /** Every delay that was asked for. */
  readonly delays: number[] = [];

  constructor(start = real.now()) {
    this.#time = start;
    Date.now = () => this.#time;
    globalThis.setTimeout = ((callback: () => void, delay = 0) => this.#add(callback, delay)) as typeof setTimeout;
    globalThis.clearTimeout = ((id?: number) => void this.#timers.delete(id!)) as typeof clearTimeout;
  }

  get time(): number {
    return this.#time;
  }

  /** How many timers are armed. */
  get armed(): number {
    return this.#timers.size;
  }

  /** Lets time pass with timers running as they come due. */
  tick(milliseconds: number): void {
    const end = this.#time + milliseconds;
    let runs = 0;
    for (let next = this.#nextDue(end); next; next = this.#nextDue(end)) {
      const [id, timer] = next;
      if ((runs += 1) > MAX_RUNS) throw new Error('A timer arms itself again and again without waiting.');
      this.#timers.delete(id);
      this.#time = Math.max(this.#time, timer.at);
      timer.callback();
    }
    this.#time = end;
  }

  /** The computer sleeps: the wall clock goes on, timers stand still. */
  sleep(milliseconds: number): void {
    this.#time += milliseconds;
    for (const timer of this.#timers.values()) timer.at += milliseconds;
  }

  restore(): void {
    Date.now = real.now;
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
  }

  #add(callback: () => void, delay: number): number {
    this.delays.push(delay);
    const kept = delay > MAX_DELAY ? 0 : Math.max(delay, 0);
    this.#timers.set((this.#id += 1), { at: this.#time + kept, delay, callback });
    return this.#id;
  }

  #nextDue(end: number): [number, Timer] | undefined {
    return [...this.#timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

/** Waits in real time, whatever the page's clock says. */
export function realPause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => real.setTimeout.call(globalThis, resolve, milliseconds));
}
