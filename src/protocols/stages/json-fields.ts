/** What a piece of JSON text adds to the fields of its outermost object. */
export type FieldPiece =
  /** More of a field's text. */
  | { field: string; delta: string }
  /** A field's text, complete. */
  | { field: string; text: string };

type Place = 'before' | 'key' | 'colon' | 'value' | 'string' | 'nested' | 'after';

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);

/** A field that only names something is never this long; past it no more of its text is kept. */
const MAX_KEPT = 4096;

/**
 * Reads the text fields of a JSON object while its text is still being written, however it is cut: in the middle of a
 * field, of an escape, of `\uXXXX`. Fields that are not text, and what is inside them, are passed over.
 */
export class JsonFields {
  #place: Place = 'before';
  #depth = 0;
  #inString = false;
  /** An escape that is not complete yet: `\`, or `\u` and some of its digits. */
  #escape = '';
  #key = '';
  #kept = '';
  #delta = '';

  feed(text: string): FieldPiece[] {
    const pieces: FieldPiece[] = [];
    for (let at = 0; at < text.length; at += 1) this.#take(text[at]!, pieces);
    this.#flush(pieces);
    return pieces;
  }

  #take(char: string, pieces: FieldPiece[]): void {
    switch (this.#place) {
      case 'before':
        if (char === '{') this.#place = 'after';
        return;
      case 'after':
        if (char === '"') this.#begin('key');
        return;
      case 'key':
        if (this.#readString(char)) this.#place = 'colon';
        return;
      case 'colon':
        if (char === ':') this.#place = 'value';
        return;
      case 'value':
        return this.#beginValue(char);
      case 'string':
        if (this.#readString(char)) this.#endField(pieces);
        return;
      case 'nested':
        return this.#passOver(char);
    }
  }

  #begin(place: 'key' | 'string'): void {
    this.#place = place;
    this.#kept = '';
    this.#delta = '';
    if (place === 'key') this.#key = '';
  }

  #beginValue(char: string): void {
    if (/\s/.test(char)) return;
    if (char === '"') return this.#begin('string');
    this.#place = 'nested';
    this.#depth = 0;
    this.#inString = false;
    this.#passOver(char);
  }

  /** A number, a list, an object: to the comma after it. */
  #passOver(char: string): void {
    if (this.#inString) {
      if (this.#escape) this.#escape = '';
      else if (char === '\\') this.#escape = char;
      else if (char === '"') this.#inString = false;
    } else if (char === '"') this.#inString = true;
    else if (char === '{' || char === '[') this.#depth += 1;
    else if (char === '}' || char === ']') this.#depth -= 1;
    else if (char === ',' && this.#depth === 0) this.#place = 'after';
  }

  /** Whether the string is over. */
  #readString(char: string): boolean {
    if (this.#escape) this.#readEscape(char);
    else if (char === '\\') this.#escape = char;
    else if (char === '"') return true;
    else this.#add(char);
    return false;
  }

  #readEscape(char: string): void {
    this.#escape += char;
    if (this.#escape[1] !== 'u') this.#add(ESCAPES.get(char) ?? char);
    else if (this.#escape.length < 6) return;
    else this.#add(String.fromCharCode(Number.parseInt(this.#escape.slice(2), 16) || 0));
    this.#escape = '';
  }

  #add(text: string): void {
    if (this.#place === 'key') this.#key += text;
    else this.#delta += text;
  }

  /** Half of a surrogate pair waits for its other half. */
  #flush(pieces: FieldPiece[]): void {
    if (this.#place !== 'string' || this.#delta === '') return;
    const isHalf = /[\uD800-\uDBFF]$/.test(this.#delta);
    const delta = isHalf ? this.#delta.slice(0, -1) : this.#delta;
    this.#delta = isHalf ? this.#delta.slice(-1) : '';
    this.#give(delta, pieces);
  }

  #give(delta: string, pieces: FieldPiece[]): void {
    if (delta === '') return;
    if (this.#kept.length < MAX_KEPT) this.#kept += delta;
    pieces.push({ field: this.#key, delta });
  }

  #endField(pieces: FieldPiece[]): void {
    this.#give(this.#delta, pieces);
    pieces.push({ field: this.#key, text: this.#kept });
    this.#place = 'after';
    this.#delta = '';
  }
}
