import { AiArtifactErrorEvent } from '../events.js';
import { kindOf } from './artifact-kinds.js';
import type { ArtifactVersion } from './artifact-history.js';
import type { ArtifactView } from './artifact-view.js';
import { CodeView } from './code-view.js';
import { DocumentPreview, type PreviewSettings } from './document-preview.js';
import { KindPreview } from './kind-view.js';
import type { PanelView } from './panel-state.js';
import type { ArtifactStrings } from './panel-strings.js';

export interface ShownVersion {
  view: PanelView;
  title: string;
  words: ArtifactStrings;
}

export interface SlotListener {
  settings(): PreviewSettings;
  /** The view has something new to say beside its content. */
  changed(): void;
  dispatch(event: Event): void;
  escaped(): void;
}

/** The place in the panel where one view stands at a time. */
export class ViewSlot {
  readonly #listener: SlotListener;
  // Where the preview of each artifact is scrolled to, whichever version it shows.
  readonly #scrolls = new Map<string, { x: number; y: number }>();
  #key = '';
  #view: ArtifactView | undefined;

  constructor(listener: SlotListener) {
    this.#listener = listener;
  }

  /** The preview that runs in a frame, where that is what stands here. */
  get preview(): DocumentPreview | undefined {
    return this.#view instanceof DocumentPreview ? this.#view : undefined;
  }

  get code(): CodeView | undefined {
    return this.#view instanceof CodeView ? this.#view : undefined;
  }

  /** Shows a version in a view; the same one again is only brought up to date. */
  show(container: HTMLElement, current: ArtifactVersion, shown: ShownVersion): void {
    const { artifact, version } = current;
    const key = JSON.stringify([shown.view, version, artifact.kind, artifact.language, artifact.id]);
    if (key !== this.#key) {
      this.clear();
      this.#key = key;
      this.#view = this.#makeView(container, current, shown);
    }
    this.#view?.update(artifact);
  }

  clear(): void {
    this.#view?.destroy();
    this.#view = undefined;
    this.#key = '';
  }

  #makeView(container: HTMLElement, current: ArtifactVersion, shown: ShownVersion): ArtifactView {
    const { kind } = kindOf(current.artifact);
    const { title, words } = shown;
    if (shown.view === 'preview' && kind.document)
      return this.#makeDocument(container, current, words.previewOf(title));
    if (shown.view === 'preview') return this.#makePreview(container, current, shown);
    return new CodeView(container, { label: words.codeOf(title), wrap: kind.wrap ?? false });
  }

  #makeDocument(container: HTMLElement, { artifact, version }: ArtifactVersion, title: string): ArtifactView {
    const scroll = this.#scrolls.get(artifact.id) ?? { x: 0, y: 0 };
    this.#scrolls.set(artifact.id, scroll);
    return new DocumentPreview(container, { kind: kindOf(artifact).kind, version, title, scroll, ...this.#listener });
  }

  #makePreview(
    container: HTMLElement,
    { artifact, version }: ArtifactVersion,
    { title, words }: ShownVersion,
  ): ArtifactView {
    const failed = (error: unknown): void => {
      const message = error instanceof Error ? error.message : String(error);
      this.#listener.dispatch(new AiArtifactErrorEvent({ id: artifact.id, version, code: 'render', message }));
    };
    return new KindPreview(container, { kind: kindOf(artifact).kind, title: words.previewOf(title), words, failed });
  }
}
