import { html, nothing, type LitElement, type PropertyValues, type SVGTemplateResult, type TemplateResult } from 'lit';
import { wordsFor } from '../../element/locales.js';
import { repeat } from '../../element/repeat.js';
import { Deadline } from '../clock/deadlines.js';
import { ElementDesk, type DeskHost } from '../lifetime/element-desk.js';
import type { Frame } from '../bytes/frames.js';
import * as icons from '../icons.js';
import { imageStrings, type ImageStrings } from '../image-strings.js';
import { PictureActions, type FileSettings } from './picture-actions.js';
import { renderFallback } from './picture-fallback.js';
import { PictureLife, type LifeSettings } from '../lifetime/picture-life.js';
import type { PictureViewer, ViewablePicture } from '../viewer/picture-viewer.js';
import { Placeholder } from './placeholder.js';
import type { ReservedBox } from './reserved-box.js';

/** How long what was just done is told, in milliseconds. */
const NOTICE_TIME = 4000;

/** What decides whether and where a fresh address is asked for. */
const REFRESHING = ['refresh', 'refreshEndpoint', 'whenExpired', 'loading', 'countdown'] as const;

export type ImageStatus = 'empty' | 'loading' | 'loaded' | 'expired' | 'error';

/** The element, as far as its body needs it. */
interface PictureHost extends LitElement, DeskHost, LifeSettings, FileSettings {
  readonly progress: number | null;
  readonly placeholder: string;
  readonly strings: Partial<ImageStrings>;
}

/** All that stands in a picture's box: the picture, what is told of it, what the reader does with it. */
export class PictureBody {
  readonly life: PictureLife;
  readonly #host: PictureHost;
  readonly #box: ReservedBox;
  readonly #gallery: () => PictureBody[];
  readonly #actions: PictureActions;
  readonly #placeholder = new Placeholder();
  /** What was just done, in the reader's words, for a moment. */
  #notice = '';
  readonly #noticeEnd = new Deadline(() => this.#tell(''));
  #viewer: PictureViewer | undefined;

  /** @param gallery the bodies of the pictures that are enlarged together, this one among them. */
  constructor(host: PictureHost, box: ReservedBox, gallery: () => PictureBody[]) {
    this.#host = host;
    this.#box = box;
    this.#gallery = gallery;
    this.life = new PictureLife(host, new ElementDesk(host));
    this.#actions = new PictureActions(host, this.life, () => this.#words);
  }

  get status(): ImageStatus {
    if (this.life.isExpired) return 'expired';
    if (this.life.failure) return 'error';
    return this.life.isShowing ? 'loaded' : 'loading';
  }

  /** The element's custom states. */
  get states(): Record<string, boolean> {
    const { isExpired, isRefreshing, isLoading, failure, frames } = this.life;
    return {
      loading: isLoading,
      partial: this.isPartial,
      loaded: frames.shown !== undefined,
      expired: isExpired,
      refreshing: isRefreshing,
      error: failure !== undefined,
    };
  }

  /** Whether the picture is still being drawn by its model. */
  get isPartial(): boolean {
    const { partialIndex } = this.#host;
    return partialIndex !== null && !Number.isNaN(partialIndex);
  }

  /** Takes what the element was given. */
  take(changed: PropertyValues): void {
    const { src, expiresAt, placeholder } = this.#host;
    const isNew = src !== this.life.src;
    if (isNew) this.life.start(src, expiresAt);
    else if (changed.has('expiresAt')) this.life.setEnd(expiresAt);
    if (isNew || REFRESHING.some((name) => changed.has(name))) this.life.reconsider();
    this.#placeholder.set(placeholder);
  }

  /** Describes the pictures that were rendered. */
  describe(): void {
    for (const { image } of this.life.frames.all) this.#describe(image);
  }

  async download(): Promise<void> {
    this.#tell(await this.#actions.save());
  }

  async copy(): Promise<void> {
    this.#tell(await this.#actions.copy());
  }

  async enlarge(): Promise<void> {
    if (this.#viewer) return;
    const { PictureViewer } = await import('../viewer/picture-viewer.js');
    if (this.#viewer || !this.#host.isConnected) return;
    const gallery = this.#gallery();
    const pictures = gallery.map((body) => body.#viewable());
    this.#viewer = new PictureViewer(pictures, gallery.indexOf(this), this.#words);
    await this.#viewer.open(this.#host.renderRoot as ShadowRoot);
    this.#viewer = undefined;
  }

  /** The element is gone. A later `take` begins anew. */
  release(): void {
    this.#viewer?.close();
    this.#noticeEnd.clear();
    this.#notice = '';
    this.life.stop();
    this.#placeholder.set('');
  }

  render(): TemplateResult {
    const isReplaced = this.life.isReplaced;
    const classes = [
      'box',
      isReplaced ? 'replaced' : '',
      this.#box.isSized ? 'sized' : '',
      this.#box.isSmall ? 'small' : '',
      this.life.isExpired ? 'expired' : '',
      this.isPartial ? 'drawing' : '',
    ];
    return html`
      <div
        part="box"
        class=${classes.join(' ')}
        .style=${this.#box.style}
        aria-busy=${this.#isBusy}
        @click=${this.#handleClick}
      >
        ${isReplaced ? renderFallback(this.life, this.#host.alt, this.#words, this.#handleRetry) : this.#renderPicture()}
        ${isReplaced ? nothing : this.#renderBadge()}
        ${this.life.frames.shown && !isReplaced ? this.#renderActions() : nothing}
        <div part="notice" class="notice" role="status">${this.#notice}</div>
      </div>
    `;
  }

  #renderPicture(): TemplateResult {
    const { frames, isLoading } = this.life;
    return html`
      ${
        !frames.shown && this.#placeholder.url
          ? html`<img class="layer placeholder" alt="" src=${this.#placeholder.url} />`
          : nothing
      }
      ${!frames.shown && isLoading ? html`<div class="shimmer"></div>` : nothing}
      ${repeat(
        frames.all,
        (frame) => frame,
        (frame) => this.#renderFrame(frame),
      )}
      ${this.isPartial ? this.#renderProgress() : nothing}
    `;
  }

  #renderFrame(frame: Frame): HTMLImageElement {
    const isShown = frame === this.life.frames.shown;
    frame.image.className = `layer ${isShown ? 'shown' : 'incoming'}`;
    frame.image.part.value = isShown ? 'image' : '';
    return frame.image;
  }

  #renderProgress(): TemplateResult {
    const label = this.#words.drawing;
    return this.#host.progress === null
      ? html`<progress part="progress" aria-label=${label}></progress>`
      : html`<progress
          part="progress"
          aria-label=${label}
          .value=${Math.min(Math.max(this.#host.progress, 0), 1)}
        ></progress>`;
  }

  #renderBadge(): TemplateResult | typeof nothing {
    const words = this.#words;
    const { countdown, failure, isExpired, isRefreshing } = this.life;
    if (isRefreshing) return html`<div part="badge" class="badge">${words.refreshing}</div>`;
    if (failure && failure.code !== 'expired') {
      return html`<div part="badge" class="badge error">${words.errors[failure.code]}</div>`;
    }
    if (isExpired) return html`<div part="badge" class="badge">${words.expired}</div>`;
    if (this.isPartial) return html`<div part="badge" class="badge">${words.drawing}</div>`;
    if (countdown === null) return nothing;
    return html`<div part="badge" class="badge" role="timer">${words.expiresIn(countdown)}</div>`;
  }

  #renderActions(): TemplateResult {
    const words = this.#words;
    return html`
      <div class="actions" part="actions">
        ${this.#renderAction(words.enlarge, icons.enlarge, this.#handleEnlarge)}
        ${this.#renderAction(words.copy, icons.copy, this.#handleCopy)}
        ${this.#renderAction(words.download, icons.download, this.#handleDownload)}
      </div>
    `;
  }

  #renderAction(label: string, icon: SVGTemplateResult, handle: () => void): TemplateResult {
    return html`<button part="button" type="button" aria-label=${label} title=${label} @click=${handle}>
      ${icon}
    </button>`;
  }

  get #words(): ImageStrings {
    return wordsFor(this.#host, 'image', imageStrings);
  }

  get #isBusy(): 'true' | 'false' {
    return this.life.isLoading || this.life.isRefreshing || this.isPartial ? 'true' : 'false';
  }

  /** As HTML says: an absent description stays absent. A name is given instead, or assistive technology would read out the address. */
  #describe(image: HTMLImageElement): void {
    const isShown = image === this.life.frames.shown?.image;
    if (!isShown) {
      image.alt = '';
    } else if (this.#host.alt === null) {
      image.removeAttribute('alt');
      image.ariaLabel = this.#words.undescribed;
    } else {
      image.alt = this.#host.alt;
      image.ariaLabel = null;
    }
  }

  #tell(notice: string): void {
    this.#notice = notice;
    this.#noticeEnd.set(notice && this.#host.isConnected ? Date.now() + NOTICE_TIME : Infinity);
    this.#host.requestUpdate();
  }

  #viewable(): ViewablePicture {
    return {
      alt: this.#host.alt,
      view: () => this.life.view(),
      copy: () => this.#actions.copy(),
      download: () => this.#actions.save(),
    };
  }

  readonly #handleEnlarge = (): void => void this.enlarge();
  readonly #handleCopy = (): void => void this.copy();
  readonly #handleDownload = (): void => void this.download();

  /** A press on the picture itself, for those who point; everyone else has the button. */
  readonly #handleClick = (event: Event): void => {
    if (event.target === this.life.frames.shown?.image) void this.enlarge();
  };

  /** The button gives way to the picture; whoever pressed it by keyboard goes on from there. */
  readonly #handleRetry = async (): Promise<void> => {
    await this.life.reload();
    await this.#host.updateComplete;
    const { activeElement, body } = this.#host.ownerDocument;
    if (activeElement === null || activeElement === body)
      this.#host.renderRoot.querySelector<HTMLElement>('.actions button')?.focus();
  };
}
