// @ts-check
import { AddressSigner } from './address-signer.js';
import { HttpError, readJson, sendJson } from './http.js';
import { paintHills } from './hills.js';

const SIZE = { width: 640, height: 400 };
const MAX_LIFETIME = 86_400;

/**
 * Pictures at signed addresses that stop working, as those of a storage bucket do.
 * @param {{allowOrigin?: string}} options
 */
export function createImageRoutes({ allowOrigin }) {
  const signer = new AddressSigner();
  // A picture stays the same under a fresh address; a few are kept, as painting one takes a moment.
  /** @type {Map<number, Buffer>} */
  const painted = new Map();

  /** @param {number} seed */
  function png(seed) {
    const known = painted.get(seed);
    if (known) return known;
    if (painted.size >= 20) painted.clear();
    const fresh = paintHills({ ...SIZE, seed });
    painted.set(seed, fresh);
    return fresh;
  }

  /**
   * @param {unknown} _request
   * @param {import('node:http').ServerResponse} response
   * @param {URL} url
   */
  function show(_request, response, url) {
    const seed = Number(/^\/images\/(\d{1,6})\.png$/.exec(url.pathname)?.[1]);
    if (!Number.isInteger(seed)) throw new HttpError(404, 'There is no such picture.');
    const secondsLeft = signer.secondsLeft(url);
    /** @type {Record<string, string>} */
    const cors = allowOrigin ? { 'access-control-allow-origin': allowOrigin } : {};
    if (secondsLeft === undefined) throw new HttpError(403, 'The signature does not match.', cors);
    if (secondsLeft <= 0) throw new HttpError(403, 'Request has expired.', cors);
    // Kept nowhere: a demonstration of expiry must not be answered from a cache.
    response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'no-store', ...cors });
    response.end(png(seed));
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @param {URL} url
   */
  async function refresh(request, response, url) {
    const { url: old } = await readJson(request);
    const address = typeof old === 'string' && URL.canParse(old, url) ? new URL(old, url) : undefined;
    if (!address || signer.secondsLeft(address) === undefined) throw new HttpError(403, 'This is no address of ours.');
    const asked = Number(url.searchParams.get('lifetime') ?? 60);
    const lifetime = Number.isFinite(asked) ? Math.min(Math.max(asked, 1), MAX_LIFETIME) : 60;
    sendJson(response, signer.sign(new URL(address.pathname, url), lifetime));
  }

  /**
   * A fresh picture for a page that has no chat.
   * @param {unknown} _request
   * @param {import('node:http').ServerResponse} response
   * @param {URL} url
   */
  function sample(_request, response, url) {
    const lifetime = Math.min(Math.max(Number(url.searchParams.get('lifetime')) || 60, 1), MAX_LIFETIME);
    sendJson(response, { ...signer.sign(new URL('/images/7.png', url), lifetime), ...SIZE });
  }

  return {
    routes: { 'GET /images/*': show, 'POST /api/images/refresh': refresh, 'GET /api/images/sample': sample },
    /**
     * @param {string} origin
     * @param {number} lifetime seconds
     * @returns {(step: import('./answers.js').ImageStep) => import('./dialects/writer.js').Picture}
     */
    createPicture:
      (origin, lifetime) =>
      ({ seed, alt }) => ({
        ...signer.sign(new URL(`/images/${seed}.png`, origin), lifetime),
        mediaType: 'image/png',
        alt,
        ...SIZE,
      }),
  };
}
