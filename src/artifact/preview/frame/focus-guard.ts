import { deepActiveElement } from '../../../element/active-element.js';
import { windowOf } from '../../../element/window-of.js';

/** After a key the reader is taken to be typing for so long; a click needs longer than that to follow. */
const TYPING = 700;
const TAB = 300;

/**
 * Gives the focus back when a preview takes it while the reader is elsewhere. Browsers let a sandboxed frame focus
 * itself; only a Tab or a pointer over it means that the reader went there.
 */
export class FocusGuard {
  readonly #frame: HTMLElement;
  readonly #listening = new AbortController();
  #before: HTMLElement | undefined;
  #lastKey = -Infinity;
  #lastTab = -Infinity;

  constructor(frame: HTMLElement) {
    this.#frame = frame;
    this.#remember();
    const { signal } = this.#listening;
    const view = windowOf(frame);
    view.addEventListener('keydown', (event) => this.#handleKey(event), { capture: true, passive: true, signal });
    view.addEventListener('focusin', () => this.#remember(), { capture: true, passive: true, signal });
    // The window is blurred when the focus goes into a frame.
    view.addEventListener('blur', () => this.#handleBlur(), { signal });
  }

  destroy(): void {
    this.#listening.abort();
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key === 'Tab') this.#lastTab = performance.now();
    else this.#lastKey = performance.now();
  }

  #remember(): void {
    const active = deepActiveElement(this.#frame);
    if (active && active !== this.#frame) this.#before = active;
  }

  #handleBlur(): void {
    if (deepActiveElement(this.#frame) !== this.#frame || this.#isReadersDoing()) return;
    if (this.#before?.isConnected) this.#before.focus({ preventScroll: true });
    else this.#frame.blur();
  }

  #isReadersDoing(): boolean {
    const now = performance.now();
    if (now - this.#lastTab < TAB) return true;
    return this.#frame.matches(':hover') && now - this.#lastKey > TYPING;
  }
}
