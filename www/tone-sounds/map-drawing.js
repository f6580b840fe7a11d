// The map of frames in “From sounds…”: draws the frames of A, B and the result, and again when its size or the theme
// has changed. A drawing component: it keeps what it draws.
import { drawPoints } from './frame-map.js';

export class MapDrawing {
  #canvas;
  #dots;
  /** The places of the frames of each sound. @type {Float32Array[]} */
  #points = [];

  /** @param {HTMLCanvasElement} canvas @param {Element[]} dots of the legend, which have the colours of the theme */
  constructor(canvas, dots) {
    this.#canvas = canvas;
    this.#dots = dots;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** @param {Float32Array[]} points */
  show(points) {
    if (points === this.#points) return;
    this.#points = points;
    this.#draw();
  }

  #draw() {
    const canvas = this.#canvas;
    if (canvas.clientWidth === 0 || this.#points.length === 0) return;
    const colours = this.#dots.map(dot => getComputedStyle(dot).backgroundColor);
    drawPoints(canvas, this.#points, colours, getComputedStyle(canvas).borderColor);
  }
}
