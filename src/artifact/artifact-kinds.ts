import type { MarkdownOptions } from '../markdown/markdown-renderer.js';
import type { Artifact } from '../message.js';
import type { ArtifactView } from './views/artifact-view.js';
import type { ArtifactStrings } from './panel/panel-strings.js';

/** A kind of artifact: how its file is called and how it is shown beside its code. */
export interface ArtifactKind {
  /** What streams call it, without regard to case: `html`, `text/html`, … The first is its own name. */
  readonly names: readonly string[];
  readonly extension: string;
  readonly mediaType: string;
  /** What its file holds, where that is not its source: bytes, say. */
  readonly file?: (artifact: Artifact) => KindFile;
  /** Its source is prose, to be wrapped rather than scrolled. */
  readonly wrap?: boolean;
  /** Its preview is worth seeing while it is being written. */
  readonly live?: boolean;
  /** Its unfinished document is worth showing, without its scripts, while it is being written. */
  readonly drafts?: boolean;
  /** A preview that is a document. It runs in the sandbox, whatever it holds, once the artifact is complete. */
  readonly document?: (artifact: Artifact) => string | Promise<string>;
  /**
   * A preview that is drawn in the panel itself. The content is the model's: set it as text, never as markup.
   * Not both this and `document`.
   */
  readonly view?: (container: HTMLElement, options: KindViewOptions) => ArtifactView | Promise<ArtifactView>;
  /** What stands in the body of a page that holds nothing but this artifact, as markup that is safe. Else its source does. */
  readonly body?: (artifact: Artifact, rules: MarkdownOptions) => string | Promise<string>;
}

export interface KindFile {
  readonly extension: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

export interface KindViewOptions {
  readonly title: string;
  readonly words: ArtifactStrings;
  /** How the panel renders markdown: its plugins, directives and hosts. */
  readonly rules: MarkdownOptions;
}

const PLAIN: ArtifactKind = { names: ['code'], extension: 'txt', mediaType: 'text/plain' };

// A Map, since the names come from a model.
const kinds = new Map<string, ArtifactKind>();

/** Who shows artifacts, and is told where a kind of them has come or changed. */
export const kindWatchers = new Set<() => void>();

/** Teaches every panel of the page a kind. It goes before an earlier one of the same name, unless `replace` is false. */
export function registerKind(kind: ArtifactKind, { replace = true } = {}): void {
  for (const name of kind.names.map((each) => each.toLowerCase())) {
    if (replace || !kinds.has(name)) kinds.set(name, kind);
  }
  for (const tell of kindWatchers) tell();
}

/** A media type may have parameters: `text/html; charset=utf-8`. */
export function kindNamed(name = ''): ArtifactKind | undefined {
  return kinds.get(name.replace(/;.*/s, '').trim().toLowerCase());
}

interface ShownKind {
  readonly kind: ArtifactKind;
  /** Whether the preview comes first once it is there; code that merely could be previewed stays code. */
  readonly previewFirst: boolean;
}

/** What an artifact is, by its kind or, where that says only `code`, by its language. */
export function kindOf({ kind: name, language }: Artifact): ShownKind {
  const kind = kindNamed(name);
  if (kind && kind.names[0] !== 'code') return { kind, previewFirst: true };
  return { kind: kindNamed(language) ?? kind ?? PLAIN, previewFirst: false };
}

export function hasPreview(kind: ArtifactKind): boolean {
  return kind.document !== undefined || kind.view !== undefined;
}

/**
 * What an artifact's source is written in: as the stream says, as its kind does, or by the ending of a title like `a.py`. A kind that
 * nobody knows is code in the language of that name: `python`, `text/x-python`.
 */
export function languageOf(artifact: Artifact): string | undefined {
  const { kind, language, title = '' } = artifact;
  const named = language?.trim() || (kindNamed(kind) ? '' : kind.replace(/^.*\/(?:x-)?|;.*/gs, '').trim());
  if (named) return named;
  const { extension } = kindOf(artifact).kind;
  return extension === 'txt' ? endingOf(title) : extension;
}

export function endingOf(title: string): string | undefined {
  return /\.([a-z0-9]{1,10})$/i.exec(title.trim())?.[1];
}
