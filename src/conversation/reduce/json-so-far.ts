/** Nothing has come that says anything: half a key, a key without its value, a sign without a digit. */
const NOTHING = Symbol('nothing');

const LITERALS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** As much of a number as says something already. */
const NUMBER_SO_FAR = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/;
const BLANK = /[ \t\n\r]/;
const TOKEN_CHAR = /[-+.\w]/;

const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;

/** What may come next. */
type Place = 'value' | 'first-value' | 'first-key' | 'key' | 'colon' | 'next' | 'string' | 'token' | 'broken';

/** A list or an object that is still open, and the key that its next value is for. */
interface Open {
  container: unknown[] | Record<string, unknown>;
  key: string;
}

/**
 * JSON while it is being written (RFC 8259): what has come of it, at every moment and however it is cut. An open string,
 * list or object is what it holds so far, a literal that has begun is that literal. Each character is read once; a look
 * at the value costs a shallow copy of the lists and objects that are open, since values that were given do not change.
 */
export class JsonSoFar {
  #place: Place = 'value';
  readonly #open: Open[] = [];
  /** The string or token that is being read. */
  #text = '';
  #isKey = false;
  /** An escape that is not all there. */
  #escape = '';
  #whole: unknown = NOTHING;

  /** False once it can no longer become JSON. */
  get isJson(): boolean {
    return this.#place !== 'broken';
  }

  /** Undefined where nothing has come yet. */
  get value(): unknown {
    let value = this.#open.length === 0 && this.#whole !== NOTHING ? this.#whole : this.#pending();
    for (const { container, key } of this.#open.toReversed()) {
      const copy = Array.isArray(container) ? container.slice() : { ...container };
      if (value !== NOTHING) put(copy, key, value);
      value = copy;
    }
    return value === NOTHING ? undefined : value;
  }

  feed(text: string): void {
    let at = 0;
    while (at < text.length && this.#place !== 'broken') at = this.#step(text, at);
  }

  /** Gives where to go on. */
  #step(text: string, at: number): number {
    if (this.#place === 'string') return this.#escape === '' ? this.#readString(text, at) : this.#readEscape(text, at);
    if (this.#place === 'token') return this.#readToken(text, at);
    const char = text[at]!;
    if (!BLANK.test(char)) this.#take(char);
    return at + 1;
  }

  #take(char: string): void {
    switch (this.#place) {
      case 'first-value':
        return char === ']' ? this.#close() : this.#begin(char);
      case 'value':
        return this.#begin(char);
      case 'first-key':
        return char === '}' ? this.#close() : this.#beginKey(char);
      case 'key':
        return this.#beginKey(char);
      case 'colon':
        this.#place = char === ':' ? 'value' : 'broken';
        return;
      default:
        return this.#goOn(char);
    }
  }

  #begin(char: string): void {
    this.#isKey = false;
    this.#text = '';
    if (char === '"') this.#place = 'string';
    else if (char === '{') this.#push({}, 'first-key');
    else if (char === '[') this.#push([], 'first-value');
    else if (TOKEN_CHAR.test(char)) {
      this.#text = char;
      this.#place = 'token';
    } else this.#place = 'broken';
  }

  #beginKey(char: string): void {
    this.#isKey = true;
    this.#text = '';
    this.#place = char === '"' ? 'string' : 'broken';
  }

  #push(container: Open['container'], place: Place): void {
    this.#open.push({ container, key: '' });
    this.#place = place;
  }

  /** Behind a value. */
  #goOn(char: string): void {
    const container = this.#open.at(-1)?.container;
    const isList = Array.isArray(container);
    if (container && char === (isList ? ']' : '}')) this.#close();
    else this.#place = container && char === ',' ? (isList ? 'value' : 'key') : 'broken';
  }

  #close(): void {
    this.#give(this.#open.pop()!.container);
  }

  /** A value is complete. */
  #give(value: unknown): void {
    const open = this.#open.at(-1);
    if (open) put(open.container, open.key, value);
    else this.#whole = value;
    this.#place = 'next';
  }

  #readString(text: string, from: number): number {
    let at = from;
    let code = text.charCodeAt(at);
    while (code >= SPACE && code !== QUOTE && code !== BACKSLASH) code = text.charCodeAt((at += 1));
    this.#text += text.slice(from, at);
    if (code === QUOTE) this.#endString();
    else if (code === BACKSLASH) this.#escape = '\\';
    // Behind the end there is no code at all.
    else if (code < SPACE) this.#place = 'broken';
    return at + 1;
  }

  #endString(): void {
    if (!this.#isKey) return this.#give(this.#text);
    this.#open.at(-1)!.key = this.#text;
    this.#place = 'colon';
  }

  #readEscape(text: string, at: number): number {
    this.#escape += text[at]!;
    const isUnicode = this.#escape[1] === 'u';
    if (this.#escape.length < (isUnicode ? 6 : 2)) return at + 1;
    const char = isUnicode ? characterOf(this.#escape.slice(2)) : ESCAPES.get(text[at]!);
    if (char === undefined) this.#place = 'broken';
    else this.#text += char;
    this.#escape = '';
    return at + 1;
  }

  #readToken(text: string, from: number): number {
    let at = from;
    while (at < text.length && TOKEN_CHAR.test(text[at]!)) at += 1;
    this.#text += text.slice(from, at);
    if (at === text.length) return at;
    const value = valueOfToken(this.#text);
    if (value === NOTHING) this.#place = 'broken';
    else this.#give(value);
    return at;
  }

  /** What the value that is being read has come to. */
  #pending(): unknown {
    if (this.#place === 'string' && !this.#isKey) return this.#text;
    if (this.#place !== 'token') return NOTHING;
    const literal = [...LITERALS.keys()].find((one) => one.startsWith(this.#text));
    return literal === undefined ? this.#numberSoFar() : LITERALS.get(literal);
  }

  #numberSoFar(): unknown {
    const [number] = NUMBER_SO_FAR.exec(this.#text) ?? [];
    return number === undefined ? NOTHING : valueOfToken(number);
  }
}

function valueOfToken(token: string): unknown {
  if (LITERALS.has(token)) return LITERALS.get(token);
  return NUMBER.test(token) ? Number(token) : NOTHING;
}

function characterOf(digits: string): string | undefined {
  return /^[\da-f]{4}$/i.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : undefined;
}

/** Not an assignment: `__proto__` is a key like any other. */
function put(container: Open['container'], key: string, value: unknown): void {
  if (Array.isArray(container)) container.push(value);
  else if (key !== '__proto__') container[key] = value;
  else Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}
