import type { Tokens } from 'marked';
import { isInflatedBy } from '../source/block-tokenizer.js';
import { BlockWriter } from '../writing/block-writer.js';
import { Cursor } from '../writing/cursor.js';
import type { DocumentState } from './document-state.js';
import { awaitDefinitions } from './late-block.js';
import { UNREADABLE } from './open-block.js';
import type { Advance, OpenBlock, Opening } from './open-block.js';
import { shownSource } from '../source/pending-line.js';

/** A table with many rows: all but the last are settled, and the head is read again with it to know the columns. */
export class OpenTable implements OpenBlock {
  readonly #state: DocumentState;
  readonly #head: string;
  readonly #depth: number;
  /** Rows and characters that are settled. */
  #rows = 0;
  #length = 0;
  #isDrawn = false;
  readonly #tableHead: HTMLTableSectionElement;
  readonly #cursor: Cursor;

  private constructor(state: DocumentState, head: string, table: HTMLTableElement, depth: number) {
    this.#state = state;
    this.#head = head;
    this.#depth = depth;
    this.#tableHead = table.tHead!;
    this.#cursor = new Cursor(table.tBodies[0]!);
  }

  static opening(token: Tokens.Table, state: DocumentState, depth: number): Opening | undefined {
    const head = /^[^\n]*\n[^\n]*\n/.exec(token.raw)?.[0];
    const settled = lineCount(token.raw) - 3;
    if (head === undefined || settled < 1 || settled !== token.rows.length - 1) return undefined;
    return {
      token,
      taken: head.length,
      open: (block) => new OpenTable(state, head, block.querySelector('table')!, depth),
    };
  }

  advance(source: string, final: boolean): Advance {
    const shown = final ? source : shownSource(source, 'table');
    const lexed = this.#state.lex({ source: this.#head + shown, top: true, final, depth: this.#depth });
    this.#state.noteSimplified(lexed);
    const [table, ...after] = lexed.tokens;
    if (table?.type !== 'table' || !isWhole(table as Tokens.Table)) return UNREADABLE;
    const length = this.#length + shown.length;
    if (isInflatedBy(this.#head, this.#rows + (table as Tokens.Table).rows.length, length)) return UNREADABLE;
    const closed = final || after.length > 0;
    this.#draw(table as Tokens.Table, closed);
    this.#rows += (table as Tokens.Table).rows.length - 1;
    const end = closed ? table.raw.length : startOfLastRow(table as Tokens.Table);
    this.#length += end - this.#head.length;
    return { outcome: closed ? 'closed' : 'open', taken: end - this.#head.length };
  }

  #draw(table: Tokens.Table, closed: boolean): void {
    const writer = new BlockWriter(this.#state.context, this.#cursor.tags);
    const last = table.rows.length - (closed ? 0 : 1);
    const lines = table.raw.split('\n').slice(2);
    const nodes = writer.levels[0]!;
    // Before a row is counted: the head comes first.
    if (!this.#isDrawn) this.#await('head', this.#head, [this.#tableHead.rows[0]!, this.#tableHead.lastChild!]);
    this.#isDrawn = true;
    const ranges = table.rows.map((row) => {
      const start = nodes.length;
      writer.row(row);
      return nodes.slice(start);
    });
    this.#cursor.draw(writer, { level: 0, counts: [2 * last], open: [] });
    for (let index = 0; index < last; index += 1) {
      const line = lines[index]!;
      if (line.includes('[')) this.#await('row', `${this.#head}${line}`, ranges[index]!);
      this.#countUses(table.rows[index]!);
    }
    // The head is read again with each row: it counts when the last was.
    if (closed) this.#countUses(table.header);
  }

  #await(kind: 'head' | 'row', source: string, nodes: readonly Node[]): void {
    awaitDefinitions(this.#state, { kind, source, top: true, loose: false, depth: this.#depth }, nodes);
  }

  #countUses(cells: readonly Tokens.TableCell[]): void {
    for (const { text } of cells) this.#state.uses.add(text);
  }
}

/** Every line below the head is a row, so that each can be read by itself. */
function isWhole(table: Tokens.Table): boolean {
  return table.rows.length > 0 && lineCount(table.raw) - 2 === table.rows.length;
}

function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function startOfLastRow(table: Tokens.Table): number {
  return table.raw.replace(/\n$/, '').lastIndexOf('\n') + 1;
}
