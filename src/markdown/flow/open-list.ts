import type { Token, Tokens } from 'marked';
import type { LexResult } from '../source/block-lexer.js';
import type { Links } from '../source/label-uses.js';
import { BlockWriter } from '../writing/block-writer.js';
import { Cursor } from '../writing/cursor.js';
import type { DocumentState } from './document-state.js';
import { rules } from '../source/grammar.js';
import { awaitDefinitions } from './late-block.js';
import { ListItemLines } from '../source/list-item-lines.js';
import { thresholds, UNREADABLE } from './open-block.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';
import { OpenItem } from './open-item.js';
import { contextOf, shownSource } from '../source/pending-line.js';
import type { LineContext } from '../source/pending-line.js';
import { settledCount } from '../source/settled.js';
import { childrenOf, loosen, sourceLength } from '../source/tokens.js';

/** A list: all items but the last are settled. A last item that is long is a flow of blocks of its own. */
export class OpenList implements OpenBlock {
  /** A list that turns out to be loose is drawn once more as a whole, and goes on as a loose one. */
  mayReopen = true;
  readonly #state: DocumentState;
  readonly #list: Element;
  readonly #bullet: RegExp;
  readonly #loose: boolean;
  readonly #depth: number;
  #cursor: Cursor;
  #item: OpenItem | undefined;
  /** As in the flow that it stands in. */
  #lines: LineContext | undefined;

  private constructor(state: DocumentState, list: Element, token: Tokens.List, depth: number) {
    this.#state = state;
    this.#list = list;
    this.#loose = token.loose;
    this.#depth = depth;
    this.#bullet = bulletOf(token);
    this.#cursor = new Cursor(list, list.firstChild);
  }

  static opening(token: Tokens.List, state: DocumentState, depth: number): Opening | undefined {
    if (token.items.length < 2 && token.raw.length < thresholds.item) return undefined;
    return { token, taken: 0, open: (list) => new OpenList(state, list, token, depth) };
  }

  advance(source: string, final: boolean): Advance {
    if (!this.#item) return this.#readItems(source, final);
    const end = this.#item.advance(source, final, this.#bullet);
    if (end.outcome === 'unreadable') return this.#giveUp();
    if (!this.#loose && this.#item.makesLoose(end.next)) return UNREADABLE;
    if (!end.next) return end;
    this.#item = undefined;
    this.#cursor = new Cursor(this.#list, this.#list.lastChild);
    const rest = this.#readItems(source.slice(end.taken), final);
    return { ...rest, taken: end.taken + rest.taken };
  }

  #readItems(source: string, final: boolean): Advance {
    const shown = final ? source : shownSource(source, this.#lineContext(source));
    const lexed = this.#lex(shown, final);
    this.#state.noteSimplified(lexed);
    if (lexed.undecided) return { outcome: 'open', taken: 0 };
    const [first, ...after] = lexed.tokens;
    if (first?.type !== 'list' || !this.#bullet.test(first.raw))
      return shown.trim() === '' ? { outcome: 'open', taken: 0 } : this.#giveUp();
    const list = first as Tokens.List;
    if (list.loose && !this.#loose) return UNREADABLE;
    this.#lines = contextOf(lexed.tokens, shown);
    const closed = final || after.some(({ type, raw }) => type !== 'pending' && raw.trim() !== '');
    this.#draw(list, closed, lexed.links);
    if (closed) return { outcome: 'closed', taken: list.raw.length };
    const taken = sourceLength(list.items.slice(0, -1));
    this.#openLast(list.items.at(-1)!);
    return { outcome: 'open', taken };
  }

  #giveUp(): Advance {
    this.mayReopen = false;
    return UNREADABLE;
  }

  #lineContext(source: string): LineContext {
    if (this.#lines === 'text') return 'text';
    const lines = source.slice(0, source.lastIndexOf('\n') + 1);
    return contextOf(this.#lex(lines, false).tokens, lines);
  }

  #lex(source: string, final: boolean): LexResult {
    return this.#state.lex({ source, top: true, final, depth: this.#depth });
  }

  #draw(list: Tokens.List, closed: boolean, links: Links): void {
    const settled = list.items.length - (closed ? 0 : 1);
    const writer = new BlockWriter(this.#state.context, this.#cursor.tags);
    const nodes = writer.levels[0]!;
    const ranges = list.items.map((item) => {
      const start = nodes.length;
      if (this.#loose && !list.loose) loosen(item);
      writer.listItem(item);
      return nodes.slice(start);
    });
    this.#cursor.draw(writer, { level: 0, counts: [2 * settled], open: [] });
    const items = list.items.slice(0, settled);
    this.#state.defineFrom([{ ...list, items } as Token], links);
    items.forEach((item, index) => {
      const source = item === list.items.at(-1) ? item.raw : followed(item.raw);
      const piece = { kind: 'item', source, top: true, loose: this.#loose, depth: this.#depth } as const;
      awaitDefinitions(this.#state, piece, ranges[index]!);
      this.#state.uses.addBlocks(item.tokens);
    });
  }

  #openLast(last: Tokens.ListItem): void {
    if (last.raw.length < thresholds.item || !ListItemLines.canRead(last)) return;
    const box = last.task ? boxOf(last) : undefined;
    if (last.task && !(box && this.#isReadBehind(box, last))) return;
    const element = this.#list.lastElementChild as HTMLElement;
    this.#item = new OpenItem(this.#state, element, { loose: this.#loose, box, depth: this.#depth + 1 });
  }

  /** Whether a task's text is one without its box, too, whatever comes: it has ended. */
  #isReadBehind(box: Tokens.Checkbox, { text, tokens }: Tokens.ListItem): boolean {
    const own = tokens.find(({ type }) => type !== 'checkbox');
    const alone = this.#state.lex({ source: text, top: false, final: false, depth: this.#depth + 1 });
    const [first] = alone.tokens;
    if (first?.type !== 'text' || settledCount(alone, text) === 0) return false;
    return own?.raw === first.raw || own?.raw === box.raw + first.raw;
  }
}

/** The box of a task stands before its text, or in the paragraph that is. */
function boxOf({ tokens: [first] }: Tokens.ListItem): Tokens.Checkbox | undefined {
  const token = first?.type === 'checkbox' ? first : first && childrenOf(first)?.[0];
  return token?.type === 'checkbox' ? (token as Tokens.Checkbox) : undefined;
}

/** Marked trims the last item of a list: one that is not the last must not be read alone. */
function followed(item: string): string {
  return `${item}${/^ {0,3}(?:[*+-]|\d{1,9}[.)])/.exec(item)?.[0]} x`;
}

/** The bullets that go on with this list: the same sign, or numbers with the same delimiter. */
function bulletOf(list: Tokens.List): RegExp {
  const bullet = /^ {0,3}(?:([*+-])|\d{1,9}([.)]))/.exec(list.raw)!;
  return rules.other.listItemRegex(bullet[1] ? `\\${bullet[1]}` : `\\d{1,9}\\${bullet[2]}`);
}
