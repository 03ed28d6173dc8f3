/**
 * Why a picture cannot be shown or had:
 * - `address`: not an address that is loaded (another scheme than http, https, blob or a raster `data:`)
 * - `size`: larger than the bound
 * - `type`: what came is not a picture
 * - `expired`: the address is past its end, or the server refuses it as if it were
 * - `missing`: the server has no such picture
 * - `http`: the server answered with another error
 * - `network`: no answer came that could be read
 * - `refresh`: no fresh address could be had
 * - `clipboard`: the browser did not take the picture for copying
 */
export type ImageErrorCode =
  | 'address'
  | 'size'
  | 'type'
  | 'expired'
  | 'missing'
  | 'http'
  | 'network'
  | 'refresh'
  | 'clipboard';

interface ImageErrorInit {
  /** What to do about it, for the person who integrates the element. */
  remedy?: string;
  cause?: unknown;
  /** The HTTP status, where there was one to see. */
  status?: number;
}

/** Every failure of `<ai-image>`. `message` says what happened, `remedy` what to do; the reader's words are in `strings`. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;
  readonly remedy: string | undefined;
  readonly status: number | undefined;

  constructor(code: ImageErrorCode, message: string, init: ImageErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = code;
    this.remedy = init.remedy;
    this.status = init.status;
  }

  static from(thrown: unknown, code: ImageErrorCode, message: string): ImageError {
    return thrown instanceof ImageError ? thrown : new ImageError(code, message, { cause: thrown });
  }
}
