import type { Zoom } from './zoom.js';

interface Point {
  x: number;
  y: number;
}

/** A finger or mouse that moved less has tapped. */
const TAP_DISTANCE = 6;
const DOUBLE_TAP = 2.5;

interface GestureTarget {
  readonly zoom: Zoom;
  /** Called after each change. */
  apply(): void;
  /** A tap beside the picture. */
  dismiss(): void;
  /** A sideways swipe over a picture that is not enlarged: 1 towards the right. */
  swipe(direction: 1 | -1): void;
}

const SWIPE_DISTANCE = 60;

/** Wheel, drag, pinch, swipe and double click on a stage. Every listener ends with `signal`. */
export function listenForGestures(stage: HTMLElement, target: GestureTarget, signal: AbortSignal): void {
  new ZoomGestures(stage, target).listen(signal);
}

class ZoomGestures {
  readonly #stage: HTMLElement;
  readonly #target: GestureTarget;
  readonly #pointers = new Map<number, Point>();
  #start: Point = { x: 0, y: 0 };
  #hasMoved = false;

  constructor(stage: HTMLElement, target: GestureTarget) {
    this.#stage = stage;
    this.#target = target;
  }

  listen(signal: AbortSignal): void {
    const stage = this.#stage;
    stage.addEventListener('wheel', this.#handleWheel, { passive: false, signal });
    stage.addEventListener('pointerdown', this.#handleDown, { signal });
    stage.addEventListener('pointermove', this.#handleMove, { signal });
    stage.addEventListener('pointerup', this.#handleUp, { signal });
    stage.addEventListener('pointercancel', this.#handleCancel, { signal });
    stage.addEventListener('dblclick', this.#handleDoubleClick, { signal });
  }

  /** A position as seen from the stage's middle. */
  #fromMiddle(event: MouseEvent): Point {
    const { left, top, width, height } = this.#stage.getBoundingClientRect();
    return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
  }

  readonly #handleWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = this.#fromMiddle(event);
    // Trackpads report a pinch as a wheel with Ctrl, in smaller steps.
    this.#target.zoom.zoomAt(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), x, y);
    this.#target.apply();
  };

  readonly #handleDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#stage.setPointerCapture(event.pointerId);
    const point = this.#fromMiddle(event);
    if (this.#pointers.size === 0) {
      this.#start = point;
      this.#hasMoved = false;
    }
    this.#pointers.set(event.pointerId, point);
  };

  readonly #handleMove = (event: PointerEvent): void => {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = this.#fromMiddle(event);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    this.#hasMoved ||= other !== undefined || distance(now, this.#start) > TAP_DISTANCE;
    if (other) this.#pinch(before, now, other);
    else if (this.#target.zoom.isEnlarged) this.#target.zoom.moveBy(now.x - before.x, now.y - before.y);
    this.#target.apply();
  };

  readonly #handleUp = (event: PointerEvent): void => {
    if (!this.#pointers.delete(event.pointerId) || this.#pointers.size > 0) return;
    const { zoom } = this.#target;
    const across = this.#fromMiddle(event).x - this.#start.x;
    // Captured pointers all report the stage; what lies under them is asked for.
    const under = (this.#stage.getRootNode() as ShadowRoot).elementFromPoint(event.clientX, event.clientY);
    if (!this.#hasMoved && under === this.#stage) this.#target.dismiss();
    else if (!zoom.isEnlarged && Math.abs(across) > SWIPE_DISTANCE) this.#target.swipe(across > 0 ? 1 : -1);
  };

  readonly #handleCancel = (event: PointerEvent): void => void this.#pointers.delete(event.pointerId);

  readonly #handleDoubleClick = (event: MouseEvent): void => {
    const { zoom } = this.#target;
    const { x, y } = this.#fromMiddle(event);
    if (zoom.isEnlarged) zoom.reset();
    else zoom.zoomAt(DOUBLE_TAP, x, y);
    this.#target.apply();
  };

  /** Two fingers: the point between them stays under them while they part or meet. */
  #pinch(before: Point, now: Point, other: Point): void {
    const { zoom } = this.#target;
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    zoom.zoomAt(distance(now, other) / Math.max(distance(before, other), 1), middle.x, middle.y);
    zoom.moveBy((now.x - before.x) / 2, (now.y - before.y) / 2);
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
