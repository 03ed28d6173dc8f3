/**
 * A raster picture that is all in its address: nobody is asked for it, and nothing in it can run. SVG would be markup.
 * https://www.rfc-editor.org/rfc/rfc2397
 */
const DATA_PICTURE = /data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,[a-z0-9+/]+={0,2}/i;

/** Where it stands as a picture in markdown, maybe with a title behind it. */
export const DATA_PICTURE_IN_BRACKETS = new RegExp(`(?<=\\]\\()${DATA_PICTURE.source}(?=[)\\s])`, 'gi');

const WHOLE = new RegExp(`^${DATA_PICTURE.source}$`, 'i');

/** Characters of one. The largest event of a stream has as many. */
export const MAX_DATA_PICTURE = 16 * 1024 * 1024;

export function isDataPicture(address: string): boolean {
  return address.startsWith('data:') && address.length <= MAX_DATA_PICTURE && WHOLE.test(address);
}
