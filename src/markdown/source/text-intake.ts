import { countMarks, isDense } from './density.js';
import { TextFilter } from './text-filter.js';

/** A dense text with more marks is drawn in parts of so many, one in a frame: each mark may be an element. */
const MAX_MARKS = 5000;
const PART_MARKS = 2000;

/** Collects text as it comes, cut anywhere, and hands it on whole: line ends as marked has them, nothing invisible. */
export class TextIntake {
  readonly #filter = new TextFilter();
  #collected = '';

  get isEmpty(): boolean {
    return this.#collected.length - openEnd(this.#collected) === 0;
  }

  /** Characters that wait to be taken. */
  get length(): number {
    return this.#collected.length;
  }

  /**
   * How much of a long text that is hardly anything but markup is to be drawn in one frame: it may make elements without
   * end. All of any other text.
   */
  get partLength(): number {
    const { length } = this.#collected;
    return isDense(this.#collected, MAX_MARKS)
      ? Math.ceil((PART_MARKS * length) / countMarks(this.#collected))
      : length;
  }

  add(text: string): void {
    this.#collected += text;
  }

  /** As much as is certain, up to a limit: half a surrogate pair, or the half of a line break, waits for the other. */
  take(limit: number): string {
    const text = this.#collected.slice(0, limit);
    const certain = text.length - openEnd(text);
    this.#collected = this.#collected.slice(certain);
    return this.#clean(text.slice(0, certain));
  }

  takeAll(): string {
    const text = this.#collected;
    this.#collected = '';
    return this.#clean(text);
  }

  #clean(text: string): string {
    return this.#filter.clean(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
  }
}

function openEnd(text: string): number {
  return /[\r\uD800-\uDBFF]$/.test(text) ? 1 : 0;
}
