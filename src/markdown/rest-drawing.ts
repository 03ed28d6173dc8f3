import { cancelFrame, measureFrame, onNextFrame } from '../frames.js';
import { countMarks, isDense } from './source/density.js';

/** A rest that is shorter is drawn in one go, however long it takes: an answer of words, or one of hardly anything but signs. */
const AT_ONCE = 12_000;
const DENSE_AT_ONCE = 8000;
/** Characters that are read between two looks at the clock: the more, the less of the time they take. */
const STEP = 3000;
const MAX_STEP = 48_000;
/** Milliseconds that a frame is to take, with its layout and paint; of reading and writing in it. */
const FRAME = 40;
const FIRST_SHARE = 12;
const MIN_SHARE = 6;
const MAX_SHARE = 24;
/** Signs of dense text in one frame: each may be an element, and to lay that out takes longer than to write it. */
const MAX_MARKS = 2500;
/** A frame that has not come by then will not: the page is behind another. */
const PATIENCE = 500;

export interface Step {
  /** Characters that had to be read for it, some of them again. */
  read: number;
  text: string;
}

/**
 * Draws the rest of a text that has ended: the beginning at once, and what would take longer than a page may stand still
 * with the frames after that. What is there already makes a frame slow, so that a share of a frame grows with it: the
 * whole takes no more than twice as long as it would in one go.
 */
export class RestDrawing {
  readonly #draw: (length: number) => Step | undefined;
  readonly #drawn: () => void;
  #length = STEP;
  #share = FIRST_SHARE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #promise: Promise<void> | undefined;
  #resolve: (() => void) | undefined;

  /**
   * `draw` draws so many characters; undefined: there are no more. `drawn` is called when a frame's share of them is drawn.
   */
  constructor(draw: (length: number) => Step | undefined, drawn: () => void) {
    this.#draw = draw;
    this.#drawn = drawn;
  }

  /** Resolves when nothing is left. */
  get complete(): Promise<void> {
    return this.#promise ?? Promise.resolve();
  }

  get isGoingOn(): boolean {
    return this.#promise !== undefined;
  }

  start(rest: string): void {
    if (rest.length <= DENSE_AT_ONCE || (rest.length <= AT_ONCE && !isDense(rest))) return void this.#draw(Infinity);
    this.#length = STEP;
    this.#share = FIRST_SHARE;
    this.#promise = new Promise((resolve) => (this.#resolve = resolve));
    this.#drawShare();
  }

  /** Draws no more: something else does, or there is nothing more to draw. */
  stop(): void {
    this.#cancel();
    this.#resolve?.();
    this.#promise = this.#resolve = undefined;
  }

  #drawShare(): void {
    const end = performance.now() + this.#share;
    let marks = 0;
    for (let now = performance.now(), last = now; now < end && marks < MAX_MARKS; last = now) {
      const step = this.#draw(this.#length);
      if (!step) return this.stop();
      now = performance.now();
      if (isDense(step.text)) marks += countMarks(step.text);
      const wasQuick = now - last < this.#share / 4;
      this.#length = Math.min(MAX_STEP, Math.max(STEP, this.#length * (wasQuick ? 2 : 0.5)));
      // What cannot be settled is read again with each step: the steps grow with it.
      this.#length = Math.max(this.#length, step.read / 4);
    }
    this.#drawn();
    onNextFrame(this.#onFrame);
    this.#timer = setTimeout(this.#onTimer, document.hidden ? 0 : PATIENCE);
  }

  #cancel(): void {
    cancelFrame(this.#onFrame);
    clearTimeout(this.#timer);
  }

  readonly #onFrame = (): void => {
    this.#cancel();
    measureFrame(this.#onMeasured);
    this.#drawShare();
  };

  readonly #onMeasured = (cost: number): void => {
    const share = Math.max(this.#share * Math.min(2, FRAME / cost), cost / 4);
    this.#share = Math.min(MAX_SHARE, Math.max(MIN_SHARE, share));
  };

  readonly #onTimer = (): void => {
    this.#cancel();
    this.#share = MAX_SHARE;
    this.#drawShare();
  };
}
