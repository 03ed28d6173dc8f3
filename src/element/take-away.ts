import { deepActiveElement } from './active-element.js';
import { windowOf } from './window-of.js';

/** A browser has read a downloaded blob long before this. */
const REVOKE_AFTER = 60_000;

/**
 * Puts text on the clipboard; false where the browser or the page refuses.
 *
 * @param button what the reader has pressed for it.
 */
export async function copyText(text: string, button: Element): Promise<boolean> {
  try {
    await windowOf(button).navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, button);
  }
}

/**
 * Pages without a secure context have no clipboard object, and a frame may be refused it. What is selected stands beside
 * the button: outside of a dialog that is open nothing can be.
 */
function copyBySelection(text: string, button: Element): boolean {
  const { ownerDocument } = button;
  const area = ownerDocument.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  // It is no copy of the reader's own, which is made to look as what was selected.
  area.addEventListener('copy', (event) => event.stopPropagation());
  const before = deepActiveElement(button);
  button.after(area);
  area.select();
  const copied = ownerDocument.execCommand('copy');
  area.remove();
  before?.focus();
  return copied;
}

/** Has the browser keep a file. */
export function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER);
}
