/**
 * A part of an element that is loaded when the first such element is there, so that pages without one do without it.
 *
 * A load that failed is told once, and tried anew by `load()`; whether it can succeed then is the browser's to say.
 */
export class LatePart<Part> {
  /** The part, once it is there. */
  value: Part | undefined;
  hasFailed = false;
  #loading: Promise<void> | undefined;
  readonly #make: () => Promise<Part>;
  readonly #settled: () => void;

  /** @param settled called when the part is there, or cannot be had. */
  constructor(make: () => Promise<Part>, settled: () => void) {
    this.#make = make;
    this.#settled = settled;
  }

  /** Resolves when it is there, or cannot be had. Never rejects. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    this.hasFailed = false;
    try {
      this.value = await this.#make();
    } catch (error) {
      this.hasFailed = true;
      this.#loading = undefined;
      console.error(
        'ai-stream-elements: a part could not be loaded. Its files stand beside the one that the page loads.',
        error,
      );
    }
    this.#settled();
  }
}
