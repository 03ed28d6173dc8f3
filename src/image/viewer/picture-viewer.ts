import { html, nothing, render, type TemplateResult } from 'lit';
import { ImageError } from '../image-error.js';
import * as icons from '../icons.js';
import type { ImageStrings } from '../image-strings.js';
import type { PictureView } from '../bytes/picture-view.js';
import { addStyles } from '../../element/style-sheets.js';
import { tokens } from '../../element/tokens.js';
import { windowOf } from '../../element/window-of.js';
import { viewerStyles } from './viewer-styles.js';
import { Zoom } from './zoom.js';
import { listenForGestures } from './zoom-gestures.js';

/** One picture of a gallery. */
export interface ViewablePicture {
  readonly alt: string | null;
  view(): Promise<PictureView>;
  /** Both tell the reader's words for how it went. */
  copy(): Promise<string>;
  download(): Promise<string>;
}

/** How far one press of an arrow key moves an enlarged picture, in pixels. */
const STEP = 80;
const FACTOR = 1.5;

/** A dialog over the whole page with one picture of several: zoom, pan, and the way to the next. */
export class PictureViewer {
  readonly zoom = new Zoom();
  readonly #host = document.createElement('div');
  readonly #root = this.#host.attachShadow({ mode: 'open' });
  readonly #pictures: readonly ViewablePicture[];
  readonly #strings: ImageStrings;
  readonly #end = new AbortController();
  #index: number;
  #view: PictureView | undefined;
  #failure: ImageError | undefined;
  #notice = '';

  constructor(pictures: readonly ViewablePicture[], index: number, strings: ImageStrings) {
    this.#pictures = pictures;
    this.#index = index;
    this.#strings = strings;
  }

  /** Opens inside `parent`. Resolves when it is closed, whichever way. */
  open(parent: ParentNode): Promise<void> {
    parent.append(this.#host);
    addStyles(this.#root, [tokens, viewerStyles]);
    this.#draw();
    const dialog = this.#root.querySelector('dialog')!;
    const { signal } = this.#end;
    listenForGestures(this.#stage, this, signal);
    const view = windowOf(this.#host);
    view.addEventListener('resize', () => this.apply(), { signal });
    // On the window: a press on the picture takes the focus out of every button, and keys would go past the dialog.
    view.addEventListener('keydown', this.#handleKey, { signal });
    dialog.showModal();
    void this.#show(this.#index);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  close(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#root.querySelector('dialog')?.close();
    this.#view?.release();
    this.#host.remove();
  }

  dismiss(): void {
    this.close();
  }

  swipe(direction: 1 | -1): void {
    this.#move(-direction);
  }

  /** Brings the picture to where the zoom says. */
  apply(): void {
    const node = this.#view?.node;
    if (!node) return;
    this.zoom.keepInside({ width: node.offsetWidth, height: node.offsetHeight }, sizeOf(this.#stage));
    node.style.transform = `translate(${this.zoom.x}px, ${this.zoom.y}px) scale(${this.zoom.scale})`;
    this.#stage.classList.toggle('enlarged', this.zoom.isEnlarged);
  }

  get #stage(): HTMLElement {
    return this.#root.querySelector<HTMLElement>('.stage')!;
  }

  get #current(): ViewablePicture {
    return this.#pictures[this.#index]!;
  }

  async #show(index: number): Promise<void> {
    this.#index = index;
    this.#clear();
    this.#draw();
    try {
      const view = await this.#current.view();
      if (this.#end.signal.aborted || this.#index !== index || this.#view) return view.release();
      this.#view = view;
    } catch (error) {
      if (this.#index !== index) return;
      this.#failure = ImageError.from(error, 'network', 'The picture could not be shown.');
    }
    if (this.#end.signal.aborted) return;
    this.#draw();
    this.apply();
  }

  #clear(): void {
    this.#view?.release();
    this.#view = undefined;
    this.#failure = undefined;
    this.#notice = '';
    this.zoom.reset();
  }

  /** To the neighbour, as far as there is one. */
  #move(step: number): void {
    this.#goTo(this.#index + step);
  }

  #goTo(index: number): void {
    if (index !== this.#index && index >= 0 && index < this.#pictures.length) void this.#show(index);
  }

  #draw(): void {
    render(this.#template(), this.#root, { host: this });
    this.#describe();
  }

  #describe(): void {
    const node = this.#view?.node;
    if (!node) return;
    const { alt } = this.#current;
    node.className = 'picture';
    // A canvas is no image to assistive technology until it is called one; an empty description makes either decoration.
    node.role = alt === '' ? 'presentation' : 'img';
    node.ariaLabel = alt === '' ? null : (alt ?? this.#strings.undescribed);
  }

  #template(): TemplateResult {
    const words = this.#strings;
    return html`
      <dialog aria-label=${words.viewer} @close=${this.#handleClose}>
        <div class="bar">
          <span class="position" role="status">${this.#position}</span>
          ${this.#button(words.zoomOut, icons.zoomOut, this.#handleZoomOut)}
          ${this.#button(words.zoomIn, icons.zoomIn, this.#handleZoomIn)}
          ${this.#button(words.actualSize, icons.fit, this.#handleFit)}
          ${this.#button(words.copy, icons.copy, this.#handleCopy)}
          ${this.#button(words.download, icons.download, this.#handleDownload)}
          <button type="button" autofocus aria-label=${words.close} title=${words.close} @click=${this.#handleClose}>
            ${icons.close}
          </button>
        </div>
        <div class="stage">
          ${this.#view?.node ?? nothing}
          ${this.#failure ? html`<p class="failure">${words.errors[this.#failure.code]}</p>` : nothing}
          ${this.#view || this.#failure ? nothing : html`<p class="waiting">${words.loading}</p>`}
        </div>
        ${this.#pictures.length > 1 ? this.#renderSteps() : nothing}
        <p class="notice" role="status">${this.#notice}</p>
        <p class="visually-hidden" role="status">${this.#told}</p>
        ${this.#current.alt ? html`<p class="caption" aria-hidden="true">${this.#current.alt}</p>` : nothing}
      </dialog>
    `;
  }

  #renderSteps(): TemplateResult {
    const words = this.#strings;
    return html`
      <button
        class="step previous"
        type="button"
        aria-label=${words.previous}
        aria-disabled=${this.#index === 0}
        @click=${this.#handlePrevious}
      >
        ${icons.previous}
      </button>
      <button
        class="step next"
        type="button"
        aria-label=${words.next}
        aria-disabled=${this.#index === this.#pictures.length - 1}
        @click=${this.#handleNext}
      >
        ${icons.next}
      </button>
    `;
  }

  #button(label: string, icon: unknown, handle: () => void): TemplateResult {
    return html`<button type="button" aria-label=${label} title=${label} @click=${handle}>${icon}</button>`;
  }

  get #position(): string {
    const { length } = this.#pictures;
    return length > 1 ? this.#strings.position(this.#index + 1, length) : '';
  }

  /** Which picture it is that has come, or what has become of it: the reader's focus stays on the way to the next. */
  get #told(): string {
    if (this.#failure) return this.#strings.errors[this.#failure.code];
    return this.#pictures.length > 1 && this.#view ? (this.#current.alt ?? this.#strings.undescribed) : '';
  }

  #zoomBy(factor: number): void {
    this.zoom.zoomAt(factor, 0, 0);
    this.apply();
  }

  /** Tells how it went, unless the reader has gone on to another picture. */
  async #report(action: Promise<string>): Promise<void> {
    const index = this.#index;
    const notice = await action;
    if (this.#end.signal.aborted || this.#index !== index) return;
    this.#notice = notice;
    this.#draw();
  }

  readonly #handleClose = (): void => this.close();
  readonly #handlePrevious = (): void => this.#move(-1);
  readonly #handleNext = (): void => this.#move(1);
  readonly #handleZoomIn = (): void => this.#zoomBy(FACTOR);
  readonly #handleZoomOut = (): void => this.#zoomBy(1 / FACTOR);
  readonly #handleCopy = (): void => void this.#report(this.#current.copy());
  readonly #handleDownload = (): void => void this.#report(this.#current.download());

  readonly #handleFit = (): void => {
    this.zoom.reset();
    this.apply();
  };

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  readonly #keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => this.#handleArrow(-1, 0),
    ArrowRight: () => this.#handleArrow(1, 0),
    ArrowUp: () => this.#handleArrow(0, -1),
    ArrowDown: () => this.#handleArrow(0, 1),
    Home: () => this.#goTo(0),
    End: () => this.#goTo(this.#pictures.length - 1),
    '+': this.#handleZoomIn,
    '=': this.#handleZoomIn,
    '-': this.#handleZoomOut,
    '0': this.#handleFit,
  };

  /** Arrows look around in an enlarged picture; otherwise they go to the neighbours, in reading direction. */
  #handleArrow(right: number, down: number): void {
    if (!this.zoom.isEnlarged) return this.#move(this.#host.matches(':dir(rtl)') ? -right : right);
    this.zoom.moveBy(-right * STEP, -down * STEP);
    this.apply();
  }
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight };
}
