import { notLoaded } from './not-loaded.js';
import type { Conversation } from './protocol.js';
import type { providerRequests } from './provider-requests.js';

type Body = Record<string, unknown>;

/** Writes requests in a provider's own words: loaded with the first, as most pages speak to a backend of their own. */
export function requestsIn(name: keyof typeof providerRequests): (conversation: Conversation) => Promise<Body> {
  return async (conversation) => (await loadRequests())[name](conversation);
}

async function loadRequests(): Promise<typeof providerRequests> {
  try {
    return (await import('./provider-requests.js')).providerRequests;
  } catch (cause) {
    throw notLoaded('this dialect', cause);
  }
}
