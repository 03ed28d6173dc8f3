/**
 * JSON whose text is still being written, ended where it is: open strings, lists and objects are closed, a literal that
 * has begun is written out, and what says nothing yet (half a key, a key without a value, half an escape) is left away.
 */
export function closeJson(text: string): string {
  return new Closing(text).read();
}

const LITERALS = ['true', 'false', 'null'];
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/;
const TOKEN = /[^\s,:[\]{}"]+/y;

class Closing {
  readonly #text: string;
  #at = 0;
  /** Up to here the text can stand, followed by `#rest` and what closes the open lists and objects. */
  #end = 0;
  #rest = '';
  readonly #open: string[] = [];
  #isKey = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): string {
    while (this.#at < this.#text.length) this.#step(this.#text[this.#at]!);
    return this.#text.slice(0, this.#end) + this.#rest + this.#open.toReversed().join('');
  }

  #step(char: string): void {
    if (char === '"') return this.#readString();
    if (char === '{' || char === '[') return this.#begin(char);
    if (char === '}' || char === ']') {
      this.#open.pop();
      return this.#keep(this.#at + 1);
    }
    TOKEN.lastIndex = this.#at;
    const [token] = TOKEN.exec(this.#text) ?? [];
    if (token !== undefined) return this.#readToken(token);
    if (char === ',') this.#isKey = this.#open.at(-1) === '}';
    else if (char === ':') this.#isKey = false;
    this.#at += 1;
  }

  #begin(char: string): void {
    this.#open.push(char === '{' ? '}' : ']');
    this.#isKey = char === '{';
    this.#keep(this.#at + 1);
  }

  #keep(end: number, rest = ''): void {
    this.#at = Math.max(this.#at + 1, end);
    this.#end = end;
    this.#rest = rest;
  }

  /** A key stands once its value has begun. */
  #readString(): void {
    const [end, isClosed] = this.#endOfString();
    if (this.#isKey) this.#at = isClosed ? end : this.#text.length;
    else this.#keep(end, isClosed ? '' : '"');
    if (!isClosed) this.#at = this.#text.length;
  }

  /** Behind the closing quote, or in front of an escape that is not all there. */
  #endOfString(): [number, boolean] {
    const text = this.#text;
    for (let at = this.#at + 1; at < text.length; at += 1) {
      if (text[at] === '"') return [at + 1, true];
      if (text[at] !== '\\') continue;
      const length = text[at + 1] === 'u' ? 6 : 2;
      if (at + length > text.length) return [at, false];
      at += length - 1;
    }
    return [text.length, false];
  }

  #readToken(token: string): void {
    const end = this.#at + token.length;
    if (end < this.#text.length) return this.#keep(end);
    const literal = LITERALS.find((one) => one.startsWith(token));
    const [number] = NUMBER.exec(token) ?? [];
    if (literal !== undefined) this.#keep(end, literal.slice(token.length));
    else if (number !== undefined) this.#keep(this.#at + number.length);
    this.#at = end;
  }
}
