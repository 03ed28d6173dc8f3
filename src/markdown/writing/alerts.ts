import type { MarkdownStrings } from '../markdown-strings.js';
import type { AlertKind } from '../source/alert-name.js';

/** Turns a quote's element into an alert. */
export function makeAlert(element: HTMLElement, kind: AlertKind, strings: MarkdownStrings): void {
  element.className = 'alert';
  element.dataset['alert'] = kind;
  element.dataset['title'] = strings[kind];
  element.role = 'note';
  element.ariaLabel = strings[kind];
}
