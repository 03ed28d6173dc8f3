import { extensionOf } from './image-type.js';

const MAX_LENGTH = 80;
/** Control and direction characters (which can hide an ending), and what one file system or another forbids. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}"*/:<>?\\|]+/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

export interface NamedPicture {
  /** What the host calls it. */
  filename: string;
  alt: string | null;
  url: string;
  /** The type that the bytes show. */
  type: string;
}

/**
 * A name to save under: the host's, else made of the description, else of the address. Its end always tells what the bytes are, so no name
 * from outside can make a picture something that opens otherwise.
 */
export function fileNameOf({ filename, alt, url, type }: NamedPicture): string {
  const extension = extensionOf(type);
  const name = [withoutExtension(filename), alt ?? '', nameInAddress(url)].map(clean).find(Boolean) ?? 'image';
  return `${RESERVED.test(name) ? `${name}-image` : name}.${extension}`;
}

function clean(name: string): string {
  const spaced = name.replaceAll(FORBIDDEN, ' ').replaceAll(/\s+/g, ' ').trim();
  return [...spaced]
    .slice(0, MAX_LENGTH)
    .join('')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '');
}

function nameInAddress(url: string): string {
  if (!/^https?:/i.test(url)) return '';
  const segment = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return withoutExtension(decodeURIComponent(segment));
  } catch {
    return withoutExtension(segment);
  }
}

function withoutExtension(name: string): string {
  return name.replace(/\.[A-Za-z0-9]{1,5}$/, '');
}
