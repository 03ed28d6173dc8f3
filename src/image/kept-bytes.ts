import { BOUNDS } from './bounds.js';

// What all pictures of the page keep. Invariant: the sum of the sizes of every blob that is kept.
let total = 0;

/** The bytes of one picture, kept past the end of its address, within what a page may keep. */
export class KeptBytes {
  #blob: Blob | undefined;

  get blob(): Blob | undefined {
    return this.#blob;
  }

  /** Nothing is kept where the page keeps enough already. */
  keep(blob: Blob): void {
    this.drop();
    if (total + blob.size > BOUNDS.keptBytes) return;
    total += blob.size;
    this.#blob = blob;
  }

  drop(): void {
    total -= this.#blob?.size ?? 0;
    this.#blob = undefined;
  }
}
