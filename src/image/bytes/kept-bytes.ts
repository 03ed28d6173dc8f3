import { BOUNDS } from '../bounds.js';
import { blobOfDataAddress } from './data-address.js';
import type { ImageLocation } from './image-address.js';
import { ImageError } from '../image-error.js';
import { countRefusal, fetchPicture, mayReadFrom, type Freshness } from './picture-bytes.js';

// What all pictures of the page keep. Invariant: the sum of the sizes of every blob that is kept.
let total = 0;

/** The bytes of one picture, kept past the end of its address, within what a page may keep. */
export class KeptBytes {
  #blob: Blob | undefined;
  #hasAsked = false;

  get blob(): Blob | undefined {
    return this.#blob;
  }

  /** Reads them while the address still works; whether or not that succeeds, only once. */
  async take({ kind, url }: ImageLocation, freshness: Freshness, signal: AbortSignal): Promise<void> {
    if (kind !== 'remote' || this.#hasAsked || !mayReadFrom(url)) return;
    this.#hasAsked = true;
    try {
      const blob = await fetchPicture(url, freshness, signal);
      if (!signal.aborted) this.#keep(blob);
    } catch (error) {
      if (!signal.aborted && error instanceof ImageError && error.code === 'network') countRefusal(url);
    }
  }

  drop(): void {
    total -= this.#blob?.size ?? 0;
    this.#blob = undefined;
    this.#hasAsked = false;
  }

  /** Nothing is kept where the page keeps enough already. */
  #keep(blob: Blob): void {
    if (total + blob.size > BOUNDS.keptBytes) return;
    total += blob.size;
    this.#blob = blob;
  }
}

/** A picture's bytes, read now. */
export async function readNow({ kind, url }: ImageLocation, signal: AbortSignal): Promise<Blob> {
  if (kind === 'data') return blobOfDataAddress(url);
  if (!mayReadFrom(url)) {
    throw new ImageError('network', 'The server lets the picture be shown but not read.', {
      remedy:
        "Allow this page's origin on the server of the pictures (Access-Control-Allow-Origin), and it in the page's connect-src.",
    });
  }
  return fetchPicture(url, 'cache', signal);
}
