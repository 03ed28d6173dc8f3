import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { windowOf } from '../../element/window-of.js';

const STEP = 32;
const SMALLEST = { inline: 288, block: 160 };
/** The width of a page from which on the panel stands beside the conversation; below, it is a sheet over it. */
const SHEET = '(max-width: 48rem)';

/** The panel's size, changed with the pointer or the keys: its width where it stands beside, its height as a sheet. */
export class PanelResizer implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  /** Of the window that the panel stands in. */
  #sheet: MediaQueryList | undefined;
  readonly #handleChange = (): void => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#sheet = windowOf(this.#host).matchMedia(SHEET);
    this.#sheet.addEventListener('change', this.#handleChange);
    this.#handleChange();
  }

  hostDisconnected(): void {
    this.#sheet?.removeEventListener('change', this.#handleChange);
  }

  get #isSheet(): boolean {
    return this.#sheet?.matches ?? false;
  }

  /** The handle, which is also a separator with a value for those who do not see it. */
  render(label: string): TemplateResult {
    return html`<div
      class="resizer"
      part="resizer"
      role="separator"
      tabindex="0"
      aria-label=${label}
      aria-orientation=${this.#isSheet ? 'horizontal' : 'vertical'}
      aria-valuenow=${this.#percent(this.#size)}
      aria-valuemin=${this.#percent(this.#smallest)}
      aria-valuemax="100"
      @pointerdown=${this.#handlePointerDown}
      @keydown=${this.#handleKeyDown}
    ></div>`;
  }

  #percent(pixels: number): number {
    return Math.round((pixels / this.#available) * 100);
  }

  readonly #handlePointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    const from = { size: this.#size, x: event.clientX, y: event.clientY };
    handle.setPointerCapture(event.pointerId);
    handle.dataset['dragged'] = '';
    const dragging = new AbortController();
    const { signal } = dragging;
    const move = (next: PointerEvent): void => {
      const grown = this.#isSheet ? from.y - next.clientY : (from.x - next.clientX) * this.#direction;
      this.#resize(from.size + grown);
    };
    handle.addEventListener('pointermove', move, { signal });
    const letGo = (): void => {
      delete handle.dataset['dragged'];
      dragging.abort();
    };
    handle.addEventListener('lostpointercapture', letGo, { signal });
  };

  readonly #handleKeyDown = (event: KeyboardEvent): void => {
    const size = this.#sizeAfter(event.key);
    if (size === undefined) return;
    event.preventDefault();
    this.#resize(size);
  };

  #sizeAfter(key: string): number | undefined {
    if (key === 'Home') return this.#smallest;
    if (key === 'End') return this.#available;
    const grow = this.#isSheet ? 'ArrowUp' : this.#direction === 1 ? 'ArrowLeft' : 'ArrowRight';
    const shrink = this.#isSheet ? 'ArrowDown' : this.#direction === 1 ? 'ArrowRight' : 'ArrowLeft';
    if (key === grow) return this.#size + STEP;
    return key === shrink ? this.#size - STEP : undefined;
  }

  /** 1 where a movement to the left makes the panel wider, as it does in a page that is read to the right. */
  get #direction(): 1 | -1 {
    return getComputedStyle(this.#host).direction === 'rtl' ? -1 : 1;
  }

  get #size(): number {
    return this.#isSheet ? this.#host.offsetHeight : this.#host.offsetWidth;
  }

  get #smallest(): number {
    return this.#isSheet ? SMALLEST.block : SMALLEST.inline;
  }

  get #available(): number {
    const { innerHeight, innerWidth } = windowOf(this.#host);
    return this.#isSheet ? innerHeight : innerWidth;
  }

  #resize(pixels: number): void {
    const size = Math.round(Math.min(this.#available, Math.max(this.#smallest, pixels)));
    this.#host.style.setProperty(this.#isSheet ? '--_block-size' : '--_inline-size', `${size}px`);
    this.#host.requestUpdate();
  }
}
