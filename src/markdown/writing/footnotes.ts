import type { MarkdownStrings } from '../markdown-strings.js';
import { morphChildren } from './morph.js';

/** A note that is referred to more often leads back to so many places. */
const MOST_BACK = 20;

interface Note {
  readonly item: HTMLElement;
  /** A later definition of the same label is none. */
  settled: boolean;
  /** The drawing in which it was written last. */
  drawing: number;
}

/**
 * The notes of one document: numbered as they are referred to, in a section of their own at its end. A reference is shown
 * as what it will be before its note has come; one whose note never comes is at the end the text that was written.
 */
export class Footnotes {
  readonly #container: HTMLElement;
  readonly #strings: MarkdownStrings;
  #section: HTMLElement | undefined;
  #numbers = new Map<string, number>();
  #notes = new Map<string, Note>();
  #drawing = 0;
  /** Those that are referred to, by their numbers. They stand before all others. */
  #numbered: HTMLElement[] = [];

  constructor(container: HTMLElement, strings: MarkdownStrings) {
    this.#container = container;
    this.#strings = strings;
  }

  /** What stands at the end of an element behind what its flow writes: the notes, or a note's links back. */
  static endOf(element: Element): Element | null {
    const last = element.lastElementChild;
    return last?.matches('.footnotes, .footnote-back') ? last : null;
  }

  clear(): void {
    this.#section = undefined;
    this.#numbers = new Map();
    this.#notes = new Map();
    this.#numbered = [];
  }

  /** A drawing begins: of two notes with one label in it, the first holds. */
  beginDrawing(): void {
    this.#drawing += 1;
  }

  createReference(label: string, written: string): HTMLElement {
    const isNew = !this.#numbers.has(label);
    if (isNew) this.#numbers.set(label, this.#numbers.size + 1);
    const element = document.createElement('sup');
    element.className = 'footnote-reference';
    element.dataset['footnote'] = label;
    element.dataset['markdown'] = written;
    const link = document.createElement('a');
    link.role = 'link';
    link.tabIndex = 0;
    element.append(link);
    this.#showNumber(element);
    const note = isNew ? this.#notes.get(label) : undefined;
    if (note) {
      this.#place(note.item, label);
      this.#linkBack(note.item, 1);
    }
    return element;
  }

  /** The element that holds the note; undefined where another holds that label. */
  itemFor(label: string): HTMLElement | undefined {
    const known = this.#notes.get(label);
    if (known && (known.settled || known.drawing === this.#drawing)) return undefined;
    const note = known ?? { item: this.#createItem(label), settled: false, drawing: 0 };
    note.drawing = this.#drawing;
    this.#notes.set(label, note);
    return note.item;
  }

  isSettled(label: string): boolean {
    return this.#notes.get(label)?.settled === true;
  }

  /** What was settled is read as a whole again. */
  reopen(label: string): void {
    const note = this.#notes.get(label);
    if (note) note.settled = false;
  }

  targetOfLabel(label: string): HTMLElement | undefined {
    return this.#notes.get(label)?.item;
  }

  settle(label: string): void {
    const note = this.#notes.get(label);
    if (note) note.settled = true;
  }

  /** The text is complete: what refers to nothing is text, and each note leads back to where it is referred to. */
  finish(): void {
    if (this.#numbers.size === 0 && this.#notes.size === 0) return;
    const live = new Map<string, number>();
    const lost: HTMLElement[] = [];
    for (const reference of this.#references()) {
      const label = labelOf(reference);
      if (this.#notes.has(label)) live.set(label, (live.get(label) ?? 0) + 1);
      else lost.push(reference);
    }
    writeAsText(lost);
    this.#number([...live.keys()]);
    for (const [label, { item }] of this.#notes) this.#linkBack(item, live.get(label) ?? 0);
  }

  /** The place that a reference or a link back leads to. */
  targetOf(link: Element): HTMLElement | undefined {
    const reference = link.closest<HTMLElement>('.footnote-reference');
    if (reference) return this.#notes.get(labelOf(reference))?.item;
    const back = link.closest<HTMLElement>('[data-back]');
    if (!back) return undefined;
    const label = labelOf(back.closest('li')!);
    const named = this.#references().filter((each) => labelOf(each) === label);
    return named[Number(back.dataset['back'])]?.querySelector('a') ?? undefined;
  }

  /** In the order of the page, in which the notes come last. */
  #references(): HTMLElement[] {
    return [...this.#container.querySelectorAll<HTMLElement>('.footnote-reference')];
  }

  #number(referred: readonly string[]): void {
    const labels = new Set([...referred, ...this.#notes.keys()]);
    this.#numbers = new Map([...labels].map((label, index) => [label, index + 1]));
    for (const reference of this.#references()) this.#showNumber(reference);
    this.#numbered = [...labels].map((label) => this.#notes.get(label)!.item);
    // One pass, in which nothing moves that stands where it should.
    let next = this.#section?.firstElementChild?.firstElementChild ?? null;
    for (const item of this.#numbered) {
      // Where one stands too early, it alone moves, when its turn comes.
      if (item === next?.nextElementSibling) next = item;
      if (item === next) next = item.nextElementSibling;
      else this.#list().insertBefore(item, next);
    }
  }

  #showNumber(reference: HTMLElement): void {
    const number = this.#numbers.get(labelOf(reference))!;
    const link = reference.firstElementChild!;
    if (link.textContent === String(number)) return;
    link.textContent = String(number);
    link.ariaLabel = this.#strings.footnote(number);
  }

  #createItem(label: string): HTMLElement {
    const item = document.createElement('li');
    item.dataset['footnote'] = label;
    item.tabIndex = -1;
    const back = document.createElement('span');
    back.className = 'footnote-back';
    back.dataset['chrome'] = '';
    item.append(back);
    this.#place(item, label);
    if (this.#numbers.has(label)) this.#linkBack(item, 1);
    return item;
  }

  /** In the order of the numbers; what nothing refers to comes last. */
  #place(item: HTMLElement, label: string): void {
    const number = this.#numbers.get(label);
    if (number === undefined) return void this.#list().append(item);
    const at = this.#firstAfter(number);
    const before = at > 0 ? this.#numbered[at - 1]!.nextSibling : this.#list().firstChild;
    if (before !== item) this.#list().insertBefore(item, before);
    this.#numbered.splice(at, 0, item);
  }

  /** Where among the notes with numbers the first stands that has a higher one. */
  #firstAfter(number: number): number {
    let low = 0;
    let high = this.#numbered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#numbers.get(labelOf(this.#numbered[middle]!))! > number) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #list(): HTMLElement {
    if (!this.#section) {
      this.#section = document.createElement('section');
      this.#section.className = 'footnotes';
      this.#section.role = 'doc-endnotes';
      this.#section.ariaLabel = this.#strings.footnotes;
      this.#section.append(document.createElement('ol'));
      this.#container.append(this.#section);
    }
    return this.#section.firstElementChild as HTMLElement;
  }

  /** Links that are there stay: a note that was drawn with its first one need not be laid out again. */
  #linkBack(item: HTMLElement, count: number): void {
    const number = this.#numbers.get(labelOf(item))!;
    const back = item.lastElementChild!;
    while (back.childElementCount > count) back.lastElementChild!.remove();
    for (let index = 0; index < Math.min(count, MOST_BACK); index += 1) {
      const link = back.children[index] ?? back.appendChild(createBackLink(index));
      link.ariaLabel = this.#strings.backToText(number, index + 1);
    }
  }
}

function createBackLink(index: number): HTMLElement {
  const link = document.createElement('a');
  link.role = 'link';
  link.tabIndex = 0;
  link.dataset['back'] = String(index);
  link.textContent = index === 0 ? '↩' : `↩${index + 1}`;
  return link;
}

/** A block looks for its direction, through all its children, for each that changes: it has one meanwhile. */
function writeAsText(references: readonly HTMLElement[]): void {
  const blocks = new Set(references.map((reference) => reference.closest<HTMLElement>('[dir="auto"]')));
  for (const block of blocks) if (block) block.dir = 'ltr';
  for (const reference of references) reference.replaceWith(reference.dataset['markdown']!);
  for (const block of blocks) if (block) block.dir = 'auto';
}

function labelOf(element: HTMLElement): string {
  return element.dataset['footnote'] ?? '';
}

/** Draws the content of a note before its links back. */
export function drawNote(item: HTMLElement, nodes: readonly Node[]): void {
  morphChildren(item, null, nodes, item.lastElementChild);
}
