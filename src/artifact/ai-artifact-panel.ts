import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { reduceArtifact } from '../conversation/reduce-artifact.js';
import { AiArtifactCloseEvent, AiArtifactOpenEvent } from '../events.js';
import { cancelFrame, onNextFrame } from '../frames.js';
import type { Message } from '../message.js';
import type { ArtifactPart } from '../protocols/stream-part.js';
import { tokens } from '../tokens.js';
import { Announcer } from './panel/announcer.js';
import type { ArtifactRecord, ArtifactVersion } from './artifact-history.js';
import { ArtifactSource, type ArtifactSession } from './artifact-source.js';
import { artifactTitle } from './artifact-title.js';
import { AutoOpen } from './panel/auto-open.js';
import { registerBuiltinKinds } from './builtin-kinds.js';
import type { RunPolicy } from './preview/document-preview.js';
import { FocusReturn } from './panel/focus-return.js';
import { KnownDeltas } from './known-deltas.js';
import { PanelResizer } from './panel/panel-resizer.js';
import { PanelState, type PanelView } from './panel/panel-state.js';
import { artifactStrings, type ArtifactStrings } from './panel/panel-strings.js';
import { codeStyles, panelStyles } from './panel/panel-styles.js';
import { artifactTabs, pulse, revealTab, viewTabs } from './panel/panel-tabs.js';
import {
  editBar,
  endNotice,
  sign,
  takeAway,
  versionPicker,
  type ToolbarActions,
  type ToolbarState,
} from './panel/panel-toolbar.js';
import { PassageTracker } from './passage-tracker.js';
import { previewBar, runControls, type PreviewBarActions } from './preview/preview-bar.js';
import { previewSettings } from './preview/preview-settings.js';
import { ReaderEdits } from './reader-edits.js';
import { selectionBar } from './panel/selection-bar.js';
import { TakeAwayActions } from './panel/take-away-actions.js';
import { ViewSlot } from './views/view-slot.js';
import { viewStyles } from './views/view-styles.js';

export { registerKind, type ArtifactKind } from './artifact-kinds.js';
export type { ArtifactView } from './views/artifact-view.js';
export { setMermaidSource } from './preview/mermaid-document.js';

/**
 * @summary Shows what a model writes beside the conversation: code as it streams, its preview, its versions.
 * @tag ai-artifact-panel
 *
 * @fires {AiArtifactOpenEvent} ai-artifact-open - The panel opened, or shows another artifact.
 * @fires {AiArtifactCloseEvent} ai-artifact-close - The panel closed.
 * @fires {AiArtifactConsoleEvent} ai-artifact-console - The code in a preview wrote to its console.
 * @fires {AiArtifactErrorEvent} ai-artifact-error - A preview failed.
 * @fires {AiArtifactEditEvent} ai-artifact-edit - The reader changed an artifact, or asks the model to. Cancelable.
 * @fires {AiLinkEvent} ai-link - The reader lets a preview open a link. Cancelable.
 *
 * @csspart panel - All but the handle.
 * @csspart resizer - The handle that changes the size.
 * @csspart header - The first line: title or tabs, full screen, close.
 * @csspart title - The name, where there is one artifact.
 * @csspart tabs - The artifacts, where there are several.
 * @csspart tab - An artifact's or a view's tab.
 * @csspart toolbar - The second line: views, versions, what can be done.
 * @csspart versions - The version that is shown and the way to others.
 * @csspart content - Where the view stands.
 * @csspart code - The source text.
 * @csspart preview - The preview.
 * @csspart preview-bar - How the preview is doing.
 * @csspart console - What the preview wrote.
 * @csspart request - Asks for a change of what is selected.
 * @csspart notice - Says that an artifact was not finished.
 * @csspart empty - Stands where there is no artifact yet.
 * @cssproperty --ai-artifact-width - The width beside the conversation; the reader may change it.
 * @cssproperty --ai-artifact-z-index - The layer of the sheet on a narrow screen.
 * @cssstate streaming - An artifact is being written.
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

  readonly #internals = this.attachInternals();
  readonly #state = new PanelState();
  readonly #deltas = new KnownDeltas();
  readonly #source = new ArtifactSource(this, {
    changed: () => this.#readSoon(),
    started: () => this.#handleStart(),
    part: (part, event) => this.#deltas.note(part, event),
    selected: (id) => this.#handleSelect(id),
  });
  readonly #autoOpen = new AutoOpen();
  readonly #focus = new FocusReturn(this);
  readonly #resizer = new PanelResizer(this);
  readonly #announcer = new Announcer(() => this.shadowRoot?.querySelector('[role="status"]'));
  readonly #slot = new ViewSlot({
    settings: () => previewSettings(this),
    changed: () => this.requestUpdate(),
    dispatch: (event) => this.dispatchEvent(event),
    escaped: () => this.close(),
  });
  readonly #passages = new PassageTracker(this, () => ({ code: this.#slot.code, current: this.#state.current }));
  readonly #previewActions: PreviewBarActions = {
    run: () => this.#slot.preview?.run(),
    stop: () => this.#slot.preview?.stop(),
    clearConsole: () => this.#slot.preview?.clearLog(),
    openLink: () => this.#slot.preview?.openLink(),
    dismissLink: () => this.#slot.preview?.dismissLink(),
    fix: () => this.#handleFix(),
  };
  readonly #edits = new ReaderEdits(this.#state, {
    editorText: () => this.#slot.editor?.text,
    dispatch: (event) => this.dispatchEvent(event),
    show: (id, version) => this.show(id, version),
    // A failed request is the chat's to tell.
    send: (text) => void this.#source.session?.send?.(text).catch(() => {}),
    requestUpdate: () => this.requestUpdate(),
  });
  readonly #takeAway = new TakeAwayActions(this.#state, {
    words: () => this.#words,
    tell: (text) => this.#announcer.say(text),
    requestUpdate: () => this.requestUpdate(),
  });
  readonly #toolbarActions: ToolbarActions = {
    step: (event) => this.#showVersion(Number((event.currentTarget as HTMLElement).dataset['version'])),
    pick: (event) => this.#showVersion(Number((event.currentTarget as HTMLSelectElement).value)),
    restore: this.#edits.restore,
    edit: this.#edits.begin,
    copy: this.#takeAway.copy,
    download: this.#takeAway.download,
    downloadPage: this.#takeAway.downloadPage,
    downloadAll: this.#takeAway.downloadAll,
  };
  readonly #readTask = (): void => this.#read();
  // What `apply()` was given, as the message that it would be part of.
  #applied: Message = { id: 'applied', role: 'assistant', parts: [] };
  // Whether the thread has changed since it was read.
  #stale = false;
  #shownId: string | undefined;

  constructor() {
    super();
    registerBuiltinKinds();
    this.addEventListener('keydown', (event) => this.#handleKeyDown(event));
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
    if (changed.has('run') || changed.has('sandboxOrigin') || changed.has('allowOrigins')) this.#clearSlot();
    this.#readIfStale();
    if (this.#state.isStreaming) this.#internals.states.add('streaming');
    else this.#internals.states.delete('streaming');
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#showView();
    const { current } = this.#state;
    if (this.open && current) this.#announcer.tell(current, this.#title(current), this.#words);
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
    if (hadFocus) this.#focus.giveBack();
  }

  /** Takes one part of an artifact's stream by hand, without a session. */
  apply(part: ArtifactPart): void {
    this.#applied = reduceArtifact(this.#applied, part);
    this.#deltas.note(part);
    this.#readSoon();
    if (part.type === 'artifact-start') this.#handleStart();
  }

  protected override render(): TemplateResult {
    const { current, record } = this.#state;
    const words = this.#words;
    return html`
      ${this.#resizer.render(words.resize)}
      <section class="panel" part="panel" aria-label=${words.panel}>
        <header class="bar" part="header">
          ${artifactTabs(this.#state.history.records, record, words, this.#handleArtifactTab)}
          ${sign('fullscreen', words.fullscreen, this.#handleFullscreen)}
          ${sign('close', words.close, this.#handleClose)}
        </header>
        ${current && record ? this.#renderToolbar(current, record) : nothing}
        <div
          id="content"
          part="content"
          role=${current ? 'tabpanel' : nothing}
          aria-labelledby=${current ? 'view' : nothing}
        ></div>
        ${this.#slot.preview ? previewBar(this.#slot.preview, words, this.#previewActions) : nothing}
        ${this.#passages.passage ? selectionBar(this.#passages.passage, words, this.#handleRequest) : nothing}
        ${current ? endNotice(current, words) : html`<p class="empty" part="empty">${words.empty}</p>`}
        <p class="visually-hidden" role="status"></p>
      </section>
    `;
  }

  #renderToolbar(current: ArtifactVersion, record: ArtifactRecord): TemplateResult {
    const words = this.#words;
    if (this.#edits.draftOf(current) !== undefined) return editBar(words, this.#edits);
    const state: ToolbarState = {
      record,
      current,
      answerOf: (version) => this.#state.answerOf(version),
      copied: this.#takeAway.copied,
      artifacts: this.#state.history.records.length,
    };
    return html`<div class="bar toolbar" part="toolbar">
      ${viewTabs(this.#state.views, this.#state.viewFor(this.view), words, this.#handleViewTab)}
      ${current.artifact.status === 'streaming' ? pulse(words) : nothing}
      ${this.#slot.preview ? runControls(this.#slot.preview, words, this.#previewActions) : nothing}
      <span class="spring"></span>
      ${versionPicker(state, words, this.#toolbarActions)} ${takeAway(state, words, this.#toolbarActions)}
    </div>`;
  }

  readonly #handleClose = (): void => this.close();

  readonly #handleFullscreen = (): void => {
    const change = document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen();
    // A page may forbid it; then there is nothing else to do.
    change.catch(() => {});
  };

  readonly #handleArtifactTab = (event: Event): void =>
    this.show((event.currentTarget as HTMLElement).dataset['id'] ?? '');

  readonly #handleViewTab = (event: Event): void => {
    this.view = (event.currentTarget as HTMLElement).dataset['view'] as PanelView;
  };

  #showVersion(version: number): void {
    const { record } = this.#state;
    if (record) this.show(record.id, version);
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    const menu = this.shadowRoot?.querySelector<HTMLDetailsElement>('.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    } else if (this.#edits.draftOf(this.#state.current) === undefined) this.close();
    // What the reader has written is not thrown away by a key.
    else if (!this.#edits.isChanged) this.#edits.cancel();
  }

  #handleStart(): void {
    this.#autoOpen.start();
    this.#readSoon();
  }

  /** The reader asked for it with a key or a click, so the focus may follow. */
  #handleSelect(id: string): void {
    this.show(id);
    const tab = (): HTMLElement | null | undefined => this.shadowRoot?.querySelector('.toolbar [aria-selected="true"]');
    void this.#focus.move(tab, this.updateComplete);
  }

  #handleFix(): void {
    const error = this.#slot.preview?.log.lastError;
    if (error) this.#edits.request(this.#words.fixRequest(error.text));
  }

  readonly #handleRequest = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const request = String(new FormData(form).get('request') ?? '').trim();
    const { passage } = this.#passages;
    if (!passage || request === '') return;
    form.reset();
    this.#passages.clear();
    this.#edits.request(request, { from: passage.from, to: passage.to });
  };

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
    if (this.#autoOpen.asks(this.#state) && this.autoOpen === 'first') this.open = true;
  }

  #showView(): void {
    const { current, record } = this.#state;
    const added = this.#deltas.take(current?.artifact.id);
    const container = this.shadowRoot?.getElementById('content');
    if (!container) return;
    if (!this.open || !current || !record) return this.#clearSlot();
    this.#edits.keep();
    const draft = this.#edits.draftOf(current);
    const artifact = draft === undefined ? current.artifact : { ...current.artifact, content: draft };
    const view = draft === undefined ? this.#state.viewFor(this.view) : 'edit';
    this.#slot.show(
      container,
      { ...current, artifact },
      { view, added, versions: record.versions, title: this.#title(current), words: this.#words },
    );
  }

  /** Takes the view away, and keeps what was being written in it. */
  #clearSlot(): void {
    this.#edits.keep();
    this.#slot.clear();
  }

  #dispatchOpenAndClose(changed: PropertyValues<this>): void {
    const id = this.#state.current?.artifact.id;
    if (this.open && id !== undefined && (id !== this.#shownId || changed.has('open'))) {
      revealTab(this.shadowRoot?.querySelector('.artifacts [aria-selected="true"]'));
      this.dispatchEvent(new AiArtifactOpenEvent({ id }));
    }
    if (!this.open && changed.get('open') === true) this.dispatchEvent(new AiArtifactCloseEvent({ id }));
    this.#shownId = this.open ? id : undefined;
  }

  #release(): void {
    this.#source.release();
    this.#clearSlot();
    cancelFrame(this.#readTask);
    this.#takeAway.release();
  }

  #title({ artifact }: ArtifactVersion): string {
    return artifactTitle(artifact, this.#words);
  }

  get #words(): ArtifactStrings {
    return { ...artifactStrings, ...this.strings };
  }
}
