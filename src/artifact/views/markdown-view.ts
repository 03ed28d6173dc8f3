import type { Artifact } from '../../message.js';
import { MarkdownRenderer, readableCopy, type MarkdownOptions } from '../../markdown/markdown-renderer.js';
import { markdownStyles } from '../../markdown/markdown-styles.js';
import { addStyles } from '../../element/style-sheets.js';
import { windowOf } from '../../element/window-of.js';
import type { ArtifactView } from './artifact-view.js';
import { FollowEnd } from './follow-end.js';

/** Markdown through the same engine as the thread's: nothing in it runs and nothing is loaded unasked. */
export class MarkdownView implements ArtifactView {
  readonly #scroller = document.createElement('div');
  readonly #renderer: MarkdownRenderer;
  readonly #follow: FollowEnd;
  readonly #grown: ResizeObserver;
  #started = false;

  constructor(container: HTMLElement, title: string, rules: MarkdownOptions) {
    this.#scroller.className = 'scroller';
    this.#scroller.tabIndex = 0;
    this.#scroller.setAttribute('role', 'region');
    this.#scroller.setAttribute('aria-label', title);
    const content = document.createElement('div');
    content.className = 'markdown';
    this.#scroller.append(content);
    container.append(this.#scroller);
    addStyles(container.getRootNode() as ShadowRoot, [markdownStyles]);
    this.#renderer = new MarkdownRenderer(content, rules);
    this.#follow = new FollowEnd(this.#scroller);
    // The engine draws in its own time.
    this.#grown = new (windowOf(container).ResizeObserver)(() => this.#follow.grown());
    this.#grown.observe(content);
  }

  update({ content, status }: Artifact): void {
    if (status !== 'streaming' && !this.#started) this.#follow.stop();
    this.#started = true;
    this.#renderer.set(content, status === 'streaming');
  }

  destroy(): void {
    this.#grown.disconnect();
    this.#follow.destroy();
    this.#renderer.destroy();
    this.#scroller.remove();
  }
}

/** How long a file waits for what plugins draw in it. */
const PATIENCE = 3000;

/**
 * The engine's markup of a whole text, to be kept in a file: without buttons, which would do nothing there. What a plugin
 * draws of code stays in the page: a file has the code.
 */
export async function renderedMarkdown(content: string, rules: MarkdownOptions): Promise<string> {
  const container = document.createElement('div');
  const plugins = rules.plugins?.filter(({ spans }) => spans) ?? [];
  const renderer = new MarkdownRenderer(container, { ...rules, plugins });
  renderer.set(content, false);
  renderer.flush();
  const end = performance.now() + PATIENCE;
  while (container.querySelector('.construct:not([data-state])') && performance.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 20));
  renderer.destroy();
  return readableCopy(container).innerHTML;
}
