import type { Artifact } from '../conversation/message.js';
import { kindOf } from './artifact-kinds.js';
import type { ArtifactVersion } from './artifact-history.js';
import type { ArtifactView } from './artifact-view.js';
import { CodeView } from './code-view.js';
import type { PanelView } from './panel-state.js';
import type { ArtifactStrings } from './panel-strings.js';

export interface SlotOptions {
  view: PanelView;
  title: string;
  words: ArtifactStrings;
}

/** The place in the panel where one view stands at a time. */
export class ViewSlot {
  #key = '';
  #view: ArtifactView | undefined;

  /** Shows a version in a view; the same one again is only brought up to date. */
  show(container: HTMLElement, current: ArtifactVersion, options: SlotOptions): void {
    const key = [options.view, current.version, current.artifact.kind, current.artifact.id].join(' ');
    if (key !== this.#key) {
      this.clear();
      this.#key = key;
      this.#view = makeView(container, current.artifact, options);
    }
    this.#view?.update(current.artifact);
  }

  clear(): void {
    this.#view?.destroy();
    this.#view = undefined;
    this.#key = '';
  }
}

function makeView(container: HTMLElement, artifact: Artifact, { title, words }: SlotOptions): ArtifactView {
  return new CodeView(container, { label: words.codeOf(title), wrap: kindOf(artifact).kind.wrap ?? false });
}
