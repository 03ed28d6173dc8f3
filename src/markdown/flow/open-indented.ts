import type { Tokens } from 'marked';
import { rules } from '../source/grammar.js';
import { codeElementOf } from '../writing/code-block.js';
import { CodeText } from '../writing/code-text.js';
import type { DocumentState } from './document-state.js';
import { UNREADABLE } from './open-block.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';

/** As many lines as are code, with the blank ones between them. */
const LINES = /^(?:(?:[ \t]*\n)*(?: {4}| {0,3}\t)[ \t]*[^ \t\n][^\n]*(?:\n|$))*/;

/** A block that its indentation makes code. Where it has ended, it is read as a whole once more: what ends it is marked's. */
export class OpenIndented implements OpenBlock {
  readonly #text: CodeText;

  private constructor(text: CodeText) {
    this.#text = text;
  }

  static opening(token: Tokens.Code, { context }: DocumentState): Opening | undefined {
    const taken = wholeLines(token.raw);
    const text = dedent(token.raw.slice(0, taken));
    if (text === '') return undefined;
    return {
      token: { ...token, text, open: true } as Tokens.Code,
      taken,
      open: (block) =>
        new OpenIndented(new CodeText(codeElementOf(block), context.lineNumbers, text.split('\n').length - 1)),
    };
  }

  advance(source: string, final: boolean): Advance {
    const lines = LINES.exec(source)![0];
    if (final || source.slice(lines.length).trim() !== '') return UNREADABLE;
    const taken = wholeLines(lines);
    this.#text.append(dedent(lines.slice(0, taken)));
    this.#text.showPartial(dedent(lines.slice(taken)));
    return { outcome: 'open', taken };
  }
}

function wholeLines(source: string): number {
  return source.lastIndexOf('\n') + 1;
}

function dedent(lines: string): string {
  return lines.replace(rules.other.codeRemoveIndent, '');
}
