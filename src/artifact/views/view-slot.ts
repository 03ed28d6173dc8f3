import { AiArtifactErrorEvent } from '../../events.js';
import type { MarkdownOptions } from '../../markdown/markdown-renderer.js';
import { kindOf, languageOf, type ArtifactKind } from '../artifact-kinds.js';
import type { ArtifactVersion } from '../artifact-history.js';
import type { ArtifactView } from './artifact-view.js';
import type { CodeEditor } from './code/code-editor.js';
import { CodeView } from './code/code-view.js';
import { ContainedView } from './contained-view.js';
import { DocumentPreview, type PreviewSettings } from '../preview/document-preview.js';
import type { PanelView } from '../panel/panel-state.js';
import type { ArtifactStrings } from '../panel/panel-strings.js';

interface ShownVersion {
  view: PanelView | 'edit';
  /** What was added to its text since it was shown last, where that is known. */
  added: string | undefined;
  /** All versions of the artifact, for a comparison. */
  versions: readonly ArtifactVersion[];
  title: string;
  words: ArtifactStrings;
  /** How markdown is rendered; another object when it is to be rendered anew. */
  rules: MarkdownOptions;
}

interface SlotListener {
  settings(): PreviewSettings;
  /** The view has something new to say beside its content. */
  changed(): void;
  dispatch(event: Event): boolean;
  escaped(): void;
}

/** The place in the panel where one view stands at a time. */
export class ViewSlot {
  readonly #listener: SlotListener;
  // Where the preview of each artifact is scrolled to, whichever version it shows.
  readonly #scrolls = new Map<string, { x: number; y: number }>();
  #key = '';
  #kind: ArtifactKind | undefined;
  #rules: MarkdownOptions | undefined;
  #view: ArtifactView | undefined;
  #editor: CodeEditor | undefined;

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

  get editor(): CodeEditor | undefined {
    return this.#editor;
  }

  /** Shows a version in a view; the same one again is only brought up to date. */
  show(container: HTMLElement, current: ArtifactVersion, shown: ShownVersion): void {
    const { artifact, version } = current;
    const compared = shown.view === 'diff' ? shown.versions.length : 0;
    const key = JSON.stringify([shown.view, version, artifact.kind, artifact.language, artifact.id, compared]);
    const { kind } = kindOf(artifact);
    const isAnew = kind !== this.#kind || (shown.rules !== this.#rules && this.#view instanceof ContainedView);
    this.#rules = shown.rules;
    this.#kind = kind;
    if (key !== this.#key || isAnew) {
      this.clear();
      this.#key = key;
      this.#view = this.#makeView(container, current, shown);
    }
    this.#view?.update(artifact, shown.added);
  }

  clear(): void {
    this.#view?.destroy();
    this.#view = undefined;
    this.#editor = undefined;
    this.#key = '';
  }

  #makeView(container: HTMLElement, current: ArtifactVersion, shown: ShownVersion): ArtifactView {
    const { kind } = kindOf(current.artifact);
    const { title, words, versions, rules } = shown;
    const code = { label: words.codeOf(title), language: languageOf(current.artifact), wrap: kind.wrap ?? false };
    switch (shown.view) {
      case 'code':
        return new CodeView(container, code);
      case 'edit':
        return this.#contained(container, current, words, (element) => this.#makeEditor(element, code));
      case 'diff':
        return this.#contained(container, current, words, async (element) => {
          const { DiffView } = await import('./code/diff-view.js');
          return new DiffView(element, { versions, current, words });
        });
      case 'preview':
        if (kind.document) return this.#makeDocument(container, current, words.previewOf(title));
        return this.#contained(container, current, words, (element) =>
          kind.view?.(element, { title: words.previewOf(title), words, rules }),
        );
    }
  }

  async #makeEditor(element: HTMLElement, options: { label: string; wrap: boolean }): Promise<ArtifactView> {
    const { CodeEditor } = await import('./code/code-editor.js');
    this.#editor = new CodeEditor(element, options);
    return this.#editor;
  }

  #makeDocument(container: HTMLElement, { artifact, version }: ArtifactVersion, title: string): ArtifactView {
    const scroll = this.#scrolls.get(artifact.id) ?? { x: 0, y: 0 };
    this.#scrolls.set(artifact.id, scroll);
    return new DocumentPreview(container, { kind: kindOf(artifact).kind, version, title, scroll, ...this.#listener });
  }

  #contained(
    container: HTMLElement,
    { artifact: { id }, version }: ArtifactVersion,
    words: ArtifactStrings,
    make: (container: HTMLElement) => ArtifactView | undefined | Promise<ArtifactView | undefined>,
  ): ArtifactView {
    const failed = (error: unknown): void => {
      const message = error instanceof Error ? error.message : String(error);
      this.#listener.dispatch(new AiArtifactErrorEvent({ id, version, code: 'render', message }));
    };
    return new ContainedView(container, { make, failedWords: words.previewFailed, failed });
  }
}
