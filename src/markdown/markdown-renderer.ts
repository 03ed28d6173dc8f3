import { cancelFrame, onNextFrame } from '../frames.js';
import { UrlPolicy } from '../url-policy.js';
import { BlockColours } from './block-colours.js';
import { DrawingPace } from './drawing-pace.js';
import { BlockFlow } from './flow/block-flow.js';
import { DocumentState } from './flow/document-state.js';
import type { Flow } from './flow/flow.js';
import { englishStrings } from './markdown-strings.js';
import type { MarkdownStrings } from './markdown-strings.js';
import { ReaderActions } from './reader/reader-actions.js';
import type { MarkdownPlugin } from './plugin.js';
import { ConstructPainter } from './writing/construct-painter.js';
import { Footnotes } from './writing/footnotes.js';
import type { RenderContext } from './writing/render-context.js';
import { Scrollers } from './writing/scrollers.js';
import { Syntax } from './source/syntax.js';
import type { Directives } from './source/syntax.js';
import { TextIntake } from './source/text-intake.js';

export type { MarkdownStrings } from './markdown-strings.js';
export { copySelection } from './reader/copy-selection.js';
export { readableCopy } from './reader/readable-copy.js';
export type { MarkdownPlugin } from './plugin.js';
export type { Directives } from './source/syntax.js';

export interface MarkdownWarning {
  code: 'markdown-budget';
  message: string;
}

export interface MarkdownOptions {
  policy?: UrlPolicy;
  strings?: Partial<MarkdownStrings>;
  lineNumbers?: boolean;
  /** Syntax and drawings of the host's. */
  plugins?: readonly MarkdownPlugin[];
  /** Names that a model may write as `:name[…]{…}`, and the custom elements that they stand for. */
  directives?: Directives;
  onWarning?(warning: MarkdownWarning): void;
}

const SIMPLIFIED = 'A block was too deep, too wide or too costly to render as markdown: it is shown as plain text.';

interface Deferred {
  promise: Promise<void>;
  resolve(): void;
}

function createDeferred(): Deferred {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/**
 * Renders markdown that is still being written into an element, and owns that element's children.
 *
 * What has settled is never touched again, and after `end()` the DOM is that of the whole text rendered at once.
 */
export class MarkdownRenderer {
  readonly #container: HTMLElement;
  readonly #context: RenderContext;
  readonly #actions: ReaderActions;
  readonly #colours: BlockColours;
  readonly #pace: DrawingPace;
  readonly #constructs: ConstructPainter;
  readonly #scrollers: Scrollers;
  #flow!: Flow;
  /** A text that was set and not yet compared with the one so far. */
  #next: string | undefined;
  #intake = new TextIntake();
  #ended = false;
  #streaming = false;
  /** While a text that has ended is drawn a part at a time; and how long a part of it is. */
  #part = Infinity;
  #parts: Deferred | undefined;

  constructor(container: HTMLElement, options: MarkdownOptions = {}) {
    this.#container = container;
    const { policy = new UrlPolicy(), lineNumbers = false, plugins, directives } = options;
    const strings = { ...englishStrings, ...options.strings };
    container.toggleAttribute('data-numbered', lineNumbers);
    const approvedImages = new Set<string>();
    this.#context = {
      policy,
      strings,
      syntax: new Syntax(plugins, directives),
      footnotes: new Footnotes(container, strings),
      lineNumbers,
      approvedImages,
      onConstruct: (holder) => this.#constructs.add(holder),
      onScroller: (box) => this.#scrollers.add(box),
      onCode: () => this.#colours.note(),
      onSimplified: () => options.onWarning?.({ code: 'markdown-budget', message: SIMPLIFIED }),
    };
    this.#actions = new ReaderActions(container, this.#context, (url) => approvedImages.add(url));
    this.#colours = new BlockColours(container);
    this.#scrollers = new Scrollers(strings);
    this.#constructs = new ConstructPainter(container, strings, (holder) => this.#scrollers.addDrawn(holder));
    this.#pace = new DrawingPace(container, (limit) => this.#drawDue(limit));
    this.#reset();
  }

  /** Everything that was written. */
  get source(): string {
    return this.#next ?? this.#intake.text;
  }

  /** Adds text. It is drawn with one of the next frames, together with all that has come until then. */
  write(text: string): void {
    if (text === '') return;
    this.#adopt();
    if (this.#ended) this.#restart(this.#intake.text);
    this.#intake.add(text);
    this.#showStreaming(true);
    this.#pace.request(this.#intake.length);
  }

  /** The text is complete. It is drawn at once; one that is long and made of markup alone, a part at each frame. */
  end(): void {
    this.#adopt();
    if (this.#ended) return;
    this.#ended = true;
    this.#showStreaming(false);
    this.#pace.cancel();
    this.#part = document.hidden ? Infinity : this.#intake.partLength;
    this.#drawPart();
  }

  /** Resolves when all that was written until `end()` is drawn. */
  get complete(): Promise<void> {
    return this.#parts?.promise ?? Promise.resolve();
  }

  /** Sets the whole text. Where it begins with the text so far, only the rest is written. */
  set(value: string, streaming: boolean): void {
    this.#next = value;
    if (!streaming) return this.end();
    this.#showStreaming(true);
    this.#pace.request(value.length - this.#intake.text.length);
  }

  /** Draws now what was collected. */
  flush(): void {
    this.#pace.cancel();
    if (this.#parts && this.#next === undefined) this.#drawEnd();
    else this.#drawDue(Infinity);
  }

  /** Leaves the text as it stands and lets go of everything else. */
  destroy(): void {
    this.#pace.cancel();
    this.#stopParts();
    this.#actions.destroy();
    this.#colours.destroy();
    this.#constructs.clear();
    this.#scrollers.clear();
  }

  /** The caret, which CSS draws behind the last text. */
  #showStreaming(isStreaming: boolean): void {
    if (isStreaming === this.#streaming) return;
    this.#streaming = isStreaming;
    this.#container.toggleAttribute('data-streaming', isStreaming);
  }

  /** Compares a text that was set with the one so far: once a frame, however often it is set. */
  #adopt(): void {
    const value = this.#next;
    this.#next = undefined;
    if (value === undefined) return;
    const { text } = this.#intake;
    if (value === text) return;
    if (this.#ended || !value.startsWith(text)) this.#restart(value);
    else this.#intake.add(value.slice(text.length));
  }

  #restart(source: string): void {
    this.#reset();
    this.#intake.add(source);
  }

  #reset(): void {
    this.#pace.cancel();
    this.#stopParts();
    this.#colours.clear();
    this.#constructs.clear();
    this.#scrollers.clear();
    this.#context.footnotes.clear();
    this.#container.replaceChildren();
    const state = new DocumentState(this.#context, (...flow) => new BlockFlow(...flow));
    this.#flow = state.createFlow(this.#container, { top: true, depth: 0 });
    this.#intake = new TextIntake();
    this.#ended = false;
  }

  readonly #drawPart = (): void => {
    this.#flow.append(this.#intake.take(this.#part, true));
    if (this.#intake.isEmpty) return this.#drawEnd();
    this.#parts ??= createDeferred();
    this.#flow.render(false);
    this.#constructs.draw();
    this.#scrollers.update();
    onNextFrame(this.#drawPart);
  };

  #drawEnd(): void {
    this.#flow.append(this.#intake.takeAll());
    this.#flow.render(true);
    this.#context.footnotes.finish();
    this.#constructs.draw();
    this.#scrollers.update();
    this.#colours.update(true);
    this.#stopParts();
  }

  #stopParts(): void {
    cancelFrame(this.#drawPart);
    this.#parts?.resolve();
    this.#parts = undefined;
  }

  #drawDue(limit: number): void {
    this.#adopt();
    if (!this.#ended) this.#draw(limit);
  }

  #draw(limit: number): void {
    this.#flow.append(this.#intake.take(limit));
    this.#flow.render(false);
    this.#constructs.draw();
    this.#scrollers.update();
    this.#colours.update(false);
    if (!this.#intake.isEmpty) this.#pace.request(this.#intake.length);
  }
}
