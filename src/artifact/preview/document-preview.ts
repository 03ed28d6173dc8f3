import type { Artifact } from '../../message.js';
import { AiArtifactConsoleEvent, AiArtifactErrorEvent, AiLinkEvent, type ArtifactErrorDetail } from '../../events.js';
import { deepActiveElement } from '../../element/active-element.js';
import type { ArtifactKind } from '../artifact-kinds.js';
import type { ArtifactView } from '../views/artifact-view.js';
import { ConsoleLog } from './console-log.js';
import type { FrameMessage } from './frame/frame-messages.js';
import { HangMemory } from './hang-memory.js';
import { Pacer } from '../views/pacer.js';
import { PreviewFrame } from './frame/preview-frame.js';
import { UrlPolicy } from '../../trust/url-policy.js';
import { windowOf } from '../../element/window-of.js';

/** A larger document is shown as code. */
const LONGEST_DOCUMENT = 5_000_000;
/** While it is written, a document is drawn again no sooner than after so long. */
const DRAFT_INTERVAL = 1000;
/** A document that is still loading replaces the one before it after so long. */
const SWAP_WITHIN = 1000;

export type RunPolicy = 'auto' | 'manual' | 'never';

/**
 * - `idle`: nothing to show yet
 * - `still`: shown without its scripts
 * - `asking`: it waits for the reader, since it stopped answering the last time
 * - `running`, `hung`, `stopped`: with its scripts
 * - `blocked`: the page's own policy keeps previews from running
 * - `failed`: there is no document to show
 */
export type PreviewStatus = 'idle' | 'still' | 'asking' | 'running' | 'hung' | 'stopped' | 'blocked' | 'failed';

export interface PreviewSettings {
  run: RunPolicy;
  origins: readonly string[];
  frameUrl: string | undefined;
}

interface DocumentPreviewOptions {
  kind: ArtifactKind;
  version: number;
  title: string;
  /** Where the preview of this artifact is scrolled to, kept from one version to the next. */
  scroll: { x: number; y: number };
  settings(): PreviewSettings;
  changed(): void;
  dispatch(event: Event): boolean;
  /** The reader pressed Escape in the preview. */
  escaped(): void;
}

/** A preview that is a document: drafts without scripts while it is written, then a run, as the settings allow. */
export class DocumentPreview implements ArtifactView {
  readonly log = new ConsoleLog();
  readonly #element = document.createElement('div');
  readonly #options: DocumentPreviewOptions;
  readonly #drafts = new Pacer(() => void this.#render(false), DRAFT_INTERVAL);
  #artifact: Artifact | undefined;
  #status: PreviewStatus = 'idle';
  #link: string | undefined;
  #frame: PreviewFrame | undefined;
  #next: PreviewFrame | undefined;
  #swapTimer: ReturnType<typeof setTimeout> | undefined;
  #memory: HangMemory | undefined;
  // Counts the renderings, so that a late document of an earlier one is dropped.
  #rendering = 0;

  constructor(container: HTMLElement, options: DocumentPreviewOptions) {
    this.#options = options;
    this.#element.className = 'frames';
    container.append(this.#element);
    addEventListener('pagehide', this.#handlePageHide);
  }

  get status(): PreviewStatus {
    return this.#status;
  }

  /** The window that it stands in, where the reader clicks. */
  get #view(): Window {
    return windowOf(this.#element);
  }

  /** An address that the reader clicked in the preview, to be opened or not. */
  get link(): string | undefined {
    return this.#link;
  }

  get canRun(): boolean {
    const complete = this.#artifact !== undefined && this.#artifact.status !== 'streaming';
    return complete && this.#options.settings().run !== 'never' && this.#options.kind.document !== undefined;
  }

  update(artifact: Artifact): void {
    const before = this.#artifact;
    this.#artifact = artifact;
    if (before === artifact || (before?.status !== 'streaming' && before?.content === artifact.content)) return;
    if (artifact.status === 'streaming') this.#draft();
    else this.#complete(artifact);
  }

  /** Runs the document, now and anew. */
  run(): void {
    if (this.canRun) void this.#render(true);
  }

  /** Ends a run at once. What hung is not forgotten. */
  stop(): void {
    this.#memory?.clear();
    this.#removeFrames();
    this.#become('stopped');
  }

  clearLog(): void {
    this.log.clear();
    this.#options.changed();
  }

  /** Opens the link that the reader let through, unless the host says no. */
  openLink(): void {
    const url = this.#link;
    if (url !== undefined && this.#options.dispatch(new AiLinkEvent({ url })))
      this.#view.open(url, '_blank', 'noopener,noreferrer');
    this.dismissLink();
  }

  dismissLink(): void {
    this.#link = undefined;
    this.#options.changed();
  }

  destroy(): void {
    removeEventListener('pagehide', this.#handlePageHide);
    this.#rendering += 1;
    this.#drafts.stop();
    this.#memory?.clear();
    this.#removeFrames();
    this.#element.remove();
  }

  #draft(): void {
    if (this.#options.kind.drafts && this.#artifact?.content !== '') this.#drafts.request();
  }

  #complete(artifact: Artifact): void {
    this.#drafts.stop();
    const { run } = this.#options.settings();
    if (run === 'auto' && artifact.status === 'complete') this.#runUnlessItHung(artifact);
    else if (this.#options.kind.drafts) void this.#render(false);
    else this.#become('idle');
  }

  #runUnlessItHung({ content }: Artifact): void {
    if (new HangMemory(content).hungBefore) {
      this.#removeFrames();
      this.#become('asking');
    } else void this.#render(true);
  }

  async #render(scripts: boolean): Promise<void> {
    const artifact = this.#artifact!;
    const rendering = ++this.#rendering;
    const html = await this.#documentOf(artifact);
    if (rendering !== this.#rendering || html === undefined) return;
    this.#prepareMemory(artifact, scripts);
    if (scripts) this.log.clear();
    this.#link = undefined;
    this.#show(html, scripts);
    this.#become(scripts ? 'running' : 'still');
  }

  async #documentOf(artifact: Artifact): Promise<string | undefined> {
    try {
      if (artifact.content.length > LONGEST_DOCUMENT)
        throw new RangeError('The document is too large to be previewed.');
      return await this.#options.kind.document?.(artifact);
    } catch (error) {
      this.#fail('failed', { code: 'render', message: String((error as Error).message ?? error) });
      return undefined;
    }
  }

  #prepareMemory(artifact: Artifact, scripts: boolean): void {
    this.#memory?.clear();
    this.#memory = scripts ? new HangMemory(artifact.content) : undefined;
    this.#memory?.mark();
  }

  #show(html: string, scripts: boolean): void {
    const { title, scroll, settings } = this.#options;
    const { origins, frameUrl } = settings();
    this.#next?.destroy();
    if (this.#status === 'hung') this.#removeFrames();
    const frame: PreviewFrame = new PreviewFrame(
      this.#element,
      { html, title, scripts, origins, frameUrl, scroll },
      {
        message: (message) => this.#handleMessage(frame, message, scripts),
        dropped: (count) => this.#handleDropped(count),
        lost: () => void this.#render(scripts),
        blocked: () => this.#handleBlocked(frame),
        hung: () => this.#handleHung(),
        recovered: () => this.#handleRecovered(),
        settled: () => this.#memory?.clear(),
      },
    );
    this.#next = frame;
    clearTimeout(this.#swapTimer);
    if (!this.#frame) this.#swap();
    else this.#swapTimer = setTimeout(() => this.#swap(), SWAP_WITHIN);
  }

  /** The frame that was loading takes the place of the one before it. */
  #swap(): void {
    clearTimeout(this.#swapTimer);
    if (!this.#next) return;
    this.#frame?.destroy();
    this.#frame = this.#next;
    this.#next = undefined;
  }

  #handleMessage(frame: PreviewFrame, message: FrameMessage, scripts: boolean): void {
    if (frame !== this.#frame && frame !== this.#next) return;
    if (message.type === 'loaded' && frame === this.#next) this.#swap();
    else if (message.type === 'scroll') Object.assign(this.#options.scroll, { x: message.x, y: message.y });
    else if (message.type === 'escape' && deepActiveElement(frame.element) === frame.element) this.#options.escaped();
    else if (message.type === 'link') this.#handleLink(message.url);
    // A document without its scripts breaks the policy with each of them; that is no news.
    else if (scripts || message.type !== 'policy') this.#report(message);
  }

  /**
   * A page can only ask for a link to be opened where the reader has just done something, and for one at a time: another
   * address must not take the place of the one that was read.
   */
  #handleLink(url: string): void {
    if (!this.#view.navigator.userActivation.isActive || this.#link !== undefined) return;
    this.#link = new UrlPolicy().link(url) ?? undefined;
    this.#options.changed();
  }

  #report(message: FrameMessage): void {
    const { id } = this.#artifact!;
    const { version } = this.#options;
    if (message.type === 'console') {
      const { level, args } = message;
      this.log.add(level, args.join(' '));
      this.#options.dispatch(new AiArtifactConsoleEvent({ id, version, level, args }));
    } else if (message.type === 'error') {
      const { type: _, ...detail } = message;
      this.log.add('error', detail.line === undefined ? detail.message : `${detail.message} (${detail.line})`, true);
      this.#tellError({ code: 'script', ...detail });
    } else if (message.type === 'policy') this.#reportRefusal(message.directive, message.address);
    else return;
    this.#options.changed();
  }

  #reportRefusal(directive: string, address: string): void {
    const text = `${directive}: ${address}`;
    this.log.add('warn', text);
    const remedy = 'A preview has no network. List the origins that it may load from in allow-origins.';
    this.#tellError({ code: 'policy', message: text, remedy });
  }

  #handleBlocked(frame: PreviewFrame): void {
    frame.destroy();
    this.#removeFrames();
    this.#memory?.clear();
    const message = 'The preview could not start: this page allows no inline script, and a preview inherits that.';
    const remedy =
      "Set sandbox-origin to another origin that serves artifact-frame.html, and allow it in the page's frame-src.";
    this.#fail('blocked', { code: 'blocked', message, remedy });
  }

  #handleDropped(count: number): void {
    this.log.drop(count);
    this.#options.changed();
  }

  #handleRecovered(): void {
    this.#memory?.recover();
    this.#become('running');
  }

  #handleHung(): void {
    this.#memory?.hang();
    this.#fail('hung', { code: 'hung', message: 'The preview stopped answering.' });
  }

  #fail(status: PreviewStatus, detail: Pick<ArtifactErrorDetail, 'code' | 'message' | 'remedy'>): void {
    this.#tellError(detail);
    this.#become(status);
  }

  #tellError(detail: Omit<ArtifactErrorDetail, 'id' | 'version'>): void {
    const { id } = this.#artifact!;
    this.#options.dispatch(new AiArtifactErrorEvent({ id, version: this.#options.version, ...detail }));
  }

  #become(status: PreviewStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.changed();
  }

  #removeFrames(): void {
    clearTimeout(this.#swapTimer);
    this.#next?.destroy();
    this.#frame?.destroy();
    this.#next = undefined;
    this.#frame = undefined;
  }

  /** A page that can still say goodbye has not hung. */
  readonly #handlePageHide = (): void => {
    this.#memory?.clear();
  };
}
