import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { NewSelection } from '../../element/new-selection.js';
import { windowOf } from '../../element/window-of.js';

/** How near to the end counts as being there, in CSS pixels: more than rounding, less than a line. */
const NEAR = 16;

/**
 * Keeps a scroller at its end while its content grows, until the reader scrolls up or selects something; at the end it
 * takes hold again.
 * It measures only after layout (in a ResizeObserver), so that following costs no extra layout.
 */
export class StickToEnd implements ReactiveController {
  /** Whether the end is being followed. */
  following = true;
  #scroller: HTMLElement | undefined;
  #content: HTMLElement | undefined;
  #lastTop = 0;
  /** Where the reader was when the element was taken out of the page, which forgets that. */
  #leftAt: number | undefined;
  #touchedAt = 0;
  #selection: NewSelection | undefined;
  readonly #host: ReactiveControllerHost;
  #observer: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#scroller && this.#content) this.observe(this.#scroller, this.#content);
  }

  hostDisconnected(): void {
    this.#leftAt = this.following ? undefined : this.#lastTop;
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#selection?.release();
    this.#selection = undefined;
  }

  /** The scroller's events go to the handler of their name. */
  observe(scroller: HTMLElement, content: HTMLElement): void {
    this.#scroller = scroller;
    this.#content = content;
    // Taken out before it was first drawn, it begins when it is back.
    if (!scroller.isConnected) return;
    this.#observer?.disconnect();
    // A hidden page's own tells nothing, while a window that it has opened may be seen.
    this.#observer = new (windowOf(scroller).ResizeObserver)(() => this.#follow());
    this.#observer.observe(content);
    this.#observer.observe(scroller);
    this.#selection?.release();
    this.#selection = new NewSelection(content);
  }

  /**
   * Up and away from the end lets go, down to the end takes hold. Up and yet at the end is nobody's wish: the content
   * has shrunk, as blocks do whose size was only estimated until they came into view.
   */
  handleScroll = (): void => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const movedUp = scroller.scrollTop < this.#lastTop - 1;
    const atEnd = this.#atEnd(scroller);
    this.#lastTop = scroller.scrollTop;
    if (movedUp !== atEnd) this.#set(atEnd);
  };

  /** The reader's hand tells before the scroll does, which growing content could otherwise undo in the same frame. */
  handleWheel = (event: WheelEvent): void => {
    if (event.deltaY < 0) this.#letGo();
  };

  handleTouchStart = (event: TouchEvent): void => {
    this.#touchedAt = event.touches[0]?.clientY ?? 0;
  };

  handleTouchMove = (event: TouchEvent): void => {
    if ((event.touches[0]?.clientY ?? 0) > this.#touchedAt) this.#letGo();
  };

  handleKeydown = (event: KeyboardEvent): void => {
    if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) this.#letGo();
  };

  /** Goes to the end and follows it from there. */
  jump(behavior: ScrollBehavior = 'auto'): void {
    this.#set(true);
    this.#selection?.forget();
    this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior });
  }

  /** The same at a pace that shows the way, where the reader has nothing against that. */
  jumpSmoothly = (): void => {
    this.jump(matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');
  };

  /** Moves by so much. The end is followed where that is it. */
  shift(by: number): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    scroller.scrollTop += by;
    this.#lastTop = scroller.scrollTop;
    this.#set(this.#atEnd(scroller));
  }

  #letGo(): void {
    const scroller = this.#scroller;
    if (scroller && scroller.scrollHeight > scroller.clientHeight) this.#set(false);
  }

  #follow(): void {
    const scroller = this.#scroller;
    if (this.following && this.#selection?.isThere) return this.#letGo();
    const top = this.following ? scroller?.scrollHeight : this.#leftAt;
    this.#leftAt = undefined;
    if (!scroller || top === undefined) return;
    scroller.scrollTop = top;
    this.#lastTop = scroller.scrollTop;
  }

  #atEnd({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
    return scrollHeight - clientHeight - scrollTop <= NEAR;
  }

  #set(following: boolean): void {
    if (following === this.following) return;
    this.following = following;
    this.#selection?.forget();
    this.#host.requestUpdate();
  }
}
