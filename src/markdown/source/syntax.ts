import type { Token, Tokens } from 'marked';
import type { MarkdownPlugin } from '../plugin.js';
import { DirectiveReader, type Directives, type SyntaxReading } from './directives.js';
import { readGivenPlugins } from './given-plugins.js';
import { readFootnote, readFootnoteReference, startsFootnote } from './footnote-syntax.js';
import { SpanReader } from './span-reader.js';

/** A span or block of a plugin's syntax. */
export interface ConstructToken extends Tokens.Generic {
  type: 'construct';
  plugin: MarkdownPlugin;
  kind: 'span' | 'block';
  mark: string;
  source: string;
}

/** How a text is being read, as its lexer knows it. */
export interface ReadingState {
  /** Nothing follows the source. */
  readonly final: boolean;
  /** More may follow on the last line. */
  readonly lineIsOpen: boolean;
  /** How many quotes, lists and notes stand around. */
  readonly depth: number;
  /** Whether this text goes on to the end of the whole that is being read. */
  reachesEnd(source: string): boolean;
  /** The blocks of a text inside of what is being read. */
  readBlocks(text: string): Token[];
}

const AT_MARGIN = /^(?:::|\[\^)/;
/** What a line of a list begins with behind a blank one. */
const GOES_ON = /[\s*+\d-]/;

/** A reference to a note is shorter than this. */
const MIN_LOOK = 200;

const NOTE_MARK = /\[\^/.source;
const DIRECTIVE_MARK = /:[a-z][\w-]{0,40}[[{]/.source;
/** Marks of references, directives and what plugins draw, in one leaf: each may be some elements of their own. */
const MAX_MARKS = 1000;

/** What is read beside marked's own markdown: footnotes always, plugins and directives where the host has set some. */
export class Syntax {
  /** Characters that an inline construct can begin with. */
  readonly inlineStarts: string;
  /** The most characters that one inline construct takes: further from the end of a text none is undecided. */
  readonly reach: number;
  readonly #spans: readonly SpanReader[];
  readonly #directives: DirectiveReader | undefined;
  readonly #languages = new Map<string, MarkdownPlugin>();
  readonly #blockStarts: string;
  readonly #stops: RegExp;
  readonly #marks: RegExp;

  constructor(given: readonly MarkdownPlugin[] = [], directives: Directives = {}) {
    const plugins = readGivenPlugins(given);
    this.#spans = plugins.flatMap((plugin) => (plugin.spans ?? []).map((span) => new SpanReader(plugin, span)));
    this.#directives = Object.keys(directives).length > 0 ? new DirectiveReader(directives) : undefined;
    for (const plugin of plugins) {
      for (const language of plugin.languages ?? []) this.#languages.set(language.toLowerCase(), plugin);
    }
    const marks = this.#spans.map(({ syntax }) => syntax.open.charAt(0));
    const directive = this.#directives ? ':' : '';
    this.inlineStarts = [...new Set(['[', ...marks, directive])].join('');
    this.#stops = new RegExp(`[\\\\<![\`*~_${[...marks, directive].join('').replace(/[\]\\^-]/g, '\\$&')}]`);
    this.#marks = new RegExp([NOTE_MARK, ...this.#drawnMarks(), ...(directive ? [DIRECTIVE_MARK] : [])].join('|'), 'g');
    this.#blockStarts = ['[', ...this.#blockSpans().map(({ syntax }) => syntax.open.charAt(0)), directive].join('');
    this.reach = Math.max(0, this.#directives?.reach ?? 0, ...this.#spans.map(({ reach }) => reach));
  }

  /** The plugin that draws fenced code of this language. */
  painterOf(language: string): MarkdownPlugin | undefined {
    return this.#languages.get(language.toLowerCase());
  }

  /** The inline construct at the start of the source. `before` is the character before it. */
  readInline(source: string, before: string, final: boolean): SyntaxReading {
    if (!this.inlineStarts.includes(source.charAt(0))) return undefined;
    if (source.startsWith('[')) return readFootnoteReference(source, final);
    for (const span of this.#spans) {
      const reading = span.read(source, before, final);
      if (reading) return reading === 'open' ? reading : spanToken(span, source, reading, 'span');
    }
    return this.#directives?.readInline(source, before, final);
  }

  /** The same without what is always there. */
  get spanStarts(): string {
    return this.inlineStarts.slice(1);
  }

  /** How much of a text is to be looked at for one inline construct. */
  get look(): number {
    return this.reach + MIN_LOOK;
  }

  get hasSpans(): boolean {
    return this.#spans.length > 0;
  }

  /** Where in a text an inline construct may begin, before a character at which marked stops by itself; -1 for nowhere. */
  findInline(source: string): number {
    if (this.inlineStarts === '[') return -1;
    const stop = source.search(this.#stops);
    return stop >= 0 && this.inlineStarts.includes(source.charAt(stop)) ? stop : -1;
  }

  /** Writes over what stands between marks, so that no delimiter is seen in it. As long as before. */
  maskSpans(text: string): string {
    let masked = '';
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const length = this.#spanLength(text, at);
      // What is behind a backslash opens nothing.
      if (length === 0 && text.charAt(at) === '\\') at += 1;
      if (length === 0) continue;
      masked += text.slice(from, at) + 'a'.repeat(length);
      from = at + length;
      at = from - 1;
    }
    return masked + text.slice(from);
  }

  #spanLength(text: string, at: number): number {
    const char = text.charAt(at);
    if (char === '[' || !this.inlineStarts.includes(char)) return 0;
    const reading = this.readInline(text.slice(at, at + this.look), text.charAt(at - 1), true);
    return reading && reading !== 'open' ? reading.raw.length : 0;
  }

  /**
   * Whether there is more to be drawn in one leaf than a browser lays out together in a moment. Told from the text alone.
   * `before`: the marks in what the leaf begins with.
   */
  isCrowded(text: string, before = 0): boolean {
    return text.length + before > MAX_MARKS && before + this.countMarks(text) > MAX_MARKS;
  }

  countMarks(text: string): number {
    return text.match(this.#marks)?.length ?? 0;
  }

  #drawnMarks(): string[] {
    const drawn = this.#spans.filter(({ syntax }) => !syntax.text);
    return drawn.map(({ syntax }) => syntax.open.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  }

  /** The block at the start of the source, which begins a line. */
  readBlock(source: string, state: ReadingState): SyntaxReading {
    const reading = this.#readBlock(source, state);
    if (reading !== 'open' || state.reachesEnd(source)) return reading;
    // It ends inside of the whole: nothing more will come to it.
    const { depth, readBlocks, reachesEnd } = state;
    return this.#readBlock(source, { final: true, lineIsOpen: false, depth, readBlocks, reachesEnd });
  }

  #readBlock(source: string, state: ReadingState): SyntaxReading {
    const start = source.slice(0, 4).search(/[^ \t]/);
    if (start < 0 || !this.#blockStarts.includes(source.charAt(start))) return undefined;
    if (source.charAt(start) === '[') return state.depth > 0 ? undefined : readFootnote(source, state.readBlocks);
    for (const span of this.#blockSpans()) {
      const reading = readBlockSpan(span, source, start, state);
      if (reading) return reading;
    }
    return this.#directives?.readBlock(source, state.lineIsOpen);
  }

  /** Where in a paragraph a block begins that ends it; -1 for nowhere. */
  findBlock(source: string, state: ReadingState): number {
    const closings = new Map<SpanReader, number>();
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
      const start = endOfSpace(source, at + 1);
      const char = source.charAt(start);
      if (char === '\n' || char === '') return -1;
      const mayStart = start - at <= 4 && this.#mayStart(source, start, char, closings, state.final);
      if (mayStart && this.startsBlock(source.slice(at + 1), char, state)) return at + 1;
    }
    return -1;
  }

  /** Where in the list or quote at the start of the source a line stands that ends it, though a paragraph would go on. */
  endOfContainer(source: string, state: ReadingState): number {
    let afterBlank = false;
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
      const char = source.charAt(at + 1);
      if (char === '\n') afterBlank = true;
      else if (AT_MARGIN.test(source.slice(at + 1, at + 3)) && this.startsBlock(source.slice(at + 1), char, state))
        return at + 1;
      else if (afterBlank && !GOES_ON.test(char)) return source.length;
      else afterBlank = false;
    }
    return source.length;
  }

  /** False where a mark at this place of the source has certainly no end. Where the next ones stand is kept for the next line. */
  #mayStart(source: string, at: number, char: string, closings: Map<SpanReader, number>, final: boolean): boolean {
    if (!this.#blockStarts.includes(char)) return false;
    const spans = this.#blockSpans().filter(({ syntax }) => syntax.open.startsWith(char));
    if (spans.length === 0 || (char === ':' && this.#directives)) return true;
    return spans.some((span) => {
      const known = closings.get(span) ?? -1;
      const end = known >= at ? known : source.indexOf(span.syntax.close, at);
      closings.set(span, end < 0 ? Infinity : end);
      return (end >= 0 && end - at <= span.blockReach) || (!final && source.length - at <= span.blockReach);
    });
  }

  startsBlock(source: string, char: string, state: ReadingState): boolean {
    if (!this.#blockStarts.includes(char)) return false;
    return char === '[' ? state.depth === 0 && startsFootnote(source) : this.readBlock(source, state) !== undefined;
  }

  #blockSpans(): SpanReader[] {
    return this.#spans.filter(({ syntax }) => syntax.block);
  }
}

function endOfSpace(source: string, from: number): number {
  let at = from;
  while (source.charAt(at) === ' ' || source.charAt(at) === '\t') at += 1;
  return at;
}

function readBlockSpan(
  span: SpanReader,
  source: string,
  start: number,
  { final, lineIsOpen }: ReadingState,
): SyntaxReading {
  const text = source.slice(start);
  const reading = span.read(text, '\n', final, true);
  if (reading === 'open') {
    // A mark of which only a part is there is no block yet.
    return text.startsWith(span.syntax.open) ? 'open' : undefined;
  }
  if (!reading) return undefined;
  const line = /^[ \t]*(?:\n|$)/.exec(text.slice(reading.length))?.[0];
  if (line === undefined) return undefined;
  // More may follow it on its line.
  if (!line.endsWith('\n') && lineIsOpen) return 'open';
  const token = spanToken(span, text, reading, 'block');
  return { ...token, raw: source.slice(0, start + reading.length + line.length) };
}

function spanToken(
  { plugin, syntax }: SpanReader,
  source: string,
  { length, content }: { length: number; content: string },
  kind: ConstructToken['kind'],
): Token {
  const raw = source.slice(0, length);
  const text = syntax.text?.(content);
  if (text !== undefined) return { type: 'replaced', raw, text: text.replaceAll('&', '&amp;') } as Token;
  return { type: 'construct', raw, plugin, kind, mark: syntax.open, source: content } as Token;
}

export type { Directives } from './directives.js';
