import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How near to the end counts as being there, in CSS pixels: more than rounding, less than a line. */
const NEAR = 16;

/**
 * Keeps a scroller at its end while its content grows, until the reader scrolls up; at the end it takes hold again.
 * It measures only after layout (in a ResizeObserver), so that following costs no extra layout.
 */
export class StickToEnd implements ReactiveController {
  /** Whether the end is being followed. */
  following = true;
  #scroller: HTMLElement | undefined;
  #content: HTMLElement | undefined;
  #lastTop = 0;
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
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  /** The scroller's `scroll` and `wheel` events go to `handleScroll` and `handleWheel`. */
  observe(scroller: HTMLElement, content: HTMLElement): void {
    this.#scroller = scroller;
    this.#content = content;
    this.#observer?.disconnect();
    this.#observer = new ResizeObserver(() => this.#follow());
    this.#observer.observe(content);
    this.#observer.observe(scroller);
  }

  handleScroll = (): void => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const top = scroller.scrollTop;
    const movedUp = top < this.#lastTop - 1;
    this.#lastTop = top;
    if (this.#atEnd(scroller)) this.#set(true);
    else if (movedUp) this.#set(false);
  };

  /** The wheel tells before the scroll does, which growing content could otherwise undo in the same frame. */
  handleWheel = (event: WheelEvent): void => {
    const scroller = this.#scroller;
    if (event.deltaY < 0 && scroller && scroller.scrollHeight > scroller.clientHeight) this.#set(false);
  };

  /** Goes to the end and follows it from there. */
  jump(behavior: ScrollBehavior = 'auto'): void {
    this.#set(true);
    this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior });
  }

  #follow(): void {
    const scroller = this.#scroller;
    if (!scroller || !this.following) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.#lastTop = scroller.scrollTop;
  }

  #atEnd({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
    return scrollHeight - clientHeight - scrollTop <= NEAR;
  }

  #set(following: boolean): void {
    if (following === this.following) return;
    this.following = following;
    this.#host.requestUpdate();
  }
}
