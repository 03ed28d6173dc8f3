import type { ReactiveController } from 'lit';

/** How near to the end still follows it, in CSS pixels. */
const NEAR = 24;

/**
 * Keeps what the reader looks at where it is when rows above it go, or the newest row in view where that is. Browsers do
 * the former by themselves, but for Safari.
 */
export class KeptPlace implements ReactiveController {
  readonly #list: () => HTMLElement | null;
  #isAtEnd = true;
  #row: Element | undefined;
  #top = 0;

  constructor(list: () => HTMLElement | null) {
    this.#list = list;
  }

  hostUpdate(): void {
    const list = this.#list();
    this.#isAtEnd = !list || list.scrollHeight - list.clientHeight - list.scrollTop < NEAR;
    this.#row = this.#isAtEnd ? undefined : firstInView(list!);
    this.#top = this.#row?.getBoundingClientRect().top ?? 0;
  }

  hostUpdated(): void {
    const list = this.#list();
    if (list && this.#isAtEnd) list.scrollTop = list.scrollHeight;
    else if (list && this.#row?.isConnected) list.scrollTop += this.#row.getBoundingClientRect().top - this.#top;
  }
}

/** Rows stand in their order: half of those that are left is passed over at each look. */
function firstInView(list: HTMLElement): Element | undefined {
  const { top } = list.getBoundingClientRect();
  let low = 0;
  let high = list.children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list.children[middle]!.getBoundingClientRect().bottom > top) high = middle;
    else low = middle + 1;
  }
  return list.children[low];
}
