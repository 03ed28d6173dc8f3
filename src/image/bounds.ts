const MEBIBYTE = 1024 * 1024;

/** Every bound of `<ai-image>`, in one place. */
export const BOUNDS = {
  /** A picture's encoded bytes, from a `data:` address or kept for zoom, copy and download. */
  pictureBytes: 48 * MEBIBYTE,
  /** What all pictures of a page keep together. */
  keptBytes: 256 * MEBIBYTE,
  /** A placeholder's `data:` address, in characters. */
  placeholderLength: 64 * 1024,
  /** Pixels of a side that is reserved or copied. */
  side: 16_384,
  /** Pixels of a picture that is drawn anew for the clipboard. */
  drawnPixels: 64 * 1024 * 1024,
  /** Requests for bytes, and requests for fresh addresses, that all pictures of a page have under way at a time. */
  concurrency: 4,
  /** A refresh endpoint's answer, in bytes. */
  refreshAnswer: 64 * 1024,
  /** Milliseconds until a refresh, or the headers of a request for bytes, must have come. */
  patience: 30_000,
} as const;
