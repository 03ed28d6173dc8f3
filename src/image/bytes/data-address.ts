import { BOUNDS } from '../bounds.js';
import { ImageError } from '../image-error.js';
import { SNIFF_LENGTH, sniffImageType } from './image-type.js';

/** Decoded in slices (of whole groups of four), so that no second copy of a large picture stands in memory as one string. */
const SLICE = 1024 * 1024;

/**
 * The bytes of a `data:` address as a Blob of the type that they themselves show. A blob address is short, can be released, and costs the
 * page no megabytes of attribute.
 */
export function blobOfDataAddress(address: string): Blob {
  const comma = address.indexOf(',');
  const isBase64 = /;\s*base64\s*$/i.test(address.slice(0, Math.max(comma, 0)));
  if (comma < 0) throw notAPicture();
  if (address.length - comma > (isBase64 ? (BOUNDS.pictureBytes * 4) / 3 : BOUNDS.pictureBytes)) throw tooLarge();
  const body = unescapeAscii(address.slice(comma + 1), isBase64);
  const parts = isBase64 ? decodeBase64(body) : [latin1(body)];
  const type = sniffImageType(parts[0]?.subarray(0, SNIFF_LENGTH) ?? new Uint8Array());
  if (!type) throw notAPicture();
  return new Blob(parts, { type });
}

export function tooLarge(): ImageError {
  const limit = Math.round(BOUNDS.pictureBytes / 1024 / 1024);
  return new ImageError('size', `The picture is larger than ${limit} MB.`, {
    remedy: 'Send the address of a file instead of the bytes, or a smaller picture.',
  });
}

export function notAPicture(): ImageError {
  return new ImageError('type', 'What came is not a picture.', {
    remedy: 'Send PNG, JPEG, WebP, GIF, AVIF or another raster format.',
  });
}

/** Percent escapes, and white space in base64, are both allowed in a `data:` address and both rare. */
function unescapeAscii(body: string, isBase64: boolean): string {
  const plain = body.includes('%')
    ? body.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : body;
  return isBase64 && /[\s_-]/.test(plain) ? standardBase64(plain) : plain;
}

function standardBase64(text: string): string {
  return text.replaceAll(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (let start = 0; start < text.length; start += SLICE) parts.push(latin1(atob(text.slice(start, start + SLICE))));
  } catch {
    throw notAPicture();
  }
  return parts;
}

function latin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}
