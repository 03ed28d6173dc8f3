// @ts-check
import { AddressSigner } from './address-signer.js';
import { HttpError, numberIn, readJson, sendJson } from './http.js';
import { paintHills } from './hills.js';

const SIZE = { width: 640, height: 400 };

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

/** For how many seconds an address is to work, by its asker's `?lifetime=`. @param {URL} url */
export function lifetimeIn(url) {
  return numberIn(url, 'lifetime', { standard: 60, least: 1, most: 86_400 });
}

/** Pictures at signed addresses that stop working, as those of a storage bucket do. */
export class ImageRoutes {
  #signer = new AddressSigner();
  /** A picture stays the same under a fresh address; a few are kept, as painting one takes a moment. @type {Map<number, Buffer>} */
  #painted = new Map();
  /** @type {Record<string, string>} */
  #cors;

  /** @param {{allowOrigin?: string}} options */
  constructor({ allowOrigin }) {
    this.#cors = allowOrigin ? { 'access-control-allow-origin': allowOrigin } : {};
  }

  /** @returns {Record<string, import('./demo-server.js').Route>} */
  get routes() {
    return {
      'GET /images/*': (_request, response, url) => this.#show(response, url),
      'POST /api/images/refresh': (request, response, url) => this.#refresh(request, response, url),
      'GET /api/images/sample': (_request, response, url) => this.#sample(response, url),
    };
  }

  /**
   * What an answer says of a picture.
   * @param {string} origin
   * @param {number} lifetime seconds
   * @returns {(step: import('./answers.js').ImageStep) => import('./dialects/writer.js').Picture}
   */
  createPicture(origin, lifetime) {
    return ({ seed, alt }) => ({ ...this.#addressOf(seed, origin, lifetime), mediaType: 'image/png', alt, ...SIZE });
  }

  /** @param {ServerResponse} response @param {URL} url */
  #show(response, url) {
    const seed = Number(/^\/images\/(\d{1,6})\.png$/.exec(url.pathname)?.[1]);
    if (!Number.isInteger(seed)) throw new HttpError(404, 'There is no such picture.');
    const secondsLeft = this.#signer.secondsLeft(url);
    if (secondsLeft === undefined) throw new HttpError(403, 'The signature does not match.', this.#cors);
    if (secondsLeft <= 0) throw new HttpError(403, 'Request has expired.', this.#cors);
    // Kept nowhere: a demonstration of expiry must not be answered from a cache.
    response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'no-store', ...this.#cors });
    response.end(this.#png(seed));
  }

  /** @param {IncomingMessage} request @param {ServerResponse} response @param {URL} url */
  async #refresh(request, response, url) {
    const { url: old } = await readJson(request);
    const address = typeof old === 'string' && URL.canParse(old, url) ? new URL(old, url) : undefined;
    if (!address || this.#signer.secondsLeft(address) === undefined)
      throw new HttpError(403, 'This is no address of ours.');
    sendJson(response, this.#signer.sign(new URL(address.pathname, url), lifetimeIn(url)));
  }

  /** A fresh picture for a page that has no chat. @param {ServerResponse} response @param {URL} url */
  #sample(response, url) {
    sendJson(response, { ...this.#addressOf(7, url.origin, lifetimeIn(url)), ...SIZE });
  }

  /** @param {number} seed @param {string} origin @param {number} lifetime seconds */
  #addressOf(seed, origin, lifetime) {
    return this.#signer.sign(new URL(`/images/${seed}.png`, origin), lifetime);
  }

  /** @param {number} seed */
  #png(seed) {
    const known = this.#painted.get(seed);
    if (known) return known;
    if (this.#painted.size >= 20) this.#painted.clear();
    const fresh = paintHills({ ...SIZE, seed });
    this.#painted.set(seed, fresh);
    return fresh;
  }
}
