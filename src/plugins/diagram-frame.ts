import type { FrameMessage } from '../artifact/preview/frame-messages.js';
import { PreviewFrame } from '../artifact/preview/preview-frame.js';
import type { ConstructInfo, Drawn } from '../markdown/plugin.js';

interface DiagramRequest {
  html: string;
  title: string;
  frameUrl: string | undefined;
}

/** A diagram that takes longer is none. */
const PATIENCE = 20_000;
const TALLEST = 2000;

/** One diagram in the artifacts' sandbox, as high as what is drawn in it. It stays in its place: moved, a frame loads anew. */
export class DiagramFrame {
  /** The box with the frame once something is drawn in it; null where nothing can be. */
  readonly drawn: Promise<Drawn>;
  readonly #box = document.createElement('div');
  readonly #info: ConstructInfo;
  readonly #request: DiagramRequest;
  #resolve!: (drawn: Drawn) => void;
  #frame: PreviewFrame | undefined;
  readonly #timer = setTimeout(() => this.#giveUp(), PATIENCE);

  constructor(info: ConstructInfo, request: DiagramRequest) {
    this.#info = info;
    this.#request = request;
    this.drawn = new Promise((resolve) => (this.#resolve = resolve));
    info.holder.replaceChildren(this.#box);
    info.signal.addEventListener('abort', () => this.#giveUp());
    this.#open();
  }

  #open(): void {
    this.#frame?.destroy();
    this.#frame = new PreviewFrame(
      this.#box,
      { ...this.#request, scripts: true, origins: [], scroll: { x: 0, y: 0 } },
      {
        message: (message) => this.#handle(message),
        dropped: () => {},
        lost: () => this.#open(),
        blocked: () => this.#giveUp(),
        hung: () => this.#giveUp(),
        recovered: () => {},
        settled: () => {},
      },
    );
  }

  #handle(message: FrameMessage): void {
    if (message.type === 'error') this.#giveUp();
    if (message.type !== 'size' || message.height <= 0) return;
    clearTimeout(this.#timer);
    this.#box.style.blockSize = `${Math.min(TALLEST, Math.ceil(message.height))}px`;
    this.#resolve(this.#box);
  }

  /** The code is shown instead, before or after something was drawn. */
  #giveUp(): void {
    clearTimeout(this.#timer);
    this.#frame?.destroy();
    this.#resolve(null);
    const { holder } = this.#info;
    if (holder.dataset['state'] === 'drawn') holder.dataset['state'] = 'failed';
  }
}
