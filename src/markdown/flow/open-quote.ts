import type { Tokens } from 'marked';
import type { DocumentState } from './document-state.js';
import type { Flow } from './flow.js';
import { alertOf } from '../source/alert-name.js';
import { isBlank, rules } from '../source/grammar.js';
import { UNREADABLE } from './open-block.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';
import { shownSource } from '../source/pending-line.js';
import { withSideOfFirst } from '../writing/elements.js';

const MARKER = /^ {0,3}>[ \t]?/;
/**
 * Cases for marked itself: a tab after the marker is part marker, part content; and behind a separator of Unicode it looks
 * for a marker as at the beginning of a line.
 */
const ODD = /^ {0,3}>\t|[\u2028\u2029]/;

/** A quote: a flow of its own, fed with its lines less their markers. */
export class OpenQuote implements OpenBlock {
  readonly #flow: Flow;
  readonly #element: HTMLElement;
  /** The line that names an alert is still to come: it is none of its text. */
  #isNamed: boolean;
  #lastLine = '';
  #started = false;
  /** 1 where the break after the last line was read but is not settled: it may end the quote. */
  #ahead = 0;
  /** Characters of the unfinished line's content that the flow has; -1 where it has none of the line. */
  #fed = -1;

  private constructor(state: DocumentState, element: HTMLElement, depth: number, isNamed: boolean) {
    this.#element = element;
    this.#isNamed = isNamed;
    this.#flow = state.createFlow(element, { top: true, depth, after: element.firstChild });
  }

  static opening(token: Tokens.Blockquote, state: DocumentState, depth: number): Opening | undefined {
    const isAlert = alertOf(token) !== undefined;
    const lines = token.raw.replace(/\n$/, '').split('\n');
    if (!lines.every((line) => MARKER.test(line) && !ODD.test(line))) return undefined;
    return { token, taken: 0, open: (element) => new OpenQuote(state, element as HTMLElement, depth + 1, isAlert) };
  }

  advance(source: string, final: boolean): Advance {
    let at = this.#ahead;
    for (let end = source.indexOf('\n', at); end >= 0; end = source.indexOf('\n', at)) {
      const line = source.slice(at, end);
      if (!this.#take(line)) return this.#stop(line, at);
      at = end + 1;
    }
    const partial = source.slice(at);
    if (final) {
      // Where nothing ends it, a line of white space goes on with a paragraph in a quote in this one.
      if (partial !== '' && isBlank(partial)) return UNREADABLE;
      if (partial !== '' && !this.#take(partial)) return this.#stop(partial, at);
      return this.#close(source.length);
    }
    if (!this.#takeCertain(partial) && shownSource(partial, 'text') !== '') return this.#stop(partial, at);
    this.#render(false);
    this.#ahead = at > 0 ? 1 : 0;
    return { outcome: 'open', taken: at - this.#ahead };
  }

  #render(final: boolean): void {
    this.#flow.render(final);
    withSideOfFirst(this.#element);
  }

  #take(line: string): boolean {
    const marker = MARKER.exec(line)?.[0];
    if (marker === undefined || ODD.test(line)) return false;
    if (!this.#isNamed) this.#feed(line.slice(marker.length));
    this.#isNamed = false;
    this.#fed = -1;
    this.#lastLine = line;
    return true;
  }

  /** The beginning of a line is the quote's once a character follows its marker. */
  #takeCertain(partial: string): boolean {
    const marker = MARKER.exec(partial)?.[0];
    if (marker === undefined) return false;
    if (partial.length === marker.length || ODD.test(partial)) return true;
    this.#feed(partial.slice(marker.length));
    return true;
  }

  #feed(content: string): void {
    const text = this.#fed >= 0 ? content.slice(this.#fed) : content;
    const isNewLine = this.#fed < 0 && this.#started;
    this.#flow.append(isNewLine ? `\n${text}` : text);
    this.#started = true;
    this.#fed = content.length;
  }

  /** A line without a marker ends the quote, unless it goes on with a paragraph in it: that is for marked to judge. */
  #stop(line: string, at: number): Advance {
    if (!isBlank(line) && (MARKER.test(line) || this.#isContinuedBy(line))) return UNREADABLE;
    return this.#close(Math.max(0, at - 1));
  }

  #isContinuedBy(line: string): boolean {
    const both = `${this.#lastLine}\n${line}\n`;
    return (rules.block.blockquote.exec(both)?.[0].length ?? 0) > this.#lastLine.length + 1;
  }

  #close(end: number): Advance {
    this.#render(true);
    return { outcome: 'closed', taken: end };
  }
}
