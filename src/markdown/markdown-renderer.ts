import { cancelFrame, measureFrame, onNextFrame } from '../frames.js';
import { UrlPolicy } from '../url-policy.js';
import { BlockFlow } from './flow/block-flow.js';
import { CodePainter } from '../code/code-painter.js';
import { DocumentState } from './flow/document-state.js';
import type { Flow } from './flow/flow.js';
import { englishStrings } from './markdown-strings.js';
import type { MarkdownStrings } from './markdown-strings.js';
import { ReaderActions } from './reader/reader-actions.js';
import type { RenderContext } from './writing/render-context.js';
import { TextIntake } from './source/text-intake.js';

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
/** Characters read in one frame when much has piled up, as after a hidden tab is seen again: fewer after a slow frame. */
const MIN_SLICE = 1500;
const MAX_SLICE = 40_000;
const SLOW_FRAME = 20;

/**
 * Renders markdown that is still being written into an element, and owns that element's children.
 *
 * What has settled is never touched again, and after `end()` the DOM is that of the whole text rendered at once.
 */
export class MarkdownRenderer {
  readonly #container: HTMLElement;
  readonly #context: RenderContext;
  readonly #actions: ReaderActions;
  readonly #painter: CodePainter;
  #flow!: Flow;
  #source = '';
  /** A text that was set and not yet compared with the one so far. */
  #next: string | undefined;
  #intake = new TextIntake();
  #ended = false;
  #drawnAt = -Infinity;
  #interval = MIN_INTERVAL;
  #slice = 5000;

  constructor(container: HTMLElement, options: MarkdownOptions = {}) {
    this.#container = container;
    const { policy = new UrlPolicy(), strings, lineNumbers = false } = options;
    const approvedImages = new Set<string>();
    this.#context = {
      policy,
      strings: { ...englishStrings, ...strings },
      lineNumbers,
      approvedImages,
      onCode: () => this.#painter.schedule(),
      onSimplified: () => options.onWarning?.({ code: 'markdown-budget', message: SIMPLIFIED }),
    };
    this.#actions = new ReaderActions(container, this.#context, (url) => approvedImages.add(url));
    this.#painter = new CodePainter(container);
    this.#reset();
  }

  /** Everything that was written. */
  get source(): string {
    return this.#next ?? this.#source;
  }

  /** Adds text. It is drawn with one of the next frames, together with all that has come until then. */
  write(text: string): void {
    if (text === '') return;
    this.#adopt();
    if (this.#ended) this.#restart(this.#source);
    this.#source += text;
    this.#intake.add(text);
    this.#showStreaming(true);
    onNextFrame(this.#onFrame);
  }

  /** The text is complete. It is drawn at once. */
  end(): void {
    this.#adopt();
    if (this.#ended) return;
    this.#ended = true;
    this.#showStreaming(false);
    cancelFrame(this.#onFrame);
    this.#flow.append(this.#intake.takeAll());
    this.#flow.render(true);
  }

  /** Sets the whole text. Where it begins with the text so far, only the rest is written. */
  set(value: string, streaming: boolean): void {
    this.#next = value;
    if (!streaming) return this.end();
    this.#showStreaming(true);
    onNextFrame(this.#onFrame);
  }

  /** Draws now what was collected. */
  flush(): void {
    cancelFrame(this.#onFrame);
    this.#adopt();
    if (!this.#ended) this.#draw(Infinity);
  }

  /** Leaves the text as it stands and lets go of everything else. */
  destroy(): void {
    cancelFrame(this.#onFrame);
    this.#actions.destroy();
    this.#painter.destroy();
  }

  /** The caret, which CSS draws behind the last text. */
  #showStreaming(isStreaming: boolean): void {
    this.#container.toggleAttribute('data-streaming', isStreaming);
  }

  /** Compares a text that was set with the one so far: once a frame, however often it is set. */
  #adopt(): void {
    const value = this.#next;
    this.#next = undefined;
    if (value === undefined || value === this.#source) return;
    if (this.#ended || !value.startsWith(this.#source)) this.#restart(value);
    else {
      this.#intake.add(value.slice(this.#source.length));
      this.#source = value;
    }
  }

  #restart(source: string): void {
    this.#reset();
    this.#source = source;
    this.#intake.add(source);
  }

  #reset(): void {
    cancelFrame(this.#onFrame);
    this.#painter.clear();
    this.#container.replaceChildren();
    const state = new DocumentState(this.#context, (...flow) => new BlockFlow(...flow));
    this.#flow = state.createFlow(this.#container, { top: true, depth: 0 });
    this.#source = '';
    this.#intake = new TextIntake();
    this.#ended = false;
  }

  readonly #onFrame = (): void => {
    if (performance.now() - this.#drawnAt < this.#interval) return onNextFrame(this.#onFrame);
    this.#adopt();
    if (this.#ended) return;
    measureFrame(this.#onMeasured);
    this.#draw(this.#slice);
  };

  readonly #onMeasured = (cost: number): void => {
    this.#interval = Math.max(MIN_INTERVAL, PAUSE_FACTOR * cost);
    const slice = cost > SLOW_FRAME ? this.#slice / 2 : this.#slice * 1.25;
    this.#slice = Math.round(Math.min(MAX_SLICE, Math.max(MIN_SLICE, slice)));
  };

  #draw(limit: number): void {
    this.#drawnAt = performance.now();
    this.#flow.append(this.#intake.take(limit));
    this.#flow.render(false);
    if (!this.#intake.isEmpty) onNextFrame(this.#onFrame);
  }
}
