import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { showStates } from '../element/custom-states.js';
import type { ImageAddress } from '../events.js';
import { LatePart } from '../element/late-part.js';
import { StyledElement } from '../element/styled-element.js';
import { tokens } from '../element/tokens.js';
import { ViewWatch } from '../element/view-watch.js';
import { wordsFor } from '../element/locales.js';
import { boxStyles } from './box/box-styles.js';
import type { ImageStrings } from './image-strings.js';
import { loadingStrings } from './loading-strings.js';
import type * as Pictures from './box/picture-body.js';
import type { ImageStatus, PictureBody } from './box/picture-body.js';
import { pictureStyles } from './box/picture-styles.js';
import { ReservedBox } from './box/reserved-box.js';

/** About a screen, so that a picture is there when the reader comes. */
const MARGIN = '600px';

// `scrollMargin` widens scrolling boxes inside the page, such as a chat's thread; older browsers pass it over.
const nearView = new ViewWatch({ rootMargin: MARGIN, scrollMargin: MARGIN } as IntersectionObserverInit);

/** As HTML reads one: `80px` is 80, and an empty text is none. */
const converter = parseFloat as (text: string | null) => number;

/** What shows pictures, once the first one of the page has loaded it. */
let pictures: typeof Pictures | undefined;

/**
 * @summary A picture with a lifetime: it reserves its place, says when its address has ended, and gets a fresh one when it is needed.
 * @tag ai-image
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
 */
export class AiImage extends StyledElement {
  // All at once: a sheet that comes later costs a page of many pictures more than all else that they do.
  static override styles = [tokens, boxStyles, pictureStyles];

  /** http, https, blob or a raster `data:` address. A later one replaces the picture in place. */
  @property() src = '';
  /** What the picture shows; empty where it is decoration, absent where nobody has described it. */
  @property() alt: string | null = null;
  /** When the address ends: ISO 8601, or epoch seconds or milliseconds. An earlier end in the address itself counts first. */
  @property({ attribute: 'expires-at' }) expiresAt: string | number | Date | null = null;
  /** What the picture is, as `image/png`, where it is known; a file that is saved unread is named by it. */
  @property({ attribute: 'media-type' }) mediaType = '';
  /** CSS pixels. Together with `height` they also give the ratio of the box. */
  @property({ type: Number, converter }) width: number | null = null;
  /** CSS pixels, as `width`. */
  @property({ type: Number, converter }) height: number | null = null;
  /** `lazy` waits until the picture is near the view, as an `<img>` does. */
  @property() loading: 'lazy' | 'eager' = 'lazy';
  /** Whether a picture that is on screen stays there after its end or gives way to words. */
  @property({ attribute: 'when-expired' }) whenExpired: 'keep' | 'replace' = 'keep';
  /** In the last hour, how long the address still works. */
  @property() countdown: 'on' | 'off' = 'on';
  /** The number of this frame while the picture is still being drawn; absent on the final one. */
  @property({ type: Number, converter, attribute: 'partial-index' }) partialIndex: number | null = null;
  /** How much of the picture is drawn, from 0 to 1, where the model tells. */
  @property({ type: Number, converter }) progress: number | null = null;
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

  readonly #internals = this.attachInternals();
  readonly #box = new ReservedBox();
  #isNear = false;
  readonly #body = new LatePart<PictureBody>(
    async () => {
      pictures ??= await import('./box/picture-body.js');
      return this.#createBody(pictures);
    },
    () => this.requestUpdate(),
  );

  /** What is to be seen now. */
  get status(): ImageStatus {
    if (!this.src) return 'empty';
    return this.#body.value?.status ?? (this.#body.hasFailed ? 'error' : 'loading');
  }

  /** When the address ends, from `expires-at` and the address itself, whichever is earlier. */
  get expiry(): Date | null {
    return this.#body.value?.life.end ?? null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // With the next pictures nothing has to be waited for, or drawn twice.
    if (pictures) this.#body.value ??= this.#createBody(pictures);
    else void this.#body.load();
    nearView.watch(this, this.#handleView);
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
    const body = this.#body.value;
    body?.take(changed);
    this.#box.update(this.width, this.height, body?.life.frames.shown?.image, Boolean(body?.isPartial));
  }

  protected override updated(): void {
    const { value: body, hasFailed } = this.#body;
    body?.describe();
    showStates(this.#internals, body?.states ?? { loading: this.#isWaiting, error: hasFailed });
  }

  /** It is complete with what shows the picture. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (!this.isConnected || this.#body.value || this.#body.hasFailed) return isComplete;
    await this.#body.load();
    return super.getUpdateComplete();
  }

  /** Loads the picture again, from a fresh address where its own has ended. */
  async reload(): Promise<void> {
    await (await this.#loaded())?.life.reload();
  }

  /** Saves the picture as a file, by way of a fresh address where its own has ended and its bytes were not kept. */
  async download(): Promise<void> {
    await (await this.#loaded())?.download();
  }

  /** Puts the picture on the clipboard. */
  async copy(): Promise<void> {
    // Not a moment later where it can be now: a browser asks whether the reader has just pressed something.
    await (this.#body.value ?? (await this.#loaded()))?.copy();
  }

  /** Opens the picture, and those of its group, over the whole page. Resolves when that is closed. */
  async enlarge(): Promise<void> {
    await (await this.#loaded())?.enlarge();
  }

  protected override render(): TemplateResult {
    return this.#body.value?.render() ?? this.#renderWaiting();
  }

  /** The place that the picture is given; in it words, where what shows pictures could not be loaded. */
  #renderWaiting(): TemplateResult {
    const { isSized, isSmall, style } = this.#box;
    const { hasFailed } = this.#body;
    const classes = ['box', isSized ? 'sized' : '', isSmall ? 'small' : '', hasFailed ? 'replaced' : ''];
    return html`<div part="box" class=${classes.join(' ')} .style=${style} aria-busy=${this.#isWaiting}>
      ${hasFailed && this.src ? this.#renderFailure() : nothing}
    </div>`;
  }

  #renderFailure(): TemplateResult {
    const { notLoaded, retry } = wordsFor(this, 'image', loadingStrings);
    return html`<div part="fallback" class="layer fallback">
      <p class="headline">${notLoaded}</p>
      ${this.alt ? html`<p class="alt">${this.alt}</p>` : nothing}
      <button part="button" class="retry" type="button" @click=${this.#handleRetry}>${retry}</button>
    </div>`;
  }

  readonly #handleRetry = (): void => void this.#body.load();

  readonly #handleView = (isNear: boolean): void => {
    this.#isNear = isNear;
    this.#body.value?.life.setNear(isNear);
  };

  get #isWaiting(): boolean {
    return this.src !== '' && !this.#body.value && !this.#body.hasFailed;
  }

  #createBody({ PictureBody }: typeof Pictures): PictureBody {
    const body = new PictureBody(this, this.#box, () => this.#gallery());
    body.life.setNear(this.#isNear);
    return body;
  }

  /** Undefined where it could not be had. */
  async #loaded(): Promise<PictureBody | undefined> {
    if (!this.#body.value) await this.#body.load();
    return this.#body.value;
  }

  /** The pictures of the same group under the same root, in document order. Decoration is none of them. */
  #gallery(): PictureBody[] {
    const root = this.getRootNode() as Document | ShadowRoot;
    const all = [...root.querySelectorAll(this.localName)].filter((element) => element instanceof AiImage);
    const shown = all.filter(
      (other) => other === this || (other.group === this.group && other.src && other.alt !== ''),
    );
    return shown.flatMap((element) => element.#body.value ?? []);
  }

  #release(): void {
    nearView.unwatch(this);
    this.#body.value?.release();
  }
}
