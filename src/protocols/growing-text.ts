/** How many characters must have come again until that is no chance: “ha” goes on as “haha”, and as nothing else. */
const NO_CHANCE = 16;

/**
 * Tells what is new in texts of which each may say all that was said before it. Words may begin as the one before them
 * does (“1”, “10”), so those that do are held back until it is sure which of the two they are: one event or a few, at the
 * beginning.
 */
export class GrowingText {
  #last = '';
  /** How much of what was held back has been given out. */
  #given = 0;
  #held = '';
  /** How many characters have come again in front of more. */
  #again = 0;
  #grows: boolean | undefined;

  get isHolding(): boolean {
    return this.#held !== '';
  }

  /** What of a text is new; undefined where it is another version of what was said. */
  read(text: string): string | undefined {
    const last = this.#last;
    if (this.#grows === false || text === '') return text;
    if (this.#grows && last.startsWith(text)) return '';
    this.#last = text;
    if (text.startsWith(last) && last !== '') return this.#goOn(text, last.length);
    if (this.#grows) return this.#beginAgain(text, last);
    this.#grows = last === '' ? undefined : false;
    this.#given = text.length;
    return this.#take() + text;
  }

  /** Nothing more comes, or something else: what is held back. */
  end(): string {
    if (this.isHolding) this.#grows ??= this.#again > 1;
    return this.#take();
  }

  #goOn(text: string, from: number): string {
    if (this.#grows) return text.slice(from);
    if (text.length > from) this.#again += from;
    // The same for the third time, and nothing more: dots, say.
    else if (this.#again === 0 && this.isHolding) this.#grows = false;
    this.#held += text;
    if (this.#again >= NO_CHANCE) this.#grows = true;
    return this.#grows === undefined ? '' : this.#take();
  }

  /** Servers correct what they have said, and write one text after another. */
  #beginAgain(text: string, last: string): string | undefined {
    const half = last.length >> 1;
    return text.startsWith(last.slice(0, half)) ? undefined : text;
  }

  #take(): string {
    const held = this.#held;
    this.#held = '';
    return this.#grows && held ? this.#last.slice(this.#given) : held;
  }
}
