import type { Tokens } from 'marked';
import { shownHtml } from '../source/block-lexer.js';
import { rules, withoutBlankEnd } from '../source/grammar.js';
import { scanRawHtml } from '../source/raw-html.js';
import { BlockWriter } from '../writing/block-writer.js';
import type { Cursor } from '../writing/cursor.js';
import { goOn, textBehind } from '../writing/morph.js';
import type { DocumentState } from './document-state.js';
import { UNREADABLE } from './open-block.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';

/** A first tag whose name is whole, or the sign of an instruction or a comment; those by name end in a way of their own. */
const FIRST = /^ {0,3}<(?:(pre|script|style|textarea)[\s>]|(\?|!-)(?!-{0,2}(?:>|$))|\/?[a-z][a-z0-9-]*[ />])/i;
const BLANK_LINE = /(?=\n[ \t]*\n)/;

/**
 * A long block of raw HTML: up to its last tag or the last word of text it is settled, the elements that are open there
 * among it. More may join that text, and goes on with it.
 */
export class OpenHtml implements OpenBlock {
  readonly #state: DocumentState;
  readonly #cursor: Cursor;
  /** What the block ends in. */
  #end: RegExp;
  /** What stands for what has settled, where the rest is read. */
  #head = '';
  /** How much of the text at the end has settled, and the last character of that, which stands for it. */
  #held = 0;
  #last = '';

  private constructor(state: DocumentState, cursor: Cursor, end: RegExp) {
    this.#state = state;
    this.#cursor = cursor;
    this.#end = end;
  }

  static opening(token: Tokens.HTML, state: DocumentState): Opening | undefined {
    const { raw } = token;
    const first = FIRST.exec(raw);
    if (!first || !goesOn(raw)) return undefined;
    return {
      token,
      taken: 0,
      open: (_element, _after, cursor) => new OpenHtml(state, cursor, endOf(first)),
    };
  }

  advance(source: string, final: boolean): Advance {
    const held = this.#held > 0 ? textBehind(this.#cursor.element, this.#cursor.settled, this.#held) : undefined;
    // A translator or the page has put something else there.
    if (this.#held > 0 && !held) return UNREADABLE;
    const found = this.#end.exec(source);
    const end = found ? found.index + found[0].length : endOfLines(source);
    const html = source.slice(0, end);
    const isClosed = final || (found !== null && end < source.length);
    const { settled, head, open } = scanRawHtml(html, this.#head);
    if (found && settled > found.index) this.#end = lineFrom('');
    const taken = isClosed ? end : settled;
    this.#draw(isClosed ? html : shownHtml(html, open), taken, head, held);
    return { outcome: isClosed ? 'closed' : 'open', taken };
  }

  #draw(html: string, settled: number, head: string, held: Text | undefined): void {
    const writer = new BlockWriter(this.#state.context, this.#cursor.tags);
    const text = writer.rawHtml(html.slice(0, settled), this.#last, this.#head);
    const mark = writer.mark();
    if (settled > 0) this.#head = head;
    writer.textOf(writer.rawHtml(html.slice(settled), text, this.#head));
    if (held) goOn(held, writer.levels.at(-1)![0] as Text, this.#held - 1);
    this.#cursor.draw(writer, mark, held);
    const isSame = mark.level === mark.counts.length - 1 && mark.counts.at(-1) === 0;
    this.#held = (isSame ? this.#held - this.#last.length : 0) + text.length;
    this.#last = text.slice(-1);
  }
}

/** Whether it is such a block whatever follows: a tag that is alone in its line begins none once something stands behind it. */
function goesOn(raw: string): boolean {
  return rules.block.html.exec(`${raw}x`)?.[0].length === raw.length + 1;
}

/** Blank lines at the end of all are none of it. */
function endOfLines(html: string): number {
  const lines = withoutBlankEnd(html).length;
  return lines + html.slice(lines).replace(/\n.*\n[^]*/, '').length;
}

/** What a block ends in that begins so. */
function endOf([, name, sign]: RegExpExecArray): RegExp {
  const last = name ? `</${name}>` : sign && (sign === '?' ? '\\?>' : '-->');
  return last ? lineFrom(last) : BLANK_LINE;
}

/** A last line from its mark on: its break is none of the block where a blank line follows. */
function lineFrom(mark: string): RegExp {
  return new RegExp(`${mark}[^\\n]*(?:\\n(?!\\n))?`, 'i');
}
