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
