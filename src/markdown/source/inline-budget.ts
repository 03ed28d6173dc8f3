import { fits, flanks } from './delimiters.js';
import { DataPictures } from './data-pictures.js';
import { countMarks, isDense } from './density.js';

/** Leaves shorter than this cost nothing worth counting, whatever is in them. */
const ALWAYS_READ = 1000;
/** Characters that reading a leaf may look at, beyond looking at each once. About a tenth of a second. */
const BUDGET = 4_000_000;
/** More delimiters than this without a partner, and looking for them is work without end. */
const MAX_OPENERS = 400;
/** Levels of emphasis in emphasis. Each is read as a text of its own. */
const MAX_NESTING = 60;
/** Elements in each other that emphasis may make: some thousands are more than a page's stack holds. */
const MAX_LEVELS = 150;
/**
 * A run without a space is tried as an address behind each of these in it, or without each of them at its end; as one of
 * mail, from each of its characters.
 */
const TRY = /[^A-Za-z\d%&+/=#-]/g;
const TRY_COST = 1 / 10;
const RUN_COST = 1 / 20;

/** Elements that one dense leaf may make: a browser lays all of them out together. */
const MAX_MARKS = 15_000;
/** The same for a leaf of ordinary text. */
const MAX_MARKS_IN_TEXT = 60_000;

interface Opener {
  char: string;
  length: number;
  run: number;
  at: number;
  closes: boolean;
  /** Elements in each other behind it. */
  levels: number;
}

/**
 * Whether reading this leaf as markdown would take marked longer than a page may stand still. It is told from the text
 * alone, without a clock, so that it is told alike however the text has arrived.
 */
export function isCostly(source: string): boolean {
  const text = source.length <= ALWAYS_READ ? source : new DataPictures(source).source;
  if (text.length <= ALWAYS_READ) return false;
  return isDense(text, MAX_MARKS) || isTooMuch(text) || new InlineBudget(text).isExceeded();
}

/** Whether there are more elements in it than one leaf may make. `before`: the marks in what the leaf begins with. */
export function isTooMuch(text: string, before = 0): boolean {
  return text.length + before > MAX_MARKS_IN_TEXT && before + countMarks(text) > MAX_MARKS_IN_TEXT;
}

class InlineBudget {
  readonly #text: string;
  readonly #openers: Opener[] = [];
  #cost = 0;

  constructor(text: string) {
    // The end of a text counts as white space: a run there closes.
    this.#text = `${text} `;
  }

  isExceeded(): boolean {
    this.#countRuns();
    this.#countDelimiters();
    for (const { at, length } of this.#openers) this.#cost += (this.#text.length - at) * Math.min(length, 3);
    return this.#cost > BUDGET;
  }

  #countRuns(): void {
    for (const [run] of this.#text.matchAll(/[!-~]{400,}/g)) {
      const tries = run.includes('@') ? Infinity : (run.match(TRY)?.length ?? 0);
      this.#cost += run.length * Math.min(tries * TRY_COST, run.length * RUN_COST);
    }
  }

  /** An opener that finds its closer has its inside read once more; one that finds none looks through all of the rest. */
  #countDelimiters(): void {
    for (const match of this.#text.matchAll(/\\[\s\S]|([*_~])\1*/g)) {
      if (match[1] === undefined) continue;
      this.#meet(match[1], match.index, match[0].length);
      if (this.#openers.length > MAX_OPENERS) this.#cost = Infinity;
      if (this.#cost > BUDGET) return;
    }
  }

  #meet(char: string, at: number, length: number): void {
    // By the rule itself: of runs that look as if they closed one another, each may look for its partner through all the rest.
    const { opens, closes } = flanks(this.#text, at, at + length, char);
    const left = closes ? this.#close(char, at, length, opens) : length;
    if (opens && left > 0) this.#openers.push({ char, length: left, run: length, at, closes, levels: 0 });
    if (this.#openers.length > MAX_NESTING && opens && closes) this.#cost += this.#text.length - at;
  }

  #close(char: string, at: number, length: number, opens: boolean): number {
    let left = length;
    for (let index = this.#openers.length - 1; index >= 0 && left > 0; index -= 1) {
      const opener = this.#openers[index]!;
      if (opener.char !== char || !fits(opener, length, opens)) continue;
      const used = Math.min(left, opener.length);
      this.#cost += ((at - opener.at) * used) / 2;
      const missed = this.#openers.splice(index + 1);
      for (const one of missed) this.#cost += this.#text.length - one.at;
      left -= used;
      opener.length -= used;
      if (opener.length === 0) this.#openers.pop();
      this.#noteLevels(Math.max(opener.levels, ...missed.map(({ levels }) => levels)) + Math.ceil(used / 2));
      if (index > MAX_NESTING) this.#cost += at - opener.at;
    }
    return left;
  }

  #noteLevels(levels: number): void {
    if (levels > MAX_LEVELS) this.#cost = Infinity;
    const around = this.#openers.at(-1);
    if (around) around.levels = Math.max(around.levels, levels);
  }
}
