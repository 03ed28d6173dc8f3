import type { Token, Tokens } from 'marked';
import { readRawHtml } from './raw-html.js';
import { childrenOf } from './tokens.js';

/** The elements that raw tags in a line of text have opened: what follows stands in them until they are closed. */
export class RawElements {
  readonly #open: string[] = [];

  get areOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Goes on behind a token; false where it opens and closes them in another order than one in the other. */
  pass(token: Token): boolean {
    if (token.type === 'html') return this.#passTags(token.raw) && this.#isLinkTo(token as Tokens.Tag);
    const before = this.#open.length;
    for (const child of childrenOf(token) ?? []) if (!this.pass(child)) return false;
    // What emphasis or a link has opened ends with it, but marked goes on as if it did not.
    return this.#open.length === before;
  }

  /** `</a >` ends a link, but not to marked, which finds no bare address in one. */
  #isLinkTo({ inLink }: Tokens.Tag): boolean {
    return !inLink || this.#open.includes('a');
  }

  #passTags(html: string): boolean {
    for (const piece of readRawHtml(html)) {
      if (piece.type === 'text') continue;
      const at = this.#open.lastIndexOf(piece.tag);
      if (piece.type === 'close') {
        // One that closes nothing is text.
        if (at >= 0 && at < this.#open.length - 1) return false;
        if (at >= 0) this.#open.pop();
      } else if (!piece.empty) {
        // A link ends where the next one begins.
        if (piece.tag === 'a' && at >= 0) return false;
        this.#open.push(piece.tag);
      }
    }
    return true;
  }
}
