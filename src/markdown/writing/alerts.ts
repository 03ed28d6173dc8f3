import type { Tokens } from 'marked';
import type { MarkdownStrings } from '../markdown-strings.js';
import { childrenOf } from '../source/tokens.js';

const ALERT = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

export type AlertKind = 'note' | 'tip' | 'important' | 'warning' | 'caution';

/** The kind of alert that a quote is, by its first line, as on GitHub. */
export function alertOf(quote: Tokens.Blockquote): AlertKind | undefined {
  const [first] = quote.tokens;
  if (first?.type !== 'paragraph') return undefined;
  return ALERT.exec((first as Tokens.Paragraph).text)?.[1]?.toLowerCase() as AlertKind | undefined;
}

/** Turns the quote's element into an alert; its first line is the alert's name and no text of it. */
export function makeAlert(
  element: HTMLElement,
  quote: Tokens.Blockquote,
  kind: AlertKind,
  strings: MarkdownStrings,
): void {
  element.className = 'alert';
  element.dataset['alert'] = kind;
  element.dataset['title'] = strings[kind];
  element.role = 'note';
  element.ariaLabel = strings[kind];
  const texts = childrenOf(quote.tokens[0]!) ?? [];
  dropCharacters(texts, ALERT.exec((quote.tokens[0] as Tokens.Paragraph).text)![0].length);
  // A first paragraph that held nothing else is none.
  if (texts.length === 0) quote.tokens.shift();
}

/** Takes that many characters off the beginning of inline tokens. Up to them, each is text as it was written. */
function dropCharacters(tokens: { type: string; raw: string }[], count: number): void {
  let left = count;
  while (left > 0 && tokens.length > 0) {
    const first = tokens[0] as Tokens.Text;
    if (first.raw.length > left) {
      tokens[0] = { ...first, raw: first.raw.slice(left), text: first.raw.slice(left) } as Tokens.Text;
      return;
    }
    left -= first.raw.length;
    tokens.shift();
  }
}
