import { deepActiveElement } from '../../element/active-element.js';

/** Knows where the focus was before it came into the panel, and gives it back there. */
export class FocusReturn {
  readonly #host: HTMLElement;
  #before: HTMLElement | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
    host.addEventListener('focusin', (event) => this.#handleFocusIn(event));
  }

  /** Moves the focus into the panel because the reader asked for it. */
  async move(target: () => HTMLElement | null | undefined, ready: Promise<unknown>): Promise<void> {
    const before = deepActiveElement(this.#host);
    await ready;
    target()?.focus();
    this.#before = before;
  }

  giveBack(): void {
    if (this.#before?.isConnected) this.#before.focus();
  }

  #handleFocusIn({ relatedTarget }: FocusEvent): void {
    const from = relatedTarget as HTMLElement | null;
    if (from && !this.#host.contains(from)) this.#before = from;
  }
}
