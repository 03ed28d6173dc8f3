import { withWords } from '../element/words.js';
import { UrlPolicy } from '../trust/url-policy.js';
import { BlockColours } from './block-colours.js';
import { DrawingPace } from './drawing-pace.js';
import { BlockFlow } from './flow/block-flow.js';
import { DocumentState } from './flow/document-state.js';
import type { Flow } from './flow/flow.js';
import { PlainFlow } from './flow/plain-flow.js';
import { englishStrings } from './markdown-strings.js';
import type { MarkdownStrings } from './markdown-strings.js';
import { ReaderActions } from './reader/reader-actions.js';
import type { MarkdownPlugin } from './plugin.js';
import { RestDrawing } from './rest-drawing.js';
import { Caret } from './writing/caret.js';
import type { Step } from './rest-drawing.js';
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
  code: 'markdown-budget' | 'markdown-redrawn' | 'markdown-plain' | 'host-list';
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

/** Characters of a text whose first blocks, too, may be out of sight. */
const LONG = 20_000;
const SIMPLIFIED = 'A block was too deep, too wide or too costly to render as markdown: it is shown as plain text.';
const REDRAWN = 'Drawing failed, as where a page has changed what was drawn: the text was drawn again from its start.';
const PLAIN = 'The text could not be drawn: it is shown as it is written.';

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
  readonly #caret: Caret;
  readonly #scrollers: Scrollers;
  readonly #rest: RestDrawing;
  readonly #warn: (warning: MarkdownWarning) => void;
  #state!: DocumentState;
  #flow!: Flow;
  /** A text that was set and not yet compared with the one so far. */
  #next: string | undefined;
  /** By itself: pieces of what the intake hands on would each hold on to all that it had collected by then. */
  #source = '';
  /** What was written since it was last looked at: there are many tokens to a frame, and each costs no more than this. */
  #written = '';
  #intake = new TextIntake();
  #ended = false;
  #streaming = false;
  #isSuspended = false;
  /** How much was drawn when drawing failed last. */
  #failedAt = 0;

  constructor(container: HTMLElement, options: MarkdownOptions = {}) {
    this.#container = container;
    const { policy = new UrlPolicy(), lineNumbers = false, plugins, directives } = options;
    this.#warn = (warning) => options.onWarning?.(warning);
    const strings = withWords(englishStrings, options.strings);
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
      onSimplified: () => this.#warn({ code: 'markdown-budget', message: SIMPLIFIED }),
    };
    this.#actions = new ReaderActions(container, this.#context, (url) => approvedImages.add(url));
    this.#colours = new BlockColours(container);
    this.#scrollers = new Scrollers(strings);
    this.#caret = new Caret(container);
    this.#constructs = new ConstructPainter(
      container,
      strings,
      (holder) => this.#scrollers.addDrawn(holder),
      () => this.#state.noteSimplified({ simplified: true }),
    );
    this.#pace = new DrawingPace(container, (limit) => this.#drawDue(limit));
    this.#rest = new RestDrawing(
      (length) => this.#drawRest(length),
      () => this.#finishDrawing(),
    );
    this.#reset();
  }

  /** Everything that was written. */
  get source(): string {
    return this.#next ?? this.#source + this.#written;
  }

  /** Adds text. It is drawn with one of the next frames, together with all that has come until then. */
  write(text: string): void {
    if (text === '') return;
    if (this.#next !== undefined) this.#adopt();
    if (this.#ended) this.#restart(this.#source);
    this.#showStreaming(true);
    this.#written += text;
    this.#pace.request(this.#intake.length + this.#written.length);
  }

  /** The text is complete. What is left of it is drawn at once; where that is much, the rest with the next frames. */
  end(): void {
    this.#adopt();
    this.#showStreaming(false);
    if (this.#ended) return;
    this.#ended = true;
    this.#pace.cancel();
    if (this.#flow instanceof PlainFlow) this.#drawAnew();
    this.#rest.start(this.#source.slice(this.#source.length - this.#intake.length));
  }

  /** Resolves when all that was written until `end()` is drawn. */
  get complete(): Promise<void> {
    return this.#rest.complete;
  }

  /** Sets the whole text. Where it begins with the text so far, only the rest is written. */
  set(value: string, streaming: boolean): void {
    this.#collect();
    this.#next = value;
    if (!streaming) return this.end();
    this.#showStreaming(true);
    this.#pace.request(value.length - this.#source.length);
  }

  /** Draws now what was collected. */
  flush(): void {
    this.#pace.cancel();
    if (this.#rest.isGoingOn && this.#next === undefined) this.#drawRest(Infinity);
    else this.#drawDue(Infinity);
  }

  /**
   * Out of the page for a while: what stands is complete and stays, and nothing of it is watched any more. False where
   * something is still to be drawn, or a plugin draws in it: then only the text can be kept.
   */
  suspend(): boolean {
    if (!this.#ended || this.#rest.isGoingOn || this.#constructs.areBegun) return false;
    this.#isSuspended = true;
    this.#colours.clear();
    this.#scrollers.clear();
    return true;
  }

  /** Back in the page. */
  resume(): void {
    if (!this.#isSuspended) return;
    this.#isSuspended = false;
    this.#scrollers.addAll(this.#container);
    this.#colours.update(true);
  }

  /** Leaves the text as it stands and lets go of everything else. */
  destroy(): void {
    this.#pace.cancel();
    this.#rest.stop();
    this.#showStreaming(false);
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
    if (!isStreaming) this.#caret.hide();
  }

  /** Takes over what was written since the last frame. */
  #collect(): void {
    if (this.#written === '') return;
    this.#take(this.#source + this.#written, this.#written);
    this.#written = '';
  }

  #take(source: string, added: string): void {
    this.#source = source;
    this.#intake.add(added);
    if (source.length > LONG) this.#container.toggleAttribute('data-long', true);
  }

  /** Compares a text that was set with the one so far: once a frame, however often it is set. */
  #adopt(): void {
    this.#collect();
    const value = this.#next;
    this.#next = undefined;
    if (value === undefined || value === this.#source) return;
    if (this.#ended || !value.startsWith(this.#source)) this.#restart(value);
    else this.#take(value, value.slice(this.#source.length));
  }

  #restart(source: string): void {
    this.#reset();
    this.#take(source, source);
  }

  #reset(): void {
    this.#pace.cancel();
    this.#rest.stop();
    this.#failedAt = 0;
    this.#ended = false;
    this.#source = this.#written = '';
    this.#clear();
  }

  #clear(): void {
    this.#colours.clear();
    this.#constructs.clear();
    this.#scrollers.clear();
    this.#context.footnotes.clear();
    this.#caret.hide();
    this.#container.replaceChildren();
    this.#container.removeAttribute('data-long');
    this.#state = new DocumentState(this.#context, (...flow) => new BlockFlow(...flow));
    this.#flow = this.#state.createFlow(this.#container, { top: true, depth: 0 });
    this.#intake = new TextIntake();
  }

  /** Draws so much more of a text that has ended; undefined when nothing is left. */
  #drawRest(length: number): Step | undefined {
    const step = this.#drawMore(length, true);
    if (!this.#intake.isEmpty) return step;
    this.#rest.stop();
    this.#constructs.draw();
    this.#scrollers.update();
    this.#colours.update(true);
    return undefined;
  }

  #drawDue(limit: number): void {
    this.#adopt();
    if (this.#ended) return;
    this.#drawMore(limit, false);
    if (!this.#intake.isEmpty) this.#pace.request(this.#intake.length);
    this.#finishDrawing();
  }

  #drawMore(limit: number, ended: boolean): Step {
    try {
      const before = this.#state.read;
      const some = this.#intake.take(limit, ended);
      const final = ended && this.#intake.isEmpty;
      const text = final ? some + this.#intake.takeAll() : some;
      this.#flow.append(text);
      this.#flow.render(final);
      if (final) {
        this.#state.drawLate(true);
        this.#context.footnotes.finish();
      }
      return { text, read: this.#state.read - before };
    } catch (error) {
      this.#recover(error);
      return this.#drawMore(limit, ended);
    }
  }

  /**
   * Where the page or an extension has taken away what stood here, the text is drawn anew from its start; where that
   * fails, too, or does again before there is twice as much of it, it is shown as it is written.
   */
  #recover(error: unknown): void {
    if (this.#flow instanceof PlainFlow) throw error;
    reportError(error);
    const drawn = this.#source.length - this.#intake.length;
    const isPlain = drawn <= 2 * this.#failedAt;
    this.#failedAt = drawn;
    this.#drawAnew();
    if (isPlain) this.#flow = new PlainFlow(this.#container);
    this.#warn(isPlain ? { code: 'markdown-plain', message: PLAIN } : { code: 'markdown-redrawn', message: REDRAWN });
  }

  #drawAnew(): void {
    this.#clear();
    this.#take(this.#source, this.#source);
  }

  #finishDrawing(): void {
    if (this.#streaming) this.#caret.follow();
    this.#constructs.draw();
    this.#scrollers.update();
    this.#colours.update(false);
  }
}
