import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { artifactTitle } from '../artifact-title.js';
import type { MarkdownOptions } from '../../markdown/markdown-renderer.js';
import type { ArtifactRecord, ArtifactVersion } from '../artifact-history.js';
import { registerBuiltinKinds } from '../builtin-kinds.js';
import { PassageTracker } from '../passage-tracker.js';
import type { RunPolicy } from '../preview/document-preview.js';
import { previewBar, runControls, type PreviewBarActions } from '../preview/preview-bar.js';
import { previewSettings } from '../preview/preview-settings.js';
import { ReaderEdits } from '../reader-edits.js';
import { codeStyles } from '../views/code/code-styles.js';
import { ViewSlot } from '../views/view-slot.js';
import { viewStyles } from '../views/view-styles.js';
import { Announcer } from './announcer.js';
import { PanelResizer } from './panel-resizer.js';
import type { PanelState, PanelView } from './panel-state.js';
import { wordsFor } from '../../element/locales.js';
import { artifactStrings, type ArtifactStrings } from './panel-strings.js';
import { panelStyles } from './panel-styles.js';
import { printStyles } from './print-styles.js';
import { artifactTabs, pulse, revealTab, viewTabs } from './bars/panel-tabs.js';
import {
  editBar,
  endNotice,
  sign,
  takeAway,
  versionPicker,
  type ToolbarActions,
  type ToolbarState,
} from './bars/panel-toolbar.js';
import { selectionBar } from './bars/selection-bar.js';
import { TakeAwayActions } from './take-away-actions.js';

export const bodyStyles = [panelStyles, codeStyles, viewStyles, printStyles];

/** The element, as far as its body needs it. */
interface PanelHost extends LitElement {
  readonly open: boolean;
  view: PanelView | undefined;
  readonly run: RunPolicy;
  readonly sandboxOrigin: string;
  readonly allowOrigins: string;
  readonly strings: Partial<ArtifactStrings>;
  show(id: string, version?: number): void;
  close(): void;
}

interface PanelModel {
  state: PanelState;
  /** How markdown is rendered; another object when it is to be rendered anew. */
  rules(): MarkdownOptions;
  /** Sends a message to the chat, where there is one. */
  send(text: string): void;
}

/** All that stands in a panel: its bars, the view of the artifact, what the reader does with it. */
export class PanelBody {
  readonly #host: PanelHost;
  readonly #state: PanelState;
  readonly #rules: () => MarkdownOptions;
  readonly #resizer: PanelResizer;
  readonly #announcer: Announcer;
  readonly #slot: ViewSlot;
  readonly #passages: PassageTracker;
  readonly #edits: ReaderEdits;
  readonly #takeAway: TakeAwayActions;
  readonly #toolbarActions: ToolbarActions;
  readonly #previewActions: PreviewBarActions = {
    run: () => this.#slot.preview?.run(),
    stop: () => this.#slot.preview?.stop(),
    clearConsole: () => this.#slot.preview?.clearLog(),
    openLink: () => this.#slot.preview?.openLink(),
    dismissLink: () => this.#slot.preview?.dismissLink(),
    fix: () => this.#handleFix(),
  };
  #revealedId: string | undefined;

  constructor(host: PanelHost, { state, rules, send }: PanelModel) {
    registerBuiltinKinds();
    this.#host = host;
    this.#state = state;
    this.#rules = rules;
    const requestUpdate = (): void => host.requestUpdate();
    const dispatch = (event: Event): boolean => host.dispatchEvent(event);
    this.#resizer = new PanelResizer(host);
    this.#announcer = new Announcer(() => host.renderRoot.querySelector('[role="status"]'));
    this.#slot = new ViewSlot({
      settings: () => previewSettings(host),
      changed: requestUpdate,
      dispatch,
      escaped: () => host.close(),
    });
    this.#passages = new PassageTracker(host, () => ({ code: this.#slot.code, current: state.current }));
    this.#edits = new ReaderEdits(state, {
      editorText: () => this.#slot.editor?.text,
      dispatch,
      show: (id, version) => host.show(id, version),
      send,
      requestUpdate,
    });
    this.#takeAway = new TakeAwayActions(state, {
      words: () => this.#words,
      rules,
      tell: (text) => this.#announcer.say(text),
      requestUpdate,
    });
    this.#toolbarActions = this.#makeToolbarActions();
  }

  render(): TemplateResult {
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
      </section>
    `;
  }

  /** Brings the view up to date, after the rest was rendered. @param added what came to the artifact's text, where that is known. */
  show(added: string | undefined): void {
    const { current, record } = this.#state;
    const container = this.#host.renderRoot.querySelector<HTMLElement>('#content');
    if (!container) return;
    if (this.#host.open && current && record) this.#showView(container, current, record, added);
    else this.clear();
    if (this.#host.open && current) this.#announcer.tell(current, this.#title(current), this.#words);
    this.#revealTab();
  }

  /** Takes the view away, and keeps what was being written in it. */
  clear(): void {
    this.#edits.keep();
    this.#slot.clear();
  }

  /** The element is gone for good. */
  release(): void {
    this.clear();
    this.#takeAway.release();
  }

  /** Whether Escape means something else here than to close the panel; then it is done. */
  takesEscape(): boolean {
    const menu = this.#host.renderRoot.querySelector<HTMLDetailsElement>('.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
      return true;
    }
    if (this.#edits.draftOf(this.#state.current) === undefined) return false;
    // What the reader has written is not thrown away by a key.
    if (!this.#edits.isChanged) this.#edits.cancel();
    return true;
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
      ${viewTabs(this.#state.views, this.#state.viewFor(this.#host.view), words, this.#handleViewTab)}
      ${current.artifact.status === 'streaming' ? pulse(words) : nothing}
      ${this.#slot.preview ? runControls(this.#slot.preview, words, this.#previewActions) : nothing}
      <span class="spring"></span>
      ${versionPicker(state, words, this.#toolbarActions)} ${takeAway(state, words, this.#toolbarActions)}
    </div>`;
  }

  #makeToolbarActions(): ToolbarActions {
    return {
      step: (event) => this.#showVersion(Number((event.currentTarget as HTMLElement).dataset['version'])),
      pick: (event) => this.#showVersion(Number((event.currentTarget as HTMLSelectElement).value)),
      restore: this.#edits.restore,
      edit: this.#edits.begin,
      copy: this.#takeAway.copy,
      download: this.#takeAway.download,
      downloadPage: this.#takeAway.downloadPage,
      downloadAll: this.#takeAway.downloadAll,
    };
  }

  #showView(
    container: HTMLElement,
    current: ArtifactVersion,
    { versions }: ArtifactRecord,
    added: string | undefined,
  ): void {
    this.#edits.keep();
    const draft = this.#edits.draftOf(current);
    const artifact = draft === undefined ? current.artifact : { ...current.artifact, content: draft };
    const view = draft === undefined ? this.#state.viewFor(this.#host.view) : 'edit';
    this.#slot.show(
      container,
      { ...current, artifact },
      { view, added, versions, title: this.#title(current), words: this.#words, rules: this.#rules() },
    );
  }

  /** Once for each artifact that is shown: the reader may then scroll the tabs away. */
  #revealTab(): void {
    const id = this.#host.open ? this.#state.current?.artifact.id : undefined;
    if (id !== undefined && id !== this.#revealedId)
      revealTab(this.#host.renderRoot.querySelector('.artifacts [aria-selected="true"]'));
    this.#revealedId = id;
  }

  readonly #handleClose = (): void => this.#host.close();

  readonly #handleFullscreen = (): void => {
    const page = this.#host.ownerDocument;
    const change = page.fullscreenElement ? page.exitFullscreen() : this.#host.requestFullscreen();
    // A page may forbid it; then there is nothing else to do.
    change.catch(() => {});
  };

  readonly #handleArtifactTab = (event: Event): void =>
    this.#host.show((event.currentTarget as HTMLElement).dataset['id'] ?? '');

  readonly #handleViewTab = (event: Event): void => {
    this.#host.view = (event.currentTarget as HTMLElement).dataset['view'] as PanelView;
  };

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

  #showVersion(version: number): void {
    const { record } = this.#state;
    if (record) this.#host.show(record.id, version);
  }

  #title({ artifact }: ArtifactVersion): string {
    return artifactTitle(artifact, this.#words);
  }

  get #words(): ArtifactStrings {
    return wordsFor(this.#host, 'artifacts', artifactStrings);
  }
}
