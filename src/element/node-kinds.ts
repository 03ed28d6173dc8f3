/**
 * What a node is, whatever window it stands in: Firefox gives one that is moved into another document that window's
 * classes, so that it is an instance of none of the page's.
 */
type Thing = EventTarget | null | undefined;

export const isText = (thing: Thing): thing is Text => (thing as Node | null)?.nodeType === 3;
export const isElement = (thing: Thing): thing is Element => (thing as Node | null)?.nodeType === 1;
/** No drawing and no formula: those have no such text. */
export const isHtml = (thing: Thing): thing is HTMLElement => isElement(thing) && 'innerText' in thing;
/** Nothing else in a tree has a mode. */
export const isShadowRoot = (root: Node): root is ShadowRoot => 'mode' in root;
