import type * as Colours from './code-colours.js';
import type { Colour, Stretch } from './code-colours.js';
import { unwatchVisibility, watchVisibility } from './visibility.js';

/** Code is coloured in parts of this length, cut at line ends: a long block is never read as a whole. */
const PART = 6000;
/** The part that is being written is coloured again when it has grown by this much. */
const GROWTH = 1.5;
/** Beyond this much code in one document, the rest has no colours. */
const MAX_COLOURED = 400_000;

interface Painted {
  isNear: boolean;
  /** How much of the code has its colours for good. */
  settled: number;
  /** How much of the part after it was coloured last. */
  open: number;
  ranges: [Colour, StaticRange][];
  openRanges: [Colour, StaticRange][];
}

/**
 * Colours the code blocks of one document, in idle time and without a node of its own: ranges over the text are handed
 * to the browser's highlight registry, so that neither the DOM nor a selection is touched. A browser looks at every
 * range whenever anything changes: only blocks near what the reader sees have any.
 */
export class CodePainter {
  readonly #container: HTMLElement;
  readonly #blocks = new Map<Element, Painted>();
  #colours: typeof Colours | undefined;
  #idle: number | undefined;
  #destroyed = false;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Has the blocks looked at when the page has time. To be called when code was written. */
  schedule(): void {
    if (this.#idle !== undefined || this.#destroyed || !isSupported()) return;
    this.#idle = requestIdle(() => {
      this.#idle = undefined;
      this.#findBlocks();
      void this.#paint();
    });
  }

  clear(): void {
    for (const block of this.#blocks.keys()) this.#forget(block);
  }

  destroy(): void {
    this.#destroyed = true;
    if (this.#idle !== undefined) cancelIdle(this.#idle);
    this.clear();
  }

  #findBlocks(): void {
    for (const block of this.#blocks.keys()) if (!this.#container.contains(block)) this.#forget(block);
    for (const block of this.#container.querySelectorAll<HTMLElement>('.code-block[data-language]')) {
      if (!this.#blocks.has(block)) this.#watch(block);
    }
  }

  #watch(block: HTMLElement): void {
    const painted: Painted = { isNear: false, settled: 0, open: 0, ranges: [], openRanges: [] };
    this.#blocks.set(block, painted);
    watchVisibility(block, (isNear) => {
      painted.isNear = isNear;
      if (isNear) this.schedule();
      else unpaint(painted);
    });
  }

  async #paint(): Promise<void> {
    for (const [block, painted] of this.#blocks) {
      if (!painted.isNear) continue;
      const language = await this.#languageOf(block as HTMLElement);
      if (this.#destroyed) return;
      // One part at a time: between two the page may breathe.
      if (language !== undefined && this.#paintPart(block, painted, language)) return this.schedule();
    }
  }

  async #languageOf(block: HTMLElement): Promise<string | undefined> {
    this.#colours ??= await import('./code-colours.js');
    const language = this.#colours.knownLanguage(block.dataset['language'] ?? '');
    return language !== undefined && (await this.#colours.loadLanguage(language)) ? language : undefined;
  }

  /** Colours the next part of a block that has none; false where there is none. */
  #paintPart(block: Element, painted: Painted, language: string): boolean {
    const element = block.querySelector('code')!;
    const code = element.textContent ?? '';
    const rest = code.length - painted.settled;
    if (!painted.isNear || painted.settled > MAX_COLOURED || rest === painted.open) return false;
    if (rest < PART && rest < painted.open * GROWTH && this.#isOpen(block)) return false;
    const end = rest <= PART ? code.length : code.lastIndexOf('\n', painted.settled + PART) + 1;
    const part = code.slice(painted.settled, end > painted.settled ? end : painted.settled + PART);
    remove(painted.openRanges);
    painted.openRanges = rangesOf(element, this.#colours!.colourCode(part, language), painted.settled);
    add(painted.openRanges);
    if (part.length === rest) painted.open = rest;
    else settle(painted, part.length);
    return true;
  }

  #isOpen(block: Element): boolean {
    return this.#container.hasAttribute('data-streaming') && !block.nextElementSibling;
  }

  #forget(block: Element): void {
    const painted = this.#blocks.get(block);
    if (painted) unpaint(painted);
    this.#blocks.delete(block);
    unwatchVisibility(block);
  }
}

function settle(painted: Painted, length: number): void {
  painted.ranges.push(...painted.openRanges);
  painted.openRanges = [];
  painted.settled += length;
  painted.open = 0;
}

function unpaint(painted: Painted): void {
  remove(painted.ranges);
  remove(painted.openRanges);
  Object.assign(painted, { settled: 0, open: 0, ranges: [], openRanges: [] });
}

function isSupported(): boolean {
  return typeof Highlight === 'function' && 'highlights' in CSS;
}

const requestIdle: (callback: () => void) => number =
  typeof requestIdleCallback === 'function'
    ? (callback) => requestIdleCallback(callback, { timeout: 1000 })
    : (callback) => window.setTimeout(callback, 50);
const cancelIdle: (handle: number) => void =
  typeof cancelIdleCallback === 'function' ? cancelIdleCallback : clearTimeout;

/** Stretches of the code as ranges over the text nodes that hold it. */
function rangesOf(code: Element, stretches: Stretch[], offset: number): [Colour, StaticRange][] {
  const places = new TextPlaces(code);
  return stretches.map(({ start, end, colour }) => {
    const [startContainer, startOffset] = places.at(offset + start);
    const [endContainer, endOffset] = places.at(offset + end);
    return [colour, new StaticRange({ startContainer, startOffset, endContainer, endOffset })];
  });
}

/** Finds the text node for a place in the code. Places are asked for in rising order. */
class TextPlaces {
  readonly #walker: TreeWalker;
  #node: Text | null;
  #start = 0;

  constructor(code: Element) {
    this.#walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    this.#node = this.#walker.nextNode() as Text | null;
  }

  at(place: number): [Text, number] {
    let node = this.#node!;
    while (place > this.#start + node.length) {
      const next = this.#walker.nextNode() as Text | null;
      if (!next) break;
      this.#start += node.length;
      node = this.#node = next;
    }
    return [node, Math.min(node.length, place - this.#start)];
  }
}

function registered(colour: Colour): Highlight {
  const name = `ai-code-${colour}`;
  const known = CSS.highlights.get(name);
  if (known) return known;
  const created = new Highlight();
  CSS.highlights.set(name, created);
  return created;
}

function add(ranges: [Colour, StaticRange][]): void {
  for (const [colour, range] of ranges) registered(colour).add(range);
}

function remove(ranges: [Colour, StaticRange][]): void {
  for (const [colour, range] of ranges) registered(colour).delete(range);
}
