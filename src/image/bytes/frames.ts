import { blobOfDataAddress } from './data-address.js';
import { ImageError } from '../image-error.js';
import type { ImageLocation } from './image-address.js';

/** One `<img>` and what belongs to it. */
export interface Frame {
  /** The address as it was asked for. */
  readonly url: string;
  readonly image: HTMLImageElement;
  /** The bytes, where the address itself carried them. */
  readonly bytes: Blob | undefined;
}

/**
 * The picture on screen and the one that is to follow it. Both stand in the same cell of the same box; the newcomer stays invisible until
 * it is decoded, then takes the other's place in one step: no empty frame between them, and nothing moves.
 */
export class Frames {
  #shown: Frame | undefined;
  #incoming: Frame | undefined;
  /** Settles the load of what is incoming when it is dropped. */
  #overtake = (): void => undefined;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get shown(): Frame | undefined {
    return this.#shown;
  }

  get incoming(): Frame | undefined {
    return this.#incoming;
  }

  /** What stands in the box, the one on screen first. */
  get all(): readonly Frame[] {
    return [this.#shown, this.#incoming].filter((frame) => frame !== undefined);
  }

  /** Resolves once the picture is on screen, with undefined where another has come between; rejects with an `ImageError`. */
  load(location: ImageLocation, loading: 'lazy' | 'eager'): Promise<Frame | undefined> {
    this.dropIncoming();
    const frame = createFrame(location, loading);
    this.#incoming = frame;
    this.#onChange();
    return new Promise((resolve, reject) => {
      const { image } = frame;
      this.#overtake = () => resolve(undefined);
      const handleLoad = async (): Promise<void> => {
        // A picture that loads but cannot be decoded off the main thread is still drawn by the browser.
        await image.decode().catch(() => undefined);
        if (this.#incoming !== frame) return;
        this.#promote(frame);
        resolve(frame);
      };
      image.addEventListener('load', () => void handleLoad(), { once: true });
      image.addEventListener('error', () => this.#refuse(frame, reject), { once: true });
    });
  }

  dropIncoming(): void {
    const frame = this.#incoming;
    if (!frame) return;
    this.#incoming = undefined;
    discard(frame);
    this.#overtake();
    this.#onChange();
  }

  clear(): void {
    this.dropIncoming();
    if (this.#shown) discard(this.#shown);
    this.#shown = undefined;
    this.#onChange();
  }

  #promote(frame: Frame): void {
    const previous = this.#shown;
    this.#shown = frame;
    this.#incoming = undefined;
    this.#onChange();
    if (previous) releaseAddress(previous);
  }

  #refuse(frame: Frame, reject: (error: ImageError) => void): void {
    if (this.#incoming !== frame) return;
    reject(new ImageError('network', 'The picture could not be loaded.'));
    this.dropIncoming();
  }
}

function createFrame(location: ImageLocation, loading: 'lazy' | 'eager'): Frame {
  const bytes = location.kind === 'data' ? blobOfDataAddress(location.url) : undefined;
  const image = new Image();
  image.referrerPolicy = 'no-referrer';
  image.decoding = 'async';
  image.loading = loading;
  image.draggable = false;
  image.src = bytes ? URL.createObjectURL(bytes) : location.url;
  return { url: location.url, image, bytes };
}

/** Ends a load that is still under way and frees the bytes that the page itself holds. */
function discard(frame: Frame): void {
  releaseAddress(frame);
  frame.image.removeAttribute('src');
}

function releaseAddress(frame: Frame): void {
  if (frame.bytes) URL.revokeObjectURL(frame.image.src);
}
