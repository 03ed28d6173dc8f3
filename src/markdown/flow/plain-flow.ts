import type { Flow } from './flow.js';

/** Text as it is written, where it cannot be drawn as markdown. */
export class PlainFlow implements Flow {
  readonly spaced = false;
  readonly #text = document.createTextNode('');
  #waiting = '';

  constructor(element: Element) {
    const block = document.createElement('p');
    block.className = 'plain';
    block.dir = 'auto';
    block.append(this.#text);
    element.append(block);
  }

  append(source: string): void {
    this.#waiting += source;
  }

  render(): void {
    this.#text.appendData(this.#waiting);
    this.#waiting = '';
  }
}
