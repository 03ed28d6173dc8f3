import type { LitElement, ReactiveController } from 'lit';

/**
 * Keeps the focus in the element when what has it goes away, as a question does that was picked, or Stop at the end of
 * an answer: who uses a keyboard or a screen reader would begin again at the top of the page.
 */
export class KeptFocus implements ReactiveController {
  #focused: Element | null = null;
  /** It shows that it has the focus, as it does to those who came by keyboard. */
  #isSeen = false;
  readonly #host: LitElement;
  readonly #thread: () => HTMLElement;

  /** @param thread what has the focus instead, where the field would ask for a keyboard that is not in use. */
  constructor(host: LitElement, thread: () => HTMLElement) {
    this.#host = host;
    this.#thread = thread;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement ?? null;
    this.#isSeen = this.#focused?.matches(':focus-visible') ?? false;
  }

  hostUpdated(): void {
    const focused = this.#focused;
    this.#focused = null;
    if (!focused || (focused.isConnected && !focused.matches(':disabled'))) return;
    if (this.#isSeen && !this.#isElsewhere()) this.#host.focus();
    if (!this.#isElsewhere()) this.#thread().focus({ preventScroll: true });
  }

  /** Some other element has it by now. */
  #isElsewhere(): boolean {
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) return false;
    return !this.#host.shadowRoot!.activeElement?.matches(':disabled');
  }
}
