import { BOUNDS } from '../bounds.js';

/** How far a reserved box may be from a square, so that a wrong size cannot claim a whole thread. */
const FLATTEST = 5;
/** CSS pixels. */
const ROOM_FOR_WORDS = 256;

/** The place that a picture is given before it is there, and keeps whatever comes into it later. */
export class ReservedBox {
  #width: number | undefined;
  #height: number | undefined;
  /** Width by height of the first frame: later ones find the same box. */
  #naturalRatio: number | undefined;
  /** A picture that was never partial is not given more room than it fills; a partial one may be a small draft. */
  #naturalWidth: number | undefined;

  /** Takes the host's sizes and the picture on screen. */
  update(width: number | null, height: number | null, image: HTMLImageElement | undefined, isPartial: boolean): void {
    this.#width = side(width);
    this.#height = side(height);
    if (!image) this.#naturalRatio = this.#naturalWidth = undefined;
    else if (image.naturalHeight && !this.#naturalRatio) {
      this.#naturalRatio = image.naturalWidth / image.naturalHeight;
      this.#naturalWidth = isPartial ? undefined : image.naturalWidth;
    }
  }

  /** True where the host says how wide it is; otherwise the style does. */
  get isSized(): boolean {
    return this.#fullWidth !== undefined;
  }

  /** True where words that stand in for the picture need more room than it has: then they take as much as they need, and no square. */
  get isSmall(): boolean {
    return this.#fullWidth !== undefined && this.#fullWidth < ROOM_FOR_WORDS;
  }

  /**
   * Custom properties for the style sheet; what is not known is left to it. As text for the `style` property: the
   * attribute, which lit's `styleMap` writes first, is refused where a page's policy allows no inline style.
   */
  get style(): string {
    const properties = {
      '--_ratio': this.#ratio?.toFixed(4),
      '--_width': pixels(this.#fullWidth),
      '--_natural-width': this.isSized ? undefined : pixels(this.#naturalWidth),
    };
    const known = Object.entries(properties).filter(([, value]) => value !== undefined);
    return known.map(([name, value]) => `${name}: ${value}`).join('; ');
  }

  get #ratio(): number | undefined {
    // A height alone is kept whatever the picture's width will be.
    const unknown = this.#height && 1;
    const ratio = this.#width && this.#height ? this.#width / this.#height : (this.#naturalRatio ?? unknown);
    return ratio === undefined ? undefined : Math.min(Math.max(ratio, 1 / FLATTEST), FLATTEST);
  }

  get #fullWidth(): number | undefined {
    return this.#width ?? (this.#height && this.#ratio ? Math.round(this.#height * this.#ratio) : undefined);
  }
}

/** A side in pixels that can be reserved. */
function side(value: number | null): number | undefined {
  return value !== null && Number.isFinite(value) && value > 0 ? Math.min(value, BOUNDS.side) : undefined;
}

function pixels(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}px`;
}
