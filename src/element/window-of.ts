/** The window that a node stands in, where it stands in one: a page may have moved it into another than the script's own. */
export function windowOf({ ownerDocument }: Node): Window & typeof globalThis {
  return ownerDocument?.defaultView ?? window;
}
