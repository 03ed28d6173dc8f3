import { html, nothing, type TemplateResult } from 'lit';
import type { DocumentPreview, PreviewStatus } from './document-preview.js';
import { icon } from '../panel/bars/panel-icons.js';
import { sign } from '../panel/bars/panel-toolbar.js';
import type { ArtifactStrings } from '../panel/panel-strings.js';

export interface PreviewBarActions {
  run(): void;
  stop(): void;
  clearConsole(): void;
  openLink(): void;
  dismissLink(): void;
  fix(): void;
}

/** What stands below a preview: how it is doing, what it asks for, what it wrote. */
export function previewBar(
  preview: DocumentPreview,
  words: ArtifactStrings,
  actions: PreviewBarActions,
): TemplateResult {
  const { status, log, link } = preview;
  const hasNews = status !== 'running' || log.lastError !== undefined;
  return html`${link === undefined ? nothing : linkQuestion(link, words, actions)}
  ${hasNews ? stateBar(preview, words, actions) : nothing} ${consoleList(preview, words, actions)}`;
}

/** Ends a run or begins it anew; they stand in the toolbar, so that what runs well has all the room. */
export function runControls(
  { status, canRun }: DocumentPreview,
  words: ArtifactStrings,
  actions: PreviewBarActions,
): TemplateResult | typeof nothing {
  if (status !== 'running' || !canRun) return nothing;
  return html`${sign('stop', words.stop, actions.stop)} ${sign('reload', words.runAgain, actions.run)}`;
}

function stateBar(preview: DocumentPreview, words: ArtifactStrings, actions: PreviewBarActions): TemplateResult {
  const { status } = preview;
  return html`<div class="bar footer" part="preview-bar">
    <span class="state" data-status=${status}>${status === 'running' ? words.threw : stateWords(status, words)}</span>
    <span class="spring"></span>
    ${fixButton(preview, words, actions)} ${runButton(preview, words, actions)}
  </div>`;
}

function stateWords(status: PreviewStatus, words: ArtifactStrings): string {
  switch (status) {
    case 'still':
      return words.stillShown;
    case 'asking':
      return words.hungBefore;
    case 'hung':
      return words.hung;
    case 'stopped':
      return words.stoppedPreview;
    case 'blocked':
      return words.blocked;
    case 'failed':
      return words.previewFailed;
    case 'idle':
      return words.notRun;
    case 'running':
      return '';
  }
}

function runButton(
  preview: DocumentPreview,
  words: ArtifactStrings,
  actions: PreviewBarActions,
): TemplateResult | typeof nothing {
  const { status } = preview;
  if (status === 'hung')
    return html`<button type="button" @click=${actions.stop}>${icon('stop')} ${words.stop}</button>`;
  if (!preview.canRun || status === 'blocked' || status === 'running') return nothing;
  return html`<button type="button" @click=${actions.run}>
    ${icon('run')} ${status === 'asking' ? words.runAnyway : status === 'stopped' ? words.runAgain : words.run}
  </button>`;
}

function fixButton(
  preview: DocumentPreview,
  words: ArtifactStrings,
  actions: PreviewBarActions,
): TemplateResult | typeof nothing {
  return preview.log.lastError ? html`<button type="button" @click=${actions.fix}>${words.fix}</button>` : nothing;
}

function linkQuestion(url: string, words: ArtifactStrings, actions: PreviewBarActions): TemplateResult {
  return html`<div class="bar footer question" part="link" role="alert">
    <span class="state">${words.linkAsked} <bdi class="address">${url}</bdi></span>
    <button type="button" @click=${actions.openLink}>${words.openLink}</button>
    <button type="button" @click=${actions.dismissLink}>${words.dismiss}</button>
  </div>`;
}

function consoleList(
  preview: DocumentPreview,
  words: ArtifactStrings,
  actions: PreviewBarActions,
): TemplateResult | typeof nothing {
  const { entries, dropped } = preview.log;
  if (entries.length === 0 && dropped === 0) return nothing;
  return html`<details class="console" part="console">
    <summary>${words.console} <span class="count">${entries.length}</span></summary>
    <div class="lines" role="log" tabindex="0" aria-label=${words.console}>
      ${entries.map(
        ({ level, text, count }) =>
          html`<div class="line" data-level=${level}>
            <span class="level">${level}</span
            ><bdi>${text}</bdi>${count > 1 ? html`<span class="count">×${count}</span>` : nothing}
          </div>`,
      )}
      ${dropped > 0 ? html`<div class="line">${words.dropped(dropped)}</div>` : nothing}
    </div>
    <button type="button" @click=${actions.clearConsole}>${words.clear}</button>
  </details>`;
}
