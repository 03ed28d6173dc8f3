import type { Token, Tokens } from 'marked';
import { childrenOf } from './tokens.js';

/** The definitions of a document by normalised label, as marked keeps them. */
export type Links = Record<string, { href: string | null | undefined; title: string | null | undefined }>;

/** Anything between brackets that could be a label: too many are found rather than too few. Behind a backslash begins none. */
const LABEL = /\\[\s\S]|\[((?:\\[\s\S]|[^[\]\\]){1,999})\]/g;

/** Characters that one label may stand for in a document, all its uses together. */
const MAX_REFERRED = 32_768;
/** What a link is written with beside its address and title. */
const LINK_MARKUP = 80;

/** Each label in the text, normalised as marked does it: a Unicode case fold by way of upper case. */
export function* labelsIn(text: string): Generator<string> {
  if (!text.includes('[')) return;
  for (const [, label] of text.matchAll(LABEL))
    if (label !== undefined) yield label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
}

/**
 * How often each label was used. A short label can stand for a long address or title, again and again: from the text on
 * that would make it too much, it stands for nothing. Uses are counted whether or not the label is defined yet, so that
 * it is told alike when the definition comes last.
 */
export class LabelUses {
  readonly #counts = new Map<string, number>();
  readonly #before: LabelUses | undefined;

  /** `before`: the uses that came before these and count with them. */
  constructor(before?: LabelUses) {
    this.#before = before;
  }

  copy(): LabelUses {
    const copy = new LabelUses(this.#before);
    for (const [label, count] of this.#counts) copy.#counts.set(label, count);
    return copy;
  }

  /** The counts of the labels in this text alone: what to begin with when it is read again by itself. */
  of(text: string): LabelUses {
    const uses = new LabelUses();
    for (const label of labelsIn(text)) uses.#counts.set(label, this.#count(label));
    return uses;
  }

  #count(label: string): number {
    return this.#counts.get(label) ?? (this.#before ? this.#before.#count(label) : 0);
  }

  add(text: string): void {
    for (const label of labelsIn(text)) this.#counts.set(label, this.#count(label) + 1);
  }

  /** The texts of these blocks, in their order. */
  addBlocks(tokens: readonly Token[]): void {
    for (const text of leafTexts(tokens)) this.add(text);
  }

  /** Whether a label in this text is defined and may be used once more. */
  isLeftFor(text: string, links: Links): boolean {
    for (const label of labelsIn(text)) {
      const link = links[label];
      const count = this.#count(label) + 1;
      if (link && (count < 2 || count * lengthOf(link) <= MAX_REFERRED)) return true;
    }
    return false;
  }

  /** Labels of this text, which has been counted, that stand for too much by now. */
  *exceededIn(text: string, links: Links): Generator<string> {
    for (const label of labelsIn(text)) {
      const link = links[label];
      if (!link) continue;
      const count = this.#count(label);
      if (count > 1 && count * lengthOf(link) > MAX_REFERRED) yield label;
    }
  }
}

function lengthOf({ href, title }: Links[string]): number {
  return (href?.length ?? 0) + (title?.length ?? 0) + LINK_MARKUP;
}

/** What marked reads as inline text, in the order in which it stands. */
function* leafTexts(tokens: readonly Token[]): Generator<string> {
  for (const token of tokens) {
    if (token.type === 'paragraph' || token.type === 'heading' || token.type === 'text') yield token['text'] as string;
    else if (token.type === 'list') for (const item of (token as Tokens.List).items) yield* leafTexts(item.tokens);
    else if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      for (const cell of [header, ...rows].flat()) yield cell.text;
    } else yield* leafTexts(childrenOf(token) ?? []);
  }
}
