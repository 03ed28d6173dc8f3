import { AiImageErrorEvent, AiImageExpireEvent, AiImageLoadEvent } from '../events.js';
import { Backoff } from './backoff.js';
import { blobOfDataAddress } from './data-address.js';
import { Deadline } from './deadlines.js';
import { Frames, type Frame } from './frames.js';
import { locateImage, type ImageLocation } from './image-address.js';
import { ImageError } from './image-error.js';
import { KeptBytes } from './kept-bytes.js';
import { Lifetime } from './lifetime.js';
import { countRefusal, fetchPicture, mayReadFrom, type Freshness } from './picture-bytes.js';
import { viewOf, type PictureView } from './picture-view.js';
import { requestAddress, type AddressSource, type FreshAddress } from './refresh-address.js';
import { contactOnce, knowsClockOf } from './server-clock.js';

/** An address that ended longer ago than this is not tried on the chance that this device's clock is fast. */
const LATEST_TRY = 24 * 3600_000;

/** The element that shows the picture, with what its author has set. */
export interface LifeHost extends EventTarget {
  readonly loading: 'lazy' | 'eager';
  readonly whenExpired: 'keep' | 'replace';
  readonly countdown: 'on' | 'off';
  readonly baseURI: string;
  requestUpdate(): void;
}

/** Where fresh addresses come from and go to. */
export interface AddressDesk {
  /** Asks whoever can give one; undefined where nobody can. */
  ask(url: string, signal: AbortSignal): ReturnType<AddressSource>;
  /** Takes one for the element's own. */
  adopt(address: FreshAddress): void;
}

/**
 * What becomes of one picture: it loads, ends, is asked for again. The element draws what this says and passes on what the reader wants.
 * A run is the time between two `start`s; what belongs to an earlier run comes too late and is dropped.
 */
export class PictureLife {
  readonly frames: Frames;
  /** The address as it was given; empty where nothing is shown. */
  src = '';
  isExpired = false;
  isRefreshing = false;
  failure: ImageError | undefined;

  readonly #host: LifeHost;
  readonly #desk: AddressDesk;
  readonly #wake = new Deadline(() => this.#handleTime());
  readonly #backoff = new Backoff();
  readonly #kept = new KeptBytes();
  readonly #lifetime = new Lifetime();
  #run = new AbortController();
  #location: ImageLocation | undefined;
  #isNear = false;
  #hasRetried = false;
  #hasAskedForBytes = false;
  /** The address that a refresh has replaced, until the picture of the new one is there. */
  #previousUrl: string | undefined;
  #refresh: Promise<boolean> | undefined;
  /** Settles when what is being loaded is on screen or has failed. */
  #loaded: Promise<void> = Promise.resolve();

  constructor(host: LifeHost, desk: AddressDesk) {
    this.#host = host;
    this.#desk = desk;
    this.frames = new Frames(() => host.requestUpdate());
  }

  /** When the address ends, by the signer's clock. */
  get end(): Date | null {
    return this.#lifetime.end;
  }

  /** The address in full, once it is one that is loaded. */
  get url(): string | undefined {
    return this.#location?.url;
  }

  get isLoading(): boolean {
    return this.frames.incoming !== undefined;
  }

  /** True while the picture on screen is that of the present address, not an earlier frame. */
  get isShowing(): boolean {
    return this.#location !== undefined && this.frames.shown?.url === this.#location.url;
  }

  /** True where words stand in the picture's place. */
  get isReplaced(): boolean {
    if (this.isExpired && this.#host.whenExpired === 'replace') return !this.isLoading;
    return this.frames.all.length === 0 && (this.isExpired || this.failure !== undefined);
  }

  /** Milliseconds until the end where a countdown is due, else null. */
  get countdown(): number | null {
    const isCounting = this.#host.countdown !== 'off' && this.isShowing && !this.isExpired;
    return isCounting && this.#lifetime.isTimeToCount ? this.#lifetime.remaining : null;
  }

  /** The bytes that are at hand without a request. */
  get bytesAtHand(): Blob | undefined {
    return (this.isShowing ? this.frames.shown?.bytes : undefined) ?? this.#kept.blob;
  }

  /** Begins with an address. `previousUrl` is the one that a refresh has just replaced by it. */
  start(src: string, expiresAt: unknown, previousUrl?: string): void {
    this.#renewRun();
    this.src = src;
    this.#previousUrl = previousUrl;
    if (previousUrl === undefined) this.#backoff.reset();
    if (!src) return this.frames.clear();
    try {
      this.#location = locateImage(src, this.#host.baseURI);
    } catch (error) {
      this.frames.clear();
      void this.#fallBack(ImageError.from(error, 'address', 'The address was refused.'));
      return;
    }
    this.#takeEnd(expiresAt);
    if (this.#lifetime.isPast) this.#expire();
    else this.#beginLoad();
  }

  /** Takes a new end for the present address. */
  setEnd(expiresAt: unknown): void {
    if (!this.#location) return;
    this.#takeEnd(expiresAt);
    if (this.isExpired && !this.#lifetime.isPast) this.#revive();
  }

  /** The author has changed how this is handled: there may be someone to ask now. */
  reconsider(): void {
    this.#schedule();
    void this.#refreshIfNeeded();
  }

  /** The element has come near the view, or left it. */
  setNear(isNear: boolean): void {
    this.#isNear = isNear;
    this.reconsider();
    if (isNear) this.#host.requestUpdate();
  }

  /** The reader or the host wants it again, now. */
  async reload(): Promise<void> {
    if (!this.#location) return;
    const isFresh = (this.isExpired || this.failure !== undefined) && (await this.refresh());
    if (this.isExpired && !isFresh) return;
    if (!isFresh) this.#beginLoad();
    await this.loadNow();
  }

  /** Waits for the picture that is on its way, and no longer for the reader to come near it. */
  loadNow(): Promise<void> {
    if (this.frames.incoming) this.frames.incoming.image.loading = 'eager';
    return this.#loaded;
  }

  /** Asks for a fresh address. True where there is a working one; it is being loaded then. Two callers share one request. */
  refresh(): Promise<boolean> {
    const refresh = (this.#refresh ??= this.#refreshOnce(this.#run.signal).finally(() => {
      if (this.#refresh === refresh) this.#refresh = undefined;
    }));
    return refresh;
  }

  /** The picture's bytes: at hand, read now, or had by way of a fresh address; rejects where there is no way to them. */
  async bytes(): Promise<Blob> {
    if (this.bytesAtHand) return this.bytesAtHand;
    if (this.isExpired && !(await this.refresh())) {
      throw this.failure ?? new ImageError('expired', "The picture's address has ended and nobody gave a fresh one.");
    }
    if (!this.#location) throw new ImageError('address', 'There is no picture.');
    return this.#read(this.#location);
  }

  /** A second view of the picture, which is loaded first where it is not on screen. */
  async view(): Promise<PictureView> {
    if (!this.isShowing || this.isReplaced) await this.reload();
    const shown = this.isShowing && !this.isReplaced ? this.frames.shown : undefined;
    if (!shown) throw this.failure ?? new ImageError('expired', "The picture's address has ended.");
    return viewOf(shown.image, this.bytesAtHand, this.isExpired);
  }

  /** Lets go of everything. A later `start` begins anew. */
  stop(): void {
    this.#renewRun();
    this.src = '';
    this.frames.clear();
  }

  #renewRun(): void {
    this.#run.abort();
    this.#run = new AbortController();
    this.#refresh = undefined;
    this.#location = undefined;
    this.#lifetime.clear();
    this.#hasRetried = false;
    this.#hasAskedForBytes = false;
    this.#wake.clear();
    this.#kept.drop();
    this.isExpired = false;
    this.isRefreshing = false;
    this.failure = undefined;
    this.#host.requestUpdate();
  }

  #takeEnd(expiresAt: unknown): void {
    this.#lifetime.take(expiresAt, this.#location!, this.#previousUrl !== undefined);
    this.#schedule();
  }

  #beginLoad(): void {
    this.failure = undefined;
    this.#loaded = this.#load();
  }

  async #load(): Promise<void> {
    const { signal } = this.#run;
    try {
      const frame = await this.frames.load(this.#location!, this.#host.loading);
      if (!signal.aborted) this.#handleLoaded(frame);
    } catch (error) {
      if (!signal.aborted) await this.#handleLoadError(ImageError.from(error, 'network', 'It could not be loaded.'));
    }
  }

  #handleLoaded({ image, url }: Frame): void {
    const previousUrl = this.#previousUrl;
    this.#previousUrl = undefined;
    this.failure = undefined;
    this.#backoff.reset();
    const { naturalWidth: width, naturalHeight: height } = image;
    this.#host.dispatchEvent(new AiImageLoadEvent({ url, width, height, previousUrl, expiresAt: this.end }));
    if (this.end && !knowsClockOf(url)) void this.#keepBytes('server');
    this.#schedule();
  }

  /** An `<img>` does not say why it failed. The time may, or the server, where this page may read its answer. */
  async #handleLoadError(error: ImageError): Promise<void> {
    const { signal } = this.#run;
    if (this.#previousUrl !== undefined) this.#backoff.fail(Date.now());
    const reason = this.#lifetime.isPast ? error : await this.#diagnose(error, signal);
    if (signal.aborted) return;
    if (!reason) return this.#load();
    const hasEnded = this.#lifetime.isPast || reason.code === 'expired' || (this.end !== null && isRefusal(reason));
    if (hasEnded) this.#expire();
    else await this.#fallBack(reason);
  }

  /** Undefined where the server gives the picture after all: then one more try is worth it. */
  async #diagnose(error: ImageError, signal: AbortSignal): Promise<ImageError | undefined> {
    const { kind, url } = this.#location!;
    if (kind !== 'remote' || !mayReadFrom(url)) return error;
    try {
      await fetchPicture(url, 'server', signal);
    } catch (reason) {
      return ImageError.from(reason, 'network', error.message);
    }
    if (this.#hasRetried) return error;
    this.#hasRetried = true;
    return undefined;
  }

  #expire(): void {
    if (!this.isExpired) {
      this.isExpired = true;
      this.#host.dispatchEvent(new AiImageExpireEvent({ url: this.#location!.url, expiresAt: this.end }));
    }
    // A lazy picture that was never near has not begun to load, and now it would only be refused.
    if (!this.#isWanted) this.frames.dropIncoming();
    this.#schedule();
    this.#host.requestUpdate();
    void this.#refreshIfNeeded();
  }

  #revive(): void {
    this.isExpired = false;
    this.failure = undefined;
    this.#schedule();
    this.#host.requestUpdate();
    if (!this.isShowing) this.#beginLoad();
  }

  async #fallBack(failure: ImageError): Promise<void> {
    const { signal } = this.#run;
    this.failure = failure;
    this.#schedule();
    this.#host.requestUpdate();
    const isSolved = await this.#refreshIfNeeded();
    // A refresh that failed has told its own reason.
    if (isSolved || signal.aborted || this.failure !== failure) return;
    this.#host.dispatchEvent(new AiImageErrorEvent({ url: this.src, error: failure }));
  }

  get #isWanted(): boolean {
    return this.#isNear || this.#host.loading === 'eager';
  }

  async #refreshIfNeeded(): Promise<boolean> {
    const isGone = this.isExpired && (!this.isShowing || this.#host.whenExpired === 'replace');
    const isNeeded = this.#location !== undefined && !this.isLoading && (isGone || this.failure !== undefined);
    if (!isNeeded || !this.#isWanted || !this.#backoff.allows(Date.now())) return false;
    return this.refresh();
  }

  async #refreshOnce(signal: AbortSignal): Promise<boolean> {
    const location = this.#location;
    if (!location) return false;
    this.isRefreshing = true;
    this.#host.requestUpdate();
    try {
      const fresh = await requestAddress((patience) => this.#desk.ask(location.url, patience), signal);
      if (signal.aborted) return false;
      if (!fresh) return await this.#tryAnyway(location.url, signal);
      this.#adopt(fresh, location.url);
      return true;
    } catch (error) {
      if (!signal.aborted)
        this.#handleRefreshError(ImageError.from(error, 'refresh', 'No fresh address could be had.'));
      return false;
    } finally {
      if (!signal.aborted) this.isRefreshing = false;
      this.#host.requestUpdate();
    }
  }

  #adopt(fresh: FreshAddress, url: string): void {
    locateImage(fresh.url, this.#host.baseURI);
    const previousUrl = this.#previousUrl ?? url;
    this.#desk.adopt(fresh);
    this.start(fresh.url, fresh.expiresAt, previousUrl);
  }

  #handleRefreshError(error: ImageError): void {
    this.#backoff.fail(Date.now());
    this.failure = error;
    this.#schedule();
    this.#host.dispatchEvent(new AiImageErrorEvent({ url: this.src, error }));
  }

  /** Nobody gives a fresh address. Where this device's clock may be fast, the server's `Date` decides whether the old one has ended. */
  async #tryAnyway(url: string, signal: AbortSignal): Promise<boolean> {
    const isRecent = this.#lifetime.remaining > -LATEST_TRY;
    if (!this.isExpired || !isRecent || knowsClockOf(url) || this.#location?.kind !== 'remote') return false;
    await contactOnce(url, () => fetchPicture(url, 'server', signal));
    if (signal.aborted || this.#lifetime.isPast) return false;
    this.#revive();
    return true;
  }

  /** Keeps the bytes while the address still works. With `server` the answer also shows the signer's clock. */
  async #keepBytes(freshness: Freshness): Promise<void> {
    const { kind, url } = this.#location!;
    const { signal } = this.#run;
    if (kind !== 'remote' || this.#hasAskedForBytes || !mayReadFrom(url)) return;
    this.#hasAskedForBytes = true;
    try {
      this.#kept.keep(await fetchPicture(url, freshness, signal));
    } catch (error) {
      if (signal.aborted) return;
      if (ImageError.from(error, 'network', '').code === 'network') countRefusal(url);
    }
    this.#schedule();
  }

  async #read({ kind, url }: ImageLocation): Promise<Blob> {
    const { signal } = this.#run;
    if (kind === 'data') return blobOfDataAddress(url);
    if (kind === 'remote' && !mayReadFrom(url)) {
      throw new ImageError('network', 'The server lets the picture be shown but not read.', {
        remedy: "Allow this page's origin on the server of the pictures (Access-Control-Allow-Origin).",
      });
    }
    return fetchPicture(url, 'cache', signal);
  }

  #handleTime(): void {
    if (!this.isExpired && this.#lifetime.isPast) return this.#expire();
    if (this.isShowing && this.#lifetime.isTimeToKeep) void this.#keepBytes('cache');
    void this.#refreshIfNeeded();
    this.#schedule();
    this.#host.requestUpdate();
  }

  /** The next moment at which something changes by itself. */
  #schedule(): void {
    const isCounting = this.#isNear && this.#host.countdown !== 'off';
    const retry = this.failure && this.#isWanted ? this.#backoff.ownRetry : Infinity;
    const moment = this.isExpired ? Infinity : this.#lifetime.nextMoment(isCounting);
    this.#wake.set(Math.min(moment, retry > Date.now() ? retry : Infinity));
  }
}

/** A signed address that is refused before its end has died early, as with credentials that were themselves short-lived. */
function isRefusal(error: ImageError): boolean {
  return error.status === 401 || error.status === 403;
}
