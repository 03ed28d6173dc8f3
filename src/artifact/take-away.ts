import { withUniqueNames, type ArtifactFile } from './artifact-file.js';

/** A browser has read a downloaded blob long before this. */
const REVOKE_AFTER = 60_000;

/** Puts text on the clipboard; false where the browser or the page refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Pages without a secure context have no clipboard object. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}

export function download({ name, type, content }: ArtifactFile): void {
  downloadBlob(name, new Blob([content], { type: `${type};charset=utf-8` }));
}

/** Several files as one zip. The library that writes it is loaded on first use. */
export async function downloadZip(name: string, files: readonly ArtifactFile[]): Promise<void> {
  downloadBlob(name, await zipOf(files));
}

export async function zipOf(files: readonly ArtifactFile[]): Promise<Blob> {
  const { strToU8, zipSync } = await import('fflate');
  const entries = withUniqueNames(files).map(({ name, content }) => [name, strToU8(content)] as const);
  return new Blob([zipSync(Object.fromEntries(entries)) as BlobPart], { type: 'application/zip' });
}

function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER);
}
