/**
 * Code is shown in blocks of a few lines. Growing one long text node costs the layout of all of it each time; a block
 * costs its own, and one out of sight costs nothing.
 */
export const LINES_PER_CHUNK = 20;
/** A chunk ends with the line that takes it past this length. */
const LONG_CHUNK = 3000;
/** One line longer than this is broken for display. */
export const LONGEST_LINE = 12_000;
/** No chunk is longer; so much text, and one character more, is enough to know where the next one ends. */
export const LONGEST_CHUNK = LONG_CHUNK + LONGEST_LINE;

/**
 * Where the chunk that begins at `from` ends. The answer depends only on text before that end and on one character
 * after it, so that cutting a text while it grows gives the same chunks as cutting it whole.
 */
export function chunkEnd(text: string, from: number): number {
  const window = text.slice(from, from + LONGEST_CHUNK);
  let end = 0;
  for (let lines = 0; lines < LINES_PER_CHUNK && end < LONG_CHUNK; lines++) {
    const lineEnd = window.indexOf('\n', end) + 1;
    if (lineEnd === 0 || lineEnd - end > LONGEST_LINE) return from + brokenLine(window, end);
    end = lineEnd;
  }
  return from + end;
}

/** The end of a line that is unfinished or too long. */
function brokenLine(window: string, lineStart: number): number {
  const end = lineStart + LONGEST_LINE;
  if (window.length <= end) return window.length;
  if (window[end] === '\n') return end + 1;
  // Between the halves of a surrogate pair there is no place to break.
  return isHighSurrogate(window.charCodeAt(end - 1)) ? end - 1 : end;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** How many characters two texts have in common at their beginning. */
export function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  if (a.length === limit ? b.startsWith(a) : a.startsWith(b)) return limit;
  let low = 0;
  let high = limit;
  // Invariant: the first `low` characters are equal, the first `high` are not.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (a.slice(low, middle) === b.slice(low, middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** How many characters two texts have in common at their end, not counting the first `skip` of either. */
export function commonSuffix(a: string, b: string, skip: number): number {
  const limit = Math.min(a.length, b.length) - skip;
  let length = 0;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}
