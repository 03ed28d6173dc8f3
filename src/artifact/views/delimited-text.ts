/**
 * Reads comma- or tab-separated text as it comes (RFC 4180, and what is found in the wild: bare carriage returns, quotes
 * within a field). Rows that are complete never change; the last one may still grow.
 */
export class DelimitedText {
  readonly #delimiter: string;
  readonly #rows: string[][] = [];
  #row: string[] = [];
  #field = '';
  #quoted = false;
  // A quote within quotes either ends them or, followed by another, stands for itself.
  #quotePending = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The complete rows. */
  get rows(): readonly (readonly string[])[] {
    return this.#rows;
  }

  /** The row that is being written, if anything of it is there. */
  get openRow(): readonly string[] | undefined {
    return this.#row.length > 0 || this.#field !== '' ? [...this.#row, this.#field] : undefined;
  }

  write(text: string): void {
    for (const character of text) this.#take(character);
  }

  #take(character: string): void {
    if (this.#quoted) this.#takeQuoted(character);
    else if (this.#quotePending) this.#takeAfterQuote(character);
    else if (character === '"' && this.#field === '') this.#quoted = true;
    else if (character === this.#delimiter) this.#endField();
    else if (character === '\n' || character === '\r') this.#takeLineEnd();
    else this.#field += character;
  }

  #takeQuoted(character: string): void {
    if (character !== '"') this.#field += character;
    else {
      this.#quoted = false;
      this.#quotePending = true;
    }
  }

  #takeAfterQuote(character: string): void {
    this.#quotePending = false;
    if (character === '"') {
      this.#field += '"';
      this.#quoted = true;
    } else if (character === this.#delimiter) this.#endField();
    else if (character === '\n' || character === '\r') this.#takeLineEnd();
    else this.#field += character;
  }

  #takeLineEnd(): void {
    // A blank line is no row, and so the second half of a CR LF is none.
    if (this.#row.length === 0 && this.#field === '') return;
    this.#endField();
    this.#rows.push(this.#row);
    this.#row = [];
  }

  #endField(): void {
    this.#row.push(this.#field);
    this.#field = '';
  }
}
