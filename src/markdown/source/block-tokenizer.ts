import { Tokenizer } from 'marked';
import type { Token, Tokens } from 'marked';
import { readAlertName } from './alert-name.js';
import { startsFootnote } from './footnote-syntax.js';
import { rules } from './grammar.js';
import type { ReadingState, Syntax } from './syntax.js';
import { plainParagraph } from './tokens.js';

/** Quotes and lists nested deeper than this are shown as the text that they are written in. */
const MAX_DEPTH = 20;

const MIN_TANGLED = 2000;
const MAX_TANGLED = 1_000_000;

const QUOTE = /^ {0,3}>/;
/** What a list begins with. */
const BULLET = /^ {0,3}(?:[*+-]|\d{1,9}[.)])(?:[ \t\n]|$)/;

const NOTHING = { before: 0, behind: 0 };

/** The lines that an underline below them would make a heading: marked's rule for one, up to there. */
const UNDERLINABLE = new RegExp(
  rules.block.lheading.source.replace('((?:.|\\n', '((?:.+|\\n').replace(/\+\?\)\\n \{0,3\}\(=.*$/, '+)'),
);

const MAX_COLUMNS = 500;

/** Cells that a table may have beyond one for five characters: short cells, and short rows that are filled up. */
const MAX_SHORT_CELLS = 4000;
const MIN_CELL = 5;

/** marked's reading of blocks, with what is none of marked's, and without what would take too long or too deep. */
export class BlockTokenizer extends Tokenizer implements ReadingState {
  /** How many quotes and lists stand around what is being read. */
  depth = 0;
  /** A block could not be read and stays text. */
  failed = false;
  syntax!: Syntax;
  final = true;
  lineIsOpen = false;
  /** All of what is being read, and the type of the block right before it. */
  whole = '';
  before: string | undefined;
  /** What the whole source ends with: a block can wait for more only where it reaches there. */
  end = '';
  /** Blocks whose end is still to come. */
  pending: Token[] = [];
  /** The depth of the whole, and that a line inside of it was taken for its last one and may be another, which reads the same. */
  outermost = 0;
  isUnsure = false;
  /** Lines below which no underline comes, by how much of what is read now was left before and behind them. */
  notUnderlined = NOTHING;

  /** What is read next stands first in a quote. */
  #isFirstInQuote = false;

  /** Begins to read another source; returns what is known of the one around it. */
  enter(): typeof NOTHING {
    const outer = this.notUnderlined;
    this.notUnderlined = NOTHING;
    return outer;
  }

  /** A block that is none of marked's. */
  ownBlock(source: string): Token | undefined {
    const name = this.#isFirstInQuote ? readAlertName(source) : undefined;
    this.#isFirstInQuote = false;
    if (name) return name;
    const reading = this.syntax.readBlock(source, this);
    if (reading !== 'open') return reading;
    const token: Token = { type: 'pending', raw: source };
    this.pending.push(token);
    return token;
  }

  readonly reachesEnd = (source: string): boolean => {
    const line = lastLine(source);
    if (!this.end.endsWith(line)) return false;
    // Inside a list or quote nothing tells where in the whole a line stands.
    if (this.depth > this.outermost) this.isUnsure ||= isBeforeLast(line, this.end);
    else return this.end.endsWith(source.trimEnd());
    return true;
  };

  /** Where a block that is none of marked's ends the paragraph at the start of the source. */
  ownStart(source: string): number {
    return this.syntax.findBlock(source, this);
  }

  readonly readBlocks = (source: string): Token[] =>
    this.#nested(() => this.lexer.blockTokens(source, [])) ?? [plainParagraph(source)];

  override blockquote(source: string): Tokens.Blockquote | undefined {
    if (!QUOTE.test(source)) return undefined;
    const tangled = tangledQuote(source);
    if (tangled === undefined) {
      const text = this.#untilOwnLine(source);
      // What stands before the quote is not before the lists in it: marked would take it for that, and fail.
      return this.#nested(() => {
        this.lexer.state.lastToken = undefined;
        this.#isFirstInQuote = true;
        return super.blockquote(text);
      });
    }
    this.failed = true;
    return plainParagraph(tangled) as unknown as Tokens.Blockquote;
  }

  override list(source: string): Tokens.List | undefined {
    if (!BULLET.test(source)) return undefined;
    const text = this.#untilOwnLine(source);
    return this.#nested(() => super.list(text));
  }

  /** A wide head over many short rows is a small text and a huge table: it stays text. */
  override table(source: string): Tokens.Table | undefined {
    const end = source.indexOf('\n');
    if (end < 0 || !isDelimiterRow(source, end + 1)) return undefined;
    const [table] = this.rules.block.table.exec(source) ?? [];
    if (table === undefined) return undefined;
    if (isInflated(table)) {
      this.failed = true;
      // All of it: from its second line on it may be read as a table again, and from its third.
      return plainParagraph(table.replace(/\n+$/, '')) as unknown as Tokens.Table;
    }
    return super.table(source);
  }

  /** A tag on a line of its own begins no block where it would end a paragraph, be that settled or not. */
  override html(source: string): Tokens.HTML | undefined {
    if (this.before === 'paragraph' && source === this.whole) this.lexer.state.lastToken = plainParagraph('');
    return super.html(source);
  }

  /** In an item each line is asked for, and would look through all of those below it for its underline. */
  override lheading(source: string): Tokens.Heading | undefined {
    const { length } = source;
    if (length < this.notUnderlined.before && length > this.notUnderlined.behind) return undefined;
    const heading = super.lheading(source);
    if (!heading) {
      const lines = UNDERLINABLE.exec(source)?.[0].length ?? 0;
      this.notUnderlined = { before: length, behind: length - lines };
      return undefined;
    }
    const end = this.ownStart(source);
    return end < 0 ? heading : super.lheading(source.slice(0, end));
  }

  /**
   * marked lets the title of a definition go on over blank lines, across any blocks; CommonMark does not. A note in an
   * item or a quote is none, and stays what it says: as the definition of a label nobody would see it.
   */
  override def(source: string): Tokens.Def | undefined {
    if (!/^ {0,3}\[/.test(source) || startsFootnote(source)) return undefined;
    const definition = super.def(source);
    // Looked for in it alone: to look through all that follows, for each line, takes too long.
    const blank = definition?.raw.search(/\n[ \t]*\n/) ?? -1;
    return blank < 0 ? definition : super.def(source.slice(0, blank + 1));
  }

  /** A list or quote ends where a line of ours stands at the margin, even without a blank one. */
  #untilOwnLine(source: string): string {
    return source.slice(0, this.syntax.endOfContainer(source, this));
  }

  #nested<Block>(read: () => Block | undefined): Block | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    const { state, inlineQueue } = this.lexer;
    const { top, lastToken } = state;
    const queued = inlineQueue.length;
    this.depth += 1;
    try {
      return read();
    } catch {
      // Some continuations of a quote in a list make marked fail: the block stays text.
      this.failed = true;
      Object.assign(state, { top, lastToken });
      inlineQueue.length = queued;
      return undefined;
    } finally {
      this.depth -= 1;
      this.#isFirstInQuote = false;
    }
  }
}

/** Each line that goes on with a quote without its marker has marked read what is before it again. */
function tangledQuote(source: string): string | undefined {
  const quote = rules.block.blockquote.exec(source)?.[0] ?? '';
  if (quote.length < MIN_TANGLED) return undefined;
  const lazy = quote.split('\n').filter((line) => !/^ {0,3}>/.test(line)).length;
  return lazy * quote.length > MAX_TANGLED ? quote.replace(/\n+$/, '') : undefined;
}

/** Inside a list or quote a line has lost its beginning. */
function lastLine(source: string): string {
  const text = source.trimEnd();
  return text.slice(text.lastIndexOf('\n') + 1).trimStart();
}

/** What may stand before the content of a line: markers of quotes, items and notes. */
const MARKERS = /^(?:[\s>*+-]|\d+[.)]|\[[^[\]\n]*\][:\s])*$/;

/** Whether a line like this one, markers apart, stands somewhere before the last line. */
function isBeforeLast(line: string, text: string): boolean {
  for (let at = text.indexOf(`${line}\n`); at >= 0; at = text.indexOf(`${line}\n`, at + 1))
    if (MARKERS.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))) return true;
  return false;
}

function isDelimiterRow(source: string, start: number): boolean {
  const end = source.indexOf('\n', start);
  return /^[ \t|:-]+$/.test(source.slice(start, end < 0 ? undefined : end));
}

function isInflated(table: string): boolean {
  const lines = table.trimEnd().split('\n');
  return isInflatedBy(table, lines.length - 2, table.length - lines[0]!.length - lines[1]!.length - 2);
}

/** The same for a table of which only the head, the number of rows and their length are at hand. */
export function isInflatedBy(head: string, rows: number, length: number): boolean {
  const columns = head.slice(0, head.indexOf('\n')).split('|').length;
  return columns > MAX_COLUMNS || columns * rows > MAX_SHORT_CELLS + length / MIN_CELL;
}
