import { AiImageErrorEvent } from '../../events.js';
import { fileNameOf } from '../bytes/file-name.js';
import { ImageError } from '../image-error.js';
import type { ImageStrings } from '../image-strings.js';
import { copyPicture, openForSaving, saveBlob } from '../bytes/picture-export.js';
import type { PictureLife } from '../lifetime/picture-life.js';

/** What a file of the picture is called by. */
export interface FileSettings {
  readonly alt: string | null;
  readonly filename: string;
  readonly mediaType: string;
}

interface ActionHost extends FileSettings, EventTarget {
  readonly src: string;
}

/** What a reader does with a picture. Each answers with the words for how it went. */
export class PictureActions {
  readonly #host: ActionHost;
  readonly #life: PictureLife;

  readonly #words: () => ImageStrings;

  constructor(host: ActionHost, life: PictureLife, words: () => ImageStrings) {
    this.#host = host;
    this.#life = life;
    this.#words = words;
  }

  async save(): Promise<string> {
    try {
      const blob = await this.#life.bytes();
      saveBlob(blob, this.#fileName(blob.type));
    } catch (error) {
      return this.#saveByLink(ImageError.from(error, 'network', 'The picture could not be read.'));
    }
    return this.#words().downloaded;
  }

  async copy(): Promise<string> {
    try {
      await copyPicture(() => this.#life.bytes(), this.#life.frames.shown?.image);
    } catch (error) {
      return this.#report(ImageError.from(error, 'clipboard', 'The picture could not be copied.'));
    }
    return this.#words().copied;
  }

  /** A picture that this page may show but not read is left to the browser. */
  #saveByLink(error: ImageError): string {
    const { url, isExpired } = this.#life;
    if (error.code !== 'network' || isExpired || !url) return this.#report(error);
    openForSaving(url, this.#fileName(this.#host.mediaType || 'image/png'));
    return this.#words().opened;
  }

  #report(error: ImageError): string {
    this.#host.dispatchEvent(new AiImageErrorEvent({ url: this.#life.url ?? this.#host.src, error }));
    return this.#words().errors[error.code];
  }

  #fileName(type: string): string {
    const { filename, alt } = this.#host;
    return fileNameOf({ filename, alt, url: this.#life.url ?? '', type });
  }
}
