import type { Row, RowKind } from './inspector-log.js';

/** Which rows are shown: by their kind, and by a text that stands in them. */
export class RowFilter {
  readonly #hidden = new Set<RowKind>(['part', 'status']);
  #text = '';
  // A row is looked through once for each text.
  #known = new WeakMap<Row, boolean>();

  shows(kind: RowKind): boolean {
    return !this.#hidden.has(kind);
  }

  show(kind: RowKind, isShown: boolean): void {
    if (isShown) this.#hidden.delete(kind);
    else this.#hidden.add(kind);
  }

  search(text: string): void {
    this.#text = text.trim().toLowerCase();
    this.#known = new WeakMap();
  }

  readonly takes = (row: Row): boolean => this.shows(row.kind) && (this.#text === '' || this.#has(row));

  #has(row: Row): boolean {
    const known = this.#known.get(row) ?? `${row.title} ${row.detail}`.toLowerCase().includes(this.#text);
    this.#known.set(row, known);
    return known;
  }
}
