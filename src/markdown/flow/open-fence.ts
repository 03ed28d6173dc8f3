import type { Tokens } from 'marked';
import { addBar, addDrawing, codeElementOf } from '../writing/code-block.js';
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
  #hasBar = false;
  readonly #fence: string;
  readonly #closing: RegExp;
  readonly #maybeClosing: RegExp;
  readonly #indent: number;

  private constructor(block: HTMLElement, state: DocumentState, indent: string, fence: string) {
    const char = fence.charAt(0);
    this.#block = block;
    this.#state = state;
    this.#text = new CodeText(codeElementOf(block), state.context.lineNumbers);
    this.#fence = fence;
    this.#closing = new RegExp(`^ {0,3}${char}{${fence.length},} *$`);
    this.#maybeClosing = new RegExp(`^ {0,3}${char}* *$`);
    // marked takes the indentation of the fence off its lines for backticks only.
    this.#indent = char === '`' ? indent.length : 0;
  }

  static opening(token: Tokens.Code, state: DocumentState): Opening | undefined {
    const [line, indent = '', fence = ''] = OPENING_LINE.exec(token.raw) ?? [];
    if (line === undefined || token.codeBlockStyle === 'indented') return undefined;
    return {
      token: { ...token, text: '' },
      taken: line.length,
      open: (block) => new OpenFence(block as HTMLElement, state, indent, fence),
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
      addDrawing(this.#block, this.#state.context);
    } else this.#text.showPartial(this.#maybeClosing.test(partial) ? '' : this.#dedent(partial));
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
    addDrawing(this.#block, this.#state.context);
    return { outcome: 'closed', taken: end };
  }

  #write(lines: string): void {
    if (lines === '') return this.#text.showPartial('');
    this.#state.context.onCode();
    if (!this.#hasBar) addBar(this.#block, this.#state.context);
    this.#hasBar = true;
    this.#text.append(
      this.#indent === 0 ? lines : lines.replace(/^[^\n]+|(?<=\n)[^\n]+/g, (line) => this.#dedent(line)),
    );
  }

  #dedent(line: string): string {
    if (this.#indent === 0) return line;
    const leading = /^\s+/.exec(line)?.[0].length ?? 0;
    return line.slice(Math.min(leading, this.#indent));
  }
}
