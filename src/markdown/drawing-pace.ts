import { cancelFrame, measureFrame, onNextFrame } from '../element/frames.js';
import { windowOf } from '../element/window-of.js';
import { SliceSize } from './slice-size.js';

/** Milliseconds between two drawings: every second frame of a 60 Hz screen, which the eye takes for every frame. */
const MIN_INTERVAL = 30;
/** Every third, where lines come faster than anybody reads: where more characters than these wait for the second. */
const FAST_INTERVAL = 46;
const FAST = 50;
/**
 * The same where the end is more than a screen away from what the reader sees: every fourth frame, and much less often
 * where lines come fast; where much has piled up there.
 */
const FAR_INTERVAL = 63;
const FAR_FAST_INTERVAL = 500;
const FAR_BUSY_INTERVAL = 200;
/**
 * Milliseconds by which the timer ends before a pause whose end a reader could notice, so that the frame that is due is
 * not missed; and by which a frame may come before the end.
 */
const FRAME_AHEAD = 8;
const TOLERANCE = 2;
/**
 * A drawing that took long is followed by a pause of this many times its length, so that the page stays free; and of
 * this many where more comes than is drawn, so that the end has not all of it left to do.
 */
const PAUSE_FACTOR = 3;
const BUSY_PAUSE_FACTOR = 1;
/** Milliseconds of a frame that reads what has piled up, as after a hidden tab is seen again. */
const FRAME = { quick: 8, slow: 20 };

/**
 * When to draw: with the next frame, unless the last one was drawn a moment ago, took long, or drew what nobody sees.
 * A hidden page has no frames: what comes meanwhile is drawn when it is seen again.
 */
export class DrawingPace {
  readonly #container: Element;
  readonly #draw: (limit: number) => void;
  #isWaiting = false;
  /** It waits longer than it would if more had piled up. */
  #isPatient = false;
  /** Characters to draw. */
  #waiting = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = -Infinity;
  /** Milliseconds that the last drawing took, with its layout and paint; and what each of the last two took at least. */
  #last = 0;
  #cost = 0;
  /** Characters that were drawn last. */
  #drawn = 0;
  #isFar = false;
  readonly #slice = new SliceSize(10_000, 1500, 24_000);

  /** `draw` takes at most so many characters. The end of what it draws is the lower edge of the container. */
  constructor(container: Element, draw: (limit: number) => void) {
    this.#container = container;
    this.#draw = draw;
  }

  /** Asks for a drawing, however often it is called, once. `waiting`: how many characters there are to draw. */
  request(waiting: number): void {
    this.#waiting = waiting;
    if (this.#isWaiting && !(this.#isPatient && this.#isMuch)) return;
    this.cancel();
    this.#isWaiting = true;
    this.#wait();
  }

  cancel(): void {
    this.#isWaiting = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    cancelFrame(this.#onFrame);
  }

  get #isMuch(): boolean {
    return this.#waiting > this.#slice.value;
  }

  /** Milliseconds between the last drawing and the next, as things stand now. */
  get #pause(): number {
    const factor = this.#isMuch ? BUSY_PAUSE_FACTOR : PAUSE_FACTOR;
    return Math.max(this.#interval, factor * this.#cost);
  }

  get #interval(): number {
    const isFast = this.#waiting > FAST;
    if (!this.#isFar) return isFast ? FAST_INTERVAL : MIN_INTERVAL;
    if (!isFast) return FAR_INTERVAL;
    return this.#isMuch ? FAR_BUSY_INTERVAL : FAR_FAST_INTERVAL;
  }

  /** By a timer: each frame that is asked for costs the page something, whether text is drawn in it or not. */
  readonly #wait = (): void => {
    this.#timer = undefined;
    this.#isPatient = !this.#isMuch;
    const ahead = this.#interval < FAR_BUSY_INTERVAL ? FRAME_AHEAD : 0;
    const rest = this.#drawnAt + this.#pause - performance.now() - ahead;
    // How fast the text comes, and how far away its end is, is known better then.
    if (rest >= 1) this.#timer = setTimeout(this.#wait, Math.ceil(rest));
    else onNextFrame(this.#onFrame);
  };

  readonly #onFrame = (): void => {
    const now = performance.now();
    // A page that had no frames gets its next one at once; and it may have turned out since how far away the end is.
    if (now < this.#drawnAt + this.#pause - TOLERANCE) return this.#wait();
    this.#isWaiting = false;
    this.#drawnAt = now;
    this.#drawn = Math.min(this.#waiting, this.#slice.value);
    measureFrame(this.#onMeasured);
    this.#draw(this.#slice.value);
  };

  /** The frame has been painted: to ask for a place now costs no layout. */
  readonly #onMeasured = (cost: number): void => {
    // One slow frame, as the first one is, makes no text late.
    this.#cost = Math.min(cost, this.#last);
    this.#last = cost;
    this.#isFar = isFar(this.#container);
    this.#slice.add(this.#drawn, cost, FRAME);
  };
}

function isFar(container: Element): boolean {
  const { bottom } = container.getBoundingClientRect();
  const { innerHeight } = windowOf(container);
  return bottom > 2 * innerHeight || bottom < -innerHeight;
}
