import { isOffline } from './online.js';

/**
 * What to look at when a request came to nothing. A browser does not let a page know why: a refused connection, a wrong
 * name, a certificate and a missing CORS header all look the same. What the page does know narrows it down.
 */
export function diagnoseUnreachable(url: string): string {
  if (isOffline()) return 'The browser says that it is offline.';
  const here = globalThis.location;
  const address = resolve(url, here?.href);
  if (!address || !/^https?:$/.test(address.protocol) || address.username || address.password)
    return `“${url}” is no address of http or https without a password: look at \`endpoint\`.`;
  const { origin, protocol } = address;
  if (!here || origin === here.origin) {
    return `Nothing answered at ${origin}: does the server run there? A content blocker or the page’s \`connect-src\` can also be in the way.`;
  }
  if (here.protocol === 'https:' && protocol === 'http:' && !/^(localhost|127\.|\[::1\])/.test(address.hostname)) {
    return `A page on https may not ask ${origin}, which is on http: use https there.`;
  }
  return `${origin} is another origin, so either it cannot be reached or its CORS headers are missing. It must answer \`OPTIONS\` and the request itself with \`Access-Control-Allow-Origin: ${here.origin}\`, and list \`content-type\` and each header of your own (\`last-event-id\` for a resumed stream) in \`Access-Control-Allow-Headers\`. The network panel and the console say which it was.`;
}

function resolve(url: string, base: string | undefined): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
