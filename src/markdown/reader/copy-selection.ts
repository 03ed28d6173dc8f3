import { toMarkdown } from './to-markdown.js';

/** Puts what is selected on the clipboard as rich text without our buttons, and as markdown where only text is taken. */
export function copySelection(container: HTMLElement, event: ClipboardEvent): void {
  if (event.defaultPrevented) return;
  const range = selectedRange(container);
  if (!range || range.collapsed || !event.clipboardData) return;
  if (insideCode(range)) return;
  const box = document.createElement('div');
  box.append(range.cloneContents());
  for (const chrome of box.querySelectorAll('[data-chrome], [part~=actions], [part~=action], .visually-hidden'))
    chrome.remove();
  for (const lines of box.querySelectorAll('.code-block, .table-block, .table-scroll, .lines'))
    lines.replaceWith(...lines.childNodes);
  event.clipboardData.setData('text/plain', toMarkdown(box));
  event.clipboardData.setData('text/html', box.innerHTML);
  event.preventDefault();
}

/** Code is copied as it is. */
function insideCode(range: Range): boolean {
  const node = range.commonAncestorContainer;
  return (node instanceof Element ? node : node.parentElement)?.closest('pre, code') !== null;
}

function selectedRange(container: HTMLElement): Range | undefined {
  const root = container.getRootNode();
  const selection = getSelection();
  if (!selection) return undefined;
  const composed = root instanceof ShadowRoot ? composedRange(selection, root) : undefined;
  const range = composed ?? (selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined);
  const isInside = range && container.contains(range.startContainer) && container.contains(range.endContainer);
  return isInside ? range : undefined;
}

interface ComposedSelection {
  getComposedRanges?(options: { shadowRoots: ShadowRoot[] }): StaticRange[];
}

/** A selection in a shadow tree is told to those only who name the tree. */
function composedRange(selection: Selection, root: ShadowRoot): Range | undefined {
  const [found] = (selection as Selection & ComposedSelection).getComposedRanges?.({ shadowRoots: [root] }) ?? [];
  if (!found) return undefined;
  const range = document.createRange();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return range;
}
