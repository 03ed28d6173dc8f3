import { copyOf, isAlike } from '../alike.js';

/**
 * The settings that a text was rendered by. A framework may hand over the same ones as new objects at each render, and a
 * host may change an object and hand over a copy: so they are told by what they say, and by what they said.
 */
export class KnownSettings {
  #given: readonly unknown[] | undefined;
  #said: readonly unknown[] = [];

  /** Whether these are others than before. They are the known ones from now on. */
  renew(settings: readonly unknown[]): boolean {
    const given = this.#given;
    const isOther = !given || settings.some((value, at) => value !== given[at] && !isAlike(value, this.#said[at]));
    this.#given = settings;
    if (isOther) this.#said = settings.map((value) => copyOf(value));
    return isOther;
  }
}
