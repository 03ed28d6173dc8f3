import { CodePainter } from '../code/code-painter.js';
import { isHtml, isText } from '../element/node-kinds.js';

/** Finds the code of a document as it is written, and has it coloured. */
export class BlockColours {
  readonly #painter = new CodePainter();
  readonly #blocks: HTMLCollectionOf<HTMLElement>;
  /** Blocks before this one are complete and known. */
  #known = 0;
  #isDue = false;
  /** The text came in parts: then the words go before the colours of what came last, too. */
  #hasGrown = false;

  constructor(container: HTMLElement) {
    this.#blocks = container.getElementsByClassName('code-block') as HTMLCollectionOf<HTMLElement>;
  }

  /** Code was written: it is looked for once the drawing is done. */
  note(): void {
    this.#isDue = true;
  }

  /** To be called after each drawing. `complete`: nothing more will be written. */
  update(complete: boolean): void {
    this.#hasGrown ||= !complete;
    if (!this.#isDue && !complete) return;
    this.#isDue = false;
    // A block may have been drawn again as part of a whole: in the end all are looked at once more.
    for (let at = complete ? 0 : Math.min(this.#known, this.#blocks.length); at < this.#blocks.length; at += 1)
      this.#addPieces(this.#blocks[at]!, this.#hasGrown);
    this.#known = Math.max(0, this.#blocks.length - 1);
    this.#painter.schedule();
  }

  clear(): void {
    this.#known = 0;
    this.#hasGrown = false;
    this.#painter.clear();
  }

  destroy(): void {
    this.#painter.destroy();
  }

  #addPieces(block: HTMLElement, growing: boolean): void {
    const { language } = block.dataset;
    if (language === undefined) return;
    let before: Text | undefined;
    for (const child of block.querySelector('code')?.childNodes ?? []) {
      const isBox = isHtml(child);
      const text = isBox ? child.firstChild : child;
      if (!isText(text)) continue;
      // The first lines have no box of their own: the block's nearness is theirs.
      this.#painter.add({ watched: isBox ? child : block, text, language, before }, growing);
      before = text;
    }
  }
}
