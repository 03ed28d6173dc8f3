import { saidBy } from '../element/said-by.js';
import { isSameList } from '../conversation/thread/same-list.js';

/**
 * The settings that a text was rendered by. A framework may hand over the same ones as new objects at each render, and a
 * host may change an object and hand over a copy: so they are told by what they say, and by what they said.
 */
export class KnownSettings {
  #given: readonly unknown[] | undefined;
  #said: readonly unknown[] = [];

  /** Whether these are others than before. They are the known ones from now on. */
  renew(settings: readonly unknown[]): boolean {
    const isKnown = this.#given && isSameList(settings, this.#given);
    this.#given = settings;
    if (isKnown) return false;
    const before = this.#said;
    this.#said = saidBy(settings);
    return !isSameList(this.#said, before);
  }
}
