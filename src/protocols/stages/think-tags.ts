import { halfOf } from './half-of.js';
import type { ProviderMetadata, StreamPart, TextPart } from '../stream-part.js';

type TextDelta = Extract<TextPart, { type: 'text-delta' }>;

/** What models call the tag around a thought. */
export const THOUGHT_NAMES = ['think', 'thinking', 'thought', 'reasoning'];

/** A thought has no more space before it than this, in characters: what is held back is read again with each token. */
const MAX_LEAD = 256;

const OPENING = new RegExp(String.raw`^\s{0,${MAX_LEAD}}<(${THOUGHT_NAMES.join('|')})>`);

/** What is known of one block of text. */
interface Block {
  /** `start`: nothing but spaces and half a tag have come, in `held`. */
  state: 'start' | 'thinking' | 'text';
  held: string;
  /** What the provider said with it. */
  provider: ProviderMetadata | undefined;
  /** The part that opened the block, where one did. It goes out before the first text. */
  start: StreamPart | undefined;
  /** Whether that has gone out already. */
  isAnnounced: boolean;
  closing: string;
}

function newBlock(start?: StreamPart): Block {
  return { state: 'start', held: '', provider: undefined, start, isAnnounced: false, closing: '' };
}

/**
 * A thought that a model writes into its answer, `<think>…</think>` at the beginning of a block of text, becomes
 * reasoning. Half a tag is held back until it is known what it is; a tag further on is text.
 */
export class ThinkTags {
  readonly #blocks = new Map<string, Block>();

  route(part: StreamPart): StreamPart[] | undefined {
    switch (part.type) {
      case 'text-start':
        return this.#open(part);
      case 'text-delta':
        return this.#write(part);
      case 'text-end':
        return this.#close(part);
      case 'finish':
      case 'abort':
        return [...this.end(), part];
      case 'reset-step':
        // What is held back was of the step that is taken back.
        this.#blocks.clear();
        return [part];
      default:
        return this.#isWaiting() ? [...this.#releaseStarts(), part] : undefined;
    }
  }

  /** The answer is over, or cut off: what is held back is text after all. */
  end(): StreamPart[] {
    const parts = [...this.#blocks].flatMap(([id, block]) => this.#release(id, block));
    this.#blocks.clear();
    return parts;
  }

  #isWaiting(): boolean {
    for (const { state, start } of this.#blocks.values()) if (state === 'start' && start) return true;
    return false;
  }

  /** A block whose text has not begun keeps its place before whatever else begins. */
  #releaseStarts(): StreamPart[] {
    const parts: StreamPart[] = [];
    for (const block of this.#blocks.values()) {
      if (block.state !== 'start' || !block.start) continue;
      parts.push(block.start);
      Object.assign(block, { start: undefined, isAnnounced: true });
    }
    return parts;
  }

  #open(part: Extract<TextPart, { type: 'text-start' }>): StreamPart[] {
    const before = this.#blocks.get(part.id);
    this.#blocks.delete(part.id);
    const parts = [...(before ? this.#release(part.id, before) : []), ...this.#releaseStarts()];
    this.#blocks.set(part.id, newBlock(part));
    return parts;
  }

  #write(part: TextDelta): StreamPart[] | undefined {
    const block = this.#blocks.get(part.id) ?? newBlock();
    this.#blocks.set(part.id, block);
    if (block.state === 'text') return undefined;
    const text = block.held + part.delta;
    block.held = '';
    return block.state === 'thinking' ? this.#think(part.id, block, text) : this.#begin(part, block, text);
  }

  #begin(part: TextDelta, block: Block, text: string): StreamPart[] {
    const [tag, name] = OPENING.exec(text) ?? [];
    if (tag !== undefined) {
      block.state = 'thinking';
      block.closing = `</${name}>`;
      const start: StreamPart = { type: 'reasoning-start', id: thoughtOf(part.id) };
      return [...takeBack(block, part.id), start, ...this.#think(part.id, block, text.slice(tag.length))];
    }
    if (isHalfAnOpening(text)) {
      block.held = text;
      block.provider = part.providerMetadata ?? block.provider;
      return [];
    }
    return [...startOf(block), { ...withProvider(part, block), delta: text }];
  }

  #think(id: string, block: Block, text: string): StreamPart[] {
    const end = text.indexOf(block.closing);
    if (end >= 0) return this.#answer(id, block, text.slice(0, end), text.slice(end + block.closing.length));
    const safe = text.length - halfOf(text, block.closing);
    block.held = text.slice(safe);
    return thought(id, text.slice(0, safe));
  }

  #answer(id: string, block: Block, last: string, text: string): StreamPart[] {
    const parts = [...thought(id, last), { type: 'reasoning-end', id: thoughtOf(id) } as const];
    block.state = 'text';
    if (text === '') return parts;
    return [...parts, ...startOf(block), { type: 'text-delta', id, delta: text }];
  }

  #close(part: Extract<TextPart, { type: 'text-end' }>): StreamPart[] {
    const block = this.#blocks.get(part.id);
    if (!block) return [part];
    this.#blocks.delete(part.id);
    const wasThought = block.state !== 'start' && block.start !== undefined;
    const rest = this.#release(part.id, block);
    // All of it was a thought: there is no text to end.
    return wasThought ? rest : [...rest, ...startOf(block), part];
  }

  #release(id: string, block: Block): StreamPart[] {
    const { held, state } = block;
    block.held = '';
    if (state === 'thinking') return [...thought(id, held), { type: 'reasoning-end', id: thoughtOf(id) }];
    return held === '' ? [] : [...startOf(block), withProvider({ type: 'text-delta', id, delta: held }, block)];
  }
}

/** Spaces, and as much of a tag as may still become one. */
function isHalfAnOpening(text: string): boolean {
  const begun = text.trimStart();
  if (text.length - begun.length > MAX_LEAD) return false;
  return begun === '' || THOUGHT_NAMES.some((name) => `<${name}>`.startsWith(begun));
}

function withProvider(part: TextDelta, { provider }: Block): TextDelta {
  return provider && !part.providerMetadata ? { ...part, providerMetadata: provider } : part;
}

function startOf(block: Block): StreamPart[] {
  const { start } = block;
  block.state = 'text';
  block.start = undefined;
  return start ? [start] : [];
}

/** A block that has been announced and turns out to be a thought: its text is another block, after the thought. */
function takeBack(block: Block, id: string): StreamPart[] {
  if (!block.isAnnounced) return [];
  block.start = { type: 'text-start', id };
  return [{ type: 'text-end', id }];
}

function thoughtOf(id: string): string {
  return `${id}-thought`;
}

function thought(id: string, delta: string): StreamPart[] {
  return delta === '' ? [] : [{ type: 'reasoning-delta', id: thoughtOf(id), delta }];
}
