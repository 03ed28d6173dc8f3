import type { MarkdownPlugin, SpanSyntax } from '../plugin.js';

/** A construct that begins at the start of a text: how long it is, or that its end is still to come. */
export type Reading = { length: number; content: string } | 'open' | undefined;

const LONGEST_SPAN = 500;
const LONGEST_BLOCK = 5000;
/** In a line of text, what is undecided for longer would keep a long paragraph from being settled. */
const LONGEST_INLINE = 1000;

/** Reads text between the marks of one plugin's syntax. */
export class SpanReader {
  readonly plugin: MarkdownPlugin;
  readonly syntax: SpanSyntax;
  readonly #maxLength: number;
  readonly #maxInline: number;
  /** It is asked for each piece of a text that is being written, and told once. */
  #hasFailed = false;

  constructor(plugin: MarkdownPlugin, syntax: SpanSyntax) {
    this.plugin = plugin;
    this.syntax = syntax;
    this.#maxLength = syntax.maxLength ?? (syntax.block ? LONGEST_BLOCK : LONGEST_SPAN);
    this.#maxInline = Math.min(this.#maxLength, LONGEST_INLINE);
  }

  /** The most characters that one of these takes in a line of text. */
  get reach(): number {
    const { open, close } = this.syntax;
    return open.length + this.#maxInline + close.length + 1;
  }

  /** The same for one on lines of its own, with its indentation. */
  get blockReach(): number {
    const { open, close } = this.syntax;
    return 3 + open.length + this.#maxLength + close.length;
  }

  /** `final`: nothing follows the source, so that what has no end has none. */
  read(source: string, before: string, final: boolean, isBlock = false): Reading {
    const limit = isBlock ? this.#maxLength : this.#maxInline;
    const { open, close } = this.syntax;
    if (!source.startsWith(open)) return !final && open.startsWith(source) ? 'open' : undefined;
    const end = this.#closing(source, limit);
    if (end < 0) return final ? undefined : this.#unfinished(source, before, limit);
    const content = source.slice(open.length, end);
    const after = source.charAt(end + close.length);
    const accepted = this.#accepts(content, before, after, true);
    // What follows decides as well, and may be still to come.
    if (accepted && after === '' && !final && this.syntax.accepts) return 'open';
    return accepted ? { length: end + close.length, content } : undefined;
  }

  #closing(source: string, limit: number): number {
    const { open, close } = this.syntax;
    const near = source.slice(0, open.length + limit + close.length);
    for (let at = near.indexOf(close, open.length); at >= 0; at = near.indexOf(close, at + 1)) {
      if (!isEscaped(near, at)) return at;
    }
    return -1;
  }

  #unfinished(source: string, before: string, limit: number): Reading {
    const content = source.slice(this.syntax.open.length);
    if (content.length > limit + this.syntax.close.length) return undefined;
    return this.#accepts(content, before, '', false) ? 'open' : undefined;
  }

  #accepts(content: string, before: string, after: string, whole: boolean): boolean {
    if (/\n[ \t]*\n/.test(content) || (whole && content.trim() === '')) return false;
    const { syntax } = this;
    try {
      if (whole && syntax.text && typeof syntax.text(content) !== 'string') return false;
      return syntax.accepts?.(content, { before, after, whole }) ?? true;
    } catch (error) {
      // What a plugin cannot read stays as it was written, and the text around it is drawn.
      if (!this.#hasFailed) console.warn('A markdown plugin could not read:', error);
      this.#hasFailed = true;
      return false;
    }
  }
}

/** Behind an odd number of backslashes a mark is none. */
function isEscaped(source: string, at: number): boolean {
  let backslashes = 0;
  while (source.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
