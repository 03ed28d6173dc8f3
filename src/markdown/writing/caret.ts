import { isElement, isText } from '../../element/node-kinds.js';

/** The attribute of what has the caret behind it. */
export const CARET = 'data-caret';

/** What holds text and no blocks. */
const LEAVES = 'p, h1, h2, h3, h4, h5, h6, pre, .pending';
/** What may hold either. */
const HOLDERS = 'li, dt, dd, th, td, div:not([class]), blockquote, summary, figcaption, caption, center';
const BLOCKS = `${LEAVES}, ${HOLDERS}, div, ul, ol, dl, details, figure, table, thead, tbody, tfoot, tr, hr`;

const MAX_SPACE = 400;

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
    if (!place?.hasAttribute(CARET)) place?.setAttribute(CARET, '');
  }

  hide(): void {
    this.#place?.removeAttribute(CARET);
    this.#place = undefined;
  }
}

/** What holds the last text of a block; undefined where it is none, as in a drawing. */
function placeIn(block: Element): Element | undefined {
  if (block.matches(LEAVES)) return block;
  if (block.matches('.code-block')) return lastLines(block);
  if (block.matches('.table-block')) return lastCell(block);
  const last = lastIn(block);
  if (isElement(last) && last.matches(BLOCKS)) return placeIn(last);
  return block.matches(HOLDERS) ? block : undefined;
}

/** White space between blocks is nothing that is read. A text that is longer than any is not looked through. */
function lastIn(parent: Element): Node | null {
  let node = parent.lastChild;
  while (isText(node) && node.length < MAX_SPACE && node.data.trim() === '') node = node.previousSibling;
  return node;
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
