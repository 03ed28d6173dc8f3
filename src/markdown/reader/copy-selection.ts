import { readableCopy } from './readable-copy.js';
import { elementOf, selectedCopy } from './selected-copy.js';
import { toMarkdown } from './to-markdown.js';

/** Puts what is selected on the clipboard as rich text without our buttons, and as markdown where only text is taken. */
export function copySelection(container: HTMLElement, event: ClipboardEvent): void {
  if (event.defaultPrevented) return;
  const range = selectedRange(container);
  if (!range || range.collapsed || !event.clipboardData) return;
  // Code is copied as it is.
  if (elementOf(range.commonAncestorContainer).closest('pre, code')) return;
  const box = selectedCopy(container, range);
  for (const chrome of box.querySelectorAll('[part~=actions], [part~=action], .visually-hidden')) chrome.remove();
  event.clipboardData.setData('text/plain', toMarkdown(box));
  event.clipboardData.setData('text/html', readableCopy(box).innerHTML);
  event.preventDefault();
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
