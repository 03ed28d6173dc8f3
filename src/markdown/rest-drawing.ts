import { cancelFrame, measureFrame, onNextFrame } from '../element/frames.js';
import { SliceSize } from './slice-size.js';
import { countMarks, isDense } from './source/density.js';

/** A rest that is shorter is drawn in one go, however long it takes: an answer of words, or one of hardly anything but signs. */
const AT_ONCE = 12_000;
const DENSE_AT_ONCE = 8000;
/** Characters that are read between two looks at the clock: the more, the less of the time they take. */
const MIN_STEP = 3000;
const MAX_STEP = 12_000;
/** Milliseconds that reading and writing in one frame may take. */
const FIRST_SHARE = 8;
const MIN_SHARE = 6;
const MAX_SHARE = 24;
/**
 * Milliseconds that a frame is to take, with its layout and paint; and how many times as long as writing the new part of
 * it takes, or less, to lay that out. What it takes beyond that is for what was there before.
 */
const USUAL = { frame: 40, layout: 2 };
/** Where text is hardly anything but signs, each may be an element, and to lay that out takes longer than to write it. */
const DENSE = { frame: 80, layout: 6 };
/** Signs of such text for each millisecond of a share. */
const MARKS = 100;
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
  #step = new SliceSize(MIN_STEP, MIN_STEP, MAX_STEP);
  /** Characters that the last step had to read: what cannot be settled is read again with each, and they grow with it. */
  #read = 0;
  #share = FIRST_SHARE;
  /** Milliseconds that the last share did take. */
  #taken = 0;
  #aim = USUAL;
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
    this.#step = new SliceSize(MIN_STEP, MIN_STEP, MAX_STEP);
    this.#read = 0;
    this.#share = FIRST_SHARE;
    this.#promise = new Promise((resolve) => (this.#resolve = resolve));
    this.#drawShare();
    if (this.isGoingOn) onNextFrame(this.#onFrame);
  }

  /** Draws no more: something else does, or there is nothing more to draw. */
  stop(): void {
    this.#cancel();
    this.#resolve?.();
    this.#promise = this.#resolve = undefined;
  }

  #drawShare(): void {
    const start = performance.now();
    const maxMarks = MARKS * this.#share;
    let end = start + this.#share;
    let marks = 0;
    for (let now = start, last = now; now < end && marks < maxMarks; last = now) {
      const step = this.#draw(Math.max(this.#step.value, this.#read / 4));
      if (!step) return this.stop();
      now = performance.now();
      const dense = isDense(step.text) ? countMarks(step.text) : 0;
      marks += dense;
      this.#read = step.read;
      // To change what was laid out costs a browser something once, however little is changed.
      if (last === start && marks < maxMarks) end = Math.max(end, now + this.#share / 2);
      else this.#fitStep(step.text.length, Math.max(now - last, dense / MARKS));
    }
    this.#drawn();
    this.#taken = performance.now() - start;
    this.#aim = marks > 0 ? DENSE : USUAL;
    this.#timer = setTimeout(this.#onTimer, document.hidden ? 0 : PATIENCE);
  }

  #fitStep(length: number, time: number): void {
    const part = this.#share / 4;
    this.#step.add(length, time, { quick: part, slow: part });
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
    const { frame, layout } = this.#aim;
    const before = cost - (1 + layout) * this.#taken;
    const share = Math.max(this.#share * Math.min(2, frame / cost), before / (1 + layout));
    this.#share = Math.min(MAX_SHARE, Math.max(MIN_SHARE, share));
    // Not sooner: what is due in the page comes between two frames, however slow they are.
    if (this.isGoingOn) onNextFrame(this.#onFrame);
  };

  readonly #onTimer = (): void => {
    this.#cancel();
    this.#share = MAX_SHARE;
    this.#drawShare();
    // It may have come late, and the next ones come as ever.
    if (this.isGoingOn) onNextFrame(this.#onFrame);
  };
}
