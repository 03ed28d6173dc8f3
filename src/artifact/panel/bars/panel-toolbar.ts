import { html, nothing, type TemplateResult } from 'lit';
import type { ArtifactRecord, ArtifactVersion } from '../../artifact-history.js';
import { icon, type IconName } from './panel-icons.js';
import type { ArtifactStrings } from '../panel-strings.js';

export interface ToolbarActions {
  step(event: Event): void;
  pick(event: Event): void;
  restore(): void;
  edit(): void;
  copy(event: Event): void;
  download(): void;
  downloadPage(): void;
  downloadAll(): void;
}

export interface ToolbarState {
  record: ArtifactRecord;
  current: ArtifactVersion;
  /** Which answer made a version, counted from 1, as far as it is known. */
  answerOf(version: ArtifactVersion): number | undefined;
  /** The text was just copied. */
  copied: boolean;
  /** How many artifacts there are to take away. */
  artifacts: number;
}

/** One version and the steps to its neighbours. */
export function versionPicker(
  { record, current, answerOf }: ToolbarState,
  words: ArtifactStrings,
  actions: ToolbarActions,
): TemplateResult | typeof nothing {
  const { versions } = record;
  if (versions.length < 2) return nothing;
  const { version } = current;
  return html`<div class="versions" part="versions" role="group" aria-label=${words.version}>
    ${step('earlier', version - 1, version === 1, words, actions)}
    <select dir="auto" aria-label=${words.version} @change=${actions.pick}>
      ${versions.map(
        (each) =>
          html`<option value=${each.version} ?selected=${each === current} .selected=${each === current}>
            ${words.versionOf(each.version, versions.length)} · ${madeBy(each, answerOf(each), words)}
          </option>`,
      )}
    </select>
    ${step('later', version + 1, version === versions.length, words, actions)}
  </div>`;
}

function madeBy({ origin }: ArtifactVersion, answer: number | undefined, words: ArtifactStrings): string {
  if (origin === 'edit') return words.editedByYou;
  if (origin === 'restore') return words.restoredByYou;
  return answer === undefined ? words.byAssistant : words.fromAnswer(answer);
}

function step(
  name: 'earlier' | 'later',
  version: number,
  disabled: boolean,
  words: ArtifactStrings,
  actions: ToolbarActions,
): TemplateResult {
  return html`<button
    class="sign flips"
    type="button"
    aria-label=${words[name]}
    title=${words[name]}
    aria-disabled=${disabled}
    data-version=${version}
    @click=${disabled ? nothing : actions.step}
  >
    ${icon(name)}
  </button>`;
}

export function takeAway(
  { record, current, copied, artifacts }: ToolbarState,
  words: ArtifactStrings,
  actions: ToolbarActions,
): TemplateResult {
  const complete = current.artifact.status !== 'streaming';
  const isNewest = current === record.versions.at(-1);
  return html`<div class="actions">
    ${isNewest || !complete ? nothing : html`<button type="button" part="restore" @click=${actions.restore}>${icon('restore')} ${words.restore}</button>`}
    ${complete ? sign('edit', words.edit, actions.edit) : nothing}
    ${sign(copied ? 'copied' : 'copy', copied ? words.copied : words.copy, actions.copy, 'copy')}
    ${sign('download', words.download, actions.download)}
    <details class="menu" part="menu" @focusout=${closeWhenLeft}>
      <summary class="sign" aria-label=${words.more} title=${words.more}>${icon('more')}</summary>
      <div class="items">
        <button type="button" ?disabled=${!complete} @click=${actions.downloadPage}>${words.downloadPage}</button>
        <button type="button" @click=${actions.downloadAll}>${words.downloadAll(artifacts)}</button>
      </div>
    </details>
  </div>`;
}

function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent): void {
  const menu = currentTarget as HTMLDetailsElement;
  if (!menu.contains(relatedTarget as Node | null)) menu.open = false;
}

export function sign(
  name: IconName,
  label: string,
  handleClick: (event: Event) => void,
  part: string = name,
): TemplateResult {
  return html`<button class="sign" type="button" part=${part} aria-label=${label} title=${label} @click=${handleClick}>
    ${icon(name)}
  </button>`;
}

/** What stands in the toolbar's place while the reader edits. */
export function editBar(words: ArtifactStrings, { save, cancel }: { save(): void; cancel(): void }): TemplateResult {
  return html`<div class="bar toolbar" part="toolbar">
    <span class="state" id="view">${words.edit}</span>
    <span class="spring"></span>
    <button type="button" @click=${cancel}>${words.cancel}</button>
    <button class="primary" type="button" @click=${save}>${icon('copied')} ${words.save}</button>
  </div>`;
}

/** Says so where an artifact was not finished. */
export function endNotice(
  { artifact: { status } }: ArtifactVersion,
  words: ArtifactStrings,
): TemplateResult | typeof nothing {
  if (status !== 'stopped' && status !== 'error') return nothing;
  return html`<p class="notice" part="notice">${status === 'stopped' ? words.stopped : words.failed}</p>`;
}
