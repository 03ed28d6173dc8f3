import type { Token } from 'marked';
import type { Cursor } from '../writing/cursor.js';

export interface Advance {
  /** Whether the block goes on, has ended, or must be read as a whole because a line cannot be understood by itself. */
  outcome: 'open' | 'closed' | 'unreadable';
  /** How much of the source is settled: the flow need not keep it. */
  taken: number;
}

/** It cannot be read by itself: it is read as a whole, from its start. */
export const UNREADABLE: Advance = { outcome: 'unreadable', taken: 0 };

/** A block that is long and still growing, and settles piece by piece. */
export interface OpenBlock {
  /** After it was read as a whole, it may be opened again: what was met once is not met again. */
  readonly mayReopen?: boolean;
  /** Reads and draws what is left of its source. `final`: nothing more will come. */
  advance(source: string, final: boolean): Advance;
}

export interface Opening {
  /** What is drawn at first. */
  token: Token;
  /** How much of the block's source is settled by that. */
  taken: number;
  /**
   * `element`: what was drawn for it; of bare text, what holds it, behind `after`. `cursor`: where the flow stands before
   * a block of raw HTML, and goes on behind it.
   */
  open(element: Element, after: Node | null, cursor: Cursor): OpenBlock;
}

/** From these sizes on reading a block again at every frame costs more than keeping its state. */
export const thresholds = { list: 600, table: 600, quote: 800, item: 800, paragraph: 1500, html: 600 };
