import { AiImageRefreshEvent, type ImageAddress, type ImageRefreshDetail } from '../../events.js';
import { askOnce, postForAddress, type AddressDesk, type FreshAddress } from './refresh-address.js';

/** The element whose picture needs a fresh address, with what its author has set. */
export interface DeskHost extends HTMLElement {
  src: string;
  expiresAt: string | number | Date | null;
  readonly refresh: ((url: string) => Promise<ImageAddress>) | null;
  readonly refreshEndpoint: string;
}

/** Asks an element's listeners first, then its property, then its endpoint. */
export class ElementDesk implements AddressDesk {
  readonly #host: DeskHost;

  constructor(host: DeskHost) {
    this.#host = host;
  }

  ask(url: string, signal: AbortSignal): Promise<ImageAddress> | undefined {
    const { refresh, refreshEndpoint, baseURI } = this.#host;
    const detail: ImageRefreshDetail = { url };
    const event = new AiImageRefreshEvent(detail);
    this.#host.dispatchEvent(event);
    if (detail.response) return detail.response;
    if (event.defaultPrevented) return undefined;
    if (refresh) return askOnce(refresh, url, async () => refresh.call(this.#host, url), signal);
    return refreshEndpoint ? postForAddress(new URL(refreshEndpoint, baseURI).href, url, signal) : undefined;
  }

  adopt({ url, expiresAt }: FreshAddress): void {
    this.#write('src', url);
    this.#write('expires-at', expiresAt?.toISOString() ?? null);
  }

  /** Writes where the host wrote: into the attribute, or into the property alone. */
  #write(attribute: 'src' | 'expires-at', value: string | null): void {
    const host = this.#host;
    if (host.hasAttribute(attribute)) {
      if (value === null) host.removeAttribute(attribute);
      else host.setAttribute(attribute, value);
    } else if (attribute === 'src') {
      host.src = value ?? '';
    } else {
      host.expiresAt = value;
    }
  }
}
