// A canvas with curves and points over vertical lines. The same picture is not drawn again, and a curve is filled,
// one column a pixel: to stroke and dash a curve of 60,000 values took most of a frame. Knows nothing of paths.

/**
 * The visible part, in CSS pixels: its size, by how much it is wider at each side, the screen's pixels for each, and
 * vertical lines.
 * @typedef {{ width: number, height: number, wider: number, ratio: number, lines: number[], color: string }} Ground
 */
/**
 * A curve: for each pixel the lower and the upper end in CSS pixels from above.
 * @typedef {{ ends: Float32Array, color: string, thick: number, isDashed: boolean }} CurveShape
 */
/** A point, in CSS pixels. @typedef {{ left: number, top: number }} Spot */

/** Columns of a dash, and of a dash with the gap behind it. */
const DASH_PX = 3;
const PERIOD_PX = 7;
/** A point: its radius, and the thickness of its edge. */
const RADIUS_PX = 5;
const EDGE_PX = 2;

/** @param {CurveShape} one @param {CurveShape | undefined} other */
const isSame = (one, other) =>
  one.color === other?.color
  && one.isDashed === other.isDashed
  && one.ends.length === other.ends.length
  && one.ends.every((end, index) => end === other.ends[index]);

export class Picture {
  #canvas;
  #pen;
  #ground = '';
  /** @type {CurveShape[]} */
  #curves = [];

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  }

  /**
   * Draws, unless all of it is shown; returns the pen if it has drawn. Points have the colour of the last curve.
   * @param {Ground} ground @param {CurveShape[]} curves @param {Spot[]} spots
   * @param {string} more what else the caller draws; with points the colour inside them
   */
  draw(ground, curves, spots, more) {
    const { width, height, wider, ratio, lines, color } = ground;
    const key = [width, height, ratio, color, more, ...lines, ...spots.flatMap(({ left, top }) => [left, top])].join();
    if (
      key === this.#ground
      && curves.length === this.#curves.length
      && curves.every((curve, index) => isSame(curve, this.#curves[index]))
    )
      return undefined;
    [this.#ground, this.#curves] = [key, curves];
    const [canvas, pen] = [this.#canvas, this.#pen];
    const [across, down] = [Math.round((width + 2 * wider) * ratio), Math.round(height * ratio)];
    if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
    pen.setTransform(ratio, 0, 0, ratio, wider * ratio, 0);
    pen.clearRect(-wider, 0, width + 2 * wider, height);
    pen.fillStyle = color;
    for (const line of lines) pen.fillRect(Math.round(line), 0, 1, height);
    for (const curve of curves) this.#fill(curve);
    if (spots.length > 0) this.#mark(spots, more);
    return pen;
  }

  /** @param {CurveShape} curve */
  #fill({ ends, color, thick, isDashed }) {
    const [pen, pixels] = [this.#pen, ends.length / 2];
    pen.fillStyle = color;
    pen.beginPath();
    for (let from = 0; from < pixels; from += isDashed ? PERIOD_PX : pixels) {
      const to = isDashed ? Math.min(from + DASH_PX, pixels) : pixels;
      pen.moveTo(from + 0.5, ends[2 * from] + thick / 2);
      for (let pixel = from; pixel < to; pixel++) pen.lineTo(pixel + 0.5, ends[2 * pixel + 1] - thick / 2);
      for (let pixel = to - 1; pixel > from; pixel--) pen.lineTo(pixel + 0.5, ends[2 * pixel] + thick / 2);
    }
    pen.fill();
  }

  /** Circles. @param {Spot[]} spots @param {string} inside the colour inside them */
  #mark(spots, inside) {
    const pen = this.#pen;
    for (const [color, radius] of /** @type {const} */ ([
      [pen.fillStyle, RADIUS_PX + EDGE_PX / 2],
      [inside, RADIUS_PX - EDGE_PX / 2],
    ])) {
      pen.fillStyle = color;
      pen.beginPath();
      for (const { left, top } of spots) {
        pen.moveTo(left, top);
        pen.arc(left, top, radius, 0, 2 * Math.PI);
      }
      pen.fill();
    }
  }
}
