import type { Token, Tokens } from 'marked';
import type { DocumentState } from './document-state.js';
import { countMarks } from '../source/density.js';
import { isCostly, isTooMuch } from '../source/inline-budget.js';
import { mayEndLeaf, writeInline } from '../writing/inline-writer.js';
import { awaitDefinitions } from './late-block.js';
import type { Piece } from './late-block.js';
import { goOn, inPage, morphChildren, textBehind } from '../writing/morph.js';
import { UNREADABLE } from './open-block.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';
import { shownSource } from '../source/pending-line.js';
import { mayBeDefinition, settledCount } from '../source/settled.js';
import { splitInline } from '../source/split-inline.js';
import { isElement, isText } from '../../element/node-kinds.js';

/** Stands for the settled beginning of the paragraph, so that what follows is read as going on with it, or with its last line. */
const HEAD = 'x';

const LETTER = /\p{L}/u;

/** With a partner, these change how text looks, and nothing that could be hidden in it or lead somewhere. */
const EMPHASIS = /[*_~]/;
/** One that may open or close something: an underscore in a word does not. */
const SIGN = /[*~]|\b_|_\b/;
/** What may be a bare address, which ends where emphasis does. */
const ADDRESS = /www\.|:\/\/|@/i;

/**
 * A tag with text behind it in its line, which therefore is the beginning of no block of HTML; a row of bars that the
 * line below it makes the head of no table.
 */
const BEGINS_TEXT = /^\s*(?:<(?:[^<>"']|"[^"]*"|'[^']*')+>[ \t]*\S|\|.*\n.*[^\s|:-])/;
/** A bracket, and what may have it be none. */
const BRACKET = /\\[[\\`<]|[[\]`<]/g;

type Reading = Pick<Piece, 'top' | 'loose' | 'depth'>;

/**
 * A long paragraph, or the text of an item: its beginning is settled at a space, up to where nothing that follows can
 * change how it is read. A delimiter that has no partner yet stays a hazard: when another of its kind comes, all of it is
 * read from the start. For signs of emphasis that is when it is a quarter longer, and at its end: each line may have one.
 */
export class OpenParagraph implements OpenBlock {
  readonly #state: DocumentState;
  readonly #element: Element;
  /** What stands before it in its element. */
  readonly #before: Node | null;
  readonly #reading: Reading;
  /**
   * The settled beginning of the source and its last character, for which the whole of it would be copied; the last node
   * but one of what stands for it, and how much of the last text is settled.
   */
  #settled = '';
  #lastChar = '';
  #after: Node | null;
  #held = 0;
  #hazards = '';
  /** A tag in it is open, or was when it settled: a link behind that may be none. */
  #inTag = false;
  /** A sign of emphasis has come that may be the partner of one that has settled. */
  #isStale = false;
  /** How long all of it was when it was last read from its start. */
  #startedAt = 0;
  /** The direction of what has settled is known. */
  #hasSide = false;
  /** Signs of markup in it, and of what is drawn beside markdown's own. */
  #signs = 0;
  #marks = 0;
  /** Source that the flow has given away already and that is not settled here any more. */
  #unread = '';
  /** Where the paragraph ends in what was read last. */
  #end = 0;

  private constructor(state: DocumentState, element: Element, before: Node | null, reading: Reading) {
    this.#state = state;
    this.#element = element;
    this.#before = this.#after = before;
    this.#reading = reading;
  }

  static opening(
    token: Tokens.Paragraph | Tokens.Text,
    state: DocumentState,
    { depth, loose }: Pick<Piece, 'depth' | 'loose'>,
  ): Opening | undefined {
    if (/^\s*[<|]/.test(token.raw) && !BEGINS_TEXT.test(token.raw)) return undefined;
    // A label that is open has a bracket in what settles, which is read from the start when it closes.
    if (token.raw.includes(']') && mayBeDefinition(token.raw)) return undefined;
    if (isCostly(token.text) || state.context.syntax.isCrowded(token.text)) return undefined;
    if (mayEndLeaf(token.raw) || 'plain' in token || !token.raw.startsWith(token.text)) return undefined;
    const reading = { top: token.type === 'paragraph', loose, depth };
    return { token, taken: 0, open: (element, before) => new OpenParagraph(state, element, before, reading) };
  }

  advance(source: string, final: boolean): Advance {
    if (this.#mustStartAgain(source, final)) this.#startAgain();
    const start = this.#settled.length;
    const unread = this.#unread + source;
    if (start === 0) this.#startedAt = unread.length;
    const outcome = this.#read(unread, final);
    if (outcome === 'stale') {
      this.#startAgain();
      return this.advance(source, final);
    }
    if (outcome !== 'open') {
      const taken = this.#end - this.#unread.length;
      // Read from its start again, it may end before what the flow has given away.
      return outcome === 'unreadable' || taken < 0 ? UNREADABLE : { outcome, taken };
    }
    const moved = this.#settled.length - start;
    const taken = Math.max(0, moved - this.#unread.length);
    this.#unread = this.#unread.slice(moved);
    return { outcome, taken };
  }

  #mustStartAgain(source: string, final: boolean): boolean {
    // A translator or the page has put something else there.
    if (this.#held > 0 && !this.#heldText) return true;
    for (const char of this.#hazards) {
      if (char === ']' ? !closesBracket(source) : !source.includes(char)) continue;
      if (!EMPHASIS.test(char)) return true;
      this.#isStale = true;
    }
    if (!this.#isStale) return false;
    const length = this.#settled.length + this.#unread.length + source.length;
    return final || length >= 1.25 * this.#startedAt || hasSignInAddress(source);
  }

  #startAgain(): void {
    this.#unread = this.#settled + this.#unread;
    this.#settled = this.#lastChar = this.#hazards = '';
    this.#signs = this.#marks = this.#held = 0;
    this.#inTag = false;
    this.#isStale = false;
    this.#after = this.#before;
    // The letter that it went by may be none of its text any more.
    this.#setSide('auto');
    this.#hasSide = false;
  }

  #read(unread: string, final: boolean): Advance['outcome'] | 'stale' {
    const head = this.#lastChar && HEAD + this.#lastChar;
    const shown = final ? head + unread : shownSource(head + unread, 'text');
    if (shown.length <= head.length) return final ? this.#close(0) : 'open';
    const lexed = this.#state.lex({ ...this.#reading, source: shown, final, inTag: this.#inTag });
    const [first] = lexed.tokens;
    if (first?.type !== (this.#reading.top ? 'paragraph' : 'text')) return 'unreadable';
    const paragraph = first as Tokens.Paragraph;
    // Lines of code that marked joined to it have lost their indentation: places in its text are none of the source.
    if (!paragraph.raw.startsWith(paragraph.text)) return 'unreadable';
    const closed = final || settledCount(lexed, shown) > 0;
    if (closed && this.#isStale) return 'stale';
    if (this.#isUnreadable(paragraph.text, head.length, closed)) return 'unreadable';
    this.#draw(withoutHead(paragraph.tokens, head.length), paragraph.text.slice(head.length), closed);
    return closed ? this.#close(paragraph.raw.length - head.length, paragraph.raw.slice(head.length)) : 'open';
  }

  #isUnreadable(text: string, head: number, closed: boolean): boolean {
    // So many elements in one leaf are not even to be shown for a while.
    if (isTooMuch(text, this.#signs)) return true;
    if (mayEndLeaf(text) || this.#state.context.syntax.isCrowded(text, this.#marks)) return true;
    return closed && this.#mustBeWhole(text.slice(head));
  }

  #close(end: number, rest = ''): Advance['outcome'] {
    this.#end = end;
    const source = this.#settled + rest;
    awaitDefinitions(this.#state, { ...this.#reading, kind: 'block', source }, this.#nodes);
    this.#state.uses.add(source);
    return 'closed';
  }

  /** Its last text, of which the beginning is settled, as long as that stands there. */
  get #heldText(): Text | undefined {
    return textBehind(this.#element, this.#after, this.#held);
  }

  /** Text of its own in an item, and no paragraph. */
  get #isBare(): boolean {
    return !this.#reading.top && !this.#reading.loose;
  }

  get #nodes(): Node[] {
    return this.#isBare ? nodesBehind(this.#element, this.#before) : [this.#element, this.#element.nextSibling!];
  }

  #mustBeWhole(rest: string): boolean {
    const text = this.#settled + rest;
    const uses = this.#state.uses.of(text);
    uses.add(text);
    return (
      isCostly(text) ||
      this.#state.context.syntax.isCrowded(text) ||
      !uses.exceededIn(text, this.#state.links).next().done
    );
  }

  #draw(tokens: Token[], source: string, closed: boolean): void {
    const split = closed ? undefined : splitInline(tokens, source, this.#state.context.syntax.reach);
    const kept = this.#write(split ? split.before : []);
    const open = this.#write(split ? split.after : tokens);
    // More text may join the last text: it stays open with what follows.
    const text = isText(kept.at(-1)) ? (kept.pop() as Text).data : '';
    prependText(open, text);
    const isSideKnown = !this.#hasSide && (LETTER.test(text) || kept.some(hasLetterOfIts));
    this.#place([...kept, ...open]);
    if (isSideKnown) this.#keepSide();
    if (closed) this.#setSide('auto');
    if (!split) return;
    if (kept.length > 0) {
      this.#after = inPage(kept.at(-1)!);
      this.#held = 0;
    }
    this.#held += text.length;
    const settled = source.slice(0, split.at);
    this.#settled += settled;
    this.#lastChar = settled.at(-1)!;
    this.#signs += countMarks(settled);
    this.#marks += this.#state.context.syntax.countMarks(settled);
    this.#hazards += split.hazards;
    this.#inTag ||= split.inTag === true;
  }

  /** Puts nodes behind what has settled, a text at their start into the text that is held open there. */
  #place(nodes: ChildNode[]): void {
    const held = this.#held > 0 ? this.#heldText : undefined;
    if (held) {
      if (!isText(nodes[0])) nodes.unshift(document.createTextNode(''));
      goOn(held, nodes.shift() as Text, this.#held);
    }
    morphChildren(this.#element, held ?? this.#after, nodes);
  }

  /** Its first letter has settled: a browser would look for it again, and through all that follows, with each drawing. */
  #keepSide(): void {
    this.#hasSide = true;
    this.#setSide(this.#element.matches(':dir(rtl)') ? 'rtl' : 'ltr');
  }

  #setSide(side: 'auto' | 'ltr' | 'rtl'): void {
    if (!this.#isBare && this.#hasSide) (this.#element as HTMLElement).dir = side;
  }

  #write(tokens: Token[]): ChildNode[] {
    const holder = document.createElement('p');
    writeInline(holder, tokens, this.#state.context);
    return [...holder.childNodes];
  }
}

/** Whether a bracket closes in it that was opened before: one that is certain to be the partner of another in it does not. */
function closesBracket(source: string): boolean {
  let open = 0;
  for (const [sign] of source.matchAll(BRACKET)) {
    if (sign === '[') open += 1;
    else if (sign !== ']') open = 0;
    else if (open === 0) return true;
    else open -= 1;
  }
  return false;
}

function hasSignInAddress(source: string): boolean {
  return source.split(/\s/).some((word) => SIGN.test(word) && ADDRESS.test(word));
}

/** Whether a block goes by a letter in this node: what has a direction of its own, as code has, does not count. */
function hasLetterOfIts(node: Node): boolean {
  if (!isElement(node)) return LETTER.test(node.textContent!);
  return !node.matches('[dir], bdi') && [...node.childNodes].some(hasLetterOfIts);
}

function nodesBehind(parent: Node, before: Node | null): Node[] {
  const nodes: Node[] = [];
  for (let node = before ? before.nextSibling : parent.firstChild; node; node = node.nextSibling) nodes.push(node);
  return nodes;
}

function withoutHead(tokens: Token[], length: number): Token[] {
  const [first, ...rest] = tokens;
  if (length === 0 || !first) return tokens;
  const text = (first as Tokens.Text).text.slice(length);
  return text === '' ? rest : [{ ...first, raw: first.raw.slice(length), text } as Token, ...rest];
}

function prependText(nodes: ChildNode[], text: string): void {
  if (text === '') return;
  const [first] = nodes;
  if (isText(first)) first.data = text + first.data;
  else nodes.unshift(document.createTextNode(text));
}
