import { downloadBlob } from '../element/take-away.js';
import { withUniqueNames, type ArtifactFile } from './artifact-file.js';

export function download({ name, type, content }: ArtifactFile): void {
  downloadBlob(name, new Blob([content], { type: typeof content === 'string' ? `${type};charset=utf-8` : type }));
}

/** Several files as one zip. The library that writes it is loaded on first use. */
export async function downloadZip(name: string, files: readonly ArtifactFile[]): Promise<void> {
  downloadBlob(name, await zipOf(files));
}

export async function zipOf(files: readonly ArtifactFile[]): Promise<Blob> {
  const { strToU8, zipSync } = await import('fflate');
  const entries = withUniqueNames(files).map(
    ({ name, content }) => [name, typeof content === 'string' ? strToU8(content) : content] as const,
  );
  return new Blob([zipSync(Object.fromEntries(entries)) as BlobPart], { type: 'application/zip' });
}
