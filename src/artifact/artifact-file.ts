import { codeExtension } from '../code/code-extension.js';
import type { Artifact } from '../message.js';
import { kindOf } from './artifact-kinds.js';

export interface ArtifactFile {
  name: string;
  type: string;
  content: string;
}

const LONGEST_NAME = 80;
/** Names that Windows keeps for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** An artifact as a file: with a name that no system trips over, and its right type. */
export function artifactFile(artifact: Artifact, fallbackName: string): ArtifactFile {
  const { kind } = kindOf(artifact);
  const extension = extensionOf(artifact, kind.extension);
  return { name: fileName(artifact.title ?? fallbackName, extension), type: kind.mediaType, content: artifact.content };
}

function extensionOf({ language }: Artifact, ofKind: string): string {
  return ofKind === 'txt' && language !== undefined ? codeExtension(language) : ofKind;
}

/** A title as a file's name. A title that is one already keeps its extension. */
export function fileName(title: string, extension: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s-]+|[.\s]+$/g, '');
  const base = plain.toLowerCase().endsWith(`.${extension}`) ? plain.slice(0, -extension.length - 1) : plain;
  const short = [...base].slice(0, LONGEST_NAME).join('').trim();
  return `${short === '' || RESERVED.test(short) ? `artifact ${short}`.trim() : short}.${extension}`;
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
