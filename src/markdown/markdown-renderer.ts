import { cancelFrame, onNextFrame } from '../frames.js';
import { UrlPolicy } from '../url-policy.js';
import { BlockFlow } from './block-flow.js';
import { DocumentState } from './document-state.js';
import type { Flow } from './flow.js';
import { englishStrings } from './markdown-strings.js';
import type { MarkdownStrings } from './markdown-strings.js';
import { ReaderActions } from './reader-actions.js';
import type { RenderContext } from './render-context.js';
import { TextFilter } from './text-filter.js';

export type { MarkdownStrings } from './markdown-strings.js';

export interface MarkdownWarning {
  code: 'markdown-budget';
  message: string;
}

export interface MarkdownOptions {
  policy?: UrlPolicy;
  strings?: Partial<MarkdownStrings>;
  lineNumbers?: boolean;
  onWarning?(warning: MarkdownWarning): void;
}

const SIMPLIFIED = 'A block was too deep, too wide or too costly to render as markdown: it is shown as plain text.';

/** Milliseconds between two drawings: every second frame of a 60 Hz screen, which the eye takes for every frame. */
const MIN_INTERVAL = 30;
/** A drawing that took long is followed by a pause of this many times its length, so that the page stays free. */
const PAUSE_FACTOR = 3;
/** Characters read at once when much has piled up, as after a hidden tab is seen again. */
const SLICE = 20_000;

/**
 * Renders markdown that is still being written into an element, and owns that element's children.
 *
 * What has settled is never touched again, and after `end()` the DOM is that of the whole text rendered at once.
 */
export class MarkdownRenderer {
  readonly #container: HTMLElement;
  readonly #context: RenderContext;
  readonly #actions: ReaderActions;
  #flow!: Flow;
  #filter = new TextFilter();
  #source = '';
  /** Text that is written and not yet handed to the flow. */
  #collected = '';
  /** The end of the text as far as its next character decides it: the first half of a surrogate pair or of CR LF. */
  #undecided = '';
  #ended = false;
  #drawnAt = -Infinity;
  #interval = 0;

  constructor(container: HTMLElement, options: MarkdownOptions = {}) {
    this.#container = container;
    const { policy = new UrlPolicy(), strings, lineNumbers = false } = options;
    const approvedImages = new Set<string>();
    this.#context = {
      policy,
      strings: { ...englishStrings, ...strings },
      lineNumbers,
      approvedImages,
      onSimplified: () => options.onWarning?.({ code: 'markdown-budget', message: SIMPLIFIED }),
    };
    this.#actions = new ReaderActions(container, this.#context, (url) => approvedImages.add(url));
    this.#reset();
  }

  /** Everything that was written. */
  get source(): string {
    return this.#source;
  }

  /** Adds text. It is drawn with the next frame, together with all that has come until then. */
  write(text: string): void {
    if (text === '') return;
    if (this.#ended) this.#restart(this.#source);
    this.#source += text;
    this.#collect(text);
    onNextFrame(this.#onFrame);
  }

  /** The text is complete. It is drawn at once. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    cancelFrame(this.#onFrame);
    this.#flow.append(this.#collected + this.#clean(this.#undecided));
    this.#collected = this.#undecided = '';
    this.#flow.render(true);
  }

  /** Sets the whole text. Where it begins with the text so far, only the rest is written. */
  set(value: string, streaming: boolean): void {
    if (value !== this.#source) {
      if (value.startsWith(this.#source)) this.write(value.slice(this.#source.length));
      else this.#replace(value);
    }
    if (!streaming) this.end();
  }

  /** Draws now what was collected. */
  flush(): void {
    cancelFrame(this.#onFrame);
    if (!this.#ended) this.#draw(Infinity);
  }

  /** Leaves the text as it stands and lets go of everything else. */
  destroy(): void {
    cancelFrame(this.#onFrame);
    this.#actions.destroy();
  }

  #replace(value: string): void {
    this.#restart('');
    this.write(value);
  }

  #restart(source: string): void {
    this.#reset();
    this.#source = source;
    this.#collect(source);
  }

  #reset(): void {
    cancelFrame(this.#onFrame);
    this.#container.replaceChildren();
    const state = new DocumentState(this.#context, (...flow) => new BlockFlow(...flow));
    this.#flow = state.createFlow(this.#container, { top: true, depth: 0 });
    this.#source = this.#collected = this.#undecided = '';
    this.#filter = new TextFilter();
    this.#ended = false;
  }

  #collect(text: string): void {
    const all = this.#undecided + text;
    const undecided = /[\r\uD800-\uDBFF]$/.test(all) ? 1 : 0;
    this.#undecided = all.slice(all.length - undecided);
    this.#collected += this.#clean(all.slice(0, all.length - undecided));
  }

  /** Line ends as marked has them, and no characters that nobody can see. */
  #clean(text: string): string {
    return this.#filter.clean(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
  }

  readonly #onFrame = (): void => {
    if (performance.now() - this.#drawnAt < this.#interval) onNextFrame(this.#onFrame);
    else this.#draw(SLICE);
  };

  #draw(limit: number): void {
    const started = performance.now();
    this.#flow.append(this.#collected.slice(0, limit));
    this.#collected = this.#collected.slice(limit);
    this.#flow.render(false);
    this.#drawnAt = started;
    this.#interval = Math.max(MIN_INTERVAL, PAUSE_FACTOR * (performance.now() - started));
    if (this.#collected !== '') onNextFrame(this.#onFrame);
  }
}
