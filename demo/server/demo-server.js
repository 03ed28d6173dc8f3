// @ts-check
import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';
import { createChatRoute } from './chat-route.js';
import { readProviders, createProviderRoute } from './providers.js';
import { ImageRoutes } from './image-routes.js';
import { HttpError, refuseForeignPages, sendError, sendJson } from './http.js';
import { createResumeRoutes } from './resume-routes.js';
import { serveStatic } from './static-files.js';
import { StreamStats } from './stream-stats.js';
import { createAnswerStreams } from './streams/answer-streams.js';

/**
 * @typedef {object} DemoServerOptions
 * @property {number} [port] 0: any that is free
 * @property {boolean} [tryNextPorts] where the port is taken, take one of the next twenty
 * @property {string} [host] the demo holds your API keys: it listens to this machine only, unless told otherwise
 * @property {Record<string, string | undefined>} [env] OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL, ANTHROPIC_API_KEY, REDIS_URL, …
 * @property {string} [imageOrigin] the value of Access-Control-Allow-Origin on pictures; none where absent
 */

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, url: URL) => unknown} Route */

/** @param {DemoServerOptions} [options] */
export async function startDemoServer(options = {}) {
  const { port = 0, host = '127.0.0.1', env = process.env, tryNextPorts = false } = options;
  const stats = new StreamStats();
  const providers = readProviders(env);
  const images = new ImageRoutes({ allowOrigin: options.imageOrigin ?? env.IMAGE_ORIGIN });
  const streams = await createAnswerStreams(env.REDIS_URL);
  const routes = routesOf({ stats, providers, images, streams });
  const server = createServer((request, response) => {
    answer(routes, request, response).catch((error) => sendError(response, error));
  });
  await listen(server, port, host, tryNextPorts ? 20 : 0);
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    providers,
    stats,
    async close() {
      server.close();
      server.closeAllConnections();
      await streams.close();
      if (server.listening) await once(server, 'close');
    },
  };
}

/**
 * @param {import('./chat-route.js').ChatTools & {providers: import('./providers.js').Provider[]}} tools
 * @returns {Record<string, Route>}
 */
function routesOf({ stats, providers, images, streams }) {
  const chat = createChatRoute({ stats, images, streams });
  const { resume, stop } = createResumeRoutes(streams);
  const known = providers.map(({ name, model }) => ({ name, model, endpoint: `/api/${name}` }));
  return {
    ...images.routes,
    'POST /api/chat/*': chat,
    'GET /api/chat/sse': chat,
    'GET /api/chat/*/*/stream': resume,
    'DELETE /api/chat/*/*/stream': stop,
    'GET /api/stats': (_request, response) => sendJson(response, stats.toJSON()),
    'GET /api/config': (_request, response) => sendJson(response, { providers: known }),
    ...Object.fromEntries(
      providers.flatMap((provider) => [
        [`POST /api/${provider.name}`, createProviderRoute(provider, stats, streams)],
        [`GET /api/${provider.name}/*/stream`, resume],
        [`DELETE /api/${provider.name}/*/stream`, stop],
      ]),
    ),
  };
}

/**
 * @param {Record<string, Route>} routes
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(routes, request, response) {
  const url = parseUrl(request);
  refuseForeignPages(request);
  if (!url.pathname.startsWith('/api/') && !url.pathname.startsWith('/images/')) {
    return serveStatic(request, response, url.pathname);
  }
  const route = findRoute(routes, request.method ?? 'GET', url.pathname);
  return route(request, response, url);
}

/** @param {import('node:http').IncomingMessage} request */
function parseUrl(request) {
  try {
    return new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  } catch {
    throw new HttpError(400, 'This is not an address.');
  }
}

/**
 * `*` in a pattern stands for one segment.
 * @param {Record<string, Route>} routes
 * @param {string} method
 * @param {string} path
 */
function findRoute(routes, method, path) {
  const matching = Object.keys(routes).filter((pattern) => matches(pattern.split(' ')[1] ?? '', path));
  if (matching.length === 0) throw new HttpError(404, 'There is nothing here.');
  const pattern = matching.find((pattern) => pattern.startsWith(`${method === 'HEAD' ? 'GET' : method} `));
  const route = pattern && routes[pattern];
  if (route) return route;
  const allow = matching.map((pattern) => pattern.split(' ')[0]).join(', ');
  throw new HttpError(405, `This address takes ${allow}.`, { allow });
}

/**
 * @param {string} pattern
 * @param {string} path
 */
function matches(pattern, path) {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, at) => (part === '*' ? given[at] !== '' : part === given[at]))
  );
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @param {number} more how many ports may be tried after this one
 * @returns {Promise<void>}
 */
async function listen(server, port, host, more) {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE' || more === 0) throw error;
    await listen(server, port + 1, host, more - 1);
  }
}
