import type { Tokens } from 'marked';
import { shownHtml } from '../source/block-lexer.js';
import { rules, withoutBlankEnd } from '../source/grammar.js';
import { isRawText, settledRawHtml } from '../source/raw-html.js';
import { BlockWriter } from '../writing/block-writer.js';
import type { Cursor } from '../writing/cursor.js';
import type { DocumentState } from './document-state.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';

/** Blocks that end in another way, which hold no tags; and one whose first tag may go on over the end of its line. */
const OTHER = /^ {0,3}<(?:[!?]|(?:script|style|textarea)(?=[\s>])|\/?[a-z][a-z0-9-]*\n)/i;
const PREFORMATTED = /^ {0,3}<pre[\s>]/i;
const END_OF_PREFORMATTED = /<\/pre>(?:[^\n]*\n)?/i;
const BLANK_LINE = /\n[ \t]*\n/;

/** A long block of raw HTML: up to the end of its last tag it is settled, the elements that are open there among it. */
export class OpenHtml implements OpenBlock {
  readonly mayReopen = false;
  readonly #state: DocumentState;
  readonly #cursor: Cursor;
  readonly #isPreformatted: boolean;
  /** What is left of its source is the rest of it. */
  #goesOn = false;

  private constructor(state: DocumentState, cursor: Cursor, isPreformatted: boolean) {
    this.#state = state;
    this.#cursor = cursor;
    this.#isPreformatted = isPreformatted;
  }

  static opening(token: Tokens.HTML, state: DocumentState): Opening | undefined {
    const { raw } = token;
    const isPreformatted = PREFORMATTED.test(raw);
    const end = isPreformatted ? END_OF_PREFORMATTED : BLANK_LINE;
    if (OTHER.test(raw) || isRawText(raw.trimStart()) || end.test(raw) || !goesOn(raw)) return undefined;
    return {
      token,
      taken: 0,
      open: (_element, _after, cursor) => new OpenHtml(state, cursor, isPreformatted),
    };
  }

  advance(source: string, final: boolean): Advance {
    const end = this.#isPreformatted ? endOfPreformatted(source, final) : endOfBlock(source, final);
    if (end !== undefined) return { outcome: 'closed', taken: this.#draw(source.slice(0, end), end, true) };
    const limit = this.#isPreformatted ? END_OF_PREFORMATTED.exec(source)?.index : undefined;
    return {
      outcome: 'open',
      taken: this.#draw(shownHtml(source), settledRawHtml(source.slice(0, limit)), false),
    };
  }

  /** Answers how much of it is settled. */
  #draw(html: string, settled: number, closed: boolean): number {
    const writer = new BlockWriter(this.#state.context, this.#cursor.tags);
    writer.rawHtml(html.slice(0, settled), this.#goesOn);
    // A tag that is shown as text is one with what follows.
    if (writer.endsInText && !closed) return this.#draw(html, 0, false);
    const mark = writer.mark();
    writer.rawHtml(html.slice(settled), this.#goesOn || settled > 0);
    this.#cursor.draw(writer, mark);
    this.#goesOn ||= settled > 0;
    return settled;
  }
}

/** Whether it is such a block whatever follows: a tag that is alone in its line begins none once something stands behind it. */
function goesOn(raw: string): boolean {
  return rules.block.html.exec(`${raw}x`)?.[0].length === raw.length + 1;
}

function endOfBlock(source: string, final: boolean): number | undefined {
  const end = source.search(BLANK_LINE);
  if (end >= 0) return end;
  return final ? source.length : undefined;
}

/** Of line breaks behind it, a single one is its own. */
function endOfPreformatted(source: string, final: boolean): number | undefined {
  const { 0: last = '', index = 0 } = END_OF_PREFORMATTED.exec(source) ?? {};
  const end = index + last.length;
  if (last.endsWith('\n') && (final || end < source.length)) return source.charAt(end) === '\n' ? end - 1 : end;
  return final ? startOfBlankLines(source) : undefined;
}

function startOfBlankLines(source: string): number {
  const text = withoutBlankEnd(source).length;
  const first = source.indexOf('\n', text);
  return first >= 0 && source.includes('\n', first + 1) ? first : source.length;
}
