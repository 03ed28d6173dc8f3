import { selectedRange } from '../../element/selected-range.js';
import { CARET } from './caret.js';
import { isSameConstruct } from './construct.js';
import { isElement, isHtml, isText } from '../../element/node-kinds.js';

// What a freshly built node became in the page: itself where it was inserted, else the node that took its place before.
const survivors = new WeakMap<Node, Node>();

/** The node in the page that stands for a freshly built one. */
export function inPage(fresh: Node): Node {
  return survivors.get(fresh) ?? fresh;
}

/** From now on, what stood behind one node in the page stands behind another. */
export function follow(old: Node, last: Node): void {
  if (old === last) return;
  survivors.set(old, last);
  survivors.delete(last);
}

/** So many children at once are changed while their block has no direction to look for. */
const MANY = 100;
/** So many that the same takes long with elements between the texts, too. */
const CROWD = 1000;

/**
 * Makes the children of `parent` after `after` and before `stop` equal to `fresh`, keeping every node that can stay:
 * with it stay the reader's selection, focus, scroll and open `<details>`.
 */
export function morphChildren(
  parent: Node,
  after: Node | null,
  fresh: readonly Node[],
  stop: Node | null = null,
): void {
  // A browser looks for the first letter of a block anew, through all that is in it, for each node that changes there.
  const directed = parent.childNodes.length + fresh.length > MANY ? findingDirection(parent) : [];
  for (const block of directed) block.dir = 'ltr';
  changeChildren(parent, after, fresh, stop);
  for (const block of directed) block.dir = 'auto';
}

/** The element and those around it that go by the first letter in them. */
function findingDirection(node: Node): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let block = asElement(node); block; block = block.parentElement) if (block.dir === 'auto') found.push(block);
  return found;
}

function asElement(node: Node): HTMLElement | null {
  return isHtml(node) ? node : null;
}

function changeChildren(parent: Node, after: Node | null, fresh: readonly Node[], stop: Node | null): void {
  let old = after ? behind(parent, after) : parent.firstChild;
  let index = 0;
  for (; old && old !== stop && index < fresh.length; index += 1)
    old = place(parent, old, fresh[index]!, fresh[index + 1], stop);
  // In one go: a block looks for its reading direction whenever something is put into it.
  if (index < fresh.length) insertAll(parent, fresh, index, old);
  while (old && old !== stop) {
    const next: ChildNode | null = old.nextSibling;
    parent.removeChild(old);
    old = next;
  }
}

/** What is to be drawn on is not there any more: the page or an extension has taken it away, or put it elsewhere. */
export class ChangedError extends Error {
  override message = 'What had been drawn was changed.';
}

/** A page that translates puts elements of its own around a text. */
function behind(parent: Node, child: Node): ChildNode | null {
  const { parentNode } = child;
  if (parentNode === parent) return child.nextSibling;
  if (!parentNode) throw new ChangedError();
  return behind(parent, parentNode);
}

function insertAll(parent: Node, fresh: readonly Node[], from: number, before: Node | null): void {
  const added = document.createDocumentFragment();
  for (let index = from; index < fresh.length; index += 1) added.append(fresh[index]!);
  parent.insertBefore(added, before);
}

/** Has a node stand where an old one does, and answers which of the old ones is behind it. */
function place(parent: Node, old: ChildNode, fresh: Node, next: Node | undefined, stop: Node | null): ChildNode | null {
  const same = isSameKind(old, fresh) ? old : moveInto(parent, old, fresh, stop);
  if (same) {
    survivors.set(fresh, same);
    patch(same, fresh);
    return same.nextSibling;
  }
  // It has come before what stays.
  if (next && isSameKind(old, next)) {
    parent.insertBefore(fresh, old);
    return old;
  }
  const behind = old.nextSibling;
  replace(parent, old, fresh);
  return behind;
}

/** Has what stands there become the content of another element; undefined where it does not. */
function moveInto(parent: Node, old: ChildNode, fresh: Node, stop: Node | null): ChildNode | undefined {
  // To ask what is selected, as that does, has a browser lay out all that has changed.
  if (!/^[HP]/.test(fresh.nodeName)) return undefined;
  return keepingReader(parent, () => renameParagraph(parent, old, fresh) ?? wrapText(parent, old, fresh, stop));
}

/** The same link or button in what has come, as in the head of a table that was a paragraph, takes the focus over. */
function replace(parent: Node, old: ChildNode, fresh: Node): void {
  const focused = focusedIn(parent);
  const hasFocus = focused && old.contains(focused);
  parent.replaceChild(fresh, old);
  if (!hasFocus || !(fresh instanceof Element)) return;
  const same = [...fresh.querySelectorAll<HTMLElement>(focused.localName)].find((each) => each.isEqualNode(focused));
  same?.focus({ preventScroll: true });
}

function focusedIn(node: Node): Element | null | undefined {
  return (node.getRootNode() as Node & Partial<DocumentOrShadowRoot>).activeElement;
}

/** Gives focus and selection back to what has them where that is moved: what is taken out and put in again has lost both. */
function keepingReader(parent: Node, move: () => ChildNode | undefined): ChildNode | undefined {
  const focused = focusedIn(parent);
  const selected = selectionIn(parent);
  const moved = move();
  if (isHtml(focused) && moved?.contains(focused)) focused.focus({ preventScroll: true });
  if (moved && selected?.some((end) => typeof end === 'object' && moved.contains(end)))
    parent.ownerDocument!.getSelection()?.setBaseAndExtent(...selected);
  return moved;
}

type Ends = Parameters<Selection['setBaseAndExtent']>;

/** Where the reader began to select and has come to; undefined where nothing is selected. */
function selectionIn(node: Node): Ends | undefined {
  const range = selectedRange(node.getRootNode());
  if (!range || range.collapsed) return undefined;
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const isBackward = node.ownerDocument!.getSelection()?.direction === 'backward';
  return isBackward
    ? [endContainer, endOffset, startContainer, startOffset]
    : [startContainer, startOffset, endContainer, endOffset];
}

/** A paragraph that its underline makes a heading: what is in it stays, pictures and formulas as they have been drawn. */
function renameParagraph(parent: Node, old: ChildNode, fresh: Node): ChildNode | undefined {
  if (old.nodeName !== 'P' || !(fresh instanceof HTMLHeadingElement)) return undefined;
  const heading = fresh.cloneNode(false) as HTMLHeadingElement;
  heading.append(...old.childNodes);
  parent.replaceChild(heading, old);
  return heading;
}

/** Text that has become a paragraph, as that of an item does when its list turns loose: it is the same, with one around it. */
function wrapText(parent: Node, old: ChildNode, fresh: Node, stop: Node | null): ChildNode | undefined {
  if (!(fresh instanceof HTMLParagraphElement)) return undefined;
  // In one go, too.
  const text = document.createDocumentFragment();
  let node: ChildNode | null = old;
  for (let part = fresh.firstChild; part && node && node !== stop && isSameKind(node, part); part = part.nextSibling) {
    const next: ChildNode | null = node.nextSibling;
    text.append(node);
    node = next;
  }
  if (!text.hasChildNodes()) return undefined;
  const paragraph = fresh.cloneNode(false) as HTMLParagraphElement;
  paragraph.append(text);
  parent.insertBefore(paragraph, node);
  return paragraph;
}

function isSameKind(old: Node, fresh: Node): boolean {
  if (old.nodeType !== fresh.nodeType) return false;
  if (!isElement(old) || !isElement(fresh)) return true;
  if (fresh.hasAttribute('data-construct')) return isSameConstruct(old, fresh);
  return old.localName === fresh.localName && (isHosts(old) || old.className === fresh.className);
}

function patch(old: Node, fresh: Node): void {
  if (isText(old) && isText(fresh)) patchText(old, fresh.data);
  else if (isElement(old) && isElement(fresh)) patchElement(old, fresh);
}

/** Has a text go on with `data` behind what stands up to `from`, which is not even looked at: it may be long. */
function patchText(old: Text, data: string, from = 0): void {
  const now = old.substringData(from, old.length);
  if (now === data) return;
  // Text that changes among many others a browser lays out at once, half a second for some thousands, and looks for each
  // of them in all; what comes beside it has them laid out with the next frame, and that is quick.
  const mark = isInCrowd(old) ? document.createElement('wbr') : undefined;
  if (mark) old.before(mark);
  // What is the same at its beginning is left alone: a selection in it stays.
  const same = data.startsWith(now) ? now.length : sameLength(now, data);
  old.replaceData(from + same, now.length - same, data.slice(same));
  mark?.remove();
}

/** The text that stands right behind a node, if it is one that is so long. */
export function textBehind(parent: Node, node: Node | null, length: number): Text | undefined {
  const text = node ? node.nextSibling : parent.firstChild;
  return isText(text) && text.length >= length ? text : undefined;
}

/** Has a text in the page go on, behind so much of it, as a freshly built one. */
export function goOn(held: Text, fresh: Text, from: number): void {
  patchText(held, fresh.data, from);
  follow(fresh, held);
}

/** Texts with elements between them cost a browser much less, and are no crowd in any paragraph that somebody reads. */
function isInCrowd({ parentNode, previousSibling, nextSibling }: Text): boolean {
  const { length } = parentNode!.childNodes;
  return length > CROWD || (length > MANY && (isText(previousSibling) || isText(nextSibling)));
}

function sameLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
  return length;
}

function patchElement(old: Element, fresh: Element): void {
  // What a plugin has drawn is its own.
  if (old.hasAttribute('data-construct')) return;
  patchAttributes(old, fresh);
  // Buttons are ours and the same in every state; what the reader did with them stays.
  if (old.hasAttribute('data-chrome')) return;
  // Its children move out: nothing around them need look for its direction for each of them.
  if (fresh.childNodes.length > MANY) for (const block of findingDirection(fresh)) block.removeAttribute('dir');
  morphChildren(old, null, [...fresh.childNodes]);
}

function patchAttributes(old: Element, fresh: Element): void {
  for (const { name, value } of fresh.attributes) {
    if (name !== 'open' && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.attributes.length === fresh.attributes.length) return;
  for (const name of old.getAttributeNames()) {
    if (!fresh.hasAttribute(name) && !isKept(old, name)) old.removeAttribute(name);
  }
}

/** What has come to an element in the page, and no writer knows of. */
function isKept(element: Element, name: string): boolean {
  return name === CARET || isReaders(name) || isHosts(element) || isScrollers(element, name);
}

/** What a box has while it is too narrow for what is in it, and while that is long. */
function isScrollers(element: Element, name: string): boolean {
  if (element.className === 'table-scroll') return /^(?:tabindex|role|aria-label|data-long|style)$/.test(name);
  return /^(?:pre|table)$/.test(element.localName) && /^(?:tabindex|role|aria-label)$/.test(name);
}

/** An element of the host's, which has attributes of its own. */
function isHosts(element: Element): boolean {
  return element.localName.includes('-');
}

/** Attributes that the reader changes: whether a `<details>` is open, how a code block is shown. */
function isReaders(name: string): boolean {
  return name === 'open' || name.startsWith('data-reader-');
}
