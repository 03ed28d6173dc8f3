import type { Token, Tokens } from 'marked';
import { PENDING_ADDRESS } from './bare-address.js';
import { openAddressAt, openTagAt } from './pending-inline.js';
import { RawElements } from './raw-elements.js';
import { childrenOf } from './tokens.js';

/**
 * How much of the end of a paragraph always stays open; how long a last line may be that is settled as a whole or not at
 * all, and a word that is. Tests make them small.
 */
export const splitTuning = { openLength: 300, lineLength: 2000, wordLength: 1000 };

/** A last line may turn out to be the head of a table, where its bars count, or code, where its indentation does. */
const MAY_BE_ANOTHER = /^(?: {4}| {0,3}\t)|\|/;

export interface InlineSplit {
  before: Token[];
  after: Token[];
  /** Where in the source the two meet: behind a space or a line break, or between two letters. */
  at: number;
  /** Delimiters before it that have found no partner. */
  hazards: string;
  /** A tag before it is open at the end. */
  inTag?: boolean;
}

/** Tokens that are whole, whatever comes after them: raw HTML is once what it opens is closed. */
const WHOLE =
  /^(?:text|html|escape|strong|em|del|codespan|br|link|image|construct|replaced|footnote-reference|directive)$/;

/** Divides the tokens of a leaf that goes on where what is before cannot be read otherwise any more. */
export function splitInline(tokens: readonly Token[], source: string, reach: number): InlineSplit | undefined {
  const lastLine = source.lastIndexOf('\n') + 1;
  const isOdd = MAY_BE_ANOTHER.test(source.slice(lastLine));
  const isShort = source.length - lastLine < splitTuning.lineLength;
  const limit = Math.min(source.length - Math.max(splitTuning.openLength, reach), openAddressAt(source));
  const cut = cutBefore(isOdd && isShort ? Math.min(limit, lastLine) : limit, tokens, source);
  if (!cut) return undefined;
  cut.inTag = openTagAt(source) < cut.at;
  // Whatever follows, what looks like one in it is none.
  if (!cut.inTag) cut.hazards = cut.hazards.replace('>', '');
  // The word is the name of a mail address then.
  if (IN_WORD.test(source.slice(cut.at - 1, cut.at + 1))) cut.hazards += '@';
  // Then the end of the line decides what all of it is.
  if (isOdd && cut.at > lastLine) cut.hazards += '\n';
  return cut;
}

/** What follows may be the end of its address, or decide where that begins. */
function isPending(token: Token): boolean {
  if (token.type === 'link' && token['href'] === PENDING_ADDRESS) return true;
  return childrenOf(token)?.some(isPending) ?? false;
}

/** To marked, a sign in an address may be the partner of a later one, and hide from emphasis what stands between. */
function hidesSign(token: Token): boolean {
  if ((token.type === 'link' || token.type === 'image') && /[`<[\]]/.test(`${token['href']}${token['title'] ?? ''}`))
    return true;
  if (token.type === 'html' && /[`<[\]]/.test(token.raw.slice(1))) return true;
  return childrenOf(token)?.some(hidesSign) ?? false;
}

function isWhole(token: Token, source: string, at: number): boolean {
  return WHOLE.test(token.type) && source.startsWith(token.raw, at) && !hidesSign(token) && !isPending(token);
}

/** Divides them at the last place before the limit. */
function cutBefore(limit: number, tokens: readonly Token[], source: string): InlineSplit | undefined {
  const before: Token[] = [];
  let at = 0;
  let cut: InlineSplit | undefined;
  const seen = new Literals();
  const elements = new RawElements();
  const joined = joinedIn(source);
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    const end = at + token.raw.length;
    if (!isWhole(token, source, at) || !elements.pass(token)) break;
    const isPlace = token.type === 'text' && !elements.areOpen;
    const place = isPlace ? placeIn(source, at, Math.min(end, limit), joined) : 0;
    if (place > 0) cut = cutText(tokens, index, place - at, at, before, seen) ?? cut;
    if (end > limit) break;
    seen.add(token);
    before.push(token);
    at = end;
    if (token.type === 'br' && !elements.areOpen)
      cut = cutBehindBreak(tokens.slice(index + 1), at, source, before, seen) ?? cut;
  }
  return cut;
}

function cutText(
  tokens: readonly Token[],
  index: number,
  place: number,
  at: number,
  before: readonly Token[],
  seen: Literals,
): InlineSplit | undefined {
  const token = tokens[index] as Tokens.Text;
  // A reference in the text makes its source and what it shows differ in length.
  if (token.text !== token.raw) return undefined;
  const [head, tail] = [textToken(token.raw.slice(0, place)), textToken(token.raw.slice(place))];
  const literals = seen.with(head);
  const rest = tokens.slice(index + 1);
  const after = tail.text === '' ? rest : [tail, ...rest];
  return { before: [...before, head], after, at: at + place, hazards: literals.hazards };
}

function cutBehindBreak(
  after: Token[],
  at: number,
  source: string,
  before: readonly Token[],
  seen: Literals,
): InlineSplit | undefined {
  const isPlace = /\S/.test(source.charAt(at)) && isLineWhole(source, at);
  if (!isPlace) return undefined;
  return { before: [...before], after, at, hazards: seen.hazards };
}

function textToken(text: string): Tokens.Text {
  return { type: 'text', raw: text, text };
}

/** A space or line break between two words; or two letters beyond ASCII, as scripts without spaces have: no sign is near. */
const PLACE = /\S[ \n]\S|^[^](?![ -~])[\p{L}\p{M}](?![ -~])\p{L}/u;

/** Two characters between which a long word is divided. */
const IN_WORD = /^[A-Za-z0-9]{2}$/;
/** What may be the beginning of a reference, or the end of a mail address: to marked, both may be as long as they like. */
const OPEN_NAME = /&#?\w+|@[\w.-]+/g;
/** Nothing that begins an address, as `https://`, is longer. */
const MAX_SCHEME = 16;

/** Where to divide this part of the source: between words, unless that is long ago; 0 where there is no place. */
function placeIn(source: string, from: number, to: number, joined: Uint8Array): number {
  const between = placeBetween(source, from, to, joined);
  const start = Math.max(between, from);
  const inWord = to - start > splitTuning.wordLength ? placeInWord(source, start, to - MAX_SCHEME, joined) : 0;
  return inWord || between;
}

function placeInWord(source: string, from: number, to: number, joined: Uint8Array): number {
  for (let at = to - 1; at > from; at -= 1)
    if (IN_WORD.test(source.slice(at, at + 2)) && joined[at] === 0) return at + 1;
  return 0;
}

/** Behind the last character in this part of the source that divides it; 0 where there is none. */
function placeBetween(source: string, from: number, to: number, joined: Uint8Array): number {
  for (let at = to - 1; at >= from && at > 0; at -= 1) {
    const isPlace = source.charAt(at) !== '\n' || isLineWhole(source, at + 1);
    if (isPlace && PLACE.test(source.slice(at - 1, at + 2)) && joined[at] === 0) return at + 1;
  }
  return 0;
}

/** 1 for each character between brackets, where what is cut would wait for what has come already, and in such names. */
function joinedIn(source: string): Uint8Array {
  const joined = new Uint8Array(source.length);
  const open: number[] = [];
  for (const { 0: sign, index } of source.matchAll(/[[\]]/g)) {
    if (sign === '[') open.push(index);
    else joined.fill(1, open.pop() ?? index, index);
  }
  for (const { 0: name, index } of source.matchAll(OPEN_NAME)) joined.fill(1, index, index + name.length);
  return joined;
}

/** Then the line before it is known not to be the head of a table. */
function isLineWhole(source: string, start: number): boolean {
  return source.includes('\n', start);
}

/** Underscores in a word, as in `snake_case`, open and close nothing either, and what is behind `<-` or `x<5` is no tag. */
const HAZARDS =
  /(?<![\p{L}\p{N}_])_+(?!\s|_)|(?<!\s|_)_+(?![\p{L}\p{N}_])|(?<!\s)[*~]|[*~](?!\s)|<(?=[A-Za-z/!?]|$)|`/gu;

/** Characters of the syntax that stand in the text as themselves. */
class Literals {
  brackets = 0;
  /** Those behind a bracket: once they are closed, marked takes no sign in the bracket for one. */
  parentheses = 0;
  signs = '';

  /** What may be the partner of one of them. */
  get hazards(): string {
    return this.signs + (this.brackets > 0 ? ']' : '') + (this.parentheses > 0 ? ')' : '');
  }

  add(token: Token): void {
    // Where a bare address begins, marked has read past the signs in it.
    if (token.type === 'link' && token['autolink']) return;
    for (const child of childrenOf(token) ?? []) this.add(child);
    if (token.type !== 'text') return;
    for (const [sign] of token.raw.matchAll(/\]\(|[[\]()]/g)) this.#count(sign);
    // With spaces on both sides a delimiter opens nothing, but for a backtick. What follows may be the next token's.
    for (const [run] of token.raw.matchAll(HAZARDS)) this.#addHazard(run.charAt(0));
  }

  with(token: Token): Literals {
    const copy = Object.assign(new Literals(), this);
    copy.add(token);
    return copy;
  }

  #count(sign: string): void {
    if (sign === '[') this.brackets += 1;
    if (sign.startsWith(']')) this.brackets &&= this.brackets - 1;
    if (sign === ')') this.parentheses &&= this.parentheses - 1;
    if (sign === '](' || (sign === '(' && this.parentheses > 0)) this.parentheses += 1;
  }

  #addHazard(char: string): void {
    // A tag that is open waits for its end.
    const partner = char === '<' ? '>' : char;
    if (!this.signs.includes(partner)) this.signs += partner;
  }
}
