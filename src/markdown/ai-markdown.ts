import { css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { showStates } from '../element/custom-states.js';
import { AiWarningEvent } from '../events.js';
import { localWords } from '../element/locales.js';
import { StyledElement } from '../element/styled-element.js';
import { tokens } from '../element/tokens.js';
import { withWords } from '../element/words.js';
import { readGivenHosts } from './given-hosts.js';
import { givenText } from './given-text.js';
import { KnownSettings } from './known-settings.js';
import { MarkdownRenderer } from './markdown-renderer.js';
import type { Directives, MarkdownPlugin, MarkdownStrings, MarkdownWarning } from './markdown-renderer.js';
import { markdownStyles } from './markdown-styles.js';

const SETTINGS = ['imageHosts', 'linkHosts', 'lineNumbers', 'plugins', 'directives', 'strings'] as const;

/**
 * Markdown that is still being written, rendered as it comes: safe, without flicker, and without touching again what
 * has settled.
 *
 * @summary Renders streamed or whole markdown from a model.
 * @tag ai-markdown
 * @slot - Markdown as text, for a page without script. It is read once, and again when it changes.
 * @fires {AiLinkEvent} ai-link - A link is about to be followed. Cancelable.
 * @fires {AiCodeCopyEvent} ai-code-copy - A code block was copied.
 * @fires {AiWarningEvent} ai-warning - Something was rendered more simply than it was written (its text is all there), drawn again since the page had changed it, or an entry of a list of hosts is none.
 * @csspart content - The rendered text.
 * @csspart code-block - A code block with its bar.
 * @csspart code-bar - The line above a code block.
 * @csspart action - A button of a code block or table.
 * @csspart table - The box in which a wide table scrolls.
 * @csspart table-bar - The line above a table.
 * @csspart image-placeholder - The button that stands for a picture until the reader asks for it.
 * @csspart leaving-dialog - The step before a link to a host that is not listed.
 * @cssproperty --ai-caret-color - Behind the last text while it is written.
 * @cssproperty [--ai-code-max-block-size=none] - The height from which code scrolls in itself.
 * @cssproperty --ai-code-keyword - A colour of code; also `-string`, `-number`, `-comment`, `-function`, `-type`, `-name`, `-tag`, `-added`, `-removed`.
 * @cssstate streaming - The text is still being written.
 */
export class AiMarkdown extends StyledElement {
  static override styles = [
    tokens,
    markdownStyles,
    css`
      :host {
        display: block;
        /* What is there for assistive technology alone stands in it, not in the page around it, which it would make longer. */
        position: relative;
      }
      :host([hidden]) {
        display: none;
      }
    `,
  ];

  /** The text is still being written: open emphasis, links and blocks are shown as what they will be. */
  @property({ type: Boolean, reflect: true }) streaming = false;

  /**
   * Hosts whose pictures load unasked, separated by spaces. `self` is the page's own, `*` is every host, `data:` stands for
   * those that are all in their address.
   */
  @property({ attribute: 'image-hosts' }) imageHosts = '';

  /** Hosts whose links open without a step that shows the address. Nothing listed: no link has that step. */
  @property({ attribute: 'link-hosts' }) linkHosts = '';

  /** Number the lines of code blocks. */
  @property({ type: Boolean, attribute: 'line-numbers' }) lineNumbers = false;

  /** Syntax and drawings beside markdown's own: `ai-stream-elements/plugins/…`, or your own. */
  @property({ attribute: false }) plugins: readonly MarkdownPlugin[] = [];

  /** Names that a model may write as `:name[…]{…}`, and the custom elements of yours that they stand for. */
  @property({ attribute: false }) directives: Directives = {};

  /** Words of the element in another language. */
  @property({ attribute: false }) strings: Partial<MarkdownStrings> = {};

  readonly #internals = this.attachInternals();
  readonly #content = document.createElement('div');
  readonly #settings = new KnownSettings();
  #renderer: MarkdownRenderer | undefined;
  /** The text, while there is no renderer to keep it. */
  #value = '';
  /** The text in the page, as it was last read. */
  #lightText = '';
  #observer: MutationObserver | undefined;

  constructor() {
    super();
    this.#content.classList.add('markdown');
    this.#content.setAttribute('part', 'content');
  }

  /** The whole text so far. Setting one that begins with the text so far writes only the rest. */
  @property()
  get value(): string {
    return this.#renderer?.source ?? this.#value;
  }
  set value(value: string | null | undefined) {
    this.#value = givenText(value, 'value');
    this.#renderer?.set(this.#value, this.streaming);
  }

  /** A stream of text to pipe a response into: `response.body.pipeThrough(new TextDecoderStream()).pipeTo(element.writable)`. */
  get writable(): WritableStream<string> {
    return new WritableStream<string>({
      write: (text) => this.#writePiped(text),
      close: () => this.end(),
      abort: () => this.end(),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer ??= new MutationObserver(() => this.#readLightText());
    this.#observer.observe(this, { childList: true, characterData: true, subtree: true });
    this.#readLightText();
    this.#renderer?.resume();
    // Out of the page for longer than a move, it has let a renderer go that had something to draw.
    if (this.hasUpdated && !this.#renderer) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    queueMicrotask(() => {
      if (!this.isConnected && !this.#renderer?.suspend()) this.#release();
    });
  }

  /** Adds text at the end. */
  write(text: string | null | undefined): void {
    const given = givenText(text, 'write()');
    if (!this.streaming) this.streaming = true;
    if (this.#renderer) this.#renderer.write(given);
    else this.#value += given;
  }

  /** Draws now what has been written, without waiting for the next frame. */
  flush(): void {
    // What has just come into the page has no renderer yet.
    if (!this.#renderer && this.isConnected) this.performUpdate();
    this.#renderer?.flush();
  }

  /** The text is complete: it is rendered exactly as the whole text would be; what is long is there with `updateComplete`. */
  end(): void {
    this.streaming = false;
    this.#renderer?.end();
  }

  /** With all that was written until `end()`. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    await this.#renderer?.complete;
    return isComplete;
  }

  protected override willUpdate(changed: PropertyValues<AiMarkdown>): void {
    const areOther = this.#settings.renew([...SETTINGS.map((name) => this[name]), localWords(this, 'markdown')]);
    if (areOther || !this.#renderer) this.#renderAnew();
    else if (changed.has('streaming') && !this.streaming) this.#renderer?.end();
    showStates(this.#internals, { streaming: this.streaming });
  }

  protected override render(): TemplateResult {
    return html`${this.#content}`;
  }

  /** A stream that fails here is over, and nobody else says so. */
  #writePiped(text: string): void {
    try {
      this.write(text);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  #renderAnew(): void {
    this.#release();
    // Not in the middle of drawing: whoever hears it may set another text.
    const onWarning = (warning: MarkdownWarning) =>
      queueMicrotask(() => this.dispatchEvent(new AiWarningEvent(warning)));
    this.#renderer = new MarkdownRenderer(this.#content, {
      policy: readGivenHosts(this.imageHosts, this.linkHosts, onWarning),
      strings: withWords(localWords(this, 'markdown') ?? {}, this.strings),
      lineNumbers: this.lineNumbers,
      plugins: this.plugins,
      directives: this.directives,
      onWarning,
    });
    this.#renderer.set(this.#value, this.streaming);
  }

  /** Without a renderer nothing is left that listens or waits; the text stays, and is rendered when connected again. */
  #release(): void {
    this.#value = this.value;
    this.#renderer?.destroy();
    this.#renderer = undefined;
  }

  /** Only another text than before is news: what the host has set since then stays where the element is moved. */
  #readLightText(): void {
    const text = dedent(this.textContent ?? '');
    const isNews = text !== this.#lightText && (this.hasUpdated || this.value === this.#lightText);
    this.#lightText = text;
    if (isNews) this.value = text;
  }
}

/** Text in a page is indented with the markup around it. */
function dedent(text: string): string {
  const lines = text
    .replace(/^[ \t]*\n/, '')
    .trimEnd()
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents, Infinity);
  return Number.isFinite(indent) ? lines.map((line) => line.slice(indent)).join('\n') : '';
}
