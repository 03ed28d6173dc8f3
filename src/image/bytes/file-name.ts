import { isDeviceName, plainFileName } from '../../trust/plain-file-name.js';
import { extensionOf } from './image-type.js';

interface NamedPicture {
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
  const name = [withoutExtension(filename), alt ?? '', nameInAddress(url)].map(plainFileName).find(Boolean) ?? 'image';
  return `${isDeviceName(name) ? `image-${name}` : name}.${extension}`;
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
