export function withText<Kind extends Element>(element: Kind, text: string): Kind {
  element.textContent = text;
  return element;
}

export function elementWithText(tag: string, text: string): HTMLElement {
  return withText(document.createElement(tag), text);
}

/**
 * Has the first strong character of a block decide its reading direction. To be called when its content is there: a
 * browser looks for that character again whenever a child is added.
 */
export function withDirection<Kind extends HTMLElement>(block: Kind): Kind {
  block.dir = 'auto';
  return block;
}

/** What begins a block that may stand first in an item, as against text and what stands in its line. */
const BLOCK = /^(?:P|[UO]L|H\d|HR|DIV|TABLE|PRE|BLOCKQUOTE|DETAILS|DL|FIGURE)$/;

/** Has an item's own text decide; one that begins with a block goes by that. */
export function withSide(item: HTMLElement): void {
  if (beginsWithBlock(item)) withSideOfFirst(item);
  else if (item.dir !== 'auto') withDirection(item);
}

/**
 * Has the first block that has words with a direction decide on which side the sign or the edge of those around it is.
 * It is said and not left to be looked for: a browser would look in all of the blocks whenever one is added. Code has no
 * words that the reader's text goes by.
 */
export function withSideOfFirst(box: HTMLElement): void {
  const first = box.querySelector('[dir]:not(pre, :empty)');
  if (!first) return box.removeAttribute('dir');
  const side = first.matches(':dir(rtl)') ? 'rtl' : 'ltr';
  if (box.dir !== side) box.dir = side;
}

function beginsWithBlock(item: Element): boolean {
  const first = item.firstElementChild;
  if (!first || !BLOCK.test(first.nodeName)) return false;
  return (first.previousSibling?.textContent ?? '').trim() === '';
}
