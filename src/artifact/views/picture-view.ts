import type { Artifact } from '../../message.js';
import type { ArtifactView } from './artifact-view.js';
import { pictureOf, type Picture } from './picture-source.js';

interface PictureStrings {
  loadFrom: (host: string) => string;
  noPicture: string;
}

/**
 * A picture as an `<img>`, in which nothing runs and from which nothing is loaded, SVG included. A remote address is
 * asked for by the reader, not by the model.
 */
export class PictureView implements ArtifactView {
  readonly #element = document.createElement('div');
  readonly #title: string;
  readonly #words: PictureStrings;
  readonly #read: (content: string) => Picture | undefined;
  #content: string | undefined;
  #blobUrl: string | undefined;

  constructor(container: HTMLElement, title: string, words: PictureStrings, read = pictureOf) {
    this.#title = title;
    this.#words = words;
    this.#read = read;
    this.#element.className = 'scroller picture';
    this.#element.tabIndex = 0;
    this.#element.setAttribute('role', 'region');
    this.#element.setAttribute('aria-label', title);
    container.append(this.#element);
  }

  update({ content, status }: Artifact): void {
    if (status === 'streaming' || content === this.#content) return;
    this.#content = content;
    this.#revoke();
    const picture = this.#read(content);
    if (!picture) this.#tell(this.#words.noPicture);
    else if ('remote' in picture) this.#offer(picture.remote);
    else if ('blob' in picture) this.#draw((this.#blobUrl = URL.createObjectURL(picture.blob)));
    else this.#draw(picture.url);
  }

  destroy(): void {
    this.#revoke();
    this.#element.remove();
  }

  #draw(url: string): void {
    const image = new Image();
    image.alt = this.#title;
    image.referrerPolicy = 'no-referrer';
    image.addEventListener('error', () => this.#tell(this.#words.noPicture), { once: true });
    image.src = url;
    this.#element.replaceChildren(image);
  }

  #offer(url: URL): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = this.#words.loadFrom(url.host);
    button.addEventListener('click', () => this.#draw(url.href));
    this.#element.replaceChildren(button);
  }

  #tell(text: string): void {
    const note = document.createElement('p');
    note.className = 'more';
    note.textContent = text;
    this.#element.replaceChildren(note);
  }

  #revoke(): void {
    if (this.#blobUrl !== undefined) URL.revokeObjectURL(this.#blobUrl);
    this.#blobUrl = undefined;
  }
}
