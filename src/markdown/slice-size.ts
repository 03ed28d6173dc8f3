/** Milliseconds: what took less could have been more, what took longer should have been less. */
export interface Wanted {
  quick: number;
  slow: number;
}

/** A browser's clock may stand still for a moment. */
const SHORTEST = 0.1;
/** Two slices tell what a character costs where one has so many times as many as the other; of two alike the later one counts. */
const UNLIKE = 1.5;
const ALIKE = 1.1;
/**
 * Slices of one size do not tell when it is another part that takes long by now: what is known of it is doubted with each,
 * so that another size is tried.
 */
const DOUBT = 0.05;

/**
 * How many characters are to be drawn at a time: fewer where that took long, unless what took so long is what stands
 * there already. A browser lays all of a paragraph out again for a word at its end: less at a time would only have it do
 * so more often.
 */
export class SliceSize {
  readonly #min: number;
  readonly #max: number;
  #value: number;
  /** The slice that the next one is compared with. */
  #drawn = 0;
  #cost = 0;
  /** Milliseconds that it takes to draw hardly anything. */
  #standing = 0;

  constructor(start: number, min: number, max: number) {
    this.#value = start;
    this.#min = min;
    this.#max = max;
  }

  get value(): number {
    return this.#value;
  }

  /** To draw so many characters has taken so many milliseconds. */
  add(drawn: number, time: number, wanted: Wanted): void {
    const cost = Math.max(SHORTEST, time);
    this.#compare(drawn, cost);
    const factor = this.#factor(cost, wanted);
    // What was quick because there was little to draw tells nothing of a full one.
    if (factor > 1 && drawn <= this.#value / 2) return;
    this.#value = Math.round(Math.min(this.#max, Math.max(this.#min, factor * this.#value)));
  }

  #compare(drawn: number, cost: number): void {
    const otherwise = this.#value < UNLIKE * this.#min ? cost : 0;
    this.#standing += DOUBT * (otherwise - this.#standing);
    const ratio = Math.max(drawn, this.#drawn) / Math.min(drawn, this.#drawn);
    if (ratio > ALIKE && ratio < UNLIKE) return;
    if (ratio >= UNLIKE) {
      const standing = (drawn * this.#cost - this.#drawn * cost) / (drawn - this.#drawn);
      this.#standing = Math.min(cost, Math.max(0, standing));
    }
    this.#drawn = drawn;
    this.#cost = cost;
  }

  #factor(cost: number, { quick, slow }: Wanted): number {
    const own = cost - this.#standing;
    if (own < quick || own < cost / 5) return 2;
    return cost > slow && own > cost / 3 ? 0.5 : 1.25;
  }
}
