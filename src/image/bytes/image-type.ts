type Signature = readonly [type: string, offset: number, bytes: string];

/** The first bytes of each raster format that browsers draw, in Latin-1. */
const SIGNATURES: readonly Signature[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['image/bmp', 0, 'BM'],
  ['image/x-icon', 0, '\0\0\x01\0'],
  ['image/tiff', 0, 'II*\0'],
  ['image/tiff', 0, 'MM\0*'],
  ['image/jxl', 0, '\xff\x0a'],
  ['image/jxl', 4, 'JXL \r\n\x87\n'],
  ['image/avif', 4, 'ftypavif'],
  ['image/avif', 4, 'ftypavis'],
  ['image/heic', 4, 'ftyphei'],
  ['image/heif', 4, 'ftypmif1'],
];

/** How many bytes `sniffImageType` wants to see. */
export const SNIFF_LENGTH = 16;

/** The raster type that the bytes themselves show, whatever was declared; null where they show none. */
export function sniffImageType(start: Uint8Array): string | null {
  const text = String.fromCharCode(...start.subarray(0, SNIFF_LENGTH));
  return SIGNATURES.find(([, offset, bytes]) => text.startsWith(bytes, offset))?.[0] ?? null;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'image/tiff': 'tif',
};

/** The file name's end for a type: `jpg` for `image/jpeg`. */
export function extensionOf(type: string): string {
  return EXTENSIONS[type] ?? /^image\/([a-z0-9]{1,8})$/.exec(type)?.[1] ?? 'img';
}
