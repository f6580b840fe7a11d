// The picture of the codebook: a dot for each sound, round for a known preset, square for a point of the map. A drawing
// component: it keeps what it draws, and finds drawn dots at a place or in a direction. Knows nothing of what a dot is.
import { colorsOf } from '../paths/colors.js';

/** The centres of the dots keep this far from the edge, in CSS pixels: room for the words at the ends of the axes. */
const MARGIN_PX = [14, 34];
/** A dot's radius, or half the side of its square, in CSS pixels. */
const PRESET_PX = 2.4;
const POINT_PX = 1.5;
/** A dot that is not picked. */
const FAINT = 0.1;
/** Half of a finger's target: 44 px. */
const REACH_PX = 22;
/** How far an arrow key with Shift goes at least. */
const STRIDE_PX = 24;

/** In CSS pixels to the right and down. */
const DIRECTIONS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

export class Cloud {
  #box;
  #canvas;
  #palette;
  /** @type {Float32Array} two coordinates for each dot */
  #places = new Float32Array();
  /** The extremes of the coordinates: least and greatest of either. */
  #extent = [0, 1, 0, 1];
  #known = 0;
  /** @type {Float32Array} the colour of each dot, 0…1 */
  #shares = new Float32Array();
  /** True if a dot is picked. @type {(dot: number) => boolean} */
  #isPicked = () => true;
  /** How much larger than usual a dot is. @type {(dot: number) => number} */
  #size = () => 1;
  #here;
  #ring;
  /** The place of the current point on the axes. @type {ArrayLike<number> | null} */
  #current = null;
  /** The chosen dot. @type {number | null} */
  chosen = null;

  /** @param {HTMLElement} box @param {Uint8Array} palette red, green and blue of each colour */
  constructor(box, palette) {
    this.#box = box;
    this.#canvas = /** @type {HTMLCanvasElement} */ (box.querySelector('canvas'));
    this.#here = /** @type {HTMLElement} */ (box.querySelector('#code-here'));
    this.#ring = /** @type {HTMLElement} */ (box.querySelector('#code-ring'));
    const color = (/** @type {number} */ at) => `rgb(${palette.slice(3 * at, 3 * at + 3).join(' ')})`;
    this.#palette = Array.from({ length: palette.length / 3 }, (_, at) => color(at));
    this.#followRatio();
  }

  /** @param {number} share @returns {string} its colour */
  color(share) {
    return this.#palette[Math.round(Math.min(Math.max(share, 0), 1) * (this.#palette.length - 1))];
  }

  /** Other dots, the first `known` of them presets. @param {Float32Array} places @param {number} known */
  take(places, known) {
    [this.#places, this.#known] = [places, known];
    this.chosen = null;
    const extent = [Infinity, -Infinity, Infinity, -Infinity];
    places.forEach((value, index) => {
      const least = (index % 2) * 2;
      extent[least] = Math.min(extent[least], value);
      extent[least + 1] = Math.max(extent[least + 1], value);
    });
    this.#extent = extent;
  }

  /** A page that is zoomed, or on another screen, has other pixels. */
  #followRatio() {
    const ratio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    ratio.addEventListener(
      'change',
      () => {
        this.draw();
        this.#followRatio();
      },
      { once: true },
    );
  }

  /**
   * @param {Float32Array} shares @param {(dot: number) => boolean} isPicked
   * @param {(dot: number) => number} size how much larger than usual a picked dot is
   */
  show(shares, isPicked, size) {
    [this.#shares, this.#isPicked, this.#size] = [shares, isPicked, size];
    this.draw();
  }

  /** Where two coordinates are, in CSS pixels. @param {ArrayLike<number>} coordinates @param {number} [from] */
  pixel(coordinates, from = 0) {
    const { clientWidth, clientHeight } = this.#box;
    const [left, right, bottom, top] = this.#extent;
    const [aside, above] = MARGIN_PX;
    return [
      aside + share(coordinates[from], left, right) * (clientWidth - 2 * aside),
      clientHeight - above - share(coordinates[from + 1], bottom, top) * (clientHeight - 2 * above),
    ];
  }

  /** Where a dot is. @param {number} dot */
  at(dot) {
    return this.pixel(this.#places, 2 * dot);
  }

  /** Marks the current point. @param {ArrayLike<number> | null} current its place on the axes; null: nobody sees it */
  markHere(current) {
    this.#current = current;
    if (current) put(this.#here, this.pixel(current));
  }

  /** Marks the chosen dot. @param {number | null} dot */
  choose(dot) {
    this.chosen = dot;
    this.#ring.hidden = dot === null;
    if (dot !== null) put(this.#ring, this.at(dot));
  }

  draw() {
    this.markHere(this.#current);
    this.choose(this.chosen);
    const { clientWidth: width, clientHeight: height } = this.#box;
    const count = this.#shares.length;
    if (width === 0 || count === 0) return;
    const [canvas, ratio] = [this.#canvas, devicePixelRatio];
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pen.scale(ratio, ratio);
    const [line, outline] = colorsOf(this.#box, '--line', '--map-dark');
    const [x, y] = this.pixel([0, 0]);
    pen.fillStyle = line;
    pen.fillRect(0, y, width, 1);
    pen.fillRect(x, 0, 1, height);
    const dots = Array.from({ length: count }, (_, dot) => dot);
    // Picked dots lie above the others, presets above points of the map.
    const layer = (/** @type {boolean} */ isPicked, /** @type {boolean} */ isPreset) =>
      dots.filter(dot => this.#isPicked(dot) === isPicked && dot < this.#known === isPreset);
    const layers = [layer(false, false), layer(false, true), layer(true, false), layer(true, true)];
    layers.forEach((layer, number) => {
      const isPreset = number % 2 === 1;
      pen.globalAlpha = number < 2 ? FAINT : 1;
      for (const dot of layer) {
        const radius = (isPreset ? PRESET_PX : POINT_PX) * (number < 2 ? 1 : this.#size(dot));
        const [left, top] = this.at(dot);
        pen.beginPath();
        if (isPreset) pen.arc(left, top, radius, 0, 2 * Math.PI);
        else pen.rect(left - radius, top - radius, 2 * radius, 2 * radius);
        pen.strokeStyle = outline;
        pen.lineWidth = 1;
        if (number >= 2) pen.stroke();
        pen.fillStyle = this.color(this.#shares[dot]);
        pen.fill();
      }
    });
    pen.globalAlpha = 1;
  }

  /**
   * The picked dot nearest to a place, −1 if there is none.
   * @param {number} left @param {number} top @param {number} [reach_px]
   */
  nearest(left, top, reach_px = REACH_PX) {
    return this.#best((right, down) => {
      const distance = Math.hypot(right - left, down - top);
      return distance <= reach_px ? distance : Infinity;
    });
  }

  /**
   * The nearest picked dot in the direction of an arrow key from the chosen one, −1 if there is none. Without a chosen
   * one, the dot nearest to the current point.
   * @param {string} key @param {boolean} isFar
   */
  next(key, isFar) {
    const { chosen } = this;
    if (chosen === null || !this.#isPicked(chosen)) {
      const [left, top] = this.#current ? this.pixel(this.#current) : [0, 0];
      return this.nearest(left, top, Infinity);
    }
    const [left, top] = this.at(chosen);
    const [across, downward] = DIRECTIONS[key];
    return this.#best((right, down) => {
      const along = (right - left) * across + (down - top) * downward;
      const aside = Math.abs((right - left) * downward + (down - top) * across);
      return along > 0 && along >= aside && (!isFar || along >= STRIDE_PX) ? along + aside : Infinity;
    });
  }

  /** The picked dot with the least cost. @param {(left: number, top: number) => number} cost infinite: not that dot */
  #best(cost) {
    let [best, least] = [-1, Infinity];
    for (let dot = 0; dot < this.#shares.length; dot++) {
      if (!this.#isPicked(dot)) continue;
      const [left, top] = this.at(dot);
      const own = cost(left, top);
      if (own < least) [best, least] = [dot, own];
    }
    return best;
  }
}

/** A value as a share of a range, 0…1. @param {number} value @param {number} least @param {number} most */
const share = (value, least, most) => Math.min(Math.max((value - least) / (most - least || 1), 0), 1);

/** Moves a mark. @param {HTMLElement} mark @param {number[]} at in CSS pixels */
function put(mark, [left, top]) {
  const transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
  if (mark.style.transform !== transform) mark.style.transform = transform;
}

/** True if a key is an arrow. @param {string} key */
export const isArrow = key => key in DIRECTIONS;
