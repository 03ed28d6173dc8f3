import { GrowingText } from './growing-text.js';

/** What a server says of one kind, its answer or its thoughts, under one name or several, in pieces or all of it each time. */
export class Words {
  /** All of it so far, and in how many pieces it came. */
  said = '';
  pieces = 0;
  /** What the last event with some of it was called. */
  name: string | undefined;
  /** What has come under that name, and in how many pieces. */
  #run = '';
  #runPieces = 0;
  /** What came in pieces comes once more as a whole. */
  #repeats = false;
  #growing = new GrowingText();

  /**
   * Whether an event says something new. What came in pieces under one name may come once more as a whole under another.
   * One piece alone may come twice.
   */
  isNew(name: string, text: string): boolean {
    if (name === this.name) return true;
    const isAll = this.isAll(text);
    const isWhole = text !== '' && (isAll || text === this.#run + this.#growing.held);
    const isAgain = isWhole && (this.#runPieces > 1 || this.#repeats || isAll);
    if (isAgain) this.#repeats = true;
    else this.name = name;
    this.#run = '';
    this.#runPieces = 0;
    return !isAgain;
  }

  /** Whether a text is what has been said. */
  isAll(text: string): boolean {
    return text === this.said + this.#growing.held;
  }

  /** What of a text is new; undefined where it is another version of what was said. */
  read(text: string): string | undefined {
    const added = this.#growing.read(text);
    this.pieces += 1;
    this.#runPieces += 1;
    if (added === undefined) this.said = this.#run = text;
    return added === undefined ? undefined : this.#add(added);
  }

  /** Nothing of what was said counts any more. */
  forget(): void {
    this.said = this.#run = '';
    this.#growing = new GrowingText();
  }

  /** Nothing more comes: what is held back until it is sure. */
  end(): string {
    return this.#add(this.#growing.end());
  }

  #add(text: string): string {
    this.said += text;
    this.#run += text;
    return text;
  }
}
