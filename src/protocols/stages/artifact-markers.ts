import { describe, MARKS, type Closing, type Mark } from './artifact-marks.js';
import { halfOf } from './half-of.js';
import type { StreamPart, TextPart } from '../stream-part.js';

/** A mark is never longer than this, in characters; what is, is text. */
const MAX_MARK = 2048;

/** Longer deltas are read in pieces, so that looking for ten marks behind each of a thousand costs no square. */
const PIECE = 4096;

/** What has been opened in a block of text and goes on. */
interface Open {
  mark: Mark;
  id: string;
  /** Undefined until it is known whether a fence stands around the content. */
  closing: Closing | undefined;
  /** The line of that fence, which is content after all where it turns out to be closed before the end. */
  fenceLine: string;
  /** Kept only where a fence may have to be taken back. */
  content: string;
}

interface Block {
  /** The last characters, which may be half of a mark. The one before them tells whether a line begins. */
  held: string;
  open: Open | undefined;
  /** Text between the actions of a bundle is for nobody. */
  isWrapped: boolean;
  /** The part that opened the block. It goes out with its first text. */
  start: StreamPart | undefined;
  /** The id under which text goes out now: after an artifact the block goes on as another one. */
  id: string;
  isVisible: boolean;
  /** Whether anything has come of it: a block of nothing is passed on as such. */
  isUsed: boolean;
}

function newBlock(id: string, start?: StreamPart): Block {
  return { held: '\n', open: undefined, isWrapped: false, start, id, isVisible: false, isUsed: false };
}

/**
 * Artifacts that a model marks in its text, because it was told to. Half a mark is held back until it is known what it
 * is. To be asked for: a text about such marks would be taken for one.
 */
export class ArtifactMarkers {
  readonly #blocks = new Map<string, Block>();
  #count = 0;

  route(part: StreamPart): StreamPart[] | undefined {
    switch (part.type) {
      case 'text-start':
        return this.#begin(part);
      case 'text-delta':
        return this.#write(part);
      case 'text-end':
        return this.#end(part);
      case 'text-was-reasoning':
        return this.#reclassify(part);
      case 'finish':
      case 'abort':
        return [...this.end(), part];
      case 'reset-step':
        this.#blocks.clear();
        return undefined;
      default:
        return undefined;
    }
  }

  end(): StreamPart[] {
    return [...this.#blocks].flatMap(([id, block]) => this.#finish(id, block));
  }

  #begin(part: Extract<TextPart, { type: 'text-start' }>): StreamPart[] {
    const before = this.#blocks.get(part.id);
    const parts = before ? this.#finish(part.id, before) : [];
    this.#blocks.set(part.id, newBlock(part.id, part));
    return parts;
  }

  #write(part: Extract<TextPart, { type: 'text-delta' }>): StreamPart[] {
    const block = this.#blocks.get(part.id) ?? newBlock(part.id);
    this.#blocks.set(part.id, block);
    const parts: StreamPart[] = [];
    for (let at = 0; at < part.delta.length; at += PIECE)
      parts.push(...this.#read(block, block.held + part.delta.slice(at, at + PIECE), false));
    return parts;
  }

  /** Nothing that is marked in a thought is an artifact, but what has come of one by now stands. */
  #reclassify(part: Extract<StreamPart, { type: 'text-was-reasoning' }>): StreamPart[] {
    const block = this.#blocks.get(part.id);
    if (!block) return [part];
    const parts = this.#finish(part.id, block);
    return block.isVisible ? [...parts, { ...part, id: block.id }] : parts;
  }

  #end(part: Extract<TextPart, { type: 'text-end' }>): StreamPart[] {
    const block = this.#blocks.get(part.id);
    if (!block) return [part];
    const parts = this.#finish(part.id, block);
    if (block.isVisible) return [...parts, { ...part, id: block.id }];
    return block.isUsed || !block.start ? parts : [block.start, part];
  }

  /** The text is over: what is held back is text after all, and what is still open was not finished. */
  #finish(id: string, block: Block): StreamPart[] {
    this.#blocks.delete(id);
    const parts = this.#read(block, block.held, true);
    const { open } = block;
    if (!open) return parts;
    block.open = undefined;
    if (open.mark.kind === 'thought') return [...parts, { type: 'reasoning-end', id: open.id }];
    return [...parts, ...(takenBack(block, open) ?? [{ type: 'artifact-end', id: open.id, status: 'stopped' }])];
  }

  /** `rest` begins with the character before the text: a line begins after a line feed. */
  #read(block: Block, rest: string, isLast: boolean): StreamPart[] {
    const parts: StreamPart[] = [];
    block.held = rest;
    while (this.#step(block, parts, isLast));
    return parts;
  }

  /** To the next place where something opens or closes. False where none has come. */
  #step(block: Block, parts: StreamPart[], isLast: boolean): boolean {
    const { open } = block;
    if (open && !open.closing) {
      const content = contentIn(open, block.held, isLast);
      if (content === undefined) return false;
      block.held = content;
    }
    const text = block.held;
    const found = open?.closing ? findEnd(text, open.closing, isLast) : findOpening(text, isLast);
    const isFound = 'to' in found;
    parts.push(...written(block, text.slice(1, isFound ? found.from : found.heldFrom)));
    block.held = text.slice((isFound ? found.to : found.heldFrom) - 1);
    if (open && isFound) parts.push(...close(block, open));
    if (isFound && found.mark) parts.push(...this.#open(block, found));
    return isFound;
  }

  #open(block: Block, { mark, attributes, language, fence }: Opening): StreamPart[] {
    block.isUsed = true;
    if (!mark.closing) {
      block.isWrapped = mark.kind === 'wrapper' && !mark.begins.startsWith('</');
      return cut(block);
    }
    this.#count += 1;
    const open: Open = { mark, id: '', closing: undefined, fenceLine: '', content: '' };
    if (!mark.mayBeFenced && !mark.begins.startsWith('<')) open.closing = mark.closing(fence);
    block.open = open;
    if (mark.kind === 'thought') {
      open.id = `text-thought-${this.#count}`;
      return [...cut(block), { type: 'reasoning-start', id: open.id }];
    }
    const start = describe(attributes, language, `text-artifact-${this.#count}`);
    open.id = start.id;
    return [...cut(block), start];
  }
}

/** What follows is shown behind what has been opened, not before it: a block of its own. */
function cut(block: Block): StreamPart[] {
  if (!block.isVisible) return [];
  const { id } = block;
  Object.assign(block, { isVisible: false, start: undefined, id: `${id}+` });
  return [{ type: 'text-end', id }];
}

function close(block: Block, { mark, id }: Open): StreamPart[] {
  block.open = undefined;
  return [mark.kind === 'thought' ? { type: 'reasoning-end', id } : { type: 'artifact-end', id }];
}

function written(block: Block, delta: string): StreamPart[] {
  const { open } = block;
  if (delta === '') return [];
  if (open?.mark.kind === 'thought') return [{ type: 'reasoning-delta', id: open.id, delta }];
  if (open) {
    if (open.fenceLine !== '') open.content += delta;
    return [{ type: 'artifact-delta', id: open.id, delta }];
  }
  return block.isWrapped ? [] : shown(block, delta);
}

function shown(block: Block, delta: string): StreamPart[] {
  const { id } = block;
  const isFirst = !block.isVisible;
  const start = isFirst ? [block.start ?? ({ type: 'text-start', id } as const)] : [];
  Object.assign(block, { isVisible: true, isUsed: true, start: undefined });
  return [...start, { type: 'text-delta', id, delta }];
}

/**
 * The text without what stands between a mark and its content: a line feed after a tag, the line of a fence. Undefined
 * where more must come first.
 */
function contentIn(open: Open, rest: string, isLast: boolean): string | undefined {
  const { mark } = open;
  const text = rest.slice(1);
  const canWait = !isLast && text.length < MAX_MARK;
  if (canWait && (mark.mayBeFenced ? /^(?:`{0,2}|~{0,2}|(?:```|~~~)[^\n]*)$/ : /^$/).test(text)) return undefined;
  const [lead = '', fence = ''] = (mark.mayBeFenced ? /^(`{3,}|~{3,}(?!~))[^\n`]*\n/ : /^\n/).exec(text) ?? [];
  open.fenceLine = fence === '' ? '' : lead;
  open.closing = mark.closing!(fence);
  // The line feed before the content may already be that of the line that ends it.
  return (lead.endsWith('\n') ? '\n' : rest[0]!) + text.slice(lead.length);
}

/**
 * Content in a fence that nobody closed, up to the line that closes the directive alone. A fence that was closed within
 * was the content's own.
 */
function takenBack(block: Block, { id, content, fenceLine }: Open): StreamPart[] | undefined {
  const end = fenceLine === '' ? null : /\n:::[ \t]*(?:\n|$)/.exec(content);
  if (!end) return undefined;
  const inside = content.slice(0, end.index);
  const isOwn = /^(?:`{3,}|~{3,})[ \t]*$/m.test(inside);
  const after = content.slice(end.index + end[0].length);
  return [
    { type: 'artifact-replace', id, content: isOwn ? fenceLine + inside : inside },
    { type: 'artifact-end', id },
    ...(after === '' ? [] : shown(block, after)),
  ];
}

/** The end of what is open. */
interface Ending {
  from: number;
  to: number;
  mark?: undefined;
}

interface Opening extends Omit<Ending, 'mark'> {
  mark: Mark;
  attributes: string;
  language: string | undefined;
  fence: string;
}

/** From where on what has come may be half of a mark. */
interface Held {
  heldFrom: number;
}

function findEnd(text: string, { whole, half }: Closing, isLast: boolean): Ending | Held {
  const found = whole.exec(text);
  const to = found ? found.index + found[0].length : 0;
  // A line that ends with the text so far may go on.
  const mayGoOn = !isLast && to === text.length && !/[\n>]$/.test(text);
  if (found && !mayGoOn) return { from: found.index, to };
  if (isLast) return { heldFrom: text.length };
  return { heldFrom: Math.max(1, text.length - half(text.slice(-MAX_MARK))) };
}

/** The opening that begins first, or the place where one may be beginning. */
function findOpening(text: string, isLast: boolean): Opening | Held {
  let first: Opening | Held = { heldFrom: text.length };
  for (const mark of MARKS) {
    const found = findMark(text, mark, isLast);
    if (placeOf(found) < placeOf(first)) first = found;
  }
  return first;
}

function placeOf(found: Opening | Held): number {
  return 'to' in found ? found.from : found.heldFrom;
}

function findMark(text: string, mark: Mark, isLast: boolean): Opening | Held {
  // A line's mark stands behind the line feed, which is text.
  const offset = mark.begins.startsWith('\n') ? 1 : 0;
  const first = 1 - offset;
  for (let at = text.indexOf(mark.begins, first); at >= 0; at = text.indexOf(mark.begins, at + 1)) {
    const piece = text.slice(at, at + MAX_MARK);
    const opening = mark.opening.exec(piece);
    if (opening) return openingAt(mark, opening, at, offset);
    const mayGoOn = !isLast && text.length - at < MAX_MARK;
    if (mayGoOn && mark.unfinished.test(piece)) return { heldFrom: at + offset };
  }
  if (isLast) return { heldFrom: text.length };
  return { heldFrom: Math.max(1, text.length - Math.max(0, halfOf(text, mark.begins) - offset)) };
}

function openingAt(mark: Mark, { 0: whole, groups = {} }: RegExpExecArray, at: number, offset: number): Opening {
  const { attributes = '', language, fence = '' } = groups;
  return { mark, attributes, language, fence, from: at + offset, to: at + whole.length };
}
