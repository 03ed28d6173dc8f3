import { drawn } from './picture-export.js';

/** A picture shown a second time: what it is drawn with must not disturb the one in the page. */
export interface PictureView {
  readonly node: HTMLImageElement | HTMLCanvasElement;
  release(): void;
}

/**
 * A second view of a picture that is on screen. From the bytes at hand where there are some; from the address while it works (the browser
 * still has it); else drawn from the screen, which needs no request and also works for pictures that this page may not read.
 */
export async function viewOf(
  image: HTMLImageElement,
  bytes: Blob | undefined,
  hasEnded: boolean,
): Promise<PictureView> {
  // Bytes of an SVG get no address of their own: opened in a tab, it would be a document of this page's origin.
  const view = bytes && bytes.type !== 'image/svg+xml' ? viewOfBytes(bytes) : hasEnded ? undefined : viewOfCopy(image);
  if (!view) return viewOfScreen(image);
  try {
    await view.node.decode();
    return view;
  } catch {
    view.release();
    return viewOfScreen(image);
  }
}

type ImageView = PictureView & { readonly node: HTMLImageElement };

function viewOfBytes(bytes: Blob): ImageView {
  const node = new Image();
  node.src = URL.createObjectURL(bytes);
  return { node, release: () => URL.revokeObjectURL(node.src) };
}

function viewOfCopy(image: HTMLImageElement): ImageView {
  const node = new Image();
  node.referrerPolicy = 'no-referrer';
  node.src = image.src;
  return { node, release: () => node.removeAttribute('src') };
}

function viewOfScreen(image: HTMLImageElement): PictureView {
  return { node: drawn(image), release: () => undefined };
}
