import type { ConstructInfo, Drawn, MarkdownPlugin, SpanContext } from '../markdown/plugin.js';
import type Katex from 'katex';
import { copyMathML } from './mathml.js';
import { once } from './once.js';

export type { MarkdownPlugin } from '../markdown/plugin.js';

export interface MathOptions {
  /** Macros of the host's, as KaTeX takes them: `{'\\RR': '\\mathbb{R}'}`. */
  macros?: Record<string, string>;
  /** The most macros that one formula may expand. Default 1000. */
  maxExpand?: number;
  /** The largest size that a formula may ask for, in em. Default 10. */
  maxSize?: number;
}

/** A longer formula is shown as it is written. */
const LONGEST = 2500;
/** A table of more cells as well: each is some elements. */
const MOST_CELLS = 400;

let katex: typeof Katex | undefined;
let loading: Promise<typeof Katex> | undefined;

/** KaTeX, when the first formula is to be drawn. */
function load(): Promise<typeof Katex> {
  loading ??= import('katex').then(
    (module) => (katex = module.default),
    (error: unknown) => {
      // The next formula may be luckier.
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/**
 * Formulas between `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, and fenced code in the language `math`, drawn by KaTeX as MathML:
 * no style sheet, no font, no request, and read aloud by the browser itself. Prices stay prices.
 */
export function math(options: MathOptions = {}): MarkdownPlugin {
  return madeOnce(options);
}

const madeOnce = once((options: MathOptions): MarkdownPlugin => {
  const draw = (source: string, info: ConstructInfo): Drawn => drawFormula(source, info, options);
  return {
    name: 'math',
    languages: ['math'],
    spans: [
      { open: '$$', close: '$$', block: true, accepts: expecting(isDisplayed) },
      { open: '$', close: '$', accepts: expecting(isFormula) },
      { open: '\\[', close: '\\]', block: true, accepts: expecting(isBracketed) },
      { open: '\\(', close: '\\)', maxLength: 1000, accepts: expecting((content) => !isProse(content)) },
    ],
    render: (source, info) => (katex ? draw(source, info) : load().then(() => draw(source, info))),
  };
});

type Accepts = (content: string, around: SpanContext) => boolean;

/** What looks like a formula while it is still being written has KaTeX loaded: it is there when the formula is whole. */
function expecting(accepts: Accepts): Accepts {
  return (content, around) => {
    const isAccepted = accepts(content, around);
    // Where it cannot be loaded, the formula itself will tell.
    if (isAccepted && !around.whole && !katex && /[\\^_{]/.test(content)) load().catch(() => {});
    return isAccepted;
  };
}

function drawFormula(source: string, { kind, mark }: ConstructInfo, options: MathOptions): Drawn {
  if (source.length > LONGEST || source.split('&').length > MOST_CELLS) return null;
  const { macros = {}, maxExpand = 1000, maxSize = 10 } = options;
  const displayMode = kind !== 'span' || mark === '$$' || mark === '\\[';
  const drawn = document.createElement('span');
  try {
    const settings = { output: 'mathml', trust: false, strict: 'ignore', throwOnError: true } as const;
    // What a formula defines is its own.
    katex!.render(source.trim(), drawn, { ...settings, displayMode, maxExpand, maxSize, macros: { ...macros } });
  } catch {
    return null;
  }
  return copyMathML(drawn.querySelector('math'));
}

/** `$` opens a formula at a word's beginning and closes it at a word's end; what follows a price is no formula. */
function isFormula(content: string, { before, after, whole }: SpanContext): boolean {
  if (/[\p{L}\p{N}$\\]/u.test(before) || /^[\s$]|`/.test(content)) return false;
  if (isProse(content) || isPrice(content)) return false;
  return !whole || (!/\s$/.test(content) && !/^[\p{L}\p{N}$]/u.test(after));
}

function isDisplayed(content: string, { before }: SpanContext): boolean {
  if (content.startsWith('$') || content.includes('`')) return false;
  return before === '\n' || (!/[\p{L}\p{N}$\\]/u.test(before) && !isProse(content));
}

/** `\[1\]` in a line is an escaped bracket. */
function isBracketed(content: string, { before, whole }: SpanContext): boolean {
  return before === '\n' || !whole || (/[\\^_=+<>{}|/*-]/.test(content) && !isProse(content));
}

/** Two words in a row, outside of braces, are none of a formula. */
function isProse(content: string): boolean {
  let bare = content;
  for (let depth = 0; depth < 4 && bare.includes('}'); depth += 1) bare = bare.replace(/\{[^{}]*\}/g, '');
  const open = bare.indexOf('{');
  if (open >= 0) bare = bare.slice(0, open);
  return /[a-z]{3,}[ \n]+[a-z]{3,}/i.test(bare.replace(/\\[a-z]+/gi, '|'));
}

/** A number, and behind it neither its end nor an operator nor a single letter. */
function isPrice(content: string): boolean {
  const [, rest] = /^\d[\d.,]*(.*)/s.exec(content) ?? [];
  return rest !== undefined && !/^\s*(?:$|[-+*/=<>^_!|(){}\\&:]|[a-z](?![a-z]))/i.test(rest);
}
