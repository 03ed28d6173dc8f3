import { BOUNDS } from '../bounds.js';
import { blobOfDataAddress } from '../bytes/data-address.js';
import { isRasterType } from '../bytes/image-address.js';

/** A tiny picture that comes with the message and is shown blurred until the real one is there. It never causes a request. */
export class Placeholder {
  url = '';
  #address = '';

  /** Takes a raster `data:` address; anything else shows nothing. */
  set(address: string): void {
    if (address === this.#address) return;
    this.#address = address;
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = '';
    const type = /^data:([^;,]*)/i.exec(address)?.[1] ?? '';
    if (!isRasterType(type) || address.length > BOUNDS.placeholderLength) return;
    try {
      this.url = URL.createObjectURL(blobOfDataAddress(address));
    } catch {
      // A placeholder that cannot be read is no loss: the empty box stands there instead.
    }
  }
}
