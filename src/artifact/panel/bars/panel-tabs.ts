import { html, nothing, type TemplateResult } from 'lit';
import type { ArtifactRecord } from '../../artifact-history.js';
import { artifactTitle } from '../../artifact-title.js';
import type { PanelView } from '../panel-state.js';
import type { ArtifactStrings } from '../panel-strings.js';
import { handleTablistKeys } from './tablist-keys.js';

/** A tab for each artifact, or the title where there is only one. */
export function artifactTabs(
  records: readonly ArtifactRecord[],
  selected: ArtifactRecord | undefined,
  words: ArtifactStrings,
  handleClick: (event: Event) => void,
): TemplateResult {
  if (records.length < 2)
    return html`<h2 part="title" dir="auto">
      ${selected ? artifactTitle(selected.versions.at(-1)!.artifact, words) : words.panel}
    </h2>`;
  return html`<div
    class="artifacts"
    part="tabs"
    role="tablist"
    aria-label=${words.artifacts}
    @keydown=${handleTablistKeys}
  >
    ${records.map((record) => artifactTab(record, record === selected, words, handleClick))}
  </div>`;
}

function artifactTab(
  { id, versions }: ArtifactRecord,
  selected: boolean,
  words: ArtifactStrings,
  handleClick: (event: Event) => void,
): TemplateResult {
  const { artifact } = versions.at(-1)!;
  return html`<button
    part="tab"
    type="button"
    role="tab"
    aria-selected=${selected}
    aria-controls="content"
    tabindex=${selected ? 0 : -1}
    data-id=${id}
    @click=${handleClick}
  >
    ${artifact.status === 'streaming' ? pulse(words) : nothing}<span dir="auto">${artifactTitle(artifact, words)}</span>
  </button>`;
}

export function viewTabs(
  views: readonly PanelView[],
  selected: PanelView,
  words: ArtifactStrings,
  handleClick: (event: Event) => void,
): TemplateResult {
  return html`<div role="tablist" part="views" aria-label=${words.views} @keydown=${handleTablistKeys}>
    ${views.map(
      (view) =>
        html`<button
          part="tab"
          type="button"
          role="tab"
          id=${view === selected ? 'view' : nothing}
          aria-selected=${view === selected}
          aria-controls="content"
          tabindex=${view === selected ? 0 : -1}
          data-view=${view}
          @click=${handleClick}
        >
          ${words[view]}
        </button>`,
    )}
  </div>`;
}

/** A sign that something is being written. */
export function pulse(words: ArtifactStrings): TemplateResult {
  return html`<span class="pulse" role="img" aria-label=${words.writing}></span>`;
}

/** Scrolls a tab into its list, and nothing else. */
export function revealTab(tab: Element | null | undefined): void {
  const list = tab?.parentElement;
  if (!tab || !list) return;
  const [own, whole] = [tab.getBoundingClientRect(), list.getBoundingClientRect()];
  if (own.left < whole.left) list.scrollLeft -= whole.left - own.left;
  else if (own.right > whole.right) list.scrollLeft += own.right - whole.right;
}
