type Callback = (isNear: boolean) => void;

/** How far outside the view something counts as near: about a screen, so that it is there when the reader comes. */
const MARGIN = '600px';

const callbacks = new WeakMap<Element, Callback>();
let observer: IntersectionObserver | undefined;

/** Tells when an element comes near the view and when it leaves. One observer serves the whole page. */
export function watchView(element: Element, callback: Callback): void {
  observer ??= createObserver();
  callbacks.set(element, callback);
  observer.observe(element);
}

export function unwatchView(element: Element): void {
  callbacks.delete(element);
  observer?.unobserve(element);
}

function createObserver(): IntersectionObserver {
  // `scrollMargin` widens scrolling boxes inside the page, such as a chat's thread; older browsers pass it over.
  const options = { rootMargin: MARGIN, scrollMargin: MARGIN } as IntersectionObserverInit;
  return new IntersectionObserver((entries) => {
    for (const entry of entries) callbacks.get(entry.target)?.(entry.isIntersecting);
  }, options);
}
