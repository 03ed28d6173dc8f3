import type { Artifact } from '../../../message.js';
import { CodePainter } from '../../../code/code-painter.js';
import { cancelFrame, onNextFrame } from '../../../element/frames.js';
import { selectedRange } from '../../../element/selected-range.js';
import type { ArtifactView } from '../artifact-view.js';
import { LONGEST_CHUNK, chunkEnd, commonPrefix, commonSuffix, countLines } from './code-chunks.js';
import { FollowEnd } from '../follow-end.js';
import { shownText } from '../shown-text.js';
import { isText } from '../../../element/node-kinds.js';

/** So much new text is taken into the page in one frame; the rest waits for the next. */
const CHARACTERS_PER_FRAME = 200_000;
/**
 * So many chunks stand in one group. Each frame, a browser looks at every block that it may skip; within a group that is
 * out of sight it looks at none.
 */
const CHUNKS_PER_GROUP = 40;

interface Chunk {
  readonly element: HTMLElement;
  readonly text: Text;
  length: number;
  /** How many lines begin in it. */
  lines: number;
  firstLine: number;
  endsLine: boolean;
}

interface CodeViewOptions {
  label: string;
  /** What the code is written in, as far as it is known. */
  language?: string | undefined;
  /** Prose is wrapped, code is scrolled. */
  wrap: boolean;
}

/** Source text that grows without being rendered again: what stands is never touched, what follows is appended. */
export class CodeView implements ArtifactView {
  readonly element = document.createElement('pre');
  readonly #code = document.createElement('code');
  readonly #follow: FollowEnd;
  readonly #flush = (): void => this.#takeFrame();
  readonly #painter = new CodePainter();
  readonly #language: string | undefined;
  #chunks: Chunk[] = [];
  // Invariant: the chunks hold the first `#shown` characters of `#content`, and `#pending` from `#taken` on the rest.
  #content = '';
  #shown = 0;
  #pending = '';
  #taken = 0;

  constructor(container: HTMLElement, { label, language, wrap }: CodeViewOptions) {
    this.#language = language;
    this.element.className = 'code';
    this.element.setAttribute('part', 'code');
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'region');
    this.element.setAttribute('aria-label', label);
    this.element.dir = 'ltr';
    this.element.toggleAttribute('data-wrap', wrap);
    this.element.append(this.#code);
    // The browser's own word for which chunks it draws: watching each of a long text's would cost every frame.
    // In Firefox and WebKit it does not bubble.
    this.#code.addEventListener('contentvisibilityautostatechange', (event) => this.#handleDrawn(event), true);
    this.element.addEventListener('copy', (event) => this.#handleCopy(event));
    this.#follow = new FollowEnd(this.element);
    container.append(this.element);
  }

  update({ content, status }: Artifact, added?: string): void {
    // A finished text is read from its beginning; one that is being written, at its end.
    if (status !== 'streaming' && this.#content === '') this.#follow.stop();
    const length = this.#content.length;
    if (added !== undefined && length + added.length === content.length) this.#append(added);
    else if (content === this.#content) return;
    else if (content.startsWith(this.#content)) this.#append(content.slice(length));
    else this.#rewrite(content);
    this.#content = content;
    this.#takeFrame();
  }

  destroy(): void {
    cancelFrame(this.#flush);
    this.#painter.destroy();
    this.#follow.destroy();
    this.element.remove();
  }

  /** The offsets of a selection in the source, or undefined where it is not in this view. */
  offsetsOf(range: StaticRange | Range): { from: number; to: number } | undefined {
    const from = this.#offsetOf(range.startContainer, range.startOffset);
    const to = this.#offsetOf(range.endContainer, range.endOffset);
    return from === undefined || to === undefined || from === to ? undefined : { from, to };
  }

  /** The number of the line that an offset is in, from 1. */
  static lineAt(content: string, offset: number): number {
    return countLines(content.slice(0, offset)) + 1;
  }

  #append(text: string): void {
    this.#pending = this.#pending.slice(this.#taken) + text;
    this.#taken = 0;
  }

  #takeFrame(): void {
    const until = Math.min(this.#pending.length, this.#taken + CHARACTERS_PER_FRAME);
    while (this.#taken < until) this.#growOnce();
    this.#follow.grown();
    this.#painter.schedule();
    if (this.#taken < this.#pending.length) onNextFrame(this.#flush);
  }

  /** Fills the last chunk up, or begins the next. */
  #growOnce(): void {
    const next = this.#pending.slice(this.#taken, this.#taken + LONGEST_CHUNK);
    const last = this.#chunks.at(-1);
    const more = last ? chunkEnd(last.text.data + next, 0) - last.length : 0;
    const length = more > 0 ? more : chunkEnd(next, 0);
    if (last && more > 0) this.#extend(last, next.slice(0, length));
    else this.#insert(next.slice(0, length), this.#chunks.length);
    this.#taken += length;
    this.#shown += length;
  }

  #extend(chunk: Chunk, more: string): void {
    chunk.text.appendData(shownText(more));
    chunk.length += more.length;
    const lines = linesBeginningIn(chunk.text.data, this.#chunks.length < 2 || this.#chunks.at(-2)!.endsLine);
    chunk.endsLine = more.endsWith('\n');
    if (lines !== chunk.lines) number(chunk, chunk.firstLine, lines);
  }

  #insert(text: string, at: number): void {
    const before = this.#chunks[at - 1];
    const chunk: Chunk = {
      element: document.createElement('span'),
      text: document.createTextNode(shownText(text)),
      length: text.length,
      lines: 0,
      firstLine: 1,
      endsLine: text.endsWith('\n'),
    };
    chunk.element.className = 'chunk';
    chunk.element.append(chunk.text);
    const lines = linesBeginningIn(text, !before || before.endsLine);
    number(chunk, before ? before.firstLine + before.lines : 1, lines);
    this.#place(chunk.element, before?.element);
    this.#chunks.splice(at, 0, chunk);
  }

  #place(element: HTMLElement, before: HTMLElement | undefined): void {
    const group = before?.parentElement;
    const isLast = !before?.nextElementSibling && !group?.nextElementSibling;
    if (group && !(isLast && group.childElementCount >= CHUNKS_PER_GROUP)) {
      before.after(element);
      return;
    }
    if (group) estimateSize(group);
    const next = document.createElement('span');
    next.className = 'group';
    next.append(element);
    if (group) group.after(next);
    else this.#code.prepend(next);
  }

  /** Takes out what differs from the new text, keeps the chunks before and after it, and fills the gap. */
  #rewrite(content: string): void {
    const old = this.#content.slice(0, this.#shown);
    const head = this.#headWithin(commonPrefix(old, content));
    const tail = this.#tailWithin(old, content, head);
    const removed = this.#chunks.splice(head.count, this.#chunks.length - head.count - tail.count);
    for (const chunk of removed) this.#take(chunk.element);
    const gapEnd = tail.count > 0 ? content.length - tail.length : head.length;
    let at = head.count;
    for (let from = head.length; from < gapEnd; at++) {
      const end = Math.min(gapEnd, chunkEnd(content, from));
      this.#insert(content.slice(from, end), at);
      from = end;
    }
    this.#shown = gapEnd + tail.length;
    this.#pending = content.slice(this.#shown);
    this.#taken = 0;
    this.#renumber(at);
  }

  #take(element: HTMLElement): void {
    const group = element.parentElement;
    this.#painter.remove(element);
    element.remove();
    if (group?.childElementCount === 0) group.remove();
  }

  /** The chunks that lie in the common beginning. The last of them may go on, so it must end before what differs. */
  #headWithin(prefix: number): { count: number; length: number } {
    let count = 0;
    let length = 0;
    for (const chunk of this.#chunks) {
      if (length + chunk.length >= prefix) break;
      length += chunk.length;
      count += 1;
    }
    return { count, length };
  }

  /** The chunks that lie in the common end and begin with a line. */
  #tailWithin(
    old: string,
    content: string,
    head: { count: number; length: number },
  ): { count: number; length: number } {
    const none = { count: 0, length: 0 };
    if (this.#shown < this.#content.length) return none;
    const suffix = commonSuffix(old, content, head.length);
    let { count, length } = none;
    for (let index = this.#chunks.length - 1; index > head.count; index--) {
      const grown = length + this.#chunks[index]!.length;
      if (grown >= suffix) break;
      length = grown;
      count += 1;
    }
    // Nearest to the change, a chunk that does not begin with a line cannot stand behind another neighbour.
    while (count > 0 && content[content.length - length - 1] !== '\n') {
      length -= this.#chunks[this.#chunks.length - count]!.length;
      count -= 1;
    }
    return { count, length };
  }

  #renumber(from: number): void {
    for (let index = Math.max(from, 1); index < this.#chunks.length; index++) {
      const before = this.#chunks[index - 1]!;
      const chunk = this.#chunks[index]!;
      const first = before.firstLine + before.lines;
      if (first === chunk.firstLine) return;
      number(chunk, first, chunk.lines);
    }
  }

  #offsetOf(node: Node, offset: number): number | undefined {
    if (node === this.#code || node === this.element) return offset === 0 ? 0 : this.#shown;
    const index = this.#chunks.findIndex((chunk) => chunk.text === node || chunk.element === node);
    if (index === -1) return undefined;
    const start = this.#chunks.slice(0, index).reduce((sum, chunk) => sum + chunk.length, 0);
    const chunk = this.#chunks[index]!;
    return chunk.text === node ? start + offset : start + (offset === 0 ? 0 : chunk.length);
  }

  /** A chunk that is drawn gets its colours, one that is not loses them. */
  #handleDrawn(event: Event): void {
    const { skipped } = event as ContentVisibilityAutoStateChangeEvent;
    const watched = event.target as HTMLElement;
    const { firstChild: text, previousElementSibling: before } = watched;
    if (skipped || this.#language === undefined || !isText(text)) return this.#painter.remove(watched);
    this.#painter.add(
      { watched, text, language: this.#language, before: before?.firstChild as Text | undefined },
      false,
    );
    return undefined;
  }

  /** Lines broken for display are whole again on the clipboard. */
  #handleCopy(event: ClipboardEvent): void {
    const range = selectedRange(this.element.getRootNode());
    const offsets = range && this.offsetsOf(range);
    if (!offsets || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', this.#content.slice(offsets.from, offsets.to));
    event.preventDefault();
  }
}

/** How high a group is where it has not been drawn. */
function estimateSize(group: HTMLElement): void {
  const chunks = [...group.children] as HTMLElement[];
  const lines = chunks.reduce((sum, { style }) => sum + Number(style.getPropertyValue('--_lines')), 0);
  group.style.containIntrinsicBlockSize = `auto calc(${lines} * 1lh)`;
}

function linesBeginningIn(text: string, beginsLine: boolean): number {
  return countLines(text.endsWith('\n') ? text.slice(0, -1) : text) + (beginsLine ? 1 : 0);
}

function number(chunk: Chunk, firstLine: number, lines: number): void {
  chunk.firstLine = firstLine;
  chunk.lines = lines;
  chunk.element.dataset['lines'] = [...Array(lines)].map((_, index) => firstLine + index).join('\n');
  chunk.element.style.setProperty('--_lines', String(Math.max(1, lines)));
}
