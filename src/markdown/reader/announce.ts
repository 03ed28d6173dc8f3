/** One place to speak from in each tree; assistive technology listens to those only that it has known for a while. */
const places = new WeakMap<Node, HTMLElement>();

/** Milliseconds until a new place is listened to, and until its words are gone. */
const HEARD_AFTER = 100;
const GONE_AFTER = 3000;

/** Says something, politely, to who listens to the page: what others see on the button that they pressed. */
export function announce(near: Element, words: string): void {
  const root = near.getRootNode();
  const place = places.get(root) ?? createPlace(root);
  place.textContent = '';
  setTimeout(() => (place.textContent = words), HEARD_AFTER);
  setTimeout(() => {
    if (place.textContent === words) place.textContent = '';
  }, GONE_AFTER);
}

function createPlace(root: Node): HTMLElement {
  const place = document.createElement('div');
  place.className = 'markdown-news';
  place.role = 'status';
  ((root as Document).body ?? root).appendChild(place);
  places.set(root, place);
  return place;
}
