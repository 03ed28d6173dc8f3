import type { ImageLocation } from '../bytes/image-address.js';
import type { ImageError } from '../image-error.js';
import { toInstant } from '../clock/instant.js';
import { earliest, parseExpiry } from './parse-expiry.js';
import { localTimeOf } from '../clock/server-clock.js';

/** Bytes are kept this long before the end, so that a page that is left early has kept none. */
const KEEP_LEAD = 60_000;
/** A countdown is shown from here on; before it, an end is nothing to think about. */
const COUNTDOWN_LEAD = 3600_000;

/** How long one address works, by this device's clock as far as it can be trusted. */
export class Lifetime {
  #end: Date | null = null;
  #url = '';
  /**
   * True where an address that was made just now seems to have ended: more likely this device's clock is wrong. Its server is asked, and
   * its end says nothing here.
   */
  isDoubted = false;

  /** The end by the signer's clock. */
  get end(): Date | null {
    return this.#end;
  }

  /** Milliseconds that are left; `Infinity` where no end is known. */
  get remaining(): number {
    return this.#endTime - Date.now();
  }

  get isPast(): boolean {
    return this.remaining <= 0;
  }

  get isTimeToKeep(): boolean {
    return this.remaining <= KEEP_LEAD;
  }

  get isTimeToCount(): boolean {
    return this.remaining > 0 && this.remaining <= COUNTDOWN_LEAD;
  }

  /** The earlier of what the host says and what the address says. `isFresh`: the address was made just now. */
  take(expiresAt: unknown, { kind, url }: ImageLocation, isFresh: boolean): void {
    this.#url = url;
    this.#end = earliest([toInstant(expiresAt), kind === 'remote' ? parseExpiry(url) : null]);
    this.isDoubted = isFresh && this.isPast;
    if (this.isDoubted) this.#end = null;
  }

  /**
   * Whether a failed load means the end. A signed address that is refused before its own has died early, as with credentials that were
   * themselves short-lived; of a doubted one, whatever was not to be had.
   */
  isEndedBy({ code, status }: ImageError): boolean {
    const isRefusal = status === 401 || status === 403;
    if (this.isPast || code === 'expired') return true;
    return this.isDoubted ? isRefusal || code === 'network' : this.#end !== null && isRefusal;
  }

  clear(): void {
    this.#end = null;
    this.isDoubted = false;
  }

  /** The next moment at which something is to be done or, with a countdown, reads differently. */
  nextMoment(isCounting: boolean): number {
    const now = Date.now();
    const end = this.#endTime;
    const moments = [end - KEEP_LEAD, isCounting ? nextTick(end, now) : Infinity].filter((moment) => moment > now);
    return Math.min(end, ...moments);
  }

  get #endTime(): number {
    return this.#end ? localTimeOf(this.#end, this.#url) : Infinity;
  }
}

/** When a countdown to `end` next reads differently: by minutes, in the last minute by seconds. */
function nextTick(end: number, now: number): number {
  const remaining = end - now;
  if (remaining > COUNTDOWN_LEAD) return end - COUNTDOWN_LEAD;
  const step = remaining > 60_000 ? 60_000 : 1000;
  return now + (remaining % step || step);
}
