import type { Artifact } from '../../message.js';
import { noteUnspaced } from '../../element/unspaced-text.js';
import type { ArtifactView } from './artifact-view.js';
import { DelimitedText } from './delimited-text.js';
import { shownText } from './shown-text.js';

/** So many rows are drawn; the next as many on request. */
const ROWS = 1000;
const MOST_COLUMNS = 200;

interface TableStrings {
  rows: (shown: number, all: number) => string;
  moreRows: string;
}

/** Comma- or tab-separated text as a table whose rows are appended as they come. */
export class TableView implements ArtifactView {
  readonly #delimiter: string;
  readonly #words: TableStrings;
  readonly #element = document.createElement('div');
  readonly #table = document.createElement('table');
  readonly #head = this.#table.createTHead();
  readonly #body = this.#table.createTBody();
  readonly #more = document.createElement('p');
  #text: DelimitedText;
  #content = '';
  #limit = ROWS;
  #openRow: HTMLTableRowElement | undefined;

  constructor(container: HTMLElement, title: string, delimiter: string, words: TableStrings) {
    this.#delimiter = delimiter;
    this.#words = words;
    this.#text = new DelimitedText(delimiter);
    this.#element.className = 'scroller';
    this.#element.tabIndex = 0;
    this.#element.setAttribute('role', 'region');
    this.#element.setAttribute('aria-label', title);
    this.#more.className = 'more';
    this.#element.append(this.#table, this.#more);
    container.append(this.#element);
  }

  update({ content, status }: Artifact): void {
    if (!content.startsWith(this.#content)) this.#restart();
    this.#text.write(content.slice(this.#content.length));
    this.#content = content;
    this.#draw(status !== 'streaming');
  }

  destroy(): void {
    this.#element.remove();
  }

  #restart(): void {
    this.#text = new DelimitedText(this.#delimiter);
    this.#content = '';
    this.#head.replaceChildren();
    this.#body.replaceChildren();
    this.#openRow = undefined;
  }

  #draw(complete: boolean): void {
    const { rows, openRow } = this.#text;
    this.#openRow?.remove();
    this.#openRow = undefined;
    if (rows[0] && this.#head.rows.length === 0) this.#head.append(rowOf(rows[0], 'th'));
    const fragment = document.createDocumentFragment();
    const limit = Math.min(rows.length - 1, this.#limit);
    for (let index = this.#body.rows.length; index < limit; index++) fragment.append(rowOf(rows[index + 1]!, 'td'));
    this.#body.append(fragment);
    if (openRow && this.#body.rows.length < this.#limit) this.#drawOpenRow(openRow, rows.length === 0);
    this.#drawMore(rows.length - 1 + (openRow ? 1 : 0), complete);
  }

  #drawOpenRow(fields: readonly string[], isHead: boolean): void {
    this.#openRow = rowOf(fields, isHead ? 'th' : 'td');
    (isHead ? this.#head : this.#body).append(this.#openRow);
  }

  #drawMore(all: number, complete: boolean): void {
    const shown = this.#body.rows.length;
    this.#more.replaceChildren(complete ? this.#words.rows(shown, Math.max(0, all)) : '');
    if (all <= this.#limit) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = this.#words.moreRows;
    button.addEventListener('click', () => {
      this.#limit += ROWS;
      this.#draw(complete);
    });
    this.#more.append(' ', button);
  }
}

function rowOf(fields: readonly string[], name: 'th' | 'td'): HTMLTableRowElement {
  const row = document.createElement('tr');
  for (const field of fields.slice(0, MOST_COLUMNS)) {
    const cell = document.createElement(name);
    cell.textContent = shownText(field);
    noteUnspaced(cell);
    if (name === 'th') Object.assign(cell, { scope: 'col', dir: 'auto' });
    else if (isNumber(field)) cell.className = 'number';
    row.append(cell);
  }
  return row;
}

function isNumber(field: string): boolean {
  return /^\s*[-+(]?[$€£¥]?\s?\d[\d.,' ]*\s?[%)]?\s*$/.test(field.slice(0, 40));
}
