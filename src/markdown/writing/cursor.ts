import type { BlockWriter, Mark } from './block-writer.js';
import { Footnotes } from './footnotes.js';
import { inPage, morphChildren } from './morph.js';

interface Level {
  element: Element;
  /** The last child that will not change any more. What stands after it is drawn again at each frame. */
  settled: Node | null;
}

/**
 * Where a flow of blocks goes on in the page. Level 0 is the flow's own element; each further level is an element that
 * raw HTML opened in a settled block and has not closed yet, such as `<details>` around markdown.
 */
export class Cursor {
  #levels: Level[];

  constructor(element: Element, settled: Node | null = null) {
    this.#levels = [{ element, settled }];
  }

  get tags(): string[] {
    return this.#levels.map(({ element }) => element.localName);
  }

  /** The last settled node at the place where the next block goes. */
  get settled(): Node | null {
    const { settled } = this.#levels.at(-1)!;
    return settled && inPage(settled);
  }

  /** The element that holds that place. */
  get element(): Element {
    return this.#levels.at(-1)!.element;
  }

  clone(): Cursor {
    const copy = new Cursor(this.#levels[0]!.element);
    copy.#levels = this.#levels.map((level) => ({ ...level }));
    return copy;
  }

  /**
   * Puts what was written into the page, in place of what was not settled yet, and settles it up to the mark. `held`: the
   * text in the page that has gone on as the first of it.
   */
  draw(writer: BlockWriter, settledTo: Mark, held?: Text): void {
    // What settled may have been drawn again since, where a label in it was defined.
    this.#levels.forEach(({ element, settled }, index) => {
      const nodes = writer.levels[index]!;
      const end = Footnotes.endOf(element);
      if (held?.parentNode === element) morphChildren(element, held, nodes.slice(1), end);
      else morphChildren(element, settled && inPage(settled), nodes, end);
    });
    this.settle(writer, settledTo);
  }

  /** Settles all that stands at the place where the next block goes. */
  settleAll(): void {
    const level = this.#levels.at(-1)!;
    const end = Footnotes.endOf(level.element);
    level.settled = end ? end.previousSibling : level.element.lastChild;
  }

  /** Settles what was just drawn up to the mark. */
  settle(writer: BlockWriter, mark: Mark): void {
    mark.counts.forEach((count, index) => {
      if (count > 0) this.#levels[index]!.settled = inPage(writer.levels[index]![count - 1]!);
    });
    this.#levels.length = mark.level + 1;
    for (const { element, children } of mark.open) {
      const actual = inPage(element) as Element;
      this.#levels.push({ element: actual, settled: children === 0 ? null : actual.childNodes[children - 1]! });
    }
  }
}
