/** The name that a conversation is kept under. */
export function chatKey(namespace: string, key: string): string {
  return `${namespace} ${key}`;
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
