import { selectedRange } from './selected-range.js';

/** Whether the reader has begun to select something of a text: what is being selected must not move away under the hand. */
export class NewSelection {
  readonly #content: HTMLElement;
  readonly #listening = new AbortController();
  #hasChanged = false;

  constructor(content: HTMLElement) {
    this.#content = content;
    const { signal } = this.#listening;
    content.ownerDocument.addEventListener('selectionchange', () => (this.#hasChanged = true), { signal });
  }

  get isThere(): boolean {
    if (!this.#hasChanged) return false;
    const range = selectedRange(this.#content.getRootNode());
    return range !== undefined && !range.collapsed && this.#content.contains(range.startContainer);
  }

  /** What is selected now stays, and is nothing new. */
  forget(): void {
    this.#hasChanged = false;
  }

  release(): void {
    this.#listening.abort();
  }
}
