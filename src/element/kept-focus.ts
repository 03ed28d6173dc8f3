import type { LitElement, ReactiveController } from 'lit';

interface Place {
  focus(options?: FocusOptions): void;
}

/**
 * Keeps the focus in an element when what has it goes away, as a question does that was picked, or Stop at the end of
 * an answer: who uses a keyboard or a screen reader would begin again at the top of the page.
 */
export class KeptFocus implements ReactiveController {
  #focused: Element | null = null;
  /** It shows that it has the focus, as it does to those who came by keyboard. */
  #isSeen = false;
  readonly #host: LitElement;
  readonly #places: (isSeen: boolean) => readonly (Place | null | undefined)[];

  /** @param places where the focus goes instead: to the first that takes it. */
  constructor(host: LitElement, places: (isSeen: boolean) => readonly (Place | null | undefined)[]) {
    this.#host = host;
    this.#places = places;
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement ?? null;
    this.#isSeen = this.#focused?.matches(':focus-visible') ?? false;
  }

  /** What the element itself does after a rendering comes first. */
  hostUpdated(): void {
    const focused = this.#focused;
    this.#focused = null;
    if (focused) queueMicrotask(() => this.#follow(focused));
  }

  #follow(focused: Element): void {
    if (focused.isConnected && !focused.matches(':disabled')) return;
    for (const place of this.#places(this.#isSeen)) {
      if (this.#isElsewhere()) return;
      place?.focus({ preventScroll: true });
    }
  }

  /** Some other element has it by now. */
  #isElsewhere(): boolean {
    const { activeElement, body } = this.#host.ownerDocument;
    if (activeElement === null || activeElement === body) return false;
    return !this.#host.shadowRoot!.activeElement?.matches(':disabled');
  }
}
