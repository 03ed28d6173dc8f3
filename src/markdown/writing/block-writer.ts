import type { Token, Tokens } from 'marked';
import type { DirectiveToken } from '../source/directives.js';
import type { FootnoteToken } from '../source/footnote-syntax.js';
import type { ConstructToken } from '../source/syntax.js';
import { alertOf } from '../source/alert-name.js';
import { makeAlert } from './alerts.js';
import { createBar, createCodeBlock } from './code-block.js';
import { createConstruct, createPending } from './construct.js';
import { createDirective } from './directive.js';
import { drawNote } from './footnotes.js';
import { elementWithText, withDirection, withSide, withSideOfFirst } from './elements.js';
import type { Departure } from './inline-writer.js';
import {
  MAX_RAW_DEPTH,
  createCheckbox,
  createRawElement,
  findsDirection,
  makeRoomForNumbers,
  writeInline,
} from './inline-writer.js';
import { readRawHtml } from '../source/raw-html.js';
import type { RawOpening } from '../source/raw-html.js';
import type { RenderContext } from './render-context.js';
import { childrenOf } from '../source/tokens.js';
import { noteUnspaced } from '../../element/unspaced-text.js';

/** Where a writer stood: what had been written to each level, and which elements raw HTML had left open. */
export interface Mark {
  level: number;
  counts: number[];
  open: { element: Element; children: number }[];
}

const NONE: readonly string[] = [];

/**
 * Writes block tokens as nodes that are not in the page yet. Raw HTML may open an element in one block and close it in
 * a later one, so the nodes go to levels: level 0 is the flow's own element, each further level an element that settled
 * blocks have left open.
 */
export class BlockWriter {
  readonly #levels: Node[][];
  readonly #directed = new Set<HTMLElement>();
  /** Items and quotes, what is in one before it: they go by what has a direction in them. */
  readonly #sided: (() => void)[] = [];
  readonly #context: RenderContext;
  #level: number;
  readonly #open: Element[] = [];
  /** Raw closing tags inside a list item or quote do not reach the elements outside of it. */
  #scope = 0;
  #levelTags: readonly string[];

  constructor(context: RenderContext, levelTags: readonly string[]) {
    this.#context = context;
    this.#levelTags = levelTags;
    this.#levels = levelTags.map(() => []);
    this.#level = levelTags.length - 1;
  }

  /** What has been written: to be asked for at the end. */
  get levels(): Node[][] {
    this.#directed.forEach(withDirection);
    this.#directed.clear();
    for (const decide of this.#sided.splice(0)) decide();
    return this.#levels;
  }

  mark(): Mark {
    return {
      level: this.#level,
      counts: this.#levels.map((nodes) => nodes.length),
      open: this.#open.map((element) => ({ element, children: element.childNodes.length })),
    };
  }

  write(tokens: readonly Token[]): void {
    for (const token of tokens) this.writeToken(token);
  }

  /** Writes one block; returns the nodes that it wrote, or none where a block of raw HTML moved the place. */
  writeToken(token: Token): readonly Node[] {
    const place = this.#place();
    const start = place.length;
    if (token.type === 'html') {
      this.textOf(this.rawHtml((token as Tokens.HTML).text));
      return [];
    }
    if (token.type === 'directive') {
      this.#directive(token as DirectiveToken);
      return [];
    }
    if (token.type === 'footnote') return this.#footnote(token as FootnoteToken);
    const outside = this.#writeBlock(token);
    const nodes = Array.prototype.slice.call(place, start) as Node[];
    return outside ? [...nodes, ...outside] : nodes;
  }

  /** The list of nodes that the next one joins. */
  #place(): ArrayLike<Node> {
    return this.#open.at(-1)?.childNodes ?? this.#levels[this.#level]!;
  }

  /** Returns what it wrote outside of the element that was open, where its text ended that. */
  #writeBlock(token: Token): readonly Node[] | void {
    switch (token.type) {
      case 'hr':
        return this.#block(document.createElement('hr'));
      case 'heading':
        return this.#leaf(`h${(token as Tokens.Heading).depth}`, token);
      case 'paragraph':
        return this.#leaf('p', token);
      case 'text':
        return this.#bareText(token as Tokens.Text);
      case 'code':
        return this.#block(createCodeBlock(token as Tokens.Code, this.#context));
      case 'blockquote':
        return this.#quote(token as Tokens.Blockquote);
      case 'list':
        return this.#list(token as Tokens.List);
      case 'checkbox':
        this.append(createCheckbox((token as Tokens.Checkbox).checked, this.#context));
        return this.text(' ');
      case 'table':
        return this.#table(token as Tokens.Table);
      case 'construct':
        return this.#block(createConstruct(token as ConstructToken, this.#context));
      case 'pending':
        return this.#block(createPending());
    }
  }

  append(node: Node): void {
    const parent = this.#open.at(-1);
    if (parent) parent.append(node);
    else this.#levels[this.#level]!.push(node);
  }

  /** Text of its own node: a block never writes into the text of the one before it. */
  text(text: string): void {
    this.append(document.createTextNode(text));
  }

  /** The text that raw HTML ends in, where it has some. */
  textOf(html: string): void {
    if (html !== '') this.text(html);
  }

  listItem(item: Tokens.ListItem): void {
    const element = document.createElement('li');
    if (item.task) element.className = 'task';
    this.append(element);
    this.#within(element, () => this.write(item.tokens));
    this.#sided.push(() => withSide(element));
    this.text('\n');
  }

  row(cells: readonly Tokens.TableCell[]): void {
    const row = document.createElement('tr');
    row.append('\n');
    for (const cell of cells) row.append(this.#cell(cell), '\n');
    this.append(row);
    this.text('\n');
  }

  #block(element: Element): void {
    this.append(element);
    this.text('\n');
  }

  #leaf(tag: string, token: Token): readonly Node[] | void {
    const element = document.createElement(tag);
    const departures = writeInline(element, childrenOf(token) ?? [], this.#context, this.#rawTags());
    this.#block(withDirection(element));
    if (departures.length > 0) return this.#depart(departures);
  }

  /** The elements that raw HTML has opened around the next block, from the inside out. */
  #rawTags(): readonly string[] {
    if (this.#level === 0 && this.#open.length === this.#scope) return NONE;
    const inside = this.#open.slice(this.#scope).map(({ localName }) => localName);
    return [...(this.#scope === 0 ? this.#levelTags.slice(1, this.#level + 1) : NONE), ...inside].toReversed();
  }

  /** Ends elements in the text of a block: what follows the end of each stands in the element around that. */
  #depart(departures: readonly Departure[]): readonly Node[] {
    const nodes: Node[] = [];
    for (const { tag, content } of departures) {
      this.#close(tag);
      const written = [...content.childNodes];
      for (const node of written) this.append(node);
      nodes.push(...written);
    }
    const end = document.createTextNode('\n');
    this.append(end);
    return [...nodes, end];
  }

  /** Text directly in a list item, without a paragraph of its own. */
  #bareText(token: Tokens.Text): void {
    const holder = document.createElement('span');
    writeInline(holder, token.tokens ?? [token], this.#context);
    const nodes = [...holder.childNodes];
    for (const node of nodes) this.append(node);
  }

  #quote(token: Tokens.Blockquote): void {
    const element = document.createElement('blockquote');
    const alert = alertOf(token);
    if (alert) makeAlert(element, alert, this.#context.strings);
    element.append('\n');
    this.append(element);
    this.#within(element, () => this.write(token.tokens));
    this.#sided.push(() => withSideOfFirst(element));
    this.text('\n');
  }

  #list(token: Tokens.List): void {
    const element = document.createElement(token.ordered ? 'ol' : 'ul');
    if (token.ordered && token.start !== 1) element.setAttribute('start', String(token.start));
    makeRoomForNumbers(element).append('\n');
    this.append(element);
    this.#within(element, () => {
      for (const item of token.items) this.listItem(item);
    });
    this.text('\n');
  }

  #table(token: Tokens.Table): void {
    const table = document.createElement('table');
    const head = document.createElement('thead');
    table.append('\n', head, '\n');
    head.append('\n');
    this.append(this.#tableBlock(table));
    this.#within(head, () => this.row(token.header));
    if (token.rows.length > 0) {
      const body = document.createElement('tbody');
      table.append(body);
      this.#within(body, () => {
        for (const row of token.rows) this.row(row);
      });
    }
    this.text('\n');
  }

  #tableBlock(table: HTMLElement): HTMLElement {
    const block = document.createElement('div');
    block.className = 'table-block';
    block.setAttribute('part', 'table');
    const { strings, onScroller } = this.#context;
    const scroll = document.createElement('div');
    scroll.className = 'table-scroll';
    scroll.append(table);
    onScroller(scroll);
    const actions = [
      ['copy-csv', strings.copyTableAsCsv] as const,
      ['copy-markdown', strings.copyTableAsMarkdown] as const,
    ];
    block.append(createBar('table-bar', actions), scroll);
    return block;
  }

  #cell(cell: Tokens.TableCell): HTMLElement {
    const element = document.createElement(cell.header ? 'th' : 'td');
    if (cell.align) element.setAttribute('align', cell.align);
    writeInline(element, cell.tokens, this.#context);
    noteUnspaced(element);
    return withDirection(element);
  }

  #within(element: Element, write: () => void): void {
    const outer = this.#scope;
    this.#scope = this.#open.push(element);
    write();
    this.#open.length = this.#scope - 1;
    this.#scope = outer;
  }

  /** A note goes to the notes, and not into the flow. Returns what was written of it. */
  #footnote({ label, tokens }: FootnoteToken): readonly Node[] {
    const item = this.#context.footnotes.itemFor(label);
    if (!item) return [];
    const writer = new BlockWriter(this.#context, ['']);
    writer.write(tokens);
    const [nodes = []] = writer.levels;
    drawNote(item, nodes);
    return nodes;
  }

  /** A directive around blocks opens an element as raw HTML does, and its end closes the nearest one. */
  #directive(token: DirectiveToken): void {
    if (token.form === 'close') {
      const left = this.#closeNearest((tag) => tag.includes('-'));
      if (!left) this.#block(withDirection(elementWithText('p', token.raw.trim())));
      return;
    }
    if (token.form === 'open' && this.#depth >= MAX_RAW_DEPTH)
      return this.#block(withDirection(elementWithText('p', token.raw.trim())));
    const element = createDirective(token, this.#context);
    this.append(element);
    if (token.form === 'open') this.#open.push(element);
    else this.text('\n');
  }

  /**
   * Writes raw HTML but for the text at its end, which what follows may go on with. `before`: such text of what stood
   * before it, which `head` stands for where it is read.
   */
  rawHtml(html: string, before = '', head = ''): string {
    let text = before;
    for (const piece of readRawHtml(html, head)) {
      if (piece.type === 'text') text += piece.text;
      else if (piece.type === 'open' && this.#depth >= MAX_RAW_DEPTH) text += piece.source;
      else {
        this.textOf(text);
        text = piece.type === 'close' ? this.#close(piece.tag) : this.#openRaw(piece);
      }
    }
    return text;
  }

  /** The elements in each other that may be closed here: a quote or an item counts anew, as it is read by itself where it is long. */
  get #depth(): number {
    return this.#scope === 0 ? this.#level + this.#open.length : this.#open.length - this.#scope;
  }

  /** Opens an element; returns the text that stands for it, which is none. */
  #openRaw({ tag, attributes, empty }: RawOpening): string {
    // A link ends where the next one begins.
    if (tag === 'a') this.#close(tag);
    const element = createRawElement(tag, attributes, this.#context);
    if (findsDirection(tag, attributes)) this.#directed.add(element);
    if (tag === 'table' || tag === 'pre') this.#context.onScroller(element);
    this.append(element);
    if (!empty) this.#open.push(element);
    return '';
  }

  /** Closes the nearest open element of this name; a tag that closes nothing is returned as the text to show. */
  #close(tag: string): string {
    return this.#closeNearest((each) => each === tag) ? '' : `</${tag}>`;
  }

  /** Closes the nearest open element of which this is true; false where there is none. */
  #closeNearest(isIt: (tag: string) => boolean): boolean {
    const index = this.#open.findLastIndex((element, at) => at >= this.#scope && isIt(element.localName));
    if (index >= 0) {
      this.#open.length = index;
      return true;
    }
    const level = this.#scope === 0 ? this.#levelTags.findLastIndex((tag, at) => at <= this.#level && isIt(tag)) : 0;
    if (level <= 0) return false;
    this.#open.length = 0;
    this.#level = level - 1;
    return true;
  }
}
