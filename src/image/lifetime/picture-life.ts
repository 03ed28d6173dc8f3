import { AiImageErrorEvent, AiImageExpireEvent, AiImageLoadEvent } from '../../events.js';
import { Backoff } from './backoff.js';
import { Deadline } from '../clock/deadlines.js';
import { Frames, type Frame } from '../bytes/frames.js';
import { locateImage, type ImageLocation } from '../bytes/image-address.js';
import { ImageError } from '../image-error.js';
import { KeptBytes, readNow } from '../bytes/kept-bytes.js';
import { Lifetime } from './lifetime.js';
import { fetchPicture, mayReadFrom, type Freshness } from '../bytes/picture-bytes.js';
import { viewOf, type PictureView } from '../bytes/picture-view.js';
import { requestAddress, type AddressDesk, type FreshAddress } from './refresh-address.js';
import { contactOnce, knowsClockOf } from '../clock/server-clock.js';

/** An address that ended longer ago than this is not tried on the chance that this device's clock is fast. */
const LATEST_TRY = 24 * 3600_000;

/** How a picture is shown, as the element's author has set it. */
export interface LifeSettings {
  readonly loading: 'lazy' | 'eager';
  readonly whenExpired: 'keep' | 'replace';
  readonly countdown: 'on' | 'off';
  readonly partialIndex: number | null;
}

/** The element that shows the picture. */
interface LifeHost extends LifeSettings, EventTarget {
  readonly baseURI: string;
  requestUpdate(): void;
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
  /** True while what is on screen is a draft, or the same picture by another address: it may stand where its successor does not come. */
  #isSamePicture = false;
  #isDraft = false;
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
    this.#isSamePicture = previousUrl !== undefined || this.#isDraft;
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
    this.#keepIfDue();
  }

  /** The author has changed how this is handled: there may be someone to ask now. */
  reconsider(): void {
    this.#backoff.resume();
    this.#schedule();
    void this.#refreshIfNeeded();
  }

  /** The element has come near the view, or left it. */
  setNear(isNear: boolean): void {
    this.#isNear = isNear;
    this.#schedule();
    void this.#refreshIfNeeded();
    if (isNear) this.#host.requestUpdate();
  }

  /** The reader or the host wants it again, now. */
  async reload(): Promise<void> {
    if (!this.#location) return;
    const isFresh = (this.isExpired || this.failure !== undefined) && (await this.refresh());
    if (this.isExpired && !isFresh) return;
    if (!isFresh && !this.isLoading) this.#beginLoad();
    await this.#loadNow();
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
    return readNow(this.#location, this.#run.signal);
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
    this.frames.dropIncoming();
    this.#location = undefined;
    this.#lifetime.clear();
    this.#hasRetried = false;
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
      if (frame && !signal.aborted) this.#handleLoaded(frame);
    } catch (error) {
      if (!signal.aborted) await this.#handleLoadError(ImageError.from(error, 'network', 'It could not be loaded.'));
    }
  }

  /** Waits for the picture that is on its way, or for the one that overtakes it, and no longer for the reader to come near. */
  async #loadNow(): Promise<void> {
    const loaded = this.#loaded;
    if (this.frames.incoming) this.frames.incoming.image.loading = 'eager';
    await loaded;
    if (loaded !== this.#loaded) await this.#loadNow();
  }

  #handleLoaded({ image, url }: Frame): void {
    const previousUrl = this.#previousUrl;
    this.#previousUrl = undefined;
    this.#isDraft = this.#host.partialIndex !== null;
    this.failure = undefined;
    this.#backoff.reset();
    const { naturalWidth: width, naturalHeight: height } = image;
    this.#host.dispatchEvent(new AiImageLoadEvent({ url, width, height, previousUrl, expiresAt: this.end }));
    if (this.end && !knowsClockOf(url)) void this.#learnClock(url);
    this.#keepIfDue();
    this.#schedule();
  }

  /** One picture of each server is read at once, for the server's clock; the others then know it too. */
  async #learnClock(url: string): Promise<void> {
    const { signal } = this.#run;
    await contactOnce(url, signal, () => this.#keepBytes('server'));
    if (signal.aborted) return;
    this.#keepIfDue();
    this.#schedule();
    this.#host.requestUpdate();
  }

  /** An `<img>` does not say why it failed. The time may, or the server, where this page may read its answer. */
  async #handleLoadError(error: ImageError): Promise<void> {
    const { signal } = this.#run;
    if (this.#previousUrl !== undefined) this.#backoff.fail(Date.now());
    const reason = this.#lifetime.isPast ? error : await this.#diagnose(error, signal);
    if (signal.aborted) return;
    if (!reason) return this.#load();
    if (this.#lifetime.isEndedBy(reason)) this.#expire();
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
    this.#dropAnother();
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
    this.#dropAnother();
    this.#schedule();
    this.#host.requestUpdate();
    const isSolved = await this.#refreshIfNeeded();
    // A refresh that failed has told its own reason.
    if (isSolved || signal.aborted || this.failure !== failure) return;
    this.#host.dispatchEvent(new AiImageErrorEvent({ url: this.url ?? this.src, error: failure }));
  }

  /** An earlier picture must not stand under the description of one that does not come. */
  #dropAnother(): void {
    if (!this.isShowing && !this.isLoading && !this.#isSamePicture) this.frames.clear();
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
      if (!fresh) this.#backoff.pause(Date.now());
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
    this.#host.dispatchEvent(new AiImageErrorEvent({ url: this.url ?? this.src, error }));
  }

  /** Nobody gives a fresh address. Where this device's clock may be fast, the server's `Date` decides whether the old one has ended. */
  async #tryAnyway(url: string, signal: AbortSignal): Promise<boolean> {
    const isRecent = this.#lifetime.remaining > -LATEST_TRY;
    if (!this.isExpired || !isRecent || this.#location?.kind !== 'remote') return false;
    if (knowsClockOf(url) || !mayReadFrom(url)) return false;
    await contactOnce(url, signal, () => fetchPicture(url, 'server', signal));
    if (signal.aborted || this.#lifetime.isPast) return false;
    this.#revive();
    return true;
  }

  #keepIfDue(): void {
    if (this.isShowing && !this.isExpired && this.#lifetime.isTimeToKeep) void this.#keepBytes('cache');
  }

  /** Keeps the bytes while the address still works. With `server` the answer also shows the signer's clock. */
  async #keepBytes(freshness: Freshness): Promise<void> {
    const { signal } = this.#run;
    await this.#kept.take(this.#location!, freshness, signal);
    if (!signal.aborted) this.#schedule();
  }

  #handleTime(): void {
    if (!this.isExpired && this.#lifetime.isPast) return this.#expire();
    this.#keepIfDue();
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
