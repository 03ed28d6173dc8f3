import type { MarkdownStrings } from '../markdown-strings.js';
import { windowOf } from '../../element/window-of.js';

/** Shows where a link leads, whole, before it is followed. The dialog stands in the root of what was clicked. */
export function confirmLeaving(
  origin: HTMLElement,
  url: string,
  claimed: string | undefined,
  strings: MarkdownStrings,
): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'leaving';
  dialog.setAttribute('part', 'leaving-dialog');
  dialog.setAttribute('aria-label', strings.leaving);
  dialog.append(heading(strings.leaving), paragraph(strings.leavingText), destination(url), address(url));
  if (claimed !== undefined) dialog.append(paragraph(strings.leavingMismatch(claimed), 'leaving-mismatch'));
  dialog.append(buttons(dialog, url, strings));
  dialog.addEventListener('close', () => dialog.remove());
  const root = origin.getRootNode();
  ((root as Document).body ?? root).appendChild(dialog);
  dialog.showModal();
  // A browser would begin with the address, where that scrolls.
  dialog.querySelector('button')!.focus();
  makeScrollable(dialog.querySelector('.leaving-address')!);
}

/** A keyboard must reach the end of a long address too; of one that is seen whole there is nothing to reach. */
function makeScrollable(box: HTMLElement): void {
  if (box.scrollHeight > box.clientHeight) box.tabIndex = 0;
}

function heading(text: string): HTMLElement {
  const element = document.createElement('h2');
  element.textContent = text;
  return element;
}

function paragraph(text: string, className = ''): HTMLElement {
  const element = document.createElement('p');
  element.className = className;
  element.textContent = text;
  return element;
}

/** The host by itself: in a long address it is the part that tells where one gets to. Its name is as it is resolved. */
function destination(url: string): HTMLElement {
  const { hostname, pathname } = new URL(url);
  const element = paragraph(hostname || pathname, 'leaving-host');
  element.dir = 'ltr';
  return element;
}

function address(url: string): HTMLElement {
  const element = document.createElement('code');
  element.className = 'leaving-address';
  element.dir = 'ltr';
  element.textContent = url;
  return element;
}

function buttons(dialog: HTMLDialogElement, url: string, strings: MarkdownStrings): HTMLElement {
  const row = document.createElement('div');
  row.className = 'leaving-actions';
  row.append(
    button(strings.stayHere, () => dialog.close()),
    button(strings.openLink, () => {
      dialog.close();
      // A browser lets only the window open another one in which the reader has clicked.
      windowOf(dialog).open(url, '_blank', 'noopener,noreferrer');
    }),
  );
  return row;
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = label;
  element.addEventListener('click', onClick);
  return element;
}
