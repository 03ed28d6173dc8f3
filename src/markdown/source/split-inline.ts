import type { Token, Tokens } from 'marked';
import { openAddressAt } from './pending-inline.js';

/** How much of the end of a paragraph always stays open. Tests make it small. */
export const splitTuning = { openLength: 300 };

export interface InlineSplit {
  before: Token[];
  after: Token[];
  /** Where in the source the two meet: behind a space. */
  at: number;
  /** Delimiters before it that have found no partner. */
  hazards: string;
}

/** Tokens that are whole, whatever comes after them. Raw HTML is not: it may be open. */
const WHOLE = new Set([
  'text',
  'escape',
  'strong',
  'em',
  'del',
  'codespan',
  'br',
  'link',
  'construct',
  'replaced',
  'footnote-reference',
  'directive',
]);

/** Divides the tokens of a leaf that goes on where what is before cannot be read otherwise any more. */
export function splitInline(tokens: readonly Token[], source: string, reach: number): InlineSplit | undefined {
  const limit = Math.min(source.length - Math.max(splitTuning.openLength, reach), openAddressAt(source));
  const before: Token[] = [];
  let at = 0;
  let cut: InlineSplit | undefined;
  const seen = new Literals();
  for (const [index, token] of tokens.entries()) {
    const end = at + token.raw.length;
    if (!WHOLE.has(token.type) || source.slice(at, end) !== token.raw) break;
    const place = token.type === 'text' ? spaceBetween(source, at, Math.min(end, limit)) : 0;
    if (place > 0) cut = cutText(tokens, index, place - at, at, before, seen) ?? cut;
    if (end > limit) break;
    seen.add(token);
    before.push(token);
    at = end;
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
  if (literals.brackets !== 0) return undefined;
  const rest = tokens.slice(index + 1);
  const after = tail.text === '' ? rest : [tail, ...rest];
  return { before: [...before, head], after, at: at + place, hazards: literals.hazards };
}

function textToken(text: string): Tokens.Text {
  return { type: 'text', raw: text, text };
}

/** Behind the last single space between two words in this part of the source; 0 where there is none. */
function spaceBetween(source: string, from: number, to: number): number {
  for (let at = source.lastIndexOf(' ', to - 1); at >= from && at > 0; at = source.lastIndexOf(' ', at - 1)) {
    if (/\S/.test(source.charAt(at - 1)) && /\S/.test(source.charAt(at + 1))) return at + 1;
  }
  return 0;
}

/** Characters of the syntax that stand in the text as themselves. */
class Literals {
  brackets = 0;
  hazards = '';

  add(token: Token): void {
    if (token.type !== 'text') return;
    for (const [char] of token.raw.matchAll(/[[\]]/g)) this.brackets += char === '[' ? 1 : -1;
    // With spaces on both sides, or inside a word for `_`, a delimiter opens nothing.
    for (const [, , char] of token.raw.matchAll(/(^|[^\s]|\s(?=[*_~`<][^\s]))([*_~`<])/g)) this.#addHazard(char!);
  }

  with(token: Token): Literals {
    const copy = Object.assign(new Literals(), this);
    copy.add(token);
    return copy;
  }

  #addHazard(char: string): void {
    // A tag that is open waits for its end.
    const partner = char === '<' ? '>' : char;
    if (!this.hazards.includes(partner)) this.hazards += partner;
  }
}
