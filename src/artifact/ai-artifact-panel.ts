import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { reduceMessage } from '../conversation/reduce/reduce-message.js';
import { withCarriedArtifact } from '../conversation/thread/carried-artifact.js';
import { showStates } from '../element/custom-states.js';
import { AiArtifactCloseEvent, AiArtifactOpenEvent } from '../events.js';
import { cancelFrame, onNextFrame } from '../element/frames.js';
import { KeptFocus } from '../element/kept-focus.js';
import { LatePart } from '../element/late-part.js';
import type { Message } from '../message.js';
import type { Directives, MarkdownPlugin } from '../markdown/markdown-renderer.js';
import { MarkdownRules } from '../markdown/markdown-settings.js';
import { isArtifactType, readHousePart } from '../protocols/parts/house-parts.js';
import type { ArtifactPart, StreamPart } from '../protocols/stream-part.js';
import { addStyles } from '../element/style-sheets.js';
import { wordsFor } from '../element/locales.js';
import { StyledElement } from '../element/styled-element.js';
import { tokens } from '../element/tokens.js';
import type { ArtifactRecord } from './artifact-history.js';
import { kindWatchers } from './artifact-kinds.js';
import { ArtifactSource, type ArtifactSession } from './artifact-source.js';
import { AutoOpen } from './panel/auto-open.js';
import { FocusReturn } from './panel/focus-return.js';
import { frameStyles } from './panel/frame-styles.js';
import { KnownDeltas } from './known-deltas.js';
import { loadingStrings } from './panel/loading-strings.js';
import type { PanelBody } from './panel/panel-body.js';
import { PanelState, type PanelView } from './panel/panel-state.js';
import type { ArtifactStrings } from './panel/panel-strings.js';
import type { RunPolicy } from './preview/document-preview.js';

export { registerKind, type ArtifactKind } from './artifact-kinds.js';
export type { ArtifactView } from './views/artifact-view.js';
export { setMermaidSource } from './preview/mermaid-source.js';

/**
 * @summary Shows what a model writes beside the conversation: code as it streams, its preview, its versions.
 * @tag ai-artifact-panel
 *
 * @fires {AiArtifactOpenEvent} ai-artifact-open - The panel opened, or shows another artifact.
 * @fires {AiArtifactCloseEvent} ai-artifact-close - The panel closed.
 * @fires {AiArtifactConsoleEvent} ai-artifact-console - The code in a preview wrote to its console.
 * @fires {AiArtifactErrorEvent} ai-artifact-error - A preview failed.
 * @fires {AiArtifactEditEvent} ai-artifact-edit - The reader changed an artifact, or asks the model to. Cancelable.
 * @fires {AiLinkEvent} ai-link - The reader follows a link of markdown, or lets a preview open one. Cancelable.
 * @fires {AiCodeCopyEvent} ai-code-copy - A code block in markdown was copied.
 * @fires {AiWarningEvent} ai-warning - Markdown is shown more simply than it was written, or an entry of a list of hosts is none.
 *
 * @csspart panel - All but the handle.
 * @csspart resizer - The handle that changes the size.
 * @csspart header - The first line: title or tabs, full screen, close.
 * @csspart title - The name, where there is one artifact.
 * @csspart tabs - The artifacts, where there are several.
 * @csspart tab - An artifact's or a view's tab.
 * @csspart toolbar - The second line: views, versions, what can be done.
 * @csspart views - The ways to show it: code, preview, changes.
 * @csspart versions - The version that is shown and the way to others.
 * @csspart content - Where the view stands.
 * @csspart code - The source text.
 * @csspart preview - The preview.
 * @csspart preview-bar - How the preview is doing.
 * @csspart console - What the preview wrote.
 * @csspart request - Asks for a change of what is selected.
 * @csspart notice - Says that an artifact was not finished.
 * @csspart empty - Stands where there is no artifact yet.
 * @csspart restore - Makes an earlier version the newest.
 * @csspart fullscreen - The button that fills the window.
 * @csspart close - The button that closes the panel.
 * @csspart edit - The button that lets the reader change the text.
 * @csspart copy - The button that copies it.
 * @csspart download - The button that saves it.
 * @csspart stop - The button that ends a run.
 * @csspart reload - The button that runs it anew.
 * @csspart menu - What else can be done, folded away.
 * @csspart link - Asks before a preview opens a page.
 * @cssproperty --ai-artifact-width - The width beside the conversation; the reader may change it.
 * @cssproperty --ai-artifact-z-index - The layer of the sheet on a narrow screen.
 * @cssstate streaming - An artifact is being written.
 */
export class AiArtifactPanel extends StyledElement {
  static override styles = [tokens, frameStyles];

  /** The id of the chat element, in the same tree, whose artifacts are shown. */
  @property() for = '';

  /** A `ChatSession`, or anything of its shape; goes before `for`. */
  @property({ attribute: false }) session: ArtifactSession | undefined = undefined;

  /** Whether the panel is there. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** `code`, `preview` or `diff`. Unset: the code while it is written, then the preview where there is one. */
  @property({ reflect: true }) view: PanelView | undefined = undefined;

  /** `first`: opens by itself when the thread begins its first artifact. `never`: waits to be asked. */
  @property({ attribute: 'auto-open' }) autoOpen: 'first' | 'never' = 'first';

  /**
   * When a preview runs: `auto` as soon as it is complete, `manual` when the reader asks, `never` (then it is shown
   * without its scripts).
   */
  @property() run: RunPolicy = 'auto';

  /** Another origin of the host's that serves `artifact-frame.html`. Strict pages need it; see the README. */
  @property({ attribute: 'sandbox-origin' }) sandboxOrigin = '';

  /** Addresses that a preview may load from, separated by spaces. Empty: it has no network. */
  @property({ attribute: 'allow-origins' }) allowOrigins = '';

  /** Hosts whose pictures load unasked in markdown, as in `<ai-markdown>`. Default: the chat's. */
  @property({ attribute: 'image-hosts' }) imageHosts: string | undefined = undefined;

  /** Hosts whose links in markdown open without the step that shows the address. Default: the chat's. */
  @property({ attribute: 'link-hosts' }) linkHosts: string | undefined = undefined;

  /** Syntax and drawings beside markdown's own, as in `<ai-markdown>`. Default: the chat's. */
  @property({ attribute: false }) plugins: readonly MarkdownPlugin[] | undefined = undefined;

  /** Names that a model may write in markdown, and the custom elements that they stand for. Default: the chat's. */
  @property({ attribute: false }) directives: Directives | undefined = undefined;

  /** Words for the reader, where they differ from the English ones. */
  @property({ attribute: false }) strings: Partial<ArtifactStrings> = {};

  readonly #internals = this.attachInternals();
  readonly #state = new PanelState();
  readonly #deltas = new KnownDeltas();
  readonly #source = new ArtifactSource(this, {
    changed: () => this.#readSoon(),
    started: () => this.#handleStart(),
    part: (part, event) => this.#deltas.note(part, event),
    selected: (id, messageId) => this.#handleSelect(id, messageId),
  });
  readonly #rules = new MarkdownRules(this);
  readonly #autoOpen = new AutoOpen();
  readonly #focus = new FocusReturn(this);
  readonly #body = new LatePart<PanelBody>(
    async () => {
      const { PanelBody, bodyStyles } = await import('./panel/panel-body.js');
      addStyles(this.renderRoot as ShadowRoot, bodyStyles);
      return new PanelBody(this, {
        state: this.#state,
        rules: () => this.#rules.read(this.#source.chat),
        // A failed request is the chat's to tell.
        send: (text) => void this.#source.session?.send?.(text).catch(() => {}),
      });
    },
    () => this.requestUpdate(),
  );
  readonly #readTask = (): void => this.#read();
  // What `apply()` was given, as the message that it would be part of.
  #applied: Message = { id: 'applied', role: 'assistant', parts: [] };
  // Whether the thread has changed since it was read.
  #stale = false;
  #shownId: string | undefined;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.#handleKeyDown(event));
    this.addController(
      new KeptFocus(this, () => [this.#selectedTab, this.renderRoot.querySelector<HTMLElement>('[part=close]')]),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Before there is something to show, so that nobody waits for it then.
    void this.#body.load();
    kindWatchers.add(this.#readTask);
    this.#readSoon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Taken out and put back in one task is a move: nothing may be lost by it.
    queueMicrotask(() => {
      if (!this.isConnected) this.#release();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for') || changed.has('session')) this.#source.find();
    // A preview that runs was made under the settings before.
    if (changed.has('run') || changed.has('sandboxOrigin') || changed.has('allowOrigins')) this.#body.value?.clear();
    this.#readIfStale();
    showStates(this.#internals, { streaming: this.#state.isStreaming });
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { current } = this.#state;
    this.#body.value?.show(this.#deltas.take(current?.artifact.id));
    this.#dispatchOpenAndClose(changed);
  }

  /** An open panel is complete with what it shows. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (!this.open || this.#body.value || this.#body.hasFailed) return isComplete;
    await this.#body.load();
    return super.getUpdateComplete();
  }

  /** Every artifact of the thread with all its versions, oldest first. */
  get artifacts(): readonly ArtifactRecord[] {
    this.#readIfStale();
    return this.#state.history.records;
  }

  /** Opens the panel at an artifact: at its newest version, or at the one that is named. */
  show(id: string, version?: number): void {
    this.#readIfStale();
    this.#state.pick(id, version);
    this.open = true;
    this.requestUpdate();
  }

  /** Closes the panel. The focus goes back to where it came from. */
  close(): void {
    const hadFocus = Boolean(this.shadowRoot?.activeElement);
    this.open = false;
    if (hadFocus) this.#focus.giveBack();
  }

  /** Takes one part of an artifact's stream by hand, without a session. Others are passed over. */
  apply(part: StreamPart): void {
    for (const one of readHousePart(part) ?? []) if (isArtifactType(one.type)) this.#apply(one as ArtifactPart);
  }

  #apply(part: ArtifactPart): void {
    this.#applied = reduceMessage(withCarriedArtifact(this.#applied, this.#source.messages, part), part);
    this.#deltas.note(part);
    this.#readSoon();
    if (!/-(delta|end)$/.test(part.type)) this.#handleStart();
  }

  protected override render(): TemplateResult {
    return html`${this.#body.value?.render() ?? this.#renderWaiting()}
      <p class="visually-hidden" role="status"></p>`;
  }

  #renderWaiting(): TemplateResult | typeof nothing {
    if (!this.#body.hasFailed) return nothing;
    const { notLoaded, retry, close } = wordsFor(this, 'artifacts', loadingStrings);
    return html`<section class="failure" part="panel">
      <p part="empty" role="alert">${notLoaded}</p>
      <button type="button" @click=${this.#handleRetry}>${retry}</button>
      <button type="button" @click=${this.#handleClose}>${close}</button>
    </section>`;
  }

  readonly #handleClose = (): void => this.close();

  readonly #handleRetry = (): void => void this.#body.load();

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    if (!this.#body.value?.takesEscape()) this.close();
  }

  #handleStart(): void {
    this.#autoOpen.start();
    this.#readSoon();
  }

  /** The reader asked for it with a key or a click, so the focus may follow. */
  #handleSelect(id: string, messageId: string | undefined): void {
    this.#readIfStale();
    this.show(id, this.#state.history.versionOf(id, messageId));
    void this.#focus.move(() => this.#selectedTab, this.updateComplete);
  }

  /** Of the view that is shown. */
  get #selectedTab(): HTMLElement | null | undefined {
    return this.shadowRoot?.querySelector('.toolbar [aria-selected="true"]');
  }

  #readSoon(): void {
    this.#stale = true;
    if (this.isConnected) onNextFrame(this.#readTask);
  }

  #read(): void {
    this.#readIfStale();
    this.requestUpdate();
  }

  #readIfStale(): void {
    if (!this.#stale) return;
    this.#stale = false;
    const { messages } = this.#source;
    this.#state.read(this.#applied.parts.length > 0 ? [...messages, this.#applied] : messages);
    if (this.#autoOpen.asks(this.#state) && this.autoOpen !== 'never') this.open = true;
  }

  #dispatchOpenAndClose(changed: PropertyValues<this>): void {
    const id = this.#state.current?.artifact.id;
    if (this.open && id !== undefined && (id !== this.#shownId || changed.has('open')))
      this.dispatchEvent(new AiArtifactOpenEvent({ id }));
    if (!this.open && changed.get('open') === true) this.dispatchEvent(new AiArtifactCloseEvent({ id }));
    this.#shownId = this.open ? id : undefined;
  }

  #release(): void {
    this.#source.release();
    this.#body.value?.release();
    kindWatchers.delete(this.#readTask);
    cancelFrame(this.#readTask);
  }
}
