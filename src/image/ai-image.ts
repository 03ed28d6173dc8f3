import { html, nothing, type PropertyValues, type SVGTemplateResult, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { showStates } from '../custom-states.js';
import { AiImageRefreshEvent, type ImageAddress, type ImageRefreshDetail } from '../events.js';
import { withWords } from '../words.js';
import { StyledElement } from '../styled-element.js';
import { tokens } from '../tokens.js';
import { Deadline } from './deadlines.js';
import type { Frame } from './frames.js';
import * as icons from './icons.js';
import { imageStrings, type ImageStrings } from './image-strings.js';
import { imageStyles } from './image-styles.js';
import { renderFallback } from './picture-fallback.js';
import { PictureActions } from './picture-actions.js';
import { PictureLife } from './picture-life.js';
import type { PictureViewer, ViewablePicture } from './picture-viewer.js';
import { Placeholder } from './placeholder.js';
import { postForAddress, type FreshAddress } from './refresh-address.js';
import { ReservedBox } from './reserved-box.js';
import { unwatchView, watchView } from './view-watch.js';

/** How long what was just done is told, in milliseconds. */
const NOTICE_TIME = 4000;

/** What decides whether and where a fresh address is asked for. */
const REFRESHING = ['refresh', 'refreshEndpoint', 'whenExpired', 'loading', 'countdown'] as const;

export type ImageStatus = 'empty' | 'loading' | 'loaded' | 'expired' | 'error';

/**
 * @summary A picture with a lifetime: it reserves its place, says when its address has ended, and gets a fresh one when it is needed.
 *
 * @fires {AiImageLoadEvent} ai-image-load - A picture or a further frame is on screen; after a refresh with the address that it replaces.
 * @fires {AiImageExpireEvent} ai-image-expire - The address has ended.
 * @fires {AiImageRefreshEvent} ai-image-refresh - A fresh address is needed. Cancelable; answer with `respondWith()`.
 * @fires {AiImageErrorEvent} ai-image-error - The picture, or a fresh address for it, could not be had.
 *
 * @csspart box - The place that the picture is given.
 * @csspart image - The picture.
 * @csspart fallback - What stands in its place when there is none.
 * @csspart badge - The quiet words on the picture: drawing, countdown, expired.
 * @csspart actions - The buttons to enlarge, copy and download.
 * @csspart button - Every button.
 * @csspart notice - What was just done.
 * @csspart progress - The bar of a picture that is still being drawn.
 *
 * @cssproperty [--ai-image-width=24rem] - The box's width where no `width` is given.
 * @cssproperty [--ai-image-max-height=32rem] - The box is never higher.
 * @cssproperty [--ai-image-veil=#101216] - Behind an enlarged picture.
 * @cssproperty [--ai-image-ratio=1] - Width by height where neither attributes nor a picture tell.
 *
 * @cssstate loading - A picture is on its way.
 * @cssstate partial - The picture is still being drawn.
 * @cssstate loaded - A picture is on screen.
 * @cssstate expired - The address has ended.
 * @cssstate refreshing - A fresh address is being asked for.
 * @cssstate error - There is no picture, or no fresh address.
 *
 * @tag ai-image
 */
export class AiImage extends StyledElement {
  static override styles = [tokens, imageStyles];

  /** http, https, blob or a raster `data:` address. A later one replaces the picture in place. */
  @property() src = '';
  /** What the picture shows; empty where it is decoration, absent where nobody has described it. */
  @property() alt: string | null = null;
  /** When the address ends: ISO 8601, or epoch seconds or milliseconds. An earlier end in the address itself counts first. */
  @property({ attribute: 'expires-at' }) expiresAt: string | number | Date | null = null;
  /** What the picture is, as `image/png`, where it is known; a file that is saved unread is named by it. */
  @property({ attribute: 'media-type' }) mediaType = '';
  /** CSS pixels. Together with `height` they also give the ratio of the box. */
  @property({ type: Number }) width: number | null = null;
  /** CSS pixels, as `width`. */
  @property({ type: Number }) height: number | null = null;
  /** `lazy` waits until the picture is near the view, as an `<img>` does. */
  @property() loading: 'lazy' | 'eager' = 'lazy';
  /** Whether a picture that is on screen stays there after its end or gives way to words. */
  @property({ attribute: 'when-expired' }) whenExpired: 'keep' | 'replace' = 'keep';
  /** In the last hour, how long the address still works. */
  @property() countdown: 'on' | 'off' = 'on';
  /** The number of this frame while the picture is still being drawn; absent on the final one. */
  @property({ type: Number, attribute: 'partial-index' }) partialIndex: number | null = null;
  /** How much of the picture is drawn, from 0 to 1, where the model tells. */
  @property({ type: Number }) progress: number | null = null;
  /** A tiny `data:` picture that is shown blurred until the picture is there. */
  @property() placeholder = '';
  /** Takes `{url}` by POST and answers with `{url, expiresAt}`. */
  @property({ attribute: 'refresh-endpoint' }) refreshEndpoint = '';
  /** What a downloaded file is called; its ending is always that of the picture's own type. */
  @property() filename = '';
  /** Pictures of one group are one gallery in the viewer. Without one, all pictures without a group are. */
  @property() group = '';
  /** Gives a fresh address for one that has ended. */
  @property({ attribute: false }) refresh: ((url: string) => Promise<ImageAddress>) | null = null;
  /** Replaces words that readers see or hear. */
  @property({ attribute: false }) strings: Partial<ImageStrings> = {};

  readonly #life = new PictureLife(this, {
    ask: (url, signal) => this.#askForAddress(url, signal),
    adopt: (address) => this.#adoptAddress(address),
  });
  readonly #actions = new PictureActions(this, this.#life, () => this.#words);
  readonly #box = new ReservedBox();
  readonly #placeholder = new Placeholder();
  readonly #internals = this.attachInternals();
  /** What was just done, in the reader's words, for a moment. */
  #notice = '';
  readonly #noticeEnd = new Deadline(() => this.#tell(''));
  #viewer: PictureViewer | undefined;

  /** What is to be seen now. */
  get status(): ImageStatus {
    if (!this.src) return 'empty';
    if (this.#life.isExpired) return 'expired';
    if (this.#life.failure) return 'error';
    return this.#life.isShowing ? 'loaded' : 'loading';
  }

  /** When the address ends, from `expires-at` and the address itself, whichever is earlier. */
  get expiry(): Date | null {
    return this.#life.end;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    watchView(this, this.#handleView);
    // After a removal everything was let go of: `willUpdate` begins anew.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move is a removal and an insertion in one task, and keeps everything.
    queueMicrotask(() => {
      if (!this.isConnected) this.#release();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (this.src !== this.#life.src) this.#life.start(this.src, this.expiresAt);
    else if (changed.has('expiresAt')) this.#life.setEnd(this.expiresAt);
    if (REFRESHING.some((name) => changed.has(name))) this.#life.reconsider();
    this.#placeholder.set(this.placeholder);
    this.#box.update(this.width, this.height, this.#life.frames.shown?.image, this.#isPartial);
  }

  protected override updated(): void {
    for (const { image } of this.#life.frames.all) this.#describe(image);
    this.#showStates();
  }

  /** Loads the picture again, from a fresh address where its own has ended. */
  reload(): Promise<void> {
    return this.#life.reload();
  }

  /** Saves the picture as a file, by way of a fresh address where its own has ended and its bytes were not kept. */
  async download(): Promise<void> {
    this.#tell(await this.#actions.save());
  }

  /** Puts the picture on the clipboard. */
  async copy(): Promise<void> {
    this.#tell(await this.#actions.copy());
  }

  /** Opens the picture, and those of its group, over the whole page. Resolves when that is closed. */
  async enlarge(): Promise<void> {
    if (this.#viewer) return;
    const { PictureViewer } = await import('./picture-viewer.js');
    if (this.#viewer || !this.isConnected) return;
    const gallery = this.#gallery();
    const pictures = gallery.map((element) => element.#viewable());
    this.#viewer = new PictureViewer(pictures, gallery.indexOf(this), this.#words);
    await this.#viewer.open(this.renderRoot as ShadowRoot);
    this.#viewer = undefined;
  }

  override render(): TemplateResult {
    const isReplaced = this.#life.isReplaced;
    const classes = [
      'box',
      isReplaced ? 'replaced' : '',
      this.#box.isSized ? 'sized' : '',
      this.#box.isSmall ? 'small' : '',
      this.#life.isExpired ? 'expired' : '',
      this.#isPartial ? 'drawing' : '',
    ];
    return html`
      <div
        part="box"
        class=${classes.join(' ')}
        .style=${this.#box.style}
        aria-busy=${this.#isBusy}
        @click=${this.#handleClick}
      >
        ${isReplaced ? renderFallback(this.#life, this.alt, this.#words, this.#handleRetry) : this.#renderPicture()}
        ${isReplaced ? nothing : this.#renderBadge()}
        ${this.#life.frames.shown && !isReplaced ? this.#renderActions() : nothing}
        <div part="notice" class="notice" role="status">${this.#notice}</div>
      </div>
    `;
  }

  #renderPicture(): TemplateResult {
    const { frames, isLoading } = this.#life;
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
      ${this.#isPartial ? this.#renderProgress() : nothing}
    `;
  }

  #renderFrame(frame: Frame): HTMLImageElement {
    const isShown = frame === this.#life.frames.shown;
    frame.image.className = `layer ${isShown ? 'shown' : 'incoming'}`;
    frame.image.part.value = isShown ? 'image' : '';
    return frame.image;
  }

  #renderProgress(): TemplateResult {
    const label = this.#words.drawing;
    return this.progress === null
      ? html`<progress part="progress" aria-label=${label}></progress>`
      : html`<progress
          part="progress"
          aria-label=${label}
          .value=${Math.min(Math.max(this.progress, 0), 1)}
        ></progress>`;
  }

  #renderBadge(): TemplateResult | typeof nothing {
    const words = this.#words;
    const { countdown, failure, isExpired, isRefreshing } = this.#life;
    if (isRefreshing) return html`<div part="badge" class="badge">${words.refreshing}</div>`;
    if (failure && failure.code !== 'expired') {
      return html`<div part="badge" class="badge error">${words.errors[failure.code]}</div>`;
    }
    if (isExpired) return html`<div part="badge" class="badge">${words.expired}</div>`;
    if (this.#isPartial) return html`<div part="badge" class="badge">${words.drawing}</div>`;
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
    return withWords(imageStrings, this.strings);
  }

  get #isPartial(): boolean {
    return this.partialIndex !== null && !Number.isNaN(this.partialIndex);
  }

  get #isBusy(): 'true' | 'false' {
    return this.#life.isLoading || this.#life.isRefreshing || this.#isPartial ? 'true' : 'false';
  }

  /** As HTML says: an absent description stays absent. A name is given instead, or assistive technology would read out the address. */
  #describe(image: HTMLImageElement): void {
    const isShown = image === this.#life.frames.shown?.image;
    if (!isShown) {
      image.alt = '';
    } else if (this.alt === null) {
      image.removeAttribute('alt');
      image.ariaLabel = this.#words.undescribed;
    } else {
      image.alt = this.alt;
      image.ariaLabel = null;
    }
  }

  #showStates(): void {
    const { isExpired, isRefreshing, isLoading, failure, frames } = this.#life;
    showStates(this.#internals, {
      loading: isLoading,
      partial: this.#isPartial,
      loaded: frames.shown !== undefined,
      expired: isExpired,
      refreshing: isRefreshing,
      error: failure !== undefined,
    });
  }

  /** Listeners first, then the property, then the endpoint. */
  #askForAddress(url: string, signal: AbortSignal): Promise<ImageAddress> | undefined {
    const detail: ImageRefreshDetail = { url };
    const isAllowed = this.dispatchEvent(new AiImageRefreshEvent(detail));
    if (detail.response) return detail.response;
    if (!isAllowed) return undefined;
    if (this.refresh) return Promise.resolve(this.refresh(url));
    const endpoint = this.refreshEndpoint ? new URL(this.refreshEndpoint, this.baseURI).href : '';
    return endpoint ? postForAddress(endpoint, url, signal) : undefined;
  }

  #adoptAddress({ url, expiresAt }: FreshAddress): void {
    this.#write('src', url);
    this.#write('expires-at', expiresAt?.toISOString() ?? null);
  }

  /** Writes where the host wrote: into the attribute, or into the property alone. */
  #write(attribute: 'src' | 'expires-at', value: string | null): void {
    if (this.hasAttribute(attribute)) {
      if (value === null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    } else if (attribute === 'src') {
      this.src = value ?? '';
    } else {
      this.expiresAt = value;
    }
  }

  #tell(notice: string): void {
    this.#notice = notice;
    this.#noticeEnd.set(notice && this.isConnected ? Date.now() + NOTICE_TIME : Infinity);
    this.requestUpdate();
  }

  #viewable(): ViewablePicture {
    return {
      alt: this.alt,
      view: () => this.#life.view(),
      copy: () => this.#actions.copy(),
      download: () => this.#actions.save(),
    };
  }

  /** The pictures of the same group under the same root, in document order. Decoration is none of them. */
  #gallery(): AiImage[] {
    const root = this.getRootNode() as Document | ShadowRoot;
    const all = [...root.querySelectorAll(this.localName)].filter((element) => element instanceof AiImage);
    return all.filter((other) => other === this || (other.group === this.group && other.src && other.alt !== ''));
  }

  #release(): void {
    this.#viewer?.close();
    this.#noticeEnd.clear();
    this.#notice = '';
    unwatchView(this);
    this.#life.stop();
    this.#placeholder.set('');
  }

  readonly #handleView = (isNear: boolean): void => this.#life.setNear(isNear);

  readonly #handleEnlarge = (): void => void this.enlarge();
  readonly #handleCopy = (): void => void this.copy();
  readonly #handleDownload = (): void => void this.download();

  /** A press on the picture itself, for those who point; everyone else has the button. */
  readonly #handleClick = (event: Event): void => {
    if (event.target === this.#life.frames.shown?.image) void this.enlarge();
  };

  /** The button gives way to the picture; whoever pressed it by keyboard goes on from there. */
  readonly #handleRetry = async (): Promise<void> => {
    await this.reload();
    await this.updateComplete;
    const isFocusLost = document.activeElement === null || document.activeElement === document.body;
    if (isFocusLost) this.renderRoot.querySelector<HTMLElement>('.actions button')?.focus();
  };
}
