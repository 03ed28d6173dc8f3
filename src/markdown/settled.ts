import type { Token } from 'marked';
import { sourceLength } from './tokens.js';

/** Blocks that a blank line ends for good. */
const ENDED_BY_BLANK_LINE = new Set(['paragraph', 'text', 'heading', 'hr', 'blockquote', 'table', 'def']);

/** `</a` at the end of a paragraph is a tag of its own where the next line that is not blank begins with `>`. */
const OPEN_CLOSING_TAG = /<\/[a-z][a-z0-9-]*\s*$/i;

/** How many of the tokens can no longer change, whatever the source goes on with. */
export function settledCount(tokens: readonly Token[], source: string): number {
  if (sourceLength(tokens) !== source.length) return 0;
  const last = tokens.findLastIndex((token) => token.type !== 'space');
  if (last < 0) return 0;
  if (last < tokens.length - 1 && isEnded(tokens[last]!)) return last + 1;
  let count = last;
  // The title of a definition may stand on the line below it, and is then what a paragraph seems to be.
  while (count > 0 && tokens[count - 1]!.type === 'def' && tokens[count]!.type !== 'space') count -= 1;
  return count;
}

function isEnded(token: Token): boolean {
  if (token.type === 'code') return token['codeBlockStyle'] !== 'indented';
  return ENDED_BY_BLANK_LINE.has(token.type) && !OPEN_CLOSING_TAG.test(token.raw);
}
