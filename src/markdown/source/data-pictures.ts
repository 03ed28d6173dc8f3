import { DATA_PICTURE_IN_BRACKETS } from '../../trust/data-picture.js';

/** What begins a picture that is all in its address, behind its description. */
export const DATA_PICTURE_START = '(data:image/';

/** A control, of which a text that was taken in has none, and the number of an address. */
const STAND_IN = /\u0080([\uE000-\uF8FF])/g;
const FIRST = 0xe000;
const MOST = 6400;

/**
 * A source without the megabytes that are pictures, of which marked would look at each character a hundred times: something
 * short stands for each address until it is read.
 */
export class DataPictures {
  readonly source: string;
  readonly #addresses: string[] = [];

  constructor(source: string) {
    this.source = source.includes(DATA_PICTURE_START)
      ? source.replace(DATA_PICTURE_IN_BRACKETS, (address) => this.#standIn(address))
      : source;
  }

  /** Puts the addresses back into what was read. */
  restore(read: object): void {
    if (this.#addresses.length > 0) this.#restoreIn(read);
  }

  #standIn(address: string): string {
    if (this.#addresses.length === MOST) return address;
    return `\u0080${String.fromCharCode(FIRST + this.#addresses.push(address) - 1)}`;
  }

  #restoreIn(value: object): void {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string') Object.assign(value, { [key]: this.#restored(inner) });
      // A plugin is the host's, with whatever it has.
      else if (inner && typeof inner === 'object' && key !== 'plugin') this.#restoreIn(inner as object);
    }
  }

  #restored(text: string): string {
    return text.includes('\u0080')
      ? text.replace(STAND_IN, (all, sign: string) => this.#addresses[sign.charCodeAt(0) - FIRST] ?? all)
      : text;
  }
}
