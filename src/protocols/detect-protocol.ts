import type { Protocol, WireEvent } from './protocol.js';
import { protocols } from './registry.js';

export interface Evidence {
  headers?: Headers | undefined;
  event?: WireEvent | undefined;
  url?: string | undefined;
}

/**
 * Tells a dialect from what there is: the response's headers, its first event, or the address that a request goes to.
 * Headers are a shortcut only: across origins a page does not see them unless the server exposes them.
 */
export function detectProtocol({ headers, event, url }: Evidence): Protocol | undefined {
  for (const protocol of protocols) {
    if (headers && protocol.matchesHeaders?.(headers)) return protocol;
    if (event && protocol.matchesEvent?.(event)) return protocol;
    if (url && protocol.matchesUrl?.(url)) return protocol;
  }
  return undefined;
}
