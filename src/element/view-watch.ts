type Tell = (isNear: boolean) => void;

/** Tells of many elements when they come near the view and when they leave it, with one observer. */
export class ViewWatch {
  readonly #options: IntersectionObserverInit;
  readonly #tells = new WeakMap<Element, Tell>();
  #observer: IntersectionObserver | undefined;

  /** @param options how far outside the view something counts as near. */
  constructor(options: IntersectionObserverInit) {
    this.#options = options;
  }

  watch(element: Element, tell: Tell): void {
    // Not before: where a server imports this, there is no view.
    this.#observer ??= new IntersectionObserver((entries) => this.#tell(entries), this.#options);
    this.#tells.set(element, tell);
    this.#observer.observe(element);
  }

  unwatch(element: Element): void {
    this.#tells.delete(element);
    this.#observer?.unobserve(element);
  }

  #tell(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) this.#tells.get(target)?.(isIntersecting);
  }
}
