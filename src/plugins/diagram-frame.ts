import type { FrameMessage } from '../artifact/preview/frame/frame-messages.js';
import { PreviewFrame } from '../artifact/preview/frame/preview-frame.js';
import type { ConstructInfo, Drawn } from '../markdown/plugin.js';

interface DiagramSettings {
  title: string;
  frameUrl: string | undefined;
}

/** A diagram that takes longer is none. */
const PATIENCE = 20_000;
const TALLEST = 2000;

/**
 * One diagram in the artifacts' sandbox, as high as what is drawn in it. It stays in its place: moved, a frame loads
 * anew. Drawn again, it stands until the new drawing can take its place.
 */
export class DiagramFrame {
  /** The box with the frame once something is drawn in it; null where nothing can be. */
  readonly drawn: Promise<Drawn>;
  readonly #info: ConstructInfo;
  readonly #settings: DiagramSettings;
  #resolve!: (drawn: Drawn) => void;
  #shown: Drawing | undefined;
  #next: Drawing | undefined;

  constructor(info: ConstructInfo, settings: DiagramSettings) {
    this.#info = info;
    this.#settings = settings;
    this.drawn = new Promise((resolve) => (this.#resolve = resolve));
    info.holder.replaceChildren();
    info.signal.addEventListener('abort', () => this.#end());
  }

  show(html: string): void {
    this.#next?.destroy();
    this.#next = new Drawing(this.#info.holder, { ...this.#settings, html }, (drawing, isDrawn) => {
      if (drawing === this.#next) this.#take(drawing, isDrawn);
      else if (!isDrawn) this.#end();
    });
  }

  #take(next: Drawing, isDrawn: boolean): void {
    this.#next = undefined;
    // What stands is better than nothing.
    if (!isDrawn) return this.#shown ? next.destroy() : this.#end();
    this.#shown?.destroy();
    this.#shown = next;
    next.reveal();
    this.#resolve(next.box);
  }

  /** The code is shown instead, before or after something was drawn. */
  #end(): void {
    this.#next?.destroy();
    this.#shown?.destroy();
    this.#next = this.#shown = undefined;
    this.#resolve(null);
    const { holder } = this.#info;
    if (holder.dataset['state'] === 'drawn') holder.dataset['state'] = 'failed';
  }
}

type Tell = (drawing: Drawing, isDrawn: boolean) => void;

/** One frame, unseen until it has told its size. */
class Drawing {
  readonly box = document.createElement('div');
  readonly #request: DiagramSettings & { html: string };
  readonly #tell: Tell;
  readonly #timer = setTimeout(() => this.#fail(), PATIENCE);
  #frame: PreviewFrame | undefined;
  #isDrawn = false;

  constructor(holder: HTMLElement, request: DiagramSettings & { html: string }, tell: Tell) {
    this.#request = request;
    this.#tell = tell;
    this.box.className = 'drawing';
    this.box.inert = true;
    holder.append(this.box);
    this.#open();
  }

  reveal(): void {
    this.box.inert = false;
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#frame?.destroy();
    this.box.remove();
  }

  #open(): void {
    this.#frame?.destroy();
    this.#frame = new PreviewFrame(
      this.box,
      { ...this.#request, scripts: true, origins: [], scroll: { x: 0, y: 0 } },
      {
        message: (message) => this.#handle(message),
        dropped: () => {},
        lost: () => this.#open(),
        blocked: () => this.#fail(),
        // Mermaid is large: on a slow device it takes its time, and the patience for it has an end of its own.
        hung: () => {},
        recovered: () => {},
        settled: () => {},
      },
    );
  }

  #handle(message: FrameMessage): void {
    if (message.type === 'error') this.#fail();
    if (message.type !== 'size' || message.height <= 0) return;
    clearTimeout(this.#timer);
    this.box.style.blockSize = `${Math.min(TALLEST, Math.ceil(message.height))}px`;
    if (!this.#isDrawn) this.#tell(this, (this.#isDrawn = true));
  }

  #fail(): void {
    this.#tell(this, false);
  }
}
