/** How many characters must have come again until that is no chance. */
const NO_CHANCE = 16;

/**
 * Tells what is new in texts of which each may say all that was said before it. Words may begin as the one before them
 * does (“1”, “10”), so those that do are held back until it is sure which of the two they are: one event or a few, at the
 * beginning. Where it never is, they are words: what is said twice can be read, and what is left out cannot.
 */
export class GrowingText {
  #first = '';
  #last = '';
  #held = '';
  /** How many characters have come again in front of more, where nobody would say them twice. */
  #again = 0;
  #grows: boolean | undefined;

  /** What may have been said, or not. */
  get held(): string {
    return this.#held;
  }

  /** What of a text is new; undefined where it is another version of what was said. */
  read(text: string): string | undefined {
    const last = this.#last;
    if (this.#grows === false || text === '') return text;
    if (this.#grows && last.startsWith(text)) return '';
    this.#last = text;
    if (text.startsWith(last) && last !== '') return this.#goOn(text, last);
    if (this.#grows) return this.#beginAgain(text, last);
    if (last !== '') return this.#saysPieces() + text;
    this.#first = text;
    return text;
  }

  /** Nothing more comes, or something else: what is held back. */
  end(): string {
    return this.#held && this.#saysPieces();
  }

  #saysPieces(): string {
    this.#grows = false;
    const held = this.#held;
    this.#held = '';
    return held;
  }

  #goOn(text: string, last: string): string {
    if (this.#grows) return text.slice(last.length);
    // The same for the third time, and nothing more: dots, say.
    if (text === last && this.#again === 0 && this.#held) return this.#saysPieces() + text;
    if (text !== last && !this.#mayComeAgain(last)) this.#again += isBeginning(last, text) ? NO_CHANCE : last.length;
    this.#held += text;
    if (this.#again < NO_CHANCE) return '';
    this.#grows = true;
    this.#held = '';
    return text.slice(this.#first.length);
  }

  /** A line of dashes goes on as it began, and so does a refrain, which ends where a word does. */
  #mayComeAgain(text: string): boolean {
    const first = this.#first;
    const isSaidOver = (first + text).startsWith(text);
    return text === first ? isRepeated(text) || !/[\p{L}\p{N}]$/u.test(text) : isSaidOver;
  }

  /** Servers correct what they have said, all of it, and write one text after another, which may begin alike. */
  #beginAgain(text: string, last: string): string | undefined {
    const half = last.length >> 1;
    return text.length >= last.length && text.startsWith(last.slice(0, half)) ? undefined : text;
  }
}

/** Whether it is the same several times: then it stands in the middle of two of it, too. */
function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

/** Whether a sentence was begun that would have to begin anew in the middle of its last word: “Hel”, “Hello”, but “Ha”, “HaHa”. */
function isBeginning(last: string, text: string): boolean {
  const added = text.slice(last.length);
  const isSaidOver = added.startsWith(last) || last.startsWith(added);
  return !isSaidOver && /^\p{Lu}.*\p{Ll}$/su.test(last);
}
