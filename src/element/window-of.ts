/** The window that an element stands in, where it stands in one: a page may have moved it into another than the script's own. */
export function windowOf({ ownerDocument }: Element): Window & typeof globalThis {
  return ownerDocument.defaultView ?? window;
}
