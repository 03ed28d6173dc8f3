import { NewSelection } from '../../element/new-selection.js';

/** So near to the end, the reader counts as being there. */
const NEAR = 24;

/** Keeps a scroller at its end while it grows, until the reader scrolls away or selects something; and again once the reader is back. */
export class FollowEnd {
  readonly #scroller: HTMLElement;
  readonly #listening = new AbortController();
  readonly #selection: NewSelection;
  #following = true;
  #lastTop = 0;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    this.#selection = new NewSelection(scroller);
    const { signal } = this.#listening;
    scroller.addEventListener('scroll', () => this.#handleScroll(), { passive: true, signal });
  }

  get following(): boolean {
    return this.#following;
  }

  /** To be called when the content has grown. */
  grown(): void {
    if (this.#selection.isThere) this.#following = false;
    if (!this.#following) return;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
  }

  stop(): void {
    this.#following = false;
  }

  destroy(): void {
    this.#listening.abort();
    this.#selection.release();
  }

  #handleScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    // Only a movement upwards is the reader's: growth alone never moves it there.
    if (scrollHeight - scrollTop - clientHeight <= NEAR) this.#take();
    else if (scrollTop < this.#lastTop - 1) this.#following = false;
    this.#lastTop = scrollTop;
  }

  #take(): void {
    if (!this.#following) this.#selection.forget();
    this.#following = true;
  }
}
