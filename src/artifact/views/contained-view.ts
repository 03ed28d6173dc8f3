import type { Artifact } from '../../message.js';
import type { ArtifactView } from './artifact-view.js';
import { Pacer } from './pacer.js';

/** While it is written, a preview is brought up to date no sooner than after so long. */
const INTERVAL = 200;

interface ContainedViewOptions {
  /** Makes the view, whose code may have to be loaded first. */
  make(container: HTMLElement): ArtifactView | undefined | Promise<ArtifactView | undefined>;
  /** What the reader is told when it fails. */
  failedWords: string;
  failed(error: unknown): void;
}

/** A view of another's making: it may be loaded late, it is refreshed at sensible moments, and it may throw. */
export class ContainedView implements ArtifactView {
  readonly #element = document.createElement('div');
  readonly #options: ContainedViewOptions;
  readonly #pacer = new Pacer(() => this.#refresh(), INTERVAL);
  #view: ArtifactView | undefined;
  #artifact: Artifact | undefined;
  #destroyed = false;

  constructor(container: HTMLElement, options: ContainedViewOptions) {
    this.#options = options;
    this.#element.className = 'preview';
    this.#element.setAttribute('part', 'preview');
    container.append(this.#element);
    void this.#make();
  }

  /** The view itself, once it is there. */
  get view(): ArtifactView | undefined {
    return this.#view;
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
    this.#letGo(this.#view);
    this.#element.remove();
  }

  async #make(): Promise<void> {
    try {
      const view = await this.#options.make(this.#element);
      if (this.#destroyed) this.#letGo(view);
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

  #letGo(view: ArtifactView | undefined): void {
    try {
      view?.destroy();
    } catch (error) {
      this.#options.failed(error);
    }
  }

  #fail(error: unknown): void {
    this.#pacer.stop();
    const view = this.#view;
    this.#view = undefined;
    const note = document.createElement('p');
    note.className = 'more';
    note.textContent = this.#options.failedWords;
    this.#element.replaceChildren(note);
    this.#options.failed(error);
    this.#letGo(view);
  }
}
