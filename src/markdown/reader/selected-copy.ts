import { isElement } from '../../element/node-kinds.js';

/**
 * A copy of what is selected, with what gives it its meaning: items stand in their list, under the number that they have,
 * cells in their columns and under their heads. A formula is selected whole.
 */
export function selectedCopy(container: Element, selected: Range): HTMLElement {
  const range = selected.cloneRange();
  const whole = (node: Node): Element | null => elementOf(node).closest('.construct[data-markdown]');
  const first = whole(range.startContainer);
  const last = whole(range.endContainer);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const box = document.createElement('div');
  box.append(range.cloneContents());
  const around = elementOf(range.commonAncestorContainer);
  wrap(box, container, around);
  // The range begins in these: what stands before it there is not in the copy.
  const cut = ancestors(elementOf(range.startContainer), container);
  numberItems(box, cut);
  const items = cut.filter((element) => element.localName === 'li');
  markTask(
    box,
    items.filter((item) => item !== around && around.contains(item)),
  );
  completeRows(box, cut);
  return box;
}

export function elementOf(node: Node): Element {
  return isElement(node) ? node : node.parentElement!;
}

/** Puts what was copied into copies of the elements around it, as far as it would be something else without them. */
function wrap(box: HTMLElement, container: Element, around: Element): void {
  const outer = around.closest('.footnotes ol, .footnotes') ? '.footnotes' : 'ul, ol, blockquote, table';
  if (!around.matches('ul, ol, blockquote, table, thead, tbody, tr, .footnotes')) return;
  for (let node: Element | null = around; node && node !== container; node = node.parentElement) {
    const copy = node.cloneNode() as Element;
    copy.append(...box.childNodes);
    box.append(copy);
    if (node.matches(outer)) return;
  }
}

/** From the outermost one to the innermost one. */
function ancestors(from: Element, container: Element): Element[] {
  const found: Element[] = [];
  for (let node: Element | null = from; node && node !== container; node = node.parentElement) found.unshift(node);
  return found;
}

/** The first lists of the copy are those that the range begins in. */
function numberItems(box: Element, cut: readonly Element[]): void {
  const lists = cut.filter((element) => element.localName === 'ol');
  // An outer list whose items are not in the copy is not either.
  const copies = [...box.querySelectorAll('ol')];
  const inCopy = lists.slice(Math.max(0, lists.length - copies.length));
  inCopy.forEach((list, index) => {
    const item = cut[cut.indexOf(list) + 1];
    const before = item ? [...list.children].indexOf(item) : 0;
    if (before > 0) copies[index]!.setAttribute('start', String(Number(list.getAttribute('start') ?? 1) + before));
  });
}

/** The box of a task stands before its text, where no selection of a reader's begins. */
function markTask(box: Element, cut: readonly Element[]): void {
  const mark = cut.at(-1)?.querySelector(':scope > input, :scope > p:first-child > input');
  // Each is the first one in the copy of the one around it.
  const item = cut.reduce<Element | null>((copy) => copy?.querySelector('li') ?? null, box);
  if (!mark || !item || item.querySelector(':scope > input, :scope > p:first-child > input')) return;
  const first = item.firstElementChild;
  const text = first?.localName === 'p' ? first : item;
  text.prepend(mark.cloneNode(), /^\s/.test(text.textContent ?? '') ? '' : ' ');
}

function completeRows(box: Element, cut: readonly Element[]): void {
  const table = cut.find((element) => element.localName === 'table');
  const copy = box.querySelector('table');
  if (!table || !copy) return;
  const cell = cut.find((element) => element.matches('th, td'));
  const left = cell ? [...cell.parentElement!.children].slice(0, [...cell.parentElement!.children].indexOf(cell)) : [];
  copy.querySelector('tr')?.prepend(...left.map((each) => each.cloneNode()));
  const head = table.querySelector('thead');
  if (head && !copy.querySelector('th')) copy.prepend(head.cloneNode(true));
}
