import type { Artifact } from '../../message.js';
import { MarkdownRenderer } from '../../markdown/markdown-renderer.js';
import { markdownStyles } from '../../markdown/markdown-styles.js';
import type { ArtifactView } from './artifact-view.js';
import { FollowEnd } from './follow-end.js';

/** Markdown through the same engine as the thread's: nothing in it runs and nothing is loaded unasked. */
export class MarkdownView implements ArtifactView {
  readonly #scroller = document.createElement('div');
  readonly #renderer: MarkdownRenderer;
  readonly #follow: FollowEnd;
  readonly #grown: ResizeObserver;
  #started = false;

  constructor(container: HTMLElement, title: string) {
    this.#scroller.className = 'scroller';
    this.#scroller.tabIndex = 0;
    this.#scroller.setAttribute('role', 'region');
    this.#scroller.setAttribute('aria-label', title);
    const content = document.createElement('div');
    content.className = 'markdown';
    this.#scroller.append(content);
    container.append(this.#scroller);
    adoptStyles(container);
    this.#renderer = new MarkdownRenderer(content);
    this.#follow = new FollowEnd(this.#scroller);
    // The engine draws in its own time.
    this.#grown = new ResizeObserver(() => this.#follow.grown());
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

/** The engine's markup of a whole text, to be kept in a file. */
export function renderedMarkdown(content: string): string {
  const container = document.createElement('div');
  const renderer = new MarkdownRenderer(container);
  renderer.set(content, false);
  const markup = container.innerHTML;
  renderer.destroy();
  return markup;
}

/** The engine's styles, once in each panel that shows markdown. */
function adoptStyles(container: HTMLElement): void {
  const root = container.getRootNode();
  const sheet = markdownStyles.styleSheet;
  if (!(root instanceof ShadowRoot) || !sheet || root.adoptedStyleSheets.includes(sheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
