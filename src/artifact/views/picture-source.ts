import type { KindFile } from '../artifact-kinds.js';

/** Where a picture is: bytes, an address that loads nothing, or a remote address that the reader must ask for. */
export type Picture = { blob: Blob } | { url: string } | { remote: URL };

const DATA_ADDRESS = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml)[;,]/i;

/** How base64 of the common formats begins. */
const SIGNATURES: [string, string][] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

/** Reads an image artifact: a data address, bare base64, SVG source or the address of a picture elsewhere. */
export function pictureOf(content: string): Picture | undefined {
  const text = content.trim();
  if (DATA_ADDRESS.test(text)) return { url: text };
  if (/^<(?:\?xml|!--|!doctype svg|svg)/i.test(text)) return svgPicture(text);
  const type = SIGNATURES.find(([signature]) => text.startsWith(signature))?.[1];
  if (type && /^[\w+/=\s-]+$/.test(text)) return { url: `data:${type};base64,${text.replace(/\s+/g, '')}` };
  return remotePicture(text);
}

/** An image artifact's file: the picture's own bytes. One that is elsewhere, or is none, stays the text that it is. */
export function pictureFile(content: string): KindFile {
  const picture = pictureOf(content);
  if (picture && 'blob' in picture)
    return { extension: 'svg', mediaType: 'image/svg+xml', content: withNamespace(content.trim()) };
  const [, type = '', form = '', data = ''] =
    (picture && 'url' in picture && /^data:image\/([a-z+]+)([^,]*),(.*)$/is.exec(picture.url)) || [];
  const bytes = bytesOf(data, /;\s*base64\s*$/i.test(form));
  if (!type || !bytes) return { extension: 'txt', mediaType: 'text/plain', content };
  const subtype = type.toLowerCase();
  return { extension: EXTENSIONS[subtype] ?? subtype, mediaType: `image/${subtype}`, content: bytes };
}

const EXTENSIONS: Record<string, string> = { jpeg: 'jpg', 'svg+xml': 'svg' };

function bytesOf(data: string, isBase64: boolean): Uint8Array<ArrayBuffer> | undefined {
  try {
    const text = decodeURIComponent(data);
    if (!isBase64) return new TextEncoder().encode(text);
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** An SVG without its namespace is no picture to a browser; a model often leaves it out. */
export function withNamespace(source: string): string {
  const hasNamespace = /<svg[^>]*\sxmlns\s*=/i.test(source);
  return hasNamespace ? source : source.replace(/<svg(?=[\s>/])/i, '<svg xmlns="http://www.w3.org/2000/svg"');
}

export function svgPicture(source: string): Picture {
  return { blob: new Blob([withNamespace(source)], { type: 'image/svg+xml' }) };
}

function remotePicture(text: string): Picture | undefined {
  if (!/^https:\/\/\S+$/i.test(text)) return undefined;
  try {
    return { remote: new URL(text) };
  } catch {
    return undefined;
  }
}
