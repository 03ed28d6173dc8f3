import { cancelFrame, onNextFrame } from '../../frames.js';
import type { MarkdownStrings } from '../markdown-strings.js';
import type { Drawn } from '../plugin.js';
import { constructOf, showDrawn } from './construct.js';
import { inPage } from './morph.js';

/** Milliseconds of one frame that drawings may take. */
const BUDGET = 8;

/** Has plugins draw the constructs that have come into the page: each once, a few in a frame. */
export class ConstructPainter {
  readonly #container: HTMLElement;
  readonly #words: MarkdownStrings;
  readonly #onDrawn: (holder: HTMLElement) => void;
  #written: HTMLElement[] = [];
  readonly #begun = new Map<HTMLElement, AbortController>();

  constructor(container: HTMLElement, words: MarkdownStrings, onDrawn: (holder: HTMLElement) => void) {
    this.#container = container;
    this.#words = words;
    this.#onDrawn = onDrawn;
  }

  /** A place was written. It may never come into the page, where it stands for one that is there. */
  add(holder: HTMLElement): void {
    this.#written.push(holder);
  }

  /** To be called after each drawing of text. */
  readonly draw = (): void => {
    if (this.#begun.size > 0) this.#dropRemoved();
    const start = performance.now();
    const waiting = this.#written;
    this.#written = [];
    while (waiting.length > 0 && performance.now() - start < BUDGET) {
      const holder = inPage(waiting.shift()!) as HTMLElement;
      if (!this.#begun.has(holder) && this.#container.contains(holder)) this.#begin(holder);
    }
    this.#written = [...waiting, ...this.#written];
    if (this.#written.length > 0) onNextFrame(this.draw);
  };

  /** Ends what goes on. What is drawn stays. */
  clear(): void {
    cancelFrame(this.draw);
    this.#written = [];
    for (const controller of this.#begun.values()) controller.abort();
    this.#begun.clear();
  }

  #dropRemoved(): void {
    for (const [holder, controller] of this.#begun) {
      if (this.#container.contains(holder)) continue;
      controller.abort();
      this.#begun.delete(holder);
    }
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
      if (drawn instanceof Promise) drawn.then(show, (error: unknown) => this.#fail(error, show));
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
