import { cancelFrame, onNextFrame } from '../../element/frames.js';
import type { MarkdownStrings } from '../markdown-strings.js';
import type { Drawn } from '../plugin.js';
import { constructOf, showDrawn } from './construct.js';
import { inPage } from './morph.js';

/** Milliseconds of one frame that drawings may take. */
const BUDGET = 8;
/** Drawings of one document: with what they are made of, a browser takes a tenth of a second for each frame of more. */
const MAX_DRAWN = 5000;

/** Has plugins draw the constructs that have come into the page: each once, a few in a frame. */
export class ConstructPainter {
  readonly #container: HTMLElement;
  readonly #words: MarkdownStrings;
  readonly #onDrawn: (holder: HTMLElement) => void;
  readonly #onCrowded: () => void;
  #written: HTMLElement[] = [];
  readonly #begun = new Map<HTMLElement, AbortController>();
  #isWaiting = false;

  /** `onCrowded` is called for each place that is left as it was written, since there are so many. */
  constructor(
    container: HTMLElement,
    words: MarkdownStrings,
    onDrawn: (holder: HTMLElement) => void,
    onCrowded: () => void,
  ) {
    this.#container = container;
    this.#words = words;
    this.#onDrawn = onDrawn;
    this.#onCrowded = onCrowded;
  }

  /** Whether a plugin draws, or has drawn, in some place. */
  get areBegun(): boolean {
    return this.#begun.size > 0;
  }

  /** A place was written. It may never come into the page, where it stands for one that is there. */
  add(holder: HTMLElement): void {
    this.#written.push(holder);
  }

  /** To be called after each drawing of text. While some wait for the next frame, the new ones wait behind them. */
  draw(): void {
    if (this.#begun.size > 0) this.#dropRemoved();
    if (!this.#isWaiting) this.#drawSome();
  }

  /** Ends what goes on. What is drawn stays. */
  clear(): void {
    cancelFrame(this.#onFrame);
    this.#isWaiting = false;
    this.#written = [];
    for (const controller of this.#begun.values()) controller.abort();
    this.#begun.clear();
  }

  #drawSome(): void {
    const end = performance.now() + BUDGET;
    const waiting = this.#written;
    this.#written = [];
    while (waiting.length > 0 && performance.now() < end) {
      const holder = inPage(waiting.shift()!) as HTMLElement;
      if (!this.#begun.has(holder) && this.#container.contains(holder)) this.#beginOrLeave(holder);
    }
    this.#written = [...waiting, ...this.#written];
    this.#isWaiting = this.#written.length > 0;
    if (this.#isWaiting) onNextFrame(this.#onFrame);
  }

  readonly #onFrame = (): void => this.#drawSome();

  #dropRemoved(): void {
    for (const [holder, controller] of this.#begun) {
      if (this.#container.contains(holder)) continue;
      controller.abort();
      this.#begun.delete(holder);
    }
  }

  #beginOrLeave(holder: HTMLElement): void {
    if (this.#begun.size < MAX_DRAWN) return this.#begin(holder);
    showDrawn(holder, null, this.#words);
    this.#onCrowded();
  }

  #begin(holder: HTMLElement): void {
    const controller = new AbortController();
    this.#begun.set(holder, controller);
    const show = (drawn: Drawn): void => {
      if (controller.signal.aborted) return;
      showDrawn(holder, drawn, this.#words);
      this.#onDrawn(holder);
    };
    try {
      const drawn = this.#render(holder, controller.signal);
      if (isLate(drawn)) drawn.then(show, (error: unknown) => this.#fail(error, show));
      else show(drawn);
    } catch (error) {
      this.#fail(error, show);
    }
  }

  #render(holder: HTMLElement, signal: AbortSignal): Drawn | Promise<Drawn> {
    const { plugin, source, kind, mark } = constructOf(holder)!;
    return plugin.render?.(source, { kind, mark, holder, signal }) ?? null;
  }

  /** A plugin's failure costs its drawing and nothing else: the source is shown. */
  #fail(error: unknown, show: (drawn: Drawn) => void): void {
    console.warn('A markdown plugin could not draw:', error);
    show(null);
  }
}

/** A page may have put another class in the place of `Promise`, whose promises an async function does not give. */
function isLate(drawn: Drawn | PromiseLike<Drawn>): drawn is PromiseLike<Drawn> {
  return typeof (drawn as Partial<PromiseLike<Drawn>> | null)?.then === 'function';
}
