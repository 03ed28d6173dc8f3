import { executeServerCommand } from '@web/test-runner-commands';

type Colour = readonly [red: number, green: number, blue: number];

/** The pixels of an element as the browser has painted it, two to a CSS pixel. */
export class Picture {
  readonly #pixels: ImageData;
  readonly #left: number;
  readonly #top: number;

  private constructor(pixels: ImageData, { left, top }: DOMRect) {
    this.#pixels = pixels;
    this.#left = left;
    this.#top = top;
  }

  /** Once the same is painted twice, as colours come in idle time. `name`: the file's, where `PICTURES` names a folder to look at. */
  static async of(element: Element, name: string): Promise<Picture> {
    let before = await taken(element, 1);
    for (let tries = 0; tries < 10; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const now = await taken(element, 1);
      if (now === before)
        return new Picture(await pixelsOf(await taken(element, 2, name)), element.getBoundingClientRect());
      before = now;
    }
    throw new Error(`${name}: it is painted in another way each time`);
  }

  /** The part of pixels that are not as in the other picture, from 0 to 1; 1 where they differ in size. */
  differenceFrom(other: Picture): number {
    const [own, others] = [this.#pixels.data, other.#pixels.data];
    if (own.length !== others.length) return 1;
    let different = 0;
    for (let at = 0; at < own.length; at += 4) {
      if (own[at] !== others[at] || own[at + 1] !== others[at + 1] || own[at + 2] !== others[at + 2]) different += 1;
    }
    return different / (own.length / 4);
  }

  /** The colours in a part of the page with how many pixels have them, the commonest first. */
  coloursIn(box: DOMRect): (readonly [Colour, number])[] {
    const counts = new Map<number, number>();
    // Nearly all pixels are as the one before.
    let [last, count] = [-1, 0];
    const note = (): unknown => count > 0 && counts.set(last, (counts.get(last) ?? 0) + count);
    this.#eachPixel(box, (red, green, blue) => {
      const key = (red << 16) | (green << 8) | blue;
      if (key !== last) {
        note();
        [last, count] = [key, 0];
      }
      count += 1;
    });
    note();
    return [...counts]
      .toSorted(([, a], [, b]) => b - a)
      .map(([key, count]) => [[key >> 16, (key >> 8) & 255, key & 255], count] as const);
  }

  /**
   * The contrast of what is written there with what it stands on (WCAG 2), as painted. The ground is the commonest colour;
   * the ink is the colour that stands out most, since the edges of letters are blends of both.
   */
  contrastIn(box: DOMRect): number {
    const colours = this.coloursIn(box);
    const ground = colours[0]![0];
    return Math.max(...colours.map(([colour]) => contrast(colour, ground)));
  }

  /** How light the commonest colour is, from 0 to 1. */
  lightnessOf(box: DOMRect): number {
    return luminance(this.coloursIn(box)[0]![0]);
  }

  /** The mean lightness of the fields of a grid, two hexadecimal digits each, a row after the other. */
  thumbnail(columns: number, rows: number): string[] {
    const { width, height } = this.#pixels;
    return Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const [x, y] = [Math.floor((column * width) / columns), Math.floor((row * height) / rows)];
        const mean = this.#meanOf(x, y, Math.floor(width / columns), Math.floor(height / rows));
        return Math.round(mean).toString(16).padStart(2, '0');
      }).join(''),
    );
  }

  #meanOf(x: number, y: number, columns: number, rows: number): number {
    const { data, width } = this.#pixels;
    let sum = 0;
    for (let row = y; row < y + rows; row++) {
      for (let column = x; column < x + columns; column++) {
        const at = (row * width + column) * 4;
        sum += 0.3 * data[at]! + 0.6 * data[at + 1]! + 0.1 * data[at + 2]!;
      }
    }
    return sum / (rows * columns);
  }

  #eachPixel(box: DOMRect, see: (red: number, green: number, blue: number) => void): void {
    const { data, width, height } = this.#pixels;
    const [left, top] = [
      Math.max(0, Math.floor((box.left - this.#left) * 2)),
      Math.max(0, Math.floor((box.top - this.#top) * 2)),
    ];
    const right = Math.min(width, Math.ceil((box.right - this.#left) * 2));
    const bottom = Math.min(height, Math.ceil((box.bottom - this.#top) * 2));
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const at = (y * width + x) * 4;
        see(data[at]!, data[at + 1]!, data[at + 2]!);
      }
    }
  }
}

/** What is painted of an element, as a PNG in base64. */
function taken(element: Element, scale: number, name = ''): Promise<string> {
  const { left: x, top: y, width, height } = element.getBoundingClientRect();
  return executeServerCommand('take-picture', { name, clip: { x, y, width, height, scale } });
}

/** Without a canvas, which would read them on this thread and copy them twice. */
async function pixelsOf(data: string): Promise<ImageData> {
  const { body } = await fetch(`data:image/png;base64,${data}`);
  const { image } = await new ImageDecoder({ data: body!, type: 'image/png' }).decode();
  const { displayWidth, displayHeight } = image;
  const pixels = new Uint8ClampedArray(image.allocationSize({ format: 'RGBA' }));
  await image.copyTo(pixels, { format: 'RGBA' });
  image.close();
  return new ImageData(pixels, displayWidth, displayHeight);
}

function luminance([red, green, blue]: Colour): number {
  const linear = (value: number): number => (value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
