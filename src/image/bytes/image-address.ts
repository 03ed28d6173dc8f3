import { ImageError } from '../image-error.js';

export interface ImageLocation {
  /** `remote` is fetched, `blob` stands in memory, `data` carries the bytes itself. */
  kind: 'remote' | 'blob' | 'data';
  /** Absolute, except for `data`, which stays as it is. */
  url: string;
}

/**
 * What of an address is ever given to the browser: http and https, blob, and `data:` of a raster type. A `data:` SVG is refused because
 * it would be markup of unknown origin; SVG files are shown, but through `<img>` only, where nothing in them runs or loads.
 */
export function locateImage(address: string, base: string): ImageLocation {
  const text = address.trim();
  if (/^data:/i.test(text)) return locateData(text);
  const url = parse(text, base);
  if (url.protocol === 'blob:') return { kind: 'blob', url: url.href };
  if (url.protocol === 'http:' || url.protocol === 'https:') return { kind: 'remote', url: url.href };
  throw refused(`${url.protocol} addresses are not loaded`);
}

/** True for raster types: `image/…` without SVG or any other XML. */
export function isRasterType(type: string): boolean {
  return /^image\/[\w.+-]+$/i.test(type) && !/svg|xml/i.test(type);
}

function locateData(text: string): ImageLocation {
  const type = /^data:([^;,]*)/i.exec(text)?.[1]?.trim() ?? '';
  if (!isRasterType(type)) throw refused(`data: addresses of type "${type.slice(0, 60)}" are not loaded`);
  return { kind: 'data', url: text };
}

function parse(text: string, base: string): URL {
  try {
    return new URL(text, base);
  } catch {
    throw refused('it is not an address');
  }
}

function refused(why: string): ImageError {
  return new ImageError('address', `The picture's address was refused: ${why}.`, {
    remedy: 'Give an http, https or blob address, or a base64 data: address of a raster type such as image/png.',
  });
}
