/** Signs of emphasis and struck text that have opened and not yet closed, in a leaf that is still being written. */
export interface Delimiter {
  char: string;
  /** How much of its run is still open. */
  length: number;
  run: number;
  at: number;
  /** Between two letters: it might close as well. */
  closes: boolean;
  /** More often than not it stands for itself, as in `2*3` or `~5`: what is behind it is no emphasis until it has its partner. */
  doubtful: boolean;
  /** It was meant to close, or to be closed, in `**注意：**这是`, where markdown takes both for beginnings: they stand for themselves. */
  failed: boolean;
}

/** Emphasis open at so many places at once is no emphasis. */
const MAX_OPEN = 12;
/** Nor is what has been open for so long: most likely its sign stands for itself. */
const MAX_LENGTH = 2000;
/** Longer words are shown with their sign as they come. */
const MAX_WORD = 20;
const PARTIAL_WORD = /^[./]?[\p{L}\p{M}\p{N}]*$/u;
/** `*.js`, `**` and `*` on both sides of a slash, `*)`, `_.map`: a sign of its own, or one of a pattern for the names of files. */
const PATTERN = /^(?:[*_][.,;:)\]}]|\*\*?\/(?:[\s*]|$))/;
/** What a run stands between in `(ツ)_/`, `^_^` and `(**)`: it might close as well, and nothing begins with the sign behind it. */
const BETWEEN_SIGNS = /^(?:[^\s\p{Ps}\p{Pi}"'][\p{Sk}.,:;?/]|\S[\p{Pe}\p{Pf}])$/u;
/** Behind these emphasis ends rather than begins. */
const END = /[\p{Pe}\p{Pf}\p{Po}]/u;
const SPACED_LETTER = /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{Nd}]/u;
const SPACE = /\s/;
const PUNCTUATION = /[\p{P}\p{S}]/u;

/**
 * Takes off what a run of such signs closes of those from `floor` on. Answers how much of the run is left, and which of
 * them is the first that it has reached.
 */
export function closeBy(
  open: Delimiter[],
  { char, run, opens, floor }: { char: string; run: number; opens: boolean; floor: number },
): { left: number; reached: number } {
  let left = run;
  let reached = open.length;
  while (left > 0) {
    const index = open.findLastIndex((delimiter) => delimiter.char === char && fits(delimiter, run, opens));
    const opener = open[index];
    if (!opener || index < floor) break;
    reached = index;
    const used = Math.min(left, opener.length);
    left -= used;
    opener.length -= used;
    open.length = opener.length === 0 ? index : index + 1;
  }
  return { left, reached };
}

/**
 * Appends what closes the open delimiters, the innermost first. One that has no text yet is left out, and a doubtful one
 * waits to the end of its word.
 */
export function closeDelimiters(text: string, all: Delimiter[]): string {
  const last = all.at(-1);
  const isHeld = last?.doubtful && PARTIAL_WORD.test(text.slice(last.at + last.length, last.at + MAX_WORD));
  const open = all.filter(({ at, doubtful, failed }) => !doubtful && !failed && text.length - at <= MAX_LENGTH);
  let shown = withoutOpenEnd(isHeld ? text.slice(0, last.at) : text);
  // What is read as more than one of three signs is as many.
  if (open.reduce((count, { length }) => count + Math.ceil(length / 3), 0) > MAX_OPEN) return shown;
  const closers: string[] = [];
  for (const { char, length, at } of open.toReversed()) {
    if (shown.length <= at + length) shown = withoutOpenEnd(shown.slice(0, at));
    else closers.push(char.repeat(length));
  }
  return shown + closers.join('');
}

function withoutOpenEnd(text: string): string {
  return withoutOpenEscape(text.trimEnd());
}

/** A backslash at the end escapes what is still to come, or breaks the line before it. */
export function withoutOpenEscape(text: string): string {
  return text.replace(/(?<!\\)((?:\\\\)*)\\$/, '$1');
}

/** Whether a run that closes may close this one. https://spec.commonmark.org/0.31.2/#can-open-emphasis, rules 9 and 10. */
export function fits(opener: Pick<Delimiter, 'char' | 'run' | 'closes'>, run: number, opens: boolean): boolean {
  if (opener.char === '~') return opener.run === run;
  if (!opens && !opener.closes) return true;
  return (opener.run + run) % 3 !== 0 || (opener.run % 3 === 0 && run % 3 === 0);
}

/** A single tilde; a sign in a pattern, or between two others; and one in a word of a script that is written with spaces. */
export function isDoubtful(text: string, start: number, end: number): boolean {
  if (text.charAt(start) === '~') return end - start === 1;
  const [before, after] = [text.charAt(start - 1), text.charAt(end)];
  if (PATTERN.test(text.slice(start, end + 2)) || BETWEEN_SIGNS.test(before + after)) return true;
  return SPACED_LETTER.test(before) && SPACED_LETTER.test(after);
}

/**
 * Whether a run that cannot close was meant to: behind a sign, with its like open or among the runs that could not open.
 * The one that it was meant to close has failed, too.
 */
export function failsToClose(run: string, before: string, open: Delimiter[], unopened: Set<string>): boolean {
  if (!END.test(before)) return false;
  const partner = open.findLast((each) => run === each.char.repeat(each.run) && !each.failed && !each.doubtful);
  if (!partner) return unopened.delete(run);
  partner.failed = true;
  return true;
}

export function flanks(text: string, start: number, end: number, char: string): { opens: boolean; closes: boolean } {
  const before = start === 0 ? ' ' : text.charAt(start - 1);
  const after = text.charAt(end);
  const left = leans(after, before, char);
  const right = leans(before, after, char);
  if (char !== '_') return { opens: left, closes: right };
  return {
    opens: left && (!right || PUNCTUATION.test(before)),
    closes: right && (!left || PUNCTUATION.test(after)),
  };
}

/** Whether a run belongs to what is on this side of it. */
function leans(here: string, there: string, char: string): boolean {
  return !SPACE.test(here) && (!isSign(here, char) || SPACE.test(there) || isSign(there, char));
}

/** To marked, a tilde beside a star is a letter. */
function isSign(text: string, char: string): boolean {
  return PUNCTUATION.test(text) && !(char === '*' && text === '~');
}
