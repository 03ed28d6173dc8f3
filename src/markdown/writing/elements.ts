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

/**
 * Has an item's own text decide. One that begins with a text or a list in it goes by that, as its styles say, and looks
 * for none: a browser would look in all the blocks of the item, which have one each, whenever one is added.
 */
export function withSide(item: HTMLElement): void {
  if (beginsWithSide(item)) item.removeAttribute('dir');
  else if (item.dir !== 'auto') withDirection(item);
}

function beginsWithSide(item: Element): boolean {
  const first = item.firstElementChild;
  if (!first || !/^(?:P|UL|OL)$/.test(first.nodeName)) return false;
  return (first.previousSibling?.textContent ?? '').trim() === '';
}
