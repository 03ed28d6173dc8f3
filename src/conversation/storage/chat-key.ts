/** The name that a conversation is kept under. */
export function chatKey(namespace: string, key: string): string {
  return keysOf(namespace) + key;
}

/** What the names of all conversations of a namespace begin with, and those of no other one. */
export function keysOf(namespace: string): string {
  return `${namespace.replaceAll(' ', '%20')} `;
}

/**
 * An endpoint's query says how to answer, not whose conversation it is; and the same relative address is another one on
 * another page.
 */
export function namespaceOf(endpoint: string): string {
  const path = String(endpoint ?? '').replace(/[?#].*$/s, '');
  const base = globalThis.location?.href;
  return base !== undefined && URL.canParse(path, base) ? new URL(path, base).href : path;
}
