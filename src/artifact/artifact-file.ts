import { codeExtension } from '../code/code-extension.js';
import type { Artifact } from '../message.js';
import { isDeviceName, plainFileName } from '../trust/plain-file-name.js';
import { endingOf, kindNamed, kindOf, languageOf, type ArtifactKind } from './artifact-kinds.js';

export interface ArtifactFile {
  name: string;
  type: string;
  content: string | Uint8Array<ArrayBuffer>;
}

/** An artifact as a file: with a name that no system trips over, and its right type. */
export function artifactFile(artifact: Artifact, fallbackName: string): ArtifactFile {
  const { kind } = kindOf(artifact);
  const { extension, mediaType, content } = kind.file?.(artifact) ?? { ...kind, content: artifact.content };
  const name = fileName(artifact.title ?? fallbackName, endingFor(artifact, kind, extension));
  return { name, type: mediaType, content };
}

/** A title that ends as a file of this kind or language does says best how: `index.htm`, `config.yaml`, `main.rs`. */
function endingFor(artifact: Artifact, kind: ArtifactKind, ofKind: string): string {
  const language = kind.wrap ? artifact.language : languageOf(artifact);
  const extension = kind.extension === 'txt' && language ? codeExtension(language) : ofKind;
  const ending = endingOf(artifact.title ?? '')?.toLowerCase();
  return ending && extension !== 'txt' && (kindNamed(ending) === kind || codeExtension(ending) === extension)
    ? ending
    : extension;
}

/** A title as a file's name. A title that is one already keeps its extension. */
export function fileName(title: string, extension: string): string {
  const named = title.trim();
  const base = named.toLowerCase().endsWith(`.${extension}`) ? named.slice(0, -extension.length - 1) : named;
  const plain = plainFileName(base);
  return `${plain === '' || isDeviceName(plain) ? `artifact ${plain}`.trim() : plain}.${extension}`;
}

/** The same names made different by a number. */
export function withUniqueNames(files: readonly ArtifactFile[]): ArtifactFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const dot = file.name.lastIndexOf('.');
    let { name } = file;
    for (let n = 2; taken.has(name.toLowerCase()); n++)
      name = `${file.name.slice(0, dot)} (${n})${file.name.slice(dot)}`;
    taken.add(name.toLowerCase());
    return { name, type: file.type, content: file.content };
  });
}
