import { isText } from '../../element/node-kinds.js';
import { ChangedError } from './morph.js';

/** Lines of one piece of a code block. The first piece is plain text; each further one is a box of its own. */
const LINES_PER_PIECE = 40;

/**
 * Writes code into its `<code>` element so that a long block stays cheap: growing one text node costs the layout of all
 * of it at every frame, growing the last of many small boxes costs that box. How it is cut depends on the lines alone,
 * so that it is the same however the code arrived.
 */
export class CodeText {
  readonly #code: HTMLElement;
  readonly #numbered: boolean;
  /** Complete lines in all. */
  #total = 0;
  #text: Text | undefined;
  /** Complete lines in the last piece. */
  #lines = 0;
  /** Characters of an unfinished line that stand at the end of the last piece. */
  #partial = '';

  /** `lines`: how many whole lines stand there already. */
  constructor(code: HTMLElement, numbered: boolean, lines = 0) {
    this.#code = code;
    this.#numbered = numbered;
    if (lines === 0) return;
    this.#total = lines;
    this.#lines = ((lines - 1) % LINES_PER_PIECE) + 1;
    const piece = code.lastChild!;
    if (this.#lines < LINES_PER_PIECE) this.#text = (isText(piece) ? piece : piece.firstChild) as Text;
  }

  /** Appends whole lines; each ends with a line break. */
  append(lines: string): void {
    for (let from = 0; from < lines.length;) {
      if (this.#lines === LINES_PER_PIECE) this.#lines = 0;
      let to = from;
      let count = 0;
      for (; this.#lines + count < LINES_PER_PIECE && to < lines.length; count += 1)
        to = lines.indexOf('\n', to) + 1 || lines.length;
      this.#write(lines.slice(from, to), count);
      from = to;
    }
  }

  /** Shows an unfinished line in place of the one shown before. */
  showPartial(line: string): void {
    this.#replacePartial(line);
    this.#partial = line;
  }

  #write(text: string, count: number): void {
    this.#replacePartial(text);
    this.#partial = '';
    this.#lines += count;
    this.#total += count;
    if (this.#numbered) this.#number();
    // A full piece is left alone: what follows opens the next.
    if (this.#lines === LINES_PER_PIECE) this.#text = undefined;
  }

  /** The numbers are drawn by CSS from an attribute, so that they are no text of the code. */
  #number(): void {
    const piece = this.#text!.parentElement!;
    const first = this.#total - this.#lines + 1;
    piece.dataset['lines'] = [...Array(this.#lines)].map((_, index) => first + index).join('\n');
  }

  #replacePartial(text: string): void {
    if (this.#partial === '' && text === '') return;
    const node = this.#piece();
    if (text.startsWith(this.#partial)) node.appendData(text.slice(this.#partial.length));
    else node.replaceData(node.length - this.#partial.length, this.#partial.length, text);
  }

  #piece(): Text {
    if (this.#text && !this.#code.contains(this.#text)) throw new ChangedError();
    if (this.#text) return this.#text;
    if (this.#lines === LINES_PER_PIECE) this.#lines = 0;
    this.#text = document.createTextNode('');
    if (this.#code.firstChild) {
      const box = document.createElement('span');
      box.className = 'lines';
      box.append(this.#text);
      this.#code.append(box);
    } else this.#code.append(this.#text);
    return this.#text;
  }
}
