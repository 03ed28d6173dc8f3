import { diffLines, diffWordsWithSpace } from 'diff';
import { html, nothing, render, type TemplateResult } from 'lit';
import type { Artifact } from '../../../message.js';
import type { ArtifactVersion } from '../../artifact-history.js';
import type { ArtifactView } from '../artifact-view.js';
import { diffRows, withGaps, type DiffGap, type DiffRow, type DiffSide } from './diff-rows.js';
import type { ArtifactStrings } from '../../panel/panel-strings.js';
import { shownText } from '../shown-text.js';

/** A comparison that takes longer is given up: the texts have little in common. */
const TIMEOUT = 500;
/** So many rows are drawn; the next as many on request. */
const ROWS = 1500;
/** Longer lines are not compared word by word. */
const LONGEST_COMPARED = 600;

type Layout = 'split' | 'unified';

interface DiffViewOptions {
  versions: readonly ArtifactVersion[];
  /** The version that is shown; it is compared with the one before it until the reader picks another. */
  current: ArtifactVersion;
  words: ArtifactStrings;
}

/** What changed from one version to another, side by side or in one column. */
export class DiffView implements ArtifactView {
  readonly #element = document.createElement('div');
  readonly #options: DiffViewOptions;
  #base: ArtifactVersion | undefined;
  #layout: Layout;
  #content = '';
  #rows: DiffRow[] = [];
  #limit = ROWS;

  constructor(container: HTMLElement, options: DiffViewOptions) {
    this.#options = options;
    this.#element.className = 'diff';
    container.append(this.#element);
    this.#layout = container.clientWidth < 640 ? 'unified' : 'split';
    this.#base = options.versions[options.current.version - 2];
  }

  update({ content }: Artifact): void {
    this.#content = content;
    this.#compare();
  }

  destroy(): void {
    render(nothing, this.#element);
    this.#element.remove();
  }

  #compare(): void {
    const before = this.#base?.artifact.content ?? '';
    const changes = diffLines(before, this.#content, { timeout: TIMEOUT }) ?? [
      { value: before, removed: true, added: false },
      { value: this.#content, removed: false, added: true },
    ];
    this.#rows = withGaps(diffRows(changes));
    this.#draw();
  }

  #draw(): void {
    render(this.#template(), this.#element);
  }

  #template(): TemplateResult {
    const { words } = this.#options;
    const shown = this.#rows.slice(0, this.#limit);
    const counts = this.#counts();
    return html`<div class="bar diff-bar">
        <label>${words.comparedWith} ${this.#renderBases()}</label>
        <span class="state"
          ><span class="added">+${counts.added}</span> <span class="removed">−${counts.removed}</span></span
        >
        <span class="spring"></span>
        <button type="button" aria-pressed=${this.#layout === 'split'} @click=${this.#handleLayout}>
          ${words.sideBySide}
        </button>
      </div>
      <div class="scroller rows" tabindex="0" role="region" aria-label=${words.diff} dir="ltr">
        ${this.#rows.every((row) => row.kind === 'gap') ? html`<p class="more">${words.noChanges}</p>` : nothing}
        <table class=${this.#layout}>
          ${this.#layout === 'split' ? splitColumns() : nothing}
          <tbody>
            ${shown.map((row) => this.#renderRow(row))}
          </tbody>
        </table>
        ${this.#rows.length > shown.length ? html`<button type="button" @click=${this.#handleMore}>${words.moreRows}</button>` : nothing}
      </div>`;
  }

  #renderBases(): TemplateResult {
    const { versions, current, words } = this.#options;
    const others = versions.filter((version) => version.version !== current.version);
    return html`<select dir="auto" @change=${this.#handleBase}>
      ${others.map(
        ({ version }) =>
          html`<option value=${version} ?selected=${version === this.#base?.version}>
            ${words.versionOf(version, versions.length)}
          </option>`,
      )}
    </select>`;
  }

  #renderRow(row: DiffRow): TemplateResult {
    if (row.kind === 'gap') return this.#renderGap(row);
    return this.#layout === 'split' ? splitRow(row) : unifiedRow(row);
  }

  #renderGap(gap: DiffGap): TemplateResult {
    return html`<tr class="gap">
      <td colspan="4">
        <button type="button" .gap=${gap} @click=${this.#handleGap}>
          ${this.#options.words.unchanged(gap.rows.length)}
        </button>
      </td>
    </tr>`;
  }

  #counts(): { added: number; removed: number } {
    const has = (side: 'before' | 'after'): number =>
      this.#rows.filter((row) => row.kind !== 'same' && row.kind !== 'gap' && side in row).length;
    return { added: has('after'), removed: has('before') };
  }

  readonly #handleLayout = (): void => {
    this.#layout = this.#layout === 'split' ? 'unified' : 'split';
    this.#draw();
  };

  readonly #handleMore = (): void => {
    this.#limit += ROWS;
    this.#draw();
  };

  readonly #handleBase = (event: Event): void => {
    const version = Number((event.target as HTMLSelectElement).value);
    this.#base = this.#options.versions.find((each) => each.version === version);
    this.#compare();
  };

  readonly #handleGap = (event: Event): void => {
    const { gap } = event.currentTarget as HTMLElement & { gap: DiffGap };
    this.#rows = this.#rows.flatMap((row) => (row === gap ? gap.rows : [row]));
    this.#draw();
  };
}

/** The first row tells the widths of columns, and that may be one without any. */
function splitColumns(): TemplateResult {
  return html`<colgroup>
    <col class="line-number" />
    <col />
    <col class="line-number" />
    <col />
  </colgroup>`;
}

function splitRow(row: Exclude<DiffRow, DiffGap>): TemplateResult {
  const before = 'before' in row ? row.before : undefined;
  const after = 'after' in row ? row.after : undefined;
  const [removed, added] =
    row.kind === 'changed' ? marked(row.before.text, row.after.text) : [textOf(before), textOf(after)];
  return html`<tr>
    ${cells(before, removed, row.kind === 'same' ? '' : 'removed')}
    ${cells(after, added, row.kind === 'same' ? '' : 'added')}
  </tr>`;
}

function unifiedRow(row: Exclude<DiffRow, DiffGap>): TemplateResult {
  if (row.kind === 'same') {
    return html`<tr>
      <td class="line-number">${row.before.line}</td>
      ${cells(row.after, textOf(row.after), '')}
    </tr>`;
  }
  const [removed, added] =
    row.kind === 'changed'
      ? marked(row.before.text, row.after.text)
      : [textOf('before' in row ? row.before : undefined), textOf('after' in row ? row.after : undefined)];
  return html`${
    'before' in row
      ? html`<tr>
          <td class="line-number removed">${row.before.line}</td>
          <td class="line-number removed"></td>
          ${textCell(removed, 'removed')}
        </tr>`
      : nothing
  }${
    'after' in row
      ? html`<tr>
          <td class="line-number added"></td>
          ${cells(row.after, added, 'added')}
        </tr>`
      : nothing
  }`;
}

function cells(side: DiffSide | undefined, text: unknown, kind: '' | 'added' | 'removed'): TemplateResult {
  if (!side)
    return html`<td class="line-number none"></td>
      <td class="none"></td>`;
  return html`<td class="line-number ${kind}">${side.line}</td>
    ${textCell(text, kind)}`;
}

/** The sign says in words' stead what the colour says. */
function textCell(text: unknown, kind: '' | 'added' | 'removed'): TemplateResult {
  if (kind === 'added')
    return html`<td class="added">
      <ins><span class="sign-text">+</span>${text}</ins>
    </td>`;
  if (kind === 'removed')
    return html`<td class="removed">
      <del><span class="sign-text">−</span>${text}</del>
    </td>`;
  return html`<td>
    <span class="text"><span class="sign-text"> </span>${text}</span>
  </td>`;
}

function textOf(side: DiffSide | undefined): string {
  return shownText(side?.text ?? '');
}

/** Two lines with what differs between them marked. */
function marked(before: string, after: string): [unknown, unknown] {
  if (before.length + after.length > LONGEST_COMPARED) return [shownText(before), shownText(after)];
  const changes = diffWordsWithSpace(before, after);
  const side = (skip: 'added' | 'removed', mark: 'added' | 'removed'): unknown =>
    changes
      .filter((change) => !change[skip])
      .map((change) => (change[mark] ? html`<mark>${shownText(change.value)}</mark>` : shownText(change.value)));
  return [side('added', 'removed'), side('removed', 'added')];
}
