import { THOUGHT_NAMES } from './think-tags.js';
import type { StreamPart, TextPart } from '../stream-part.js';

type TextDelta = Extract<TextPart, { type: 'text-delta' }>;

const CLOSING = new RegExp(String.raw`(^|\n)[ \t]*</(?:${THOUGHT_NAMES.join('|')})>`);
const HALF_A_CLOSING = /(^|\n)[ \t]*(<(?:\/[a-z]{0,9})?)$/;

/**
 * A thought whose `<think>` stood in the prompt, as some models' templates have it: the answer begins in the middle of
 * it, and only `</think>`, at the beginning of a line, tells. What had come as text by then was reasoning.
 */
export class UnopenedThoughts {
  /** The answer's first block of text; no other one can be such a thought. */
  #id: string | undefined;
  #isOver = false;
  /** Whether what comes next begins a line. */
  #isNewLine = true;
  /** What may be half of a tag. */
  #held = '';
  /** The block that goes on behind its thought, and has no text yet. */
  #resumed: string | undefined;

  route(part: StreamPart): StreamPart[] | undefined {
    if (this.#resumed !== undefined && 'id' in part && part.id === this.#resumed) return this.#resume(part);
    if (this.#isOver) return undefined;
    switch (part.type) {
      case 'text-start':
        this.#id ??= part.id;
        return this.#id === part.id ? undefined : this.#give(part);
      case 'text-delta':
        this.#id ??= part.id;
        return this.#id === part.id ? this.#write(part) : undefined;
      case 'start':
      case 'start-step':
      case 'usage':
      case 'message-metadata':
      case 'raw':
        return undefined;
      default:
        // A block that has ended, or a thought or a call that came as such.
        return this.#give(part);
    }
  }

  end(): StreamPart[] {
    this.#isOver = true;
    const delta = this.#held;
    this.#held = '';
    return delta === '' ? [] : [{ type: 'text-delta', id: this.#id!, delta }];
  }

  #give(part: StreamPart): StreamPart[] {
    return [...this.end(), part];
  }

  #write(part: TextDelta): StreamPart[] | undefined {
    const text = this.#held === '' ? part.delta : this.#held + part.delta;
    if (!text.includes('<')) {
      if (text !== '') this.#isNewLine = text.endsWith('\n');
      return undefined;
    }
    this.#held = '';
    const closing = find(CLOSING, text, this.#isNewLine);
    if (closing) return this.#reclassify(part, text, closing.index + closing[0].length);
    const half = find(HALF_A_CLOSING, text, this.#isNewLine)?.[2] ?? '';
    this.#held = half;
    const delta = text.slice(0, text.length - half.length);
    if (delta !== '') this.#isNewLine = delta.endsWith('\n');
    return delta === '' ? [] : [{ ...part, delta }];
  }

  #reclassify(part: TextDelta, whole: string, end: number): StreamPart[] {
    const { id } = part;
    const thought = whole.slice(0, whole.lastIndexOf('<', end - 1));
    const text = whole.slice(end);
    this.#isOver = true;
    this.#resumed = id;
    const before: StreamPart[] = thought === '' ? [] : [{ ...part, delta: thought }];
    const after = text === '' ? [] : this.#resume({ type: 'text-delta', id, delta: text });
    return [...before, { type: 'text-was-reasoning', id }, ...after];
  }

  #resume(part: StreamPart): StreamPart[] {
    const id = this.#resumed!;
    this.#resumed = undefined;
    if (part.type === 'text-end') return [];
    return part.type === 'text-delta' ? [{ type: 'text-start', id }, part] : [part];
  }
}

/** A tag at the very beginning counts where a line begins there. */
function find(pattern: RegExp, text: string, isNewLine: boolean): RegExpExecArray | null {
  const found = pattern.exec(text);
  if (!found || found[1] === '\n' || isNewLine) return found;
  return pattern.exec(`x${text.slice(1)}`);
}
