import { noChange, type ElementPart } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { MarkdownRenderer, type MarkdownOptions } from '../../markdown/markdown-renderer.js';

/** The element that a block of text is rendered into: the renderer owns its children, the template only its place. */
class MarkdownBlock extends AsyncDirective {
  #container: HTMLElement | undefined;
  #renderer: MarkdownRenderer | undefined;
  #text = '';
  #streaming = false;
  #options: MarkdownOptions = {};

  render(_text: string, _streaming: boolean, _options: MarkdownOptions): unknown {
    return noChange;
  }

  override update(part: ElementPart, [text, streaming, options]: Parameters<this['render']>): unknown {
    this.#container = part.element as HTMLElement;
    // Another policy or other words: what stands was rendered by the old ones.
    if (options !== this.#options) this.#discard();
    this.#text = text;
    this.#streaming = streaming;
    this.#options = options;
    this.#show();
    return noChange;
  }

  /** Moving an element takes it out and puts it back in one task; some pages keep for later what they take out. */
  protected override disconnected(): void {
    queueMicrotask(() => {
      if (!this.isConnected && !this.#renderer?.suspend()) this.#discard();
    });
  }

  protected override reconnected(): void {
    this.#renderer?.resume();
    this.#show();
  }

  #show(): void {
    if (!this.#container) return;
    this.#renderer ??= new MarkdownRenderer(this.#container, this.#options);
    this.#renderer.set(this.#text, this.#streaming);
  }

  #discard(): void {
    this.#renderer?.destroy();
    this.#renderer = undefined;
  }
}

export const markdownBlock = directive(MarkdownBlock);
