import type { Tokens } from 'marked';
import type { DocumentState } from './document-state.js';
import type { Flow } from './flow.js';
import { ListItemLines } from '../source/list-item-lines.js';
import type { Advance } from './open-block.js';
import { shownSource } from '../source/pending-line.js';
import { withSide } from '../writing/elements.js';

export interface ItemAdvance extends Advance {
  /** The item has ended because the next one begins. */
  next: boolean;
}

interface ItemKind {
  loose: boolean;
  /** The box of a task. */
  box: Tokens.Checkbox | undefined;
  depth: number;
}

/** The last item of a list, where it is long: a flow of its own, fed with its lines less their indentation. */
export class OpenItem {
  readonly #flow: Flow;
  readonly #element: HTMLElement;
  readonly #isTask: boolean;
  #lines: ListItemLines | undefined;
  /** Characters at the start of the source that were read already but not settled: blank lines at the end so far. */
  #ahead = 0;
  /** Characters of the unfinished line's content that the flow has. */
  #fed = 0;
  /** White space that belongs to the item only if something follows it. */
  #space = '';

  constructor(state: DocumentState, element: HTMLElement, { loose, box, depth }: ItemKind) {
    this.#element = element;
    this.#isTask = box !== undefined;
    // Behind its box and the space, where those do not stand in a paragraph.
    const after = box && !loose ? element.firstChild!.nextSibling : null;
    this.#flow = state.createFlow(element, { top: false, loose, depth, after, box: loose ? box : undefined });
  }

  /** Whether the item makes its list loose: by blank lines between its blocks, or before the item after it. */
  makesLoose(next: boolean): boolean {
    return this.#flow.spaced || (next && this.#lines?.endsBlank === true);
  }

  advance(source: string, final: boolean, bullet: RegExp): ItemAdvance {
    let at = this.#ahead;
    for (let end = source.indexOf('\n', at); end >= 0; end = source.indexOf('\n', at)) {
      const line = source.slice(at, end);
      if (!this.#take(line)) return this.#stop(line, source, at, bullet);
      at = end + 1;
    }
    const partial = source.slice(at);
    if (final) return this.#finish(source, at, partial, bullet);
    if (!this.#takeCertain(partial) && shownSource(partial, 'text') !== '') {
      const verdict = this.#lines?.peek(partial);
      if (typeof verdict === 'string') return this.#stop(partial, source, at, bullet);
    }
    this.#render(false);
    return this.#keepOpen(source, at);
  }

  #finish(source: string, at: number, partial: string, bullet: RegExp): ItemAdvance {
    if (partial !== '' && !this.#take(partial)) return this.#stop(partial, source, at, bullet);
    return this.#close(source, source.length, false);
  }

  /** Feeds one whole line; false where it is not the item's. */
  #take(line: string): boolean {
    if (!this.#lines) {
      this.#lines = ListItemLines.startingWith(line, this.#isTask);
      if (!this.#lines) return false;
      this.#feed(this.#lines.first.slice(this.#fed));
      this.#fed = 0;
      return true;
    }
    const verdict = this.#lines.read(line);
    if (typeof verdict === 'string') return false;
    this.#feed(this.#fed > 0 ? verdict.content.slice(this.#fed) : `\n${verdict.content}`);
    this.#fed = 0;
    return true;
  }

  #takeCertain(partial: string): boolean {
    if (!this.#lines) return this.#takeFirst(partial);
    const content = this.#lines.certain(partial);
    if (content === '') return false;
    this.#feed(this.#fed > 0 ? content.slice(this.#fed) : `\n${content}`);
    this.#fed = content.length;
    return true;
  }

  #takeFirst(partial: string): boolean {
    const content = ListItemLines.startingWith(partial, this.#isTask)?.first;
    if (content === undefined) return false;
    this.#feed(content.slice(this.#fed));
    this.#fed = content.length;
    return true;
  }

  #feed(text: string): void {
    if (text.trim() === '') {
      this.#space += text;
      return;
    }
    const all = this.#space + text;
    const kept = all.trimEnd();
    this.#flow.append(kept);
    this.#space = all.slice(kept.length);
  }

  #render(final: boolean): void {
    this.#flow.render(final);
    // Its first block may have become another.
    withSide(this.#element);
  }

  #keepOpen(source: string, at: number): ItemAdvance {
    const taken = source.slice(0, at).trimEnd().length;
    this.#ahead = at - taken;
    return { outcome: 'open', taken, next: false };
  }

  #stop(line: string, source: string, at: number, bullet: RegExp): ItemAdvance {
    // A line that goes on with a paragraph above it is for marked to judge.
    if (this.#lines?.peek(line) !== 'end') return { outcome: 'unreadable', taken: 0, next: false };
    return this.#close(source, at, bullet.test(source.slice(at)));
  }

  #close(source: string, at: number, next: boolean): ItemAdvance {
    if (next) this.#flow.append(this.#space);
    this.#render(true);
    return { outcome: 'closed', taken: next ? at : source.slice(0, at).trimEnd().length, next };
  }
}
