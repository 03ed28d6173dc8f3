import type { Token } from 'marked';
import { isBlank, rules, withoutBlankEnd } from './grammar.js';
import { endsInCode, sourceLength } from './tokens.js';

/** Blocks that a blank line ends for good. */
const ENDED_BY_BLANK_LINE = /^(?:paragraph|text|heading|hr|blockquote|table|def|construct|directive)$/;

/** Blocks that a line of text below goes on with. */
const CONTINUED = /^(?:paragraph|text|list|blockquote)$/;

/** `</a` at the end of a paragraph is a tag of its own where the next line that is not blank begins with `>`. */
const OPEN_CLOSING_TAG = /<\/[a-z][a-z0-9-]*\s*$/i;

/**
 * A definition that may still be going on: in its label, before its address, or in its title. Until it has ended, what
 * follows it may turn out to be part of it, whatever it looks like.
 */
const OPEN_DEFINITION =
  /^ {0,3}\[(?:\\[\s\S]|[^[\]\\])*(?:\](?::[ \t]*(?:\n[ \t]*)?(?:(?:<[^\n<>]*>?|[^<\s]\S*)(?:\s*(?:"(?:\\[\s\S]|[^"\\])*|'(?:\\[\s\S]|[^'\\])*|\((?:\\[\s\S]|[^()\\])*)?)?)?)?)?\\?$/;

interface Lexed {
  readonly tokens: readonly Token[];
  readonly undecided: boolean;
}

/** How many of the tokens can no longer change, whatever the source goes on with. */
export function settledCount({ tokens, undecided }: Lexed, source: string): number {
  if (undecided || sourceLength(tokens) !== source.length) return 0;
  const last = tokens.findLastIndex((token) => token.type !== 'space' && token.raw.trim() !== '');
  if (last < 0) return 0;
  const ended = tokens[last + 1]?.type === 'space' && isEnded(tokens[last]!) ? last + 1 : last;
  const certain = Math.min(ended, firstOpenHeading(tokens, ended, source));
  return Math.min(certain, continuedBlock(tokens, last), firstOpenDefinition(tokens, source));
}

/** The text that would be a heading, with all the blocks below it, if it were underlined. */
function firstOpenHeading(tokens: readonly Token[], ended: number, source: string): number {
  if (mayJoin(tokens[ended - 1], tokens[ended], source)) return ended - 1;
  if (!tokens[ended]) return ended;
  let first = ended;
  while (first > 0 && !endsText(tokens[first - 1]!)) first -= 1;
  let at = sourceLength(tokens.slice(0, first));
  for (let index = first; index < ended; index += 1) {
    const { type, raw } = tokens[index]!;
    if (isText(type) && mayBeHeading(source.slice(at))) return index;
    at += raw.length;
  }
  return ended;
}

/** A block beside marked's own ends the text above it, so that no underline makes that a heading with it. */
function endsText({ type }: Token): boolean {
  return /^(?:space|construct|directive|footnote)$/.test(type);
}

function mayBeHeading(text: string): boolean {
  const underlined = `${withoutBlankEnd(text)}\n===`;
  return rules.block.lheading.exec(underlined)?.[0].length === underlined.length;
}

function isText(type: string | undefined): boolean {
  return type === 'paragraph' || type === 'text';
}

/** Whether the last block may turn out to be a part of the text before it. */
function mayJoin(text: Token | undefined, last: Token | undefined, source: string): boolean {
  // To marked, a line with a separator of Unicode in it is no heading.
  return last?.type === 'heading' && !source.endsWith('\n') && isText(text?.type);
}

/** The block that goes on with what is still to be told a block of its own, should it be none. */
function continuedBlock(tokens: readonly Token[], last: number): number {
  if (tokens[last]?.type !== 'pending') return tokens.length;
  let before = last - 1;
  if (tokens[before]?.type === 'space' && !/\n[ \t]*\n/.test(tokens[before]!.raw)) before -= 1;
  return CONTINUED.test(tokens[before]?.type ?? '') ? before : tokens.length;
}

function isEnded(token: Token): boolean {
  if (token.type === 'code') return token['codeBlockStyle'] !== 'indented';
  return ENDED_BY_BLANK_LINE.test(token.type) && !OPEN_CLOSING_TAG.test(token.raw) && !endsInCode(token);
}

function firstOpenDefinition(tokens: readonly Token[], source: string): number {
  // A blank line ends every definition.
  const from = lastBlankLine(source);
  let at = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const { type, raw } = tokens[index]!;
    if ((isText(type) || type === 'def') && at + raw.length > from && holdsOpenDefinition(source, at, type === 'text'))
      return index;
    at += raw.length;
  }
  return tokens.length;
}

function lastBlankLine(source: string): number {
  for (let end = source.lastIndexOf('\n'); end > 0; end = source.lastIndexOf('\n', end - 1)) {
    const start = source.lastIndexOf('\n', end - 1);
    if (start >= 0 && isBlank(source.slice(start + 1, end))) return end + 1;
  }
  return 0;
}

/** Whether this text, up to its end, may be a definition that goes on. */
export function mayBeDefinition(text: string): boolean {
  return OPEN_DEFINITION.test(text);
}

function holdsOpenDefinition(source: string, at: number, everyLine: boolean): boolean {
  if (OPEN_DEFINITION.test(source.slice(at))) return true;
  if (!everyLine) return false;
  for (let line = source.indexOf('\n', at); line >= 0; line = source.indexOf('\n', line + 1)) {
    if (/^ {0,3}\[/.test(source.slice(line + 1, line + 6)) && OPEN_DEFINITION.test(source.slice(line + 1))) return true;
  }
  return false;
}
