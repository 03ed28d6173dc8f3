const LARGEST = 8;

interface Size {
  width: number;
  height: number;
}

/** How a picture is enlarged and moved inside a stage. At scale 1 it fits; coordinates are from the stage's middle. */
export class Zoom {
  scale = 1;
  x = 0;
  y = 0;

  get isEnlarged(): boolean {
    return this.scale > 1.01;
  }

  /** Enlarges by a factor around a point, which stays where it is. */
  zoomAt(factor: number, pointX: number, pointY: number): void {
    const scale = Math.min(Math.max(this.scale * factor, 1), LARGEST);
    const change = scale / this.scale;
    this.x = pointX - (pointX - this.x) * change;
    this.y = pointY - (pointY - this.y) * change;
    this.scale = scale;
  }

  moveBy(deltaX: number, deltaY: number): void {
    this.x += deltaX;
    this.y += deltaY;
  }

  /** Keeps the picture's edges at the stage's, or the picture in the middle where it is smaller than the stage. */
  keepInside(fitted: Size, stage: Size): void {
    const limitX = Math.max((fitted.width * this.scale - stage.width) / 2, 0);
    const limitY = Math.max((fitted.height * this.scale - stage.height) / 2, 0);
    this.x = Math.min(Math.max(this.x, -limitX), limitX);
    this.y = Math.min(Math.max(this.y, -limitY), limitY);
  }

  reset(): void {
    this.scale = 1;
    this.x = 0;
    this.y = 0;
  }
}
