import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../message.js';
import { reduceArtifact } from '../conversation/reduce-artifact.js';
import { AiArtifactCloseEvent, AiArtifactEditEvent, AiArtifactOpenEvent } from '../events.js';
import { cancelFrame, onNextFrame } from '../frames.js';
import type { ArtifactPart } from '../protocols/stream-part.js';
import { tokens } from '../tokens.js';
import { deepActiveElement } from './active-element.js';
import type { ArtifactRecord, ArtifactVersion } from './artifact-history.js';
import { changeRequest } from './change-request.js';
import { ArtifactSource, type ArtifactSession } from './artifact-source.js';
import { Announcer } from './announcer.js';
import { registerBuiltinKinds } from './builtin-kinds.js';
import type { PreviewSettings, RunPolicy } from './document-preview.js';
import { frameAddress, looksSameSite } from './frame-address.js';
import { safeOrigins } from './frame-policy.js';
import { icon } from './panel-icons.js';
import { previewBar } from './preview-bar.js';
import { PanelResizer } from './panel-resizer.js';
import { PanelState, type PanelView } from './panel-state.js';
import { artifactStrings, type ArtifactStrings } from './panel-strings.js';
import { codeStyles, panelStyles } from './panel-styles.js';
import { viewStyles } from './view-styles.js';
import { handleTablistKeys } from './tablist-keys.js';
import { ViewSlot } from './view-slot.js';

/**
 * @summary Shows what a model writes beside the conversation: code as it streams, its preview, its versions.
 * @tag ai-artifact-panel
 *
 * @fires {AiArtifactOpenEvent} ai-artifact-open - The panel opened, or shows another artifact.
 * @fires {AiArtifactCloseEvent} ai-artifact-close - The panel closed.
 * @fires {AiArtifactConsoleEvent} ai-artifact-console - The code in a preview wrote to its console.
 * @fires {AiArtifactErrorEvent} ai-artifact-error - A preview failed.
 * @fires {AiArtifactEditEvent} ai-artifact-edit - The reader changed an artifact, or asks the model to. Cancelable.
 */
export class AiArtifactPanel extends LitElement {
  static override readonly styles = [tokens, panelStyles, codeStyles, viewStyles];

  /** The id of the chat element, in the same tree, whose artifacts are shown. */
  @property() for = '';

  /** A `ChatSession`, or anything of its shape; goes before `for`. */
  @property({ attribute: false }) session: ArtifactSession | undefined;

  /** Whether the panel is there. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** `code`, `preview` or `diff`. Unset: the code while it is written, then the preview where there is one. */
  @property({ reflect: true }) view: PanelView | undefined;

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

  /** Words for the reader, where they differ from the English ones. */
  @property({ attribute: false }) strings: Partial<ArtifactStrings> = {};

  readonly #state = new PanelState();
  readonly #source = new ArtifactSource(this, {
    changed: () => this.#readSoon(),
    started: () => this.#handleStart(),
    selected: (id) => this.#handleSelect(id),
  });
  readonly #resizer = new PanelResizer(this);
  readonly #announcer = new Announcer();
  readonly #slot = new ViewSlot({
    settings: () => this.#previewSettings(),
    changed: () => this.requestUpdate(),
    dispatch: (event) => this.dispatchEvent(event),
    escaped: () => this.close(),
  });
  readonly #previewActions = {
    run: (): void => this.#slot.preview?.run(),
    stop: (): void => this.#slot.preview?.stop(),
    clearConsole: (): void => this.#handleClearConsole(),
    openLink: (): void => this.#handleOpenLink(),
    dismissLink: (): void => this.#slot.preview?.dismissLink(),
    fix: (): void => this.#handleFix(),
  };
  readonly #readTask = (): void => this.#read();
  // What `apply()` was given, as the message that it would be part of.
  #applied: Message = { id: 'applied', role: 'assistant', parts: [] };
  #stale = false;
  #startedSinceRead = false;
  #openedByItself = false;
  #shownId: string | undefined;
  #focusBefore: HTMLElement | undefined;

  constructor() {
    super();
    registerBuiltinKinds();
    this.addEventListener('keydown', (event) => this.#handleKeyDown(event));
    this.addEventListener('focusin', (event) => this.#handleFocusIn(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
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
    if (changed.has('run') || changed.has('sandboxOrigin') || changed.has('allowOrigins')) this.#slot.clear();
    this.#readIfStale();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#showView();
    this.#announce();
    this.#dispatchOpenAndClose(changed);
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
    if (hadFocus && this.#focusBefore?.isConnected) this.#focusBefore.focus();
  }

  /** Takes one part of an artifact's stream by hand, without a session. Other parts are passed over. */
  apply(part: ArtifactPart): void {
    this.#applied = reduceArtifact(this.#applied, part);
    this.#readSoon();
    if (part.type === 'artifact-start') this.#handleStart();
  }

  protected override render(): TemplateResult {
    const current = this.#state.current;
    return html`
      ${this.#renderResizer()}
      <section class="panel" part="panel" aria-label=${this.#word('panel')}>
        <header class="bar" part="header">
          ${this.#renderArtifacts(current)}
          <button
            class="sign"
            part="close"
            type="button"
            aria-label=${this.#word('close')}
            title=${this.#word('close')}
            @click=${this.close}
          >
            ${icon('close')}
          </button>
        </header>
        ${current ? this.#renderToolbar(current) : nothing}
        <div
          id="content"
          part="content"
          role=${current ? 'tabpanel' : nothing}
          aria-labelledby=${current ? 'view' : nothing}
        ></div>
        ${this.#slot.preview ? previewBar(this.#slot.preview, this.#words, this.#previewActions) : nothing}
        ${current ? this.#renderStatus(current) : html`<p class="empty" part="empty">${this.#word('empty')}</p>`}
        <p class="visually-hidden" role="status"></p>
      </section>
    `;
  }

  #renderResizer(): TemplateResult {
    const { now, min, max } = this.#resizer.values;
    return html`<div
      class="resizer"
      part="resizer"
      role="separator"
      tabindex="0"
      aria-label=${this.#word('resize')}
      aria-orientation=${this.#resizer.isSheet ? 'horizontal' : 'vertical'}
      aria-valuenow=${now}
      aria-valuemin=${min}
      aria-valuemax=${max}
      @pointerdown=${this.#resizer.handlePointerDown}
      @keydown=${this.#resizer.handleKeyDown}
    ></div>`;
  }

  #renderArtifacts(current: ArtifactVersion | undefined): TemplateResult {
    const { records } = this.#state.history;
    if (records.length < 2) return html`<h2 part="title">${current ? this.#title(current) : this.#word('panel')}</h2>`;
    return html`<div
      class="artifacts"
      part="tabs"
      role="tablist"
      aria-label=${this.#word('artifacts')}
      @keydown=${handleTablistKeys}
    >
      ${records.map((record) => this.#renderArtifactTab(record, record.id === current?.artifact.id))}
    </div>`;
  }

  #renderArtifactTab(record: ArtifactRecord, selected: boolean): TemplateResult {
    const newest = record.versions.at(-1)!;
    return html`<button
      part="tab"
      type="button"
      role="tab"
      aria-selected=${selected}
      aria-controls="content"
      tabindex=${selected ? 0 : -1}
      data-id=${record.id}
      @click=${this.#handleArtifactTab}
    >
      ${newest.artifact.status === 'streaming' ? this.#renderPulse() : nothing}<span>${this.#title(newest)}</span>
    </button>`;
  }

  #renderPulse(): TemplateResult {
    return html`<span class="pulse" role="img" aria-label=${this.#word('writing')}></span>`;
  }

  #renderToolbar(current: ArtifactVersion): TemplateResult {
    const shown = this.#state.viewFor(this.view);
    return html`<div class="bar toolbar" part="toolbar">
      <div role="tablist" aria-label=${this.#word('views')} @keydown=${handleTablistKeys}>
        ${this.#state.views.map((view) => this.#renderViewTab(view, view === shown))}
      </div>
      ${current.artifact.status === 'streaming' ? this.#renderPulse() : nothing}
      <span class="spring"></span>
      ${this.#renderVersions(current)}
    </div>`;
  }

  #renderViewTab(view: PanelView, selected: boolean): TemplateResult {
    return html`<button
      part="tab"
      type="button"
      role="tab"
      id=${selected ? 'view' : nothing}
      aria-selected=${selected}
      aria-controls="content"
      tabindex=${selected ? 0 : -1}
      data-view=${view}
      @click=${this.#handleViewTab}
    >
      ${this.#word(view)}
    </button>`;
  }

  #renderVersions({ version }: ArtifactVersion): TemplateResult | typeof nothing {
    const count = this.#state.record?.versions.length ?? 0;
    if (count < 2) return nothing;
    return html`<div class="versions" part="versions" role="group" aria-label=${this.#word('version')}>
      ${this.#renderVersionStep('earlier', version - 1, version === 1)}
      <span>${this.#words.versionOf(version, count)}</span>
      ${this.#renderVersionStep('later', version + 1, version === count)}
    </div>`;
  }

  #renderVersionStep(name: 'earlier' | 'later', version: number, disabled: boolean): TemplateResult {
    return html`<button
      class="sign flips"
      type="button"
      aria-label=${this.#word(name)}
      title=${this.#word(name)}
      ?disabled=${disabled}
      data-version=${version}
      @click=${this.#handleVersionStep}
    >
      ${icon(name)}
    </button>`;
  }

  #renderStatus({ artifact: { status } }: ArtifactVersion): TemplateResult | typeof nothing {
    if (status !== 'stopped' && status !== 'error') return nothing;
    return html`<p class="notice" part="notice">${this.#word(status === 'stopped' ? 'stopped' : 'failed')}</p>`;
  }

  #handleArtifactTab(event: Event): void {
    this.show((event.currentTarget as HTMLElement).dataset['id'] ?? '');
  }

  #handleViewTab(event: Event): void {
    this.view = (event.currentTarget as HTMLElement).dataset['view'] as PanelView;
  }

  #handleVersionStep(event: Event): void {
    const { id } = this.#state.record!;
    this.show(id, Number((event.currentTarget as HTMLElement).dataset['version']));
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    this.close();
  }

  #handleFocusIn(event: FocusEvent): void {
    const before = event.relatedTarget;
    if (before instanceof HTMLElement && !this.contains(before)) this.#focusBefore = before;
  }

  #handleClearConsole(): void {
    this.#slot.preview?.log.clear();
    this.requestUpdate();
  }

  #handleOpenLink(): void {
    const url = this.#slot.preview?.link;
    if (url !== undefined) open(url, '_blank', 'noopener,noreferrer');
    this.#slot.preview?.dismissLink();
  }

  #handleFix(): void {
    const error = this.#slot.preview?.log.lastError;
    const current = this.#state.current;
    if (error && current)
      this.#request(current, { from: 0, to: current.artifact.content.length }, this.#words.fixRequest(error.text));
  }

  /** Asks the model to change a part of a version, through the chat unless the host takes it. */
  #request(current: ArtifactVersion, range: { from: number; to: number }, request: string): void {
    const { id, content } = current.artifact;
    const text = content.slice(range.from, range.to);
    const edit = new AiArtifactEditEvent({ id, version: current.version, text, range, request });
    if (this.dispatchEvent(edit))
      void this.#source.session?.send?.(changeRequest(current, range, request))?.catch(() => {});
  }

  #previewSettings(): PreviewSettings {
    const { origins, refused } = safeOrigins(this.allowOrigins);
    for (const origin of refused)
      console.warn(`<ai-artifact-panel>: allow-origins: ${origin} is not an https origin, so it is left out.`);
    return { run: this.run, origins, frameUrl: this.#frameUrl() };
  }

  #frameUrl(): string | undefined {
    if (this.sandboxOrigin === '') return undefined;
    const address = frameAddress(this.sandboxOrigin, location.href);
    if ('refused' in address) {
      console.error(`<ai-artifact-panel>: ${address.refused}. Previews run in a local frame instead.`);
      return undefined;
    }
    if (looksSameSite(address.url, location.href)) {
      console.warn(
        '<ai-artifact-panel>: sandbox-origin looks like the same site; only another site gets a process of its own.',
      );
    }
    return address.url;
  }

  #handleStart(): void {
    this.#startedSinceRead = true;
    this.#readSoon();
  }

  /** The reader asked for it with a key or a click, so the focus may follow. */
  async #handleSelect(id: string): Promise<void> {
    const before = deepActiveElement();
    this.show(id);
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('.toolbar [aria-selected="true"]')?.focus();
    this.#focusBefore = before;
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
    this.#openIfStarted();
  }

  #openIfStarted(): void {
    const { records } = this.#state.history;
    if (records.length === 0) this.#openedByItself = false;
    else if (this.#startedSinceRead || this.#state.isStreaming) {
      if (this.autoOpen === 'first' && !this.#openedByItself) this.open = true;
      this.#openedByItself = true;
      this.#startedSinceRead = false;
    }
  }

  #showView(): void {
    const current = this.open ? this.#state.current : undefined;
    const container = this.shadowRoot?.getElementById('content');
    if (!container) return;
    if (!current) this.#slot.clear();
    else
      this.#slot.show(container, current, {
        view: this.#state.viewFor(this.view),
        title: this.#title(current),
        words: this.#words,
      });
  }

  #announce(): void {
    const current = this.#state.current;
    const region = this.shadowRoot?.querySelector('[role="status"]');
    if (this.open && current && region) this.#announcer.tell(region, current, this.#title(current), this.#words);
  }

  #dispatchOpenAndClose(changed: PropertyValues<this>): void {
    const id = this.#state.current?.artifact.id;
    if (this.open && id !== undefined && (id !== this.#shownId || changed.has('open'))) {
      this.dispatchEvent(new AiArtifactOpenEvent({ id }));
    }
    if (!this.open && changed.get('open') === true) this.dispatchEvent(new AiArtifactCloseEvent({ id }));
    this.#shownId = this.open ? id : undefined;
  }

  #release(): void {
    this.#source.release();
    this.#slot.clear();
    cancelFrame(this.#readTask);
  }

  #title({ artifact: { title, language, kind } }: ArtifactVersion): string {
    return title?.trim() || language?.trim() || kind.trim() || this.#word('untitled');
  }

  get #words(): ArtifactStrings {
    return { ...artifactStrings, ...this.strings };
  }

  #word(
    name: { [Key in keyof ArtifactStrings]: ArtifactStrings[Key] extends string ? Key : never }[keyof ArtifactStrings],
  ): string {
    return this.#words[name];
  }
}
