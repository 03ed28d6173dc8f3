import type { ConsoleLevel } from '../../events.js';

interface ConsoleEntry {
  readonly level: ConsoleLevel;
  readonly text: string;
  /** An error of the artifact's own, which the model can be asked to fix. */
  readonly isError: boolean;
  readonly count: number;
}

/** So many entries are kept; the oldest go first. */
const MOST_ENTRIES = 200;

/** What a preview has said, the same line again counted rather than repeated. */
export class ConsoleLog {
  #entries: readonly ConsoleEntry[] = [];
  #dropped = 0;

  get entries(): readonly ConsoleEntry[] {
    return this.#entries;
  }

  /** How many messages were refused for their number or size. */
  get dropped(): number {
    return this.#dropped;
  }

  get lastError(): ConsoleEntry | undefined {
    return this.#entries.findLast((entry) => entry.isError);
  }

  add(level: ConsoleLevel, text: string, isError = false): void {
    const last = this.#entries.at(-1);
    if (last?.text === text && last.level === level) {
      this.#entries = [...this.#entries.slice(0, -1), { ...last, count: last.count + 1 }];
      return;
    }
    this.#entries = [...this.#entries.slice(1 - MOST_ENTRIES), { level, text, isError, count: 1 }];
  }

  drop(count: number): void {
    this.#dropped += count;
  }

  clear(): void {
    this.#entries = [];
    this.#dropped = 0;
  }
}
