type Tell = (isNear: boolean) => void;

const watched = new Map<Element, Tell>();
let observer: IntersectionObserver | undefined;

/** Tells when an element comes near what the reader sees, and when it leaves. One observer serves the page. */
export function watchVisibility(element: Element, tell: Tell): void {
  observer ??= new IntersectionObserver(tellAll, { rootMargin: '400px' });
  watched.set(element, tell);
  observer.observe(element);
}

export function unwatchVisibility(element: Element): void {
  watched.delete(element);
  observer?.unobserve(element);
}

function tellAll(entries: IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting);
}
