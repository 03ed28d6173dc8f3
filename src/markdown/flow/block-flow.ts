import type { Token, Tokens } from 'marked';
import type { LabelUses } from '../source/label-uses.js';
import type { LexResult } from '../source/block-lexer.js';
import { BlockWriter } from '../writing/block-writer.js';
import { Cursor } from '../writing/cursor.js';
import type { DocumentState } from './document-state.js';
import { awaitDefinitions } from './late-block.js';
import type { Flow, FlowOptions } from './flow.js';
import type { OpenBlock, Opening } from './open-block.js';
import { openingOf } from './openings.js';
import { PlainTail } from './plain-tail.js';
import { contextOf, shownSource, withoutSpaceAtEnd } from '../source/pending-line.js';
import type { LineContext } from '../source/pending-line.js';
import { settledCount } from '../source/settled.js';
import { childrenOf, deepestLast, sourceLength } from '../source/tokens.js';

/**
 * Its unsettled source always begins where a block does. At each frame marked reads it, the blocks that can no longer
 * change are settled, and the rest is drawn again over itself. A long block is handed to an `OpenBlock`, which settles
 * its lines, items or rows as they come, so that no block is read again and again as a whole.
 */
export class BlockFlow implements Flow {
  spaced = false;
  readonly #state: DocumentState;
  readonly #options: FlowOptions;
  #cursor: Cursor;
  #top: boolean;
  #source = '';
  #open: OpenBlock | undefined;
  /** Where the open block began, for the case that it must be read again as a whole. */
  #origin:
    | { cursor: Cursor; source: string; pieces: number; uses: LabelUses; top: boolean; before: string | undefined }
    | undefined;
  /** An open block that could not be read piece by piece, even when tried again, is read as a whole from then on. */
  #whole = false;
  #reopened = false;
  /** What the lines drawn last end in; undefined where others have drawn what stands here. */
  #lines: LineContext | undefined;
  /** The box of a task, until the text has settled that it stands in front of. */
  #box: Tokens.Checkbox | undefined;
  /** The type of the block that has settled last. */
  #before: string | undefined;
  /** How much of the source was looked at when it was drawn last, and how that ends if all of it is shown. */
  #drawn = -1;
  #tail: PlainTail | undefined;

  constructor(state: DocumentState, element: Element, options: FlowOptions) {
    this.#state = state;
    this.#options = options;
    this.#top = options.top;
    this.#box = options.box;
    this.#lines = options.depth > 0 ? undefined : 'text';
    this.#cursor = new Cursor(element, options.after ?? null);
  }

  append(source: string): void {
    this.#source += source;
  }

  /** Draws what has come. `final`: nothing more will. */
  render(final: boolean): void {
    if (!final && !this.#open && this.#appendWords()) return;
    do {
      while (this.#open) if (!this.#advance(this.#open, final)) return;
      this.#draw(final);
    } while (this.#open);
  }

  /** Plain words behind plain words need not be read, nor blank lines behind a blank one. */
  #appendWords(): boolean {
    if (this.#source.length === this.#drawn) return true;
    const added = this.#source.slice(Math.max(0, this.#drawn));
    const isBlank = /^[ \t\n]*$/.test(added) && /\n[ \t]*\n[ \t]*$/.test(this.#source.slice(0, -added.length));
    if (!isBlank && !this.#tail?.append(added)) return false;
    this.#drawn = this.#source.length;
    return true;
  }

  /** Lets the open block take what is its own; false while that is all there is. */
  #advance(open: OpenBlock, final: boolean): boolean {
    const { outcome, taken } = open.advance(this.#source, final);
    if (outcome === 'unreadable') {
      this.#readWhole(open);
      return true;
    }
    this.#origin!.source += this.#source.slice(0, taken);
    this.#source = this.#source.slice(taken);
    if (outcome === 'open') return false;
    // Of bare text the nodes that were drawn first may be gone.
    this.#cursor.settleAll();
    this.#open = undefined;
    this.#origin = undefined;
    return true;
  }

  #readWhole(open: OpenBlock): void {
    const origin = this.#origin!;
    this.#state.forgetPieces(origin.pieces);
    this.#state.uses = origin.uses;
    this.#cursor = origin.cursor;
    this.#top = origin.top;
    this.#before = origin.before;
    this.#source = origin.source + this.#source;
    this.#lines = undefined;
    this.#whole = this.#reopened || !open.mayReopen;
    this.#reopened = true;
    this.#open = undefined;
    this.#origin = undefined;
  }

  #draw(final: boolean): void {
    const source = final ? this.#source : shownSource(this.#source, this.#lineContext());
    const lexed = this.#lex(source, final);
    const { tokens } = lexed;
    this.#state.noteSimplified(lexed);
    this.#lines = contextOf(tokens, source);
    this.spaced ||= tokens.some((token) => token.type === 'space' && /\n.*\n/.test(token.raw));
    const settled = final ? tokens.length : settledCount(lexed, source);
    this.#top ||= isTopBehind(tokens, settled);
    if (settled > 0) this.#whole = this.#reopened = false;
    const opening = final ? undefined : this.#openingOf(lexed, settled);
    const allShown = source.length === withoutSpaceAtEnd(this.#source).length && endsInText(tokens);
    this.#drawTokens(this.#withBox(lexed), settled, opening);
    this.#drawn = opening ? -1 : this.#source.length;
    this.#tail =
      opening || !allShown ? undefined : PlainTail.of(this.#source, this.#cursor.element, this.#state.context.syntax);
  }

  #openingOf(lexed: LexResult, settled: number): Opening | undefined {
    if (this.#whole || (this.#box && settled === 0)) return undefined;
    return openingOf(lexed, settled, this.#state, this.#options);
  }

  #drawTokens(lexed: LexResult, settled: number, opening: Opening | undefined): void {
    this.#before = lexed.tokens[settled - 1]?.type ?? this.#before;
    if (opening) this.#drawOpening(lexed, settled, opening);
    else this.#drawSettled(lexed, settled);
    if (settled > 0) this.#box = undefined;
  }

  /** What the lines before an unfinished one belong to. Told anew where lines have come since the last drawing. */
  #lineContext(): LineContext {
    if (this.#lines === 'text') return 'text';
    const lines = this.#source.slice(0, this.#source.lastIndexOf('\n') + 1);
    return contextOf(this.#lex(lines, false).tokens, lines);
  }

  #lex(source: string, final: boolean): LexResult {
    return this.#state.lex({ source, top: this.#top, final, depth: this.#options.depth, before: this.#before });
  }

  /** A text of a loose item is drawn as a paragraph, but stays what it was read as: it does not go on as one does. */
  #asDrawn(token: Token): Token {
    if (!this.#options.loose || token.type !== 'text') return token;
    const paragraph = { ...token, type: 'paragraph' } as Tokens.Paragraph;
    return 'box' in token ? { ...paragraph, tokens: [token.box as Token, ...paragraph.tokens] } : paragraph;
  }

  /** The box stands in front of the first text of all. */
  #withBox(lexed: LexResult): LexResult {
    const [first, ...rest] = lexed.tokens;
    return this.#box && first ? { ...lexed, tokens: [{ ...first, box: this.#box } as Token, ...rest] } : lexed;
  }

  #drawSettled({ tokens, links }: LexResult, count: number): void {
    const settled = tokens.slice(0, count);
    this.#state.context.footnotes.beginDrawing();
    const writer = new BlockWriter(this.#state.context, this.#cursor.tags);
    const ranges = settled.map((token) => writer.writeToken(this.#asDrawn(token)));
    const mark = writer.mark();
    for (const token of tokens.slice(count)) writer.writeToken(this.#asDrawn(token));
    this.#cursor.draw(writer, mark);
    this.#settle(settled, ranges, links);
    this.#source = this.#source.slice(sourceLength(settled));
  }

  #drawOpening({ tokens, links }: LexResult, count: number, opening: Opening): void {
    const settled = tokens.slice(0, count);
    const start = sourceLength(settled);
    this.#state.context.footnotes.beginDrawing();
    const before = new BlockWriter(this.#state.context, this.#cursor.tags);
    const ranges = settled.map((token) => before.writeToken(this.#asDrawn(token)));
    const mark = before.mark();
    const drawn = this.#asDrawn(opening.token);
    before.writeToken(drawn);
    const whole = before.mark();
    const cursor = this.#cursor.clone();
    this.#cursor.draw(before, whole);
    cursor.settle(before, mark);
    this.#settle(settled, ranges, links);
    const { element, settled: last } = this.#cursor;
    if (drawn.type === 'html') this.#cursor = cursor.clone();
    this.#open =
      drawn.type === 'text'
        ? opening.open(element, cursor.settled, this.#cursor)
        : opening.open(last?.previousSibling as Element, null, this.#cursor);
    this.#origin = {
      cursor,
      pieces: this.#state.countPieces(),
      uses: this.#state.uses.copy(),
      top: this.#top,
      before: this.#before,
      source: this.#source.slice(start, start + opening.taken),
    };
    if (opening.token.type === 'list') this.#top = true;
    this.#before = opening.token.type;
    this.#source = this.#source.slice(start + opening.taken);
  }

  #settle(tokens: Token[], ranges: (readonly Node[])[], links: LexResult['links']): void {
    const { loose = false } = this.#options;
    this.#state.defineFrom(tokens, links);
    for (const token of tokens) if (token.type === 'footnote') this.#state.context.footnotes.settle(token['label']);
    tokens.forEach((token, index) => {
      awaitDefinitions(
        this.#state,
        {
          kind: token.type === 'footnote' ? 'note' : 'block',
          source: sourceAlone(token),
          top: token.type !== 'text',
          loose,
          depth: this.#options.depth,
          box: 'box' in token ? (token.box as Tokens.Checkbox) : undefined,
        },
        ranges[index]!,
      );
      this.#state.uses.addBlocks([token]);
    });
  }
}

/** The line ends that marked trims off a table: without them, a last line of white space would be no row of it. */
function sourceAlone({ type, raw }: Token): string {
  return type === 'table' ? `${raw}\n` : raw;
}

/** After a list in it, and some quotes, marked reads the rest of a list item as it reads a document: in paragraphs. */
function isTopBehind(tokens: readonly Token[], settled: number): boolean {
  if (tokens.slice(0, settled).some(({ type }) => type === 'list' || type === 'paragraph')) return true;
  return tokens.slice(settled).find(({ type }) => type !== 'space')?.type === 'paragraph';
}

/** Whether all of the text at the end is shown, and here: what stands here instead may end with the same words. */
function endsInText(tokens: readonly Token[]): boolean {
  const last = deepestLast(tokens);
  // The text of a note stands elsewhere.
  if (!isText(last) || tokens.at(-1)?.type === 'footnote') return false;
  const shown = (childrenOf(last) ?? []).map(({ raw }) => raw).join('');
  return shown.startsWith(last.text.trimEnd());
}

function isText(token: Token | undefined): token is Tokens.Paragraph | Tokens.Text | Tokens.Heading {
  return token?.type === 'paragraph' || token?.type === 'text' || token?.type === 'heading';
}
