import type { Artifact } from '../message.js';
import type { ArtifactKind } from './artifact-kinds.js';
import type { ArtifactView } from './artifact-view.js';
import { Pacer } from './pacer.js';
import type { ArtifactStrings } from './panel-strings.js';

/** While it is written, a preview is brought up to date no sooner than after so long. */
const INTERVAL = 200;

interface KindPreviewOptions {
  kind: ArtifactKind;
  title: string;
  words: ArtifactStrings;
  /** Called when the kind's own code throws. */
  failed(error: unknown): void;
}

/** A preview that a kind draws in the panel: made when its code is there, refreshed at sensible moments, contained. */
export class KindPreview implements ArtifactView {
  readonly #element = document.createElement('div');
  readonly #options: KindPreviewOptions;
  readonly #pacer = new Pacer(() => this.#refresh(), INTERVAL);
  #view: ArtifactView | undefined;
  #artifact: Artifact | undefined;
  #destroyed = false;

  constructor(container: HTMLElement, options: KindPreviewOptions) {
    this.#options = options;
    this.#element.className = 'preview';
    this.#element.setAttribute('part', 'preview');
    container.append(this.#element);
    void this.#make();
  }

  update(artifact: Artifact): void {
    if (artifact === this.#artifact) return;
    this.#artifact = artifact;
    if (artifact.status === 'streaming') this.#pacer.request();
    else this.#pacer.run();
  }

  destroy(): void {
    this.#destroyed = true;
    this.#pacer.stop();
    this.#view?.destroy();
    this.#element.remove();
  }

  async #make(): Promise<void> {
    const { kind, title, words } = this.#options;
    try {
      const view = await kind.view?.(this.#element, { title, words });
      if (this.#destroyed) view?.destroy();
      else this.#view = view;
    } catch (error) {
      this.#fail(error);
    }
    if (!this.#destroyed) this.#refresh();
  }

  #refresh(): void {
    if (!this.#view || !this.#artifact) return;
    try {
      this.#view.update(this.#artifact);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#pacer.stop();
    this.#view = undefined;
    const note = document.createElement('p');
    note.className = 'more';
    note.textContent = this.#options.words.previewFailed;
    this.#element.replaceChildren(note);
    this.#options.failed(error);
  }
}
