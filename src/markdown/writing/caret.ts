const BLOCKS = 'p, ul, ol, blockquote, div, details, h1, h2, h3, h4, h5, h6';

/**
 * Marks what holds the last text, behind which CSS draws the caret of a text that is being written: no text and no
 * element of its own. A selector that said the same would be tried on every element at every change.
 */
export class Caret {
  readonly #container: Element;
  #place: Element | undefined;

  constructor(container: Element) {
    this.#container = container;
  }

  /** To be called after each drawing. */
  follow(): void {
    const last = this.#container.lastElementChild;
    const block = last?.matches('.footnotes') ? last.previousElementSibling : last;
    const place = block ? placeIn(block) : undefined;
    if (place !== this.#place) this.hide();
    this.#place = place;
    // A block that is drawn again over itself has lost its mark.
    if (!place?.hasAttribute('data-caret')) place?.setAttribute('data-caret', '');
  }

  hide(): void {
    this.#place?.removeAttribute('data-caret');
    this.#place = undefined;
  }
}

function placeIn(block: Element): Element | undefined {
  if (block.matches('p, h1, h2, h3, h4, h5, h6')) return block;
  if (block.matches('.code-block')) return lastLines(block);
  if (block.matches('.table-block')) return lastCell(block);
  if (block.matches('li')) return lastBlockOf(block) ?? block;
  return block.matches('ul, ol, blockquote, .alert, details') ? lastBlockOf(block) : undefined;
}

/** What holds the last text of a list, an item or a quote; undefined where that is no block. */
function lastBlockOf(parent: Element): Element | undefined {
  const last = parent.lastElementChild;
  if (!last?.matches(`li, ${BLOCKS}`) || last.nextSibling?.textContent?.trim()) return undefined;
  return placeIn(last);
}

function lastLines(block: Element): Element | undefined {
  const code = block.querySelector('pre > code');
  return code?.lastElementChild ?? code ?? undefined;
}

function lastCell(block: Element): Element | undefined {
  const { tBodies, tHead } = block.querySelector('table') ?? {};
  const row = tBodies?.[tBodies.length - 1]?.lastElementChild ?? tHead?.lastElementChild;
  return [...(row?.children ?? [])].findLast(({ childNodes }) => childNodes.length > 0);
}
