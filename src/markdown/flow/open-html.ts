import type { Tokens } from 'marked';
import { shownHtml } from '../source/block-lexer.js';
import { rules } from '../source/grammar.js';
import { isRawText, scanRawHtml } from '../source/raw-html.js';
import { BlockWriter } from '../writing/block-writer.js';
import type { Cursor } from '../writing/cursor.js';
import type { DocumentState } from './document-state.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';

/** A first tag whose name is whole; not of a block that ends in another way. */
const FIRST_TAG = /^ {0,3}<(?!pre\b)\/?[a-z][a-z0-9-]*[ />]/i;
const BLANK_LINE = /\n[ \t]*\n/;

/**
 * A long block of raw HTML: up to its last tag or the last line of text it is settled, the elements that are open there
 * among it. Text that more may join is written again with that.
 */
export class OpenHtml implements OpenBlock {
  readonly #state: DocumentState;
  readonly #cursor: Cursor;
  /** What is left of its source is the rest of it. */
  #goesOn = false;
  /** The text that has settled at its end. */
  #text = '';

  private constructor(state: DocumentState, cursor: Cursor) {
    this.#state = state;
    this.#cursor = cursor;
  }

  static opening(token: Tokens.HTML, state: DocumentState): Opening | undefined {
    const { raw } = token;
    if (!FIRST_TAG.test(raw) || isRawText(raw.trimStart()) || !goesOn(raw)) return undefined;
    return {
      token,
      taken: 0,
      open: (_element, _after, cursor) => new OpenHtml(state, cursor),
    };
  }

  advance(source: string, final: boolean): Advance {
    const blank = source.search(BLANK_LINE);
    const html = blank < 0 ? source : source.slice(0, blank);
    if (final || blank >= 0) return { outcome: 'closed', taken: this.#draw(html, html.length) };
    const { settled, open } = scanRawHtml(html);
    return { outcome: 'open', taken: this.#draw(shownHtml(html, open), settled) };
  }

  /** Answers how much of it is settled. */
  #draw(html: string, settled: number): number {
    const writer = new BlockWriter(this.#state.context, this.#cursor.tags);
    this.#text = writer.rawHtml(html.slice(0, settled), this.#text, this.#goesOn);
    const mark = writer.mark();
    this.#goesOn ||= settled > 0;
    writer.textOf(writer.rawHtml(html.slice(settled), this.#text, this.#goesOn));
    this.#cursor.draw(writer, mark);
    return settled;
  }
}

/** Whether it is such a block whatever follows: a tag that is alone in its line begins none once something stands behind it. */
function goesOn(raw: string): boolean {
  return rules.block.html.exec(`${raw}x`)?.[0].length === raw.length + 1;
}
