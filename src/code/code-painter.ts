import type * as Colours from './coloured-ranges.js';
import { showColoursIn } from './box-colours.js';
import { cancelIdle, requestIdle } from '../element/idle.js';
import { ViewWatch } from '../element/view-watch.js';

/** Milliseconds between two colourings of a piece that is still growing. */
const PAUSE = 350;
/** Milliseconds for which the words have the page to themselves after a piece has begun: in a flood, until it ends. */
const HOLD = 150;
/** Milliseconds after which a busy page colours, too. */
const LATEST = 1000;
/** A piece longer than this stays without colours: a highlighter's patterns are not linear on every line. */
const MAX_PIECE = 40_000;

const nearView = new ViewWatch({ rootMargin: '400px' });

/** Some lines of a code block in one text node, coloured by themselves. */
interface CodePiece {
  /** Only while this is near what the reader sees has the piece colours. */
  readonly watched: Element;
  readonly text: Text;
  /** As the block names it. */
  readonly language: string;
  /** The lines before, so that a comment or a string that began there goes on here. */
  readonly before?: Text | undefined;
}

interface Painted extends CodePiece {
  isNear: boolean;
  /** The text as it was coloured last, and when. */
  data: string;
  at: number;
  ranges: Colours.ColouredRange[];
}

/**
 * Colours pieces of code, in idle time and without a node of its own: ranges over the text are handed to the browser's
 * highlight registry, so that neither the DOM nor a selection is touched. A browser looks at every range whenever
 * anything changes: only pieces near what the reader sees have any.
 */
export class CodePainter {
  readonly #pieces = new Map<Element, Painted>();
  #colours: typeof Colours | undefined;
  #idle: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heldUntil = 0;
  #destroyed = false;

  /**
   * Takes a piece over. One that is known already, by what is watched and its text, stays as it is. `growing`: more of it
   * comes soon, so that there is no hurry.
   */
  add(piece: CodePiece, growing: boolean): void {
    if (!isSupported() || this.#pieces.get(piece.watched)?.text === piece.text) return;
    this.#forget(piece.watched);
    const painted: Painted = {
      ...piece,
      isNear: false,
      data: '',
      at: growing ? performance.now() : -Infinity,
      ranges: [],
    };
    this.#pieces.set(piece.watched, painted);
    if (growing) this.#heldUntil = painted.at + HOLD;
    nearView.watch(piece.watched, (isNear) => this.#approach(painted, isNear));
  }

  /** Takes the colours away from a piece and does not look at it again. */
  remove(watched: Element): void {
    this.#forget(watched);
  }

  /** Has the pieces looked at when the page has time. To be called when one of them has grown. */
  schedule(): void {
    if (this.#idle !== undefined || this.#destroyed || this.#pieces.size === 0) return;
    this.#idle = requestIdle(() => {
      this.#idle = undefined;
      void this.#paint();
    }, LATEST);
  }

  clear(): void {
    for (const watched of this.#pieces.keys()) this.#forget(watched);
  }

  destroy(): void {
    this.#destroyed = true;
    clearTimeout(this.#timer);
    if (this.#idle !== undefined) cancelIdle(this.#idle);
    this.clear();
  }

  #approach(painted: Painted, isNear: boolean): void {
    painted.isNear = isNear;
    if (isNear) return this.schedule();
    unpaint(painted);
    if (!painted.watched.isConnected) this.#forget(painted.watched);
  }

  async #paint(): Promise<void> {
    const now = performance.now();
    const due = [...this.#pieces.values()].filter((piece) => piece.isNear && piece.text.data !== piece.data);
    if (due.length === 0) return;
    if (now < this.#heldUntil) return this.#wait(HOLD);
    const ready = due.find(({ at }) => now - at >= PAUSE);
    if (!ready) return this.#wait(PAUSE);
    const language = await this.#languageOf(ready);
    // It may have been let go meanwhile.
    if (this.#pieces.get(ready.watched) === ready) this.#paintPiece(ready, language);
    // One piece at a time: between two the page may breathe.
    if (due.length > 1) this.schedule();
  }

  #wait(time: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.schedule(), time);
  }

  async #languageOf({ language }: CodePiece): Promise<string | undefined> {
    this.#colours ??= await import('./coloured-ranges.js');
    const known = this.#colours.knownLanguage(language);
    return known !== undefined && (await this.#colours.loadLanguage(known)) ? known : undefined;
  }

  #paintPiece(piece: Painted, language: string | undefined): void {
    unpaint(piece);
    piece.data = piece.text.data;
    piece.at = performance.now();
    if (language === undefined || !piece.isNear || piece.data.length > MAX_PIECE || areColoursForced()) return;
    const before = piece.before && piece.before.length <= MAX_PIECE ? piece.before.data : '';
    piece.ranges = this.#colours!.colour(piece.text, before, language);
    const holder = piece.text.parentElement;
    if (holder?.isConnected && holder.localName !== 'code') showColoursIn(holder);
  }

  #forget(watched: Element): void {
    const painted = this.#pieces.get(watched);
    if (!painted) return;
    unpaint(painted);
    this.#pieces.delete(watched);
    nearView.unwatch(watched);
  }
}

function unpaint(painted: Painted): void {
  for (const [highlight, range] of painted.ranges) highlight.delete(range);
  painted.ranges = [];
  painted.data = '';
}

let supported: boolean | undefined;

/** Asked once: to look it up takes a browser longer than what it is asked for. */
function isSupported(): boolean {
  supported ??= typeof Highlight === 'function' && 'highlights' in CSS;
  return supported;
}

/** Where the reader's own colours are forced, a browser paints every highlight as a selection. */
function areColoursForced(): boolean {
  return matchMedia('(forced-colors: active)').matches;
}
