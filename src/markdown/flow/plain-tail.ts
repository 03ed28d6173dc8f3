import { withoutOpenScheme } from '../source/bare-address.js';
import { containerMarkers } from '../source/pending-line.js';
import type { Syntax } from '../source/syntax.js';
import { isText } from '../../element/node-kinds.js';

/** Characters that mean nothing to markdown behind a letter: all beyond ASCII, and these. */
const WORDS = /^[^\p{Cc}!#-&(-+/:<=>@[-`{-~]*$/u;
/** More than this between the last sign that means something and the end of a line is not looked through. */
const MAX_RUN = 400;
/** So many characters may be appended before the source is read as a whole again. Tests make it nothing. */
export const plainTuning = { maxAppended: 240 };

/** Where text may stand so that more of it can follow in the same node. */
const TEXT_HOLDER = /^(?:P|LI|[OU]L|BLOCKQUOTE|H\d|STRONG|EM|DEL|CODE)$/;

/**
 * The end of what was drawn last, where it is plain words in a line of text: more plain words go behind them as they
 * are, without reading or writing anything else. Only the look in mid-stream depends on it, never the result.
 */
export class PlainTail {
  readonly #text: Text;
  #appended = 0;
  /** White space at the end, or what may begin an address, which is shown once something follows it. */
  #space: string;

  private constructor(text: Text, space: string) {
    this.#text = text;
    this.#space = space;
  }

  /** Undefined where the end of what was drawn is anything but plain words. */
  static of(source: string, holder: Element, syntax: Syntax): PlainTail | undefined {
    const words = wordsAtEnd(source, syntax.spanStarts);
    if (words === undefined || isTagOpen(source)) return undefined;
    const text = lastTextOf(TEXT_HOLDER.test(holder.nodeName) ? holder : holder.lastElementChild);
    const shown = words.trimEnd();
    if (!text?.data.endsWith(shown)) return undefined;
    return new PlainTail(text, words.slice(shown.length));
  }

  /** Appends plain words; false where they are more than that and must be read. */
  append(added: string): boolean {
    if (!WORDS.test(added) || this.#appended + added.length > plainTuning.maxAppended) return false;
    const before = this.#text.data.slice(-6);
    const all = this.#space + added;
    if (/www/i.test(before + all)) return false;
    const shown = withoutOpenScheme(before + all)
      .slice(before.length)
      .trimEnd();
    if (shown !== '') this.#text.appendData(shown);
    this.#space = all.slice(shown.length);
    this.#appended += added.length;
    return true;
  }
}

/** The words behind the last sign in the last line, where that sign is certain to mean nothing for what follows them. */
function wordsAtEnd(source: string, spanStarts: string): string | undefined {
  const line = source.slice(source.lastIndexOf('\n') + 1);
  // What a mark of the host's has opened may be held back.
  for (const char of spanStarts) if (line.includes(char)) return undefined;
  const content = line.slice(containerMarkers(line).length);
  // It may be the title of a definition above, and ends with a sign that is part of a word elsewhere.
  if (/^\s*["']/.test(content) && source.includes(']:')) return undefined;
  const from = Math.max(0, content.length - MAX_RUN);
  let at = content.length;
  while (at > from && WORDS.test(content.charAt(at - 1))) at -= 1;
  const words = content.slice(at);
  if (!/\p{L}/u.test(words)) return undefined;
  // An address takes the signs and words behind it that no space divides from it, and is held back until then.
  if (/(?:www\.|:\/\/|@)\S*$/i.test(content.slice(from, at))) return undefined;
  const isKnown =
    at === 0 || (at > from && isHarmless(content.charAt(at - 2), content.charAt(at - 1), words.charAt(0)));
  return isKnown ? words : undefined;
}

/** A tag may go on in the next line, and is held back until it ends. */
function isTagOpen(source: string): boolean {
  return /<[a-z/!?]/i.test(source.slice(source.lastIndexOf('>') + 1));
}

function isHarmless(before: string, sign: string, after: string): boolean {
  if (sign === '(') return before !== ']';
  if (sign === ':' || sign === '!') return after === ' ';
  return sign === '*' || sign === '_' || sign === '`' || sign === ')' || sign === ']';
}

/** The last text inside a block, where nothing but text can follow it there. */
function lastTextOf(block: Element | null): Text | undefined {
  let node: Node | null = block;
  while (node && !isText(node)) {
    if (!TEXT_HOLDER.test(node.nodeName)) return undefined;
    const last: Node | null = node.lastChild;
    // Blocks are followed by a line break of their own.
    node = isText(last) && last.data === '\n' && last.previousSibling ? last.previousSibling : last;
  }
  return node ?? undefined;
}
