import type { MarkdownStrings } from '../markdown-strings.js';
import { keepColumns } from './long-table.js';
import { inPage } from './morph.js';
import { windowOf } from '../../element/window-of.js';

/** A name that tells one table from another, and is still a name. */
const LONGEST_NAME = 80;
const NAMING = ['role', 'aria-label'];
const ITSELF = 'pre, table';
const BOXES = 'pre, .table-scroll, table:not(.table-scroll > *)';

/**
 * What is wider than its place scrolls in itself: while it does, a keyboard can reach it and assistive technology knows
 * its name. What fits is no stop on the reader's way.
 */
export class Scrollers {
  readonly #strings: MarkdownStrings;
  #written: HTMLElement[] = [];
  #observer: ResizeObserver | undefined;

  constructor(strings: MarkdownStrings) {
    this.#strings = strings;
  }

  /** A box was written that may become too narrow. It may never come into the page, where it stands for one that is there. */
  add(box: HTMLElement): void {
    this.#written.push(box);
  }

  /** All that stand there: they are in the page again. */
  addAll(container: Element): void {
    for (const box of container.querySelectorAll<HTMLElement>(BOXES)) this.add(box);
    this.update();
  }

  /** A place was drawn in. */
  addDrawn(place: HTMLElement): void {
    this.add(place);
    this.update();
  }

  /** To be called after each drawing. */
  update(): void {
    if (this.#written.length === 0) return;
    for (const box of this.#written.splice(0)) this.#watch(inPage(box) as HTMLElement);
  }

  clear(): void {
    this.#written = [];
    this.#observer?.disconnect();
  }

  #watch(box: HTMLElement): void {
    // Of the window that it stands in: one that is hidden tells of no sizes.
    const view = windowOf(box);
    this.#observer ??= new view.ResizeObserver((entries) => this.#measure(entries));
    this.#observer.observe(box);
    // The box has its place's width; what is in it has its own. Code and a table of HTML are boxes of themselves.
    if (box.firstElementChild && !box.matches(ITSELF)) this.#observer.observe(box.firstElementChild);
  }

  #measure(entries: readonly ResizeObserverEntry[]): void {
    for (const { target } of entries) {
      if (!target.isConnected) this.#observer?.unobserve(target);
      const box = target.closest<HTMLElement>('.table-scroll, .construct') ?? (target as HTMLElement);
      this.#show(box, scrolls(box));
    }
    for (const { target } of entries) if (target.matches('.table-scroll > table')) keepColumns(target.parentElement!);
  }

  #show(box: HTMLElement, scrolls: boolean): void {
    if (scrolls === box.hasAttribute('tabindex') || (!scrolls && box.matches(':focus'))) return;
    const isNamed = box.matches('.code-block > pre, .construct');
    if (!scrolls) return ['tabindex', ...(isNamed ? [] : NAMING)].forEach((name) => box.removeAttribute(name));
    box.tabIndex = 0;
    if (isNamed) return;
    // A table that scrolls by itself is still one.
    if (!box.matches('table')) box.role = 'group';
    box.ariaLabel = box.matches('pre') ? this.#strings.code('') : this.#strings.table(columnsOf(box));
  }
}

/** A drawing's height is cut off, code may have one that is bounded. */
function scrolls(box: HTMLElement): boolean {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = box;
  return scrollWidth > clientWidth + 1 || (box.matches('pre') && scrollHeight > clientHeight + 1);
}

function columnsOf(box: HTMLElement): string {
  const names = [...box.querySelectorAll('caption, th')].map((cell) => (cell.textContent ?? '').trim()).filter(Boolean);
  const all = names.join(', ');
  return all.length > LONGEST_NAME ? `${all.slice(0, LONGEST_NAME)}…` : all;
}
