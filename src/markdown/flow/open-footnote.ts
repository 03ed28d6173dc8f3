import { FootnoteLines, openingOfFootnote } from '../source/footnote-syntax.js';
import type { FootnoteToken } from '../source/footnote-syntax.js';
import { isBlank, withoutBlankEnd } from '../source/grammar.js';
import { shownSource } from '../source/pending-line.js';
import type { DocumentState } from './document-state.js';
import type { Flow } from './flow.js';
import { UNREADABLE } from './open-block.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';

/** A long note: a flow of its own, fed with its lines less their indentation. */
export class OpenFootnote implements OpenBlock {
  readonly #state: DocumentState;
  readonly #label: string;
  readonly #flow: Flow;
  readonly #lines = new FootnoteLines();
  #isFirst = true;
  /** Characters at the start of the source that were read but are not settled: blank lines at the end so far. */
  #ahead = 0;
  /** Breaks that are the note's only if it goes on behind them. */
  #breaks = '';
  /** Characters of the unfinished line that the flow has. */
  #fed = 0;

  private constructor(state: DocumentState, item: Element, label: string, depth: number) {
    this.#state = state;
    this.#label = label;
    this.#flow = state.createFlow(item, { top: true, depth: depth + 1 });
  }

  static opening(token: FootnoteToken, state: DocumentState, depth: number): Opening | undefined {
    const { footnotes } = state.context;
    if (footnotes.isSettled(token.label)) return undefined;
    return {
      token,
      taken: 0,
      open: () => {
        footnotes.settle(token.label);
        return new OpenFootnote(state, footnotes.targetOfLabel(token.label)!, token.label, depth);
      },
    };
  }

  advance(source: string, final: boolean): Advance {
    let at = this.#ahead;
    for (let end = source.indexOf('\n', at); end >= 0; end = source.indexOf('\n', at)) {
      if (!this.#take(source.slice(at, end))) return this.#stop(source.slice(at, end), source, at);
      at = end + 1;
    }
    const partial = source.slice(at);
    if (final) return this.#finish(partial, source, at);
    if (!this.#takeCertain(partial) && shownSource(partial, 'text') !== '') return this.#stop(partial, source, at);
    this.#flow.render(false);
    const taken = withoutBlankEnd(source.slice(0, at)).length;
    this.#ahead = at - taken;
    return { outcome: 'open', taken };
  }

  #finish(partial: string, source: string, at: number): Advance {
    if (partial !== '' && !this.#take(partial)) return this.#stop(partial, source, at);
    return this.#close(source, source.length);
  }

  /** Feeds one whole line; false where it is not certainly the note's. */
  #take(line: string): boolean {
    const content = this.#contentOf(line);
    if (content === undefined) return false;
    this.#lines.goesOn(line);
    this.#feed(content);
    this.#fed = 0;
    this.#breaks += '\n';
    this.#isFirst = false;
    return true;
  }

  #takeCertain(partial: string): boolean {
    // How far a line is indented is known once something stands in it.
    if (isBlank(partial)) return true;
    const content = this.#contentOf(partial);
    if (content === undefined) return false;
    this.#feed(content);
    this.#fed = content.length;
    return true;
  }

  #contentOf(line: string): string | undefined {
    if (this.#isFirst) {
      const opening = openingOfFootnote(line);
      return opening === undefined ? undefined : line.slice(opening.length);
    }
    return isBlank(line) ? line.replace(FootnoteLines.INDENT, '') : this.#lines.contentOf(line);
  }

  #feed(content: string): void {
    const added = content.slice(this.#fed);
    if (isBlank(added) && this.#fed === 0) {
      this.#breaks += added;
      return;
    }
    this.#flow.append(this.#breaks + added);
    this.#breaks = '';
  }

  /** A line that goes on with a paragraph without its indentation is for marked to judge. */
  #stop(line: string, source: string, at: number): Advance {
    if (this.#isFirst || this.#lines.mayGoOn(line)) {
      this.#state.context.footnotes.reopen(this.#label);
      return UNREADABLE;
    }
    return this.#close(source, at);
  }

  #close(source: string, end: number): Advance {
    this.#flow.render(true);
    return { outcome: 'closed', taken: withoutBlankEnd(source.slice(0, end)).length };
  }
}
