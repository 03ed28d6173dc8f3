import { BOUNDS } from '../bounds.js';
import { tooLarge } from './data-address.js';
import { Deadline } from '../clock/deadlines.js';
import { ImageError } from '../image-error.js';
import { windowOf } from '../../element/window-of.js';

/** A browser reads a saved blob at once; a moment is left for those that do it in a task of their own. */
const SAVE_PATIENCE = 2000;

/** Saves bytes under a name, as if the reader had clicked a download link. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  clickLink(url, name);
  new Deadline(() => URL.revokeObjectURL(url)).set(Date.now() + SAVE_PATIENCE);
}

/** For bytes that this page may not read: the browser saves them or, for another origin, opens them in a tab of their own. */
export function openForSaving(url: string, name: string): void {
  clickLink(url, name, '_blank');
}

/** Puts a picture on the clipboard, as PNG because that is what every browser takes. `image` is the one on screen. */
export async function copyPicture(bytes: () => Promise<Blob>, image: HTMLImageElement | undefined): Promise<void> {
  try {
    // The promise goes into the item: some browsers take the clipboard only in the very task of the reader's press.
    // Nor does one take it from another window than that with the focus.
    const { navigator } = image ? windowOf(image) : window;
    const png = pngOf(bytes, image);
    // A browser that refuses at once does not wait for it.
    png.catch(() => {});
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  } catch (cause) {
    throw ImageError.from(cause, 'clipboard', 'The browser did not take the picture for copying.');
  }
}

/** From the bytes; where there is no way to them, off the screen, as long as the picture is of the page's own origin. */
async function pngOf(bytes: () => Promise<Blob>, image: HTMLImageElement | undefined): Promise<Blob> {
  try {
    return await toPng(await bytes());
  } catch (error) {
    const copy = image && (await encodeScreen(image));
    if (copy) return copy;
    throw error;
  }
}

/** The picture of some bytes, drawn anew. */
async function toPng(blob: Blob): Promise<Blob> {
  if (blob.type === 'image/png') return blob;
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return await encode(drawn(image));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** What is on screen, drawn onto a canvas. Where the picture is of another origin, the canvas can be seen but not read. */
export function drawn(image: HTMLImageElement): HTMLCanvasElement {
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width * height > BOUNDS.drawnPixels || Math.max(width, height) > BOUNDS.side) throw tooLarge();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** Undefined where the canvas may not be read. */
async function encodeScreen(image: HTMLImageElement): Promise<Blob | undefined> {
  try {
    return await encode(drawn(image));
  } catch {
    return undefined;
  }
}

function encode(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The canvas gave no picture.'))), 'image/png');
  });
}

function clickLink(url: string, name: string, target = ''): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.target = target;
  link.rel = 'noopener noreferrer';
  link.click();
}
