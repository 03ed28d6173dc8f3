import type { Token, Tokens } from 'marked';
import { isBlank, rules } from './grammar.js';

/** A reference in a text to a note. */
export interface FootnoteReferenceToken extends Tokens.Generic {
  type: 'footnote-reference';
  label: string;
}

/** A note, with its blocks. */
export interface FootnoteToken extends Tokens.Generic {
  type: 'footnote';
  label: string;
  tokens: Token[];
}

/** Letters, digits and the signs that stand between them. `[^abc-z]` in a text about patterns is no note. */
const LABEL = /[\p{L}\p{N}][\p{L}\p{N}_.:-]{0,99}/u.source;
const RANGES = /(?:^|[^\p{L}\p{N}])[\p{L}\p{N}]-[\p{L}\p{N}](?![^\p{L}\p{N}]|$)|^(?:[\p{L}\p{N}]-[\p{L}\p{N}])+$/u;
const REFERENCE = new RegExp(`^\\[\\^(${LABEL})\\]`, 'u');
const PARTIAL = new RegExp(`^\\[(?:\\^(?:${LABEL})?)?$`, 'u');
const DEFINITION = new RegExp(`^ {0,3}\\[\\^(${LABEL})\\]:[ \\t]*`, 'u');
/** As labels of links are compared: without regard to case. */
function normalize(label: string): string {
  return label.toLowerCase().toUpperCase().toLowerCase();
}

export function readFootnoteReference(source: string, final: boolean): Token | 'open' | undefined {
  if (!final && source.length > 1 && PARTIAL.test(source)) return 'open';
  const [raw, label = ''] = REFERENCE.exec(source) ?? [];
  if (raw === undefined || RANGES.test(label)) return undefined;
  const next = source.charAt(raw.length);
  if (next === '' && !final) return 'open';
  // With an address it is a link.
  return next === '(' ? undefined : ({ type: 'footnote-reference', raw, label: normalize(label) } as Token);
}

export function startsFootnote(source: string): boolean {
  return openingOfFootnote(source) !== undefined;
}

/** A note's label with its colon and the space behind it. */
export function openingOfFootnote(source: string): string | undefined {
  const [opening, label = ''] = DEFINITION.exec(source) ?? [];
  return RANGES.test(label) ? undefined : opening;
}

/** The note that begins at the start of the source, up to where a line is none of it. */
export function readFootnote(source: string, readBlocks: (text: string) => Token[]): FootnoteToken | undefined {
  const [opening, label = ''] = DEFINITION.exec(source) ?? [];
  if (opening === undefined || RANGES.test(label)) return undefined;
  const lines = new FootnoteLines();
  const length = lines.measure(source, opening.length);
  const raw = source.slice(0, length);
  const text = raw
    .slice(opening.length)
    .replace(/\n$/, '')
    .replace(/(^|\n)(?: {4}| {0,3}\t)/g, '$1');
  return { type: 'footnote', raw, label: normalize(label), tokens: readBlocks(text) };
}

/** Tells line by line what belongs to a note. */
export class FootnoteLines {
  /** The indentation of what a note goes on with. */
  static readonly INDENT = /^(?: {4}| {0,3}\t)/;
  #afterBlank = false;

  /** How much of the source is the note that begins there. A blank line is its own only where it goes on behind it. */
  measure(source: string, from: number): number {
    let end = endOfLine(source, from);
    for (let at = end; at < source.length; at = endOfLine(source, at)) {
      const line = source.slice(at, endOfLine(source, at));
      if (!this.goesOn(line)) break;
      if (!isBlank(line)) end = at + line.length;
    }
    return end;
  }

  /** The line less its indentation; undefined where it has none. */
  contentOf(line: string): string | undefined {
    const indent = FootnoteLines.INDENT.exec(line)?.[0];
    return indent === undefined ? undefined : line.slice(indent.length);
  }

  /** Whether a line without indentation goes on with a paragraph at the end of the note. */
  mayGoOn(line: string): boolean {
    return !this.#afterBlank && goesOnWithText(line);
  }

  /** Whether this line still belongs to the note, or may. */
  goesOn(line: string): boolean {
    const blank = isBlank(line);
    const isOwn = blank || FootnoteLines.INDENT.test(line) || this.mayGoOn(line);
    this.#afterBlank = blank;
    return isOwn;
  }
}

/** As a line that is not indented goes on with a paragraph. */
function goesOnWithText(line: string): boolean {
  if (DEFINITION.test(line)) return false;
  const both = `x\n${line}`;
  return rules.block.paragraph.exec(both)?.[0].length === both.length;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end + 1;
}
