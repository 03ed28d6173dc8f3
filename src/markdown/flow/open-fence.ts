import type { Tokens } from 'marked';
import { addBar, codeElementOf, completeCode } from '../writing/code-block.js';
import { CodeText } from '../writing/code-text.js';
import type { DocumentState } from './document-state.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';

const OPENING_LINE = /^( {0,3})(`{3,}|~{3,})[^\n]*\n/;

/** A fenced code block: its lines are text and nothing else, so neither marked nor a sanitizer needs to see them. */
export class OpenFence implements OpenBlock {
  readonly mayReopen = true;
  readonly #block: HTMLElement;
  readonly #state: DocumentState;
  readonly #text: CodeText;
  #hasBar: boolean;
  readonly #fence: string;
  readonly #closing: RegExp;
  readonly #maybeClosing: RegExp;
  readonly #indent: number;

  /** `lines`: how many of its lines are drawn. */
  private constructor(block: HTMLElement, state: DocumentState, { indent, fence }: Fence, lines: number) {
    const char = fence.charAt(0);
    this.#block = block;
    this.#state = state;
    this.#hasBar = lines > 0;
    this.#text = new CodeText(codeElementOf(block), state.context.lineNumbers, lines);
    this.#fence = fence;
    this.#closing = closingOf(fence);
    this.#maybeClosing = new RegExp(`^ {0,3}${char}* *$`);
    this.#indent = indent;
  }

  static opening(token: Tokens.Code, state: DocumentState): Opening | undefined {
    const [line, space = '', fence = ''] = OPENING_LINE.exec(token.raw) ?? [];
    if (line === undefined) return undefined;
    // marked takes the indentation of the fence off its lines for backticks only.
    const indent = fence.startsWith('`') ? space.length : 0;
    // In a quote or an item it is drawn already: what the reader has scrolled to or selected in it stays.
    const lines = linesOf(token.raw.slice(line.length), fence);
    return {
      token: { ...token, text: dedent(lines, indent), open: true } as Tokens.Code,
      taken: line.length + lines.length,
      open: (block) => new OpenFence(block as HTMLElement, state, { indent, fence }, countLines(lines)),
    };
  }

  advance(source: string, final: boolean): Advance {
    const closing = this.#findClosing(source, final);
    if (closing) return this.#close(source, ...closing);
    const at = source.lastIndexOf('\n') + 1;
    const partial = source.slice(at);
    this.#write(source.slice(0, at));
    if (final) {
      this.#write(partial === '' ? '' : `${partial}\n`);
      completeCode(this.#block, this.#state.context);
    } else this.#text.showPartial(this.#maybeClosing.test(partial) ? '' : dedentLine(partial, this.#indent));
    return final ? { outcome: 'closed', taken: source.length } : { outcome: 'open', taken: at };
  }

  /** Where the line that closes the block begins and ends; the last line of all needs no line break. */
  #findClosing(source: string, final: boolean): [start: number, end: number] | undefined {
    for (let at = source.indexOf(this.#fence); at >= 0;) {
      const start = source.lastIndexOf('\n', at) + 1;
      const lineEnd = source.indexOf('\n', at);
      if (lineEnd < 0 && !final) return undefined;
      const end = lineEnd < 0 ? source.length : lineEnd;
      if (this.#closing.test(source.slice(start, end))) return [start, end];
      at = source.indexOf(this.#fence, end);
    }
    return undefined;
  }

  #close(source: string, contentEnd: number, end: number): Advance {
    this.#write(source.slice(0, contentEnd));
    completeCode(this.#block, this.#state.context);
    return { outcome: 'closed', taken: end };
  }

  #write(lines: string): void {
    if (lines === '') return this.#text.showPartial('');
    this.#state.context.onCode();
    if (!this.#hasBar) addBar(this.#block, this.#state.context);
    this.#hasBar = true;
    this.#text.append(dedent(lines, this.#indent));
  }
}

interface Fence {
  /** How many spaces are taken off each line. */
  indent: number;
  fence: string;
}

function closingOf(fence: string): RegExp {
  return new RegExp(`^ {0,3}${fence.charAt(0)}{${fence.length},} *$`);
}

/** The whole lines of code up to the end of what has come, or to the line that closes the block. */
function linesOf(source: string, fence: string): string {
  const closing = new RegExp(closingOf(fence).source, 'm').exec(source);
  const end = closing ? closing.index : source.length;
  return source.slice(0, source.lastIndexOf('\n', end - 1) + 1);
}

function countLines(lines: string): number {
  return lines.split('\n').length - 1;
}

function dedent(lines: string, indent: number): string {
  return indent === 0 ? lines : lines.replace(/^[^\n]+|(?<=\n)[^\n]+/g, (line) => dedentLine(line, indent));
}

function dedentLine(line: string, indent: number): string {
  if (indent === 0) return line;
  const leading = /^\s+/.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(leading, indent));
}
