import { cancelFrame, measureFrame, onNextFrame } from '../frames.js';

/** Milliseconds between two drawings: every second frame of a 60 Hz screen, which the eye takes for every frame. */
const MIN_INTERVAL = 30;
/** Every third, where lines come faster than anybody reads: where more characters than these wait by the second. */
const FAST_INTERVAL = 46;
const FAST = 60;
/** The same where the end is more than a screen away from what the reader sees; and where much has piled up there. */
const FAR_INTERVAL = 500;
const FAR_BUSY_INTERVAL = 150;
/**
 * A drawing that took long is followed by a pause of this many times its length, so that the page stays free; and of
 * this many where more comes than is drawn, so that the end has not all of it left to do.
 */
const PAUSE_FACTOR = 3;
const BUSY_PAUSE_FACTOR = 1;
/** Characters read in one frame when much has piled up, as after a hidden tab is seen again: fewer after a slow frame. */
const MIN_SLICE = 1500;
const MAX_SLICE = 24_000;
const SLOW_FRAME = 20;
const QUICK_FRAME = 8;
/** Shorter pauses are waited for from frame to frame; a timer ends so much before, in time for the frame that is due. */
const WORTH_A_TIMER = 18;
const FRAME_AHEAD = 8;

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
  #dueAt = -Infinity;
  /** Milliseconds that the last drawing took, with its layout and paint; and what each of the last two took at least. */
  #last = 0;
  #cost = 0;
  #isFar = false;
  #slice = 5000;

  /** `draw` takes at most so many characters. The end of what it draws is the lower edge of the container. */
  constructor(container: Element, draw: (limit: number) => void) {
    this.#container = container;
    this.#draw = draw;
  }

  /** Asks for a drawing, however often it is called, once. `waiting`: how many characters there are to draw. */
  request(waiting: number): void {
    this.#waiting = waiting;
    const isMuch = waiting > this.#slice;
    if (this.#isWaiting && !(isMuch && this.#isPatient)) return;
    this.cancel();
    this.#isWaiting = true;
    this.#isPatient = !isMuch;
    this.#dueAt = this.#drawnAt + this.#pause(isMuch);
    const rest = this.#dueAt - performance.now();
    if (rest < WORTH_A_TIMER) onNextFrame(this.#onFrame);
    else this.#timer = setTimeout(this.#onTimer, rest - FRAME_AHEAD);
  }

  cancel(): void {
    this.#isWaiting = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    cancelFrame(this.#onFrame);
  }

  #pause(isMuch: boolean): number {
    const far = isMuch ? FAR_BUSY_INTERVAL : FAR_INTERVAL;
    const factor = isMuch ? BUSY_PAUSE_FACTOR : PAUSE_FACTOR;
    return Math.max(this.#isFar ? far : MIN_INTERVAL, factor * this.#cost);
  }

  readonly #onTimer = (): void => {
    this.#timer = undefined;
    onNextFrame(this.#onFrame);
  };

  readonly #onFrame = (): void => {
    const now = performance.now();
    const isTooSoon = this.#waiting > FAST && now < this.#drawnAt + FAST_INTERVAL;
    if (isTooSoon || now < this.#dueAt) return onNextFrame(this.#onFrame);
    this.#isWaiting = false;
    this.#drawnAt = now;
    measureFrame(this.#onMeasured);
    this.#draw(this.#slice);
  };

  /** The frame has been painted: to ask for a place now costs no layout. */
  readonly #onMeasured = (cost: number): void => {
    // One slow frame, as the first one is, makes no text late.
    this.#cost = Math.min(cost, this.#last);
    this.#last = cost;
    this.#isFar = isFar(this.#container);
    const slice = this.#slice * (cost > SLOW_FRAME ? 0.5 : cost < QUICK_FRAME ? 2 : 1.25);
    this.#slice = Math.round(Math.min(MAX_SLICE, Math.max(MIN_SLICE, slice)));
  };
}

function isFar(container: Element): boolean {
  const { bottom } = container.getBoundingClientRect();
  return bottom > 2 * innerHeight || bottom < -innerHeight;
}
