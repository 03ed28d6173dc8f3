// @ts-check
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Signs addresses for a time: `?expires=<epoch seconds>&signature=<HMAC of path and time>`. */
export class AddressSigner {
  #secret = randomBytes(32);

  /**
   * @param {URL} url
   * @param {number} lifetime seconds
   */
  sign(url, lifetime) {
    const expires = Math.ceil(Date.now() / 1000 + lifetime);
    const signed = new URL(url.pathname, url);
    signed.searchParams.set('expires', String(expires));
    signed.searchParams.set('signature', this.#signatureOf(url.pathname, String(expires)));
    return { url: signed.href, expiresAt: new Date(expires * 1000).toISOString() };
  }

  /** Undefined where the address is not one that was signed here. @param {URL} url */
  secondsLeft({ pathname, searchParams }) {
    const expires = searchParams.get('expires') ?? '';
    const given = Buffer.from(searchParams.get('signature') ?? '');
    const wanted = Buffer.from(this.#signatureOf(pathname, expires));
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    return Number(expires) - Date.now() / 1000;
  }

  /**
   * @param {string} path
   * @param {string} expires
   */
  #signatureOf(path, expires) {
    return createHmac('sha256', this.#secret).update(`${path}\n${expires}`).digest('hex');
  }
}
