import { selectedRange } from '../../element/selected-range.js';
import { readableCopy } from './readable-copy.js';
import { elementOf, selectedCopy } from './selected-copy.js';
import { toMarkdown } from './to-markdown.js';

/** Puts what is selected on the clipboard as rich text without our buttons, and as markdown where only text is taken. */
export function copySelection(container: HTMLElement, event: ClipboardEvent): void {
  if (event.defaultPrevented) return;
  const range = rangeWithin(container);
  if (!range || range.collapsed || !event.clipboardData) return;
  // Code is copied as it is.
  if (elementOf(range.commonAncestorContainer).closest('pre, code')) return;
  const box = selectedCopy(container, range);
  for (const chrome of box.querySelectorAll('[part~=actions], [part~=action], .visually-hidden')) chrome.remove();
  event.clipboardData.setData('text/plain', toMarkdown(box));
  event.clipboardData.setData('text/html', readableCopy(box).innerHTML);
  event.preventDefault();
}

/** The range of a selection may be one that does not tell what its ends have in common. */
function rangeWithin(container: HTMLElement): Range | undefined {
  const found = selectedRange(container.getRootNode());
  if (!found || !container.contains(found.startContainer) || !container.contains(found.endContainer)) return undefined;
  const range = document.createRange();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return range;
}
