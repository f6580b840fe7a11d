// The plane of four: a square with a path in each corner. Draws alone: the page's program mixes, while a finger moves.
import { presses } from '../between/presses.js';
import { colorsOf } from './colors.js';
import { drag } from './drag.js';
import { seed } from './operators.js';
import { fieldNumber } from './verdict.js';
import { numberText, say, typed } from './words.js';

/** @import { PathsModel, PathsFourModel } from '../panels.js' */
/** @import { Dispatch } from './timeline.js' */

/** The radius of a corner's circle of reach, as a share of the side. */
const REACH = 1;
/** Where the corners are: shares of the side, to the right and down. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
];
/** Names of mixes right of this share of the side stand on the left of their places. */
const CROWDED = 0.7;

export class Four {
  #find;
  #square;
  #canvas;
  #menus;
  /** The drawn model. @type {PathsModel | undefined} */
  #drawn;

  /** @param {<T extends Element = HTMLElement>(id: string) => T} find @param {Dispatch} dispatch */
  constructor(find, dispatch) {
    this.#find = find;
    this.#square = find('square');
    this.#canvas = /** @type {HTMLCanvasElement} */ (this.#square.querySelector('canvas'));
    this.#menus = /** @type {HTMLSelectElement[]} */ ([...this.#square.querySelectorAll('select')]);
    this.#menus.forEach((menu, corner) => {
      menu.addEventListener('change', () => dispatch({ type: 'chooseCorner', corner, number: Number(menu.value) }));
    });
    this.#canvas.addEventListener('pointerdown', event => {
      if (!presses(event)) return;
      const move = (/** @type {PointerEvent} */ { clientX, clientY }) => {
        const { left, top, width, height } = this.#canvas.getBoundingClientRect();
        dispatch({ type: 'moveInSquare', place: [(clientX - left) / width, (clientY - top) / height] });
      };
      drag(this.#canvas, event, move, () => dispatch({ type: 'endMix' }));
      move(event);
    });
    for (const id of /** @type {const} */ (['across', 'down'])) {
      const slider = /** @type {HTMLInputElement} */ (find(id));
      slider.addEventListener('input', () => {
        const [right, down] = this.#drawn?.four?.place ?? [0, 0];
        const share = slider.valueAsNumber;
        dispatch({ type: 'moveInSquare', place: id === 'across' ? [share, down] : [right, share] });
      });
      slider.addEventListener('change', () => dispatch({ type: 'endMix' }));
    }
    const strikes = /** @type {HTMLInputElement} */ (find('mix-strikes'));
    strikes.addEventListener('change', () => dispatch({ type: 'typeMixStrikes', value: typed(strikes.value) }));
    find('add-mix').addEventListener('click', () => dispatch({ type: 'addMix' }));
    find('add-random').addEventListener('click', () => dispatch({ type: 'addRandomMix', seed: seed() }));
    new ResizeObserver(() => this.#draw()).observe(this.#square);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** @param {PathsModel} model */
  show(model) {
    const { four, paths } = model;
    if (!four) return;
    this.#drawn = model;
    const choices = paths.filter(({ number }) => number !== four.number);
    this.#menus.forEach((menu, corner) => {
      const key = choices.map(({ number, name }) => `${number} ${name}`).join('\n');
      if (menu.dataset.shown !== key) {
        menu.dataset.shown = key;
        const options = choices.map(({ number, name }) => new Option(name, String(number)));
        menu.replaceChildren(new Option(say('nothing'), '0'), ...options);
      }
      menu.value = String(four.corners[corner]);
    });
    const hint = this.#find('four-hint');
    const sentence = say(four.missing ? (four.missing.type === 'needTwo' ? 'need_two' : 'need_corner') : 'about_four');
    if (hint.textContent !== sentence) hint.textContent = sentence;
    this.#showStrikes(model, four);
    const shares = this.#shares(model, four);
    this.#find('shares').textContent = shares.join(' · ');
    const [right, down] = four.place;
    for (const [id, share] of /** @type {const} */ ([
      ['across', right],
      ['down', down],
    ])) {
      const slider = /** @type {HTMLInputElement} */ (this.#find(id));
      slider.valueAsNumber = share;
      slider.setAttribute('aria-valuetext', [`${numberText(100 * share)} %`, ...shares].join(', '));
    }
    this.#draw();
  }

  /** The notes a second, unless a person is typing them. @param {PathsModel} model @param {PathsFourModel} four */
  #showStrikes({ counts }, { strikesHz: strikes_hz }) {
    const field = /** @type {HTMLInputElement} */ (this.#find('mix-strikes'));
    field.disabled = strikes_hz === null;
    const isTyped = field.dataset.typed !== String(counts.typed);
    field.dataset.typed = String(counts.typed);
    if (isTyped || document.activeElement !== field) field.value = fieldNumber(strikes_hz ?? 0);
  }

  /** The names of the paths that count, the heaviest first. @param {PathsModel} model @param {PathsFourModel} four */
  #shares({ paths }, { corners, weights }) {
    return corners
      .map((number, corner) => ({ own: paths.find(path => path.number === number), weight: weights[corner] }))
      .filter(({ own, weight }) => own && weight > 0)
      .sort((one, other) => other.weight - one.weight)
      .map(({ own, weight }) => say('share', { name: own?.name ?? '', percent: numberText(100 * weight) }));
  }

  #draw() {
    const width = this.#canvas.clientWidth;
    const four = this.#drawn?.four;
    if (width === 0 || !four) return;
    this.#canvas.width = this.#canvas.height = Math.round(width * devicePixelRatio);
    const pen = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext('2d'));
    pen.scale(devicePixelRatio, devicePixelRatio);
    const colors = colorsOf(this.#square, '--text', '--muted', '--accent', '--surface');
    const [text, muted, accent, surface] = colors;
    drawReaches(pen, width, four, text, muted);
    drawWeights(pen, width, four, accent);
    pen.font = `13px ${getComputedStyle(this.#square).fontFamily}`;
    drawMixes(pen, width, four, text, surface);
    const [left, top] = four.place.map(share => share * width);
    for (const [radius, color] of /** @type {const} */ ([
      [14, surface],
      [11, accent],
      [6, surface],
      [3, accent],
    ])) {
      circle(pen, left, top, radius);
      pen.fillStyle = color;
      pen.fill();
    }
  }
}

/** @param {CanvasRenderingContext2D} pen @param {number} left @param {number} top @param {number} radius */
function circle(pen, left, top, radius) {
  pen.beginPath();
  pen.arc(left, top, radius, 0, 2 * Math.PI);
}

/**
 * The circles of reach of the filled corners.
 * @param {CanvasRenderingContext2D} pen @param {number} width @param {PathsFourModel} four @param {string} text
 * @param {string} muted
 */
function drawReaches(pen, width, { corners }, text, muted) {
  CORNERS.forEach(([x, y], corner) => {
    if (!corners[corner]) return;
    circle(pen, x * width, y * width, REACH * width);
    pen.globalAlpha = 0.06;
    pen.fillStyle = text;
    pen.fill();
    pen.globalAlpha = 0.6;
    pen.strokeStyle = muted;
    pen.setLineDash([3, 5]);
    pen.lineWidth = 1;
    pen.stroke();
    pen.setLineDash([]);
  });
}

/**
 * Lines to the corners that count.
 * @param {CanvasRenderingContext2D} pen @param {number} width @param {PathsFourModel} four @param {string} accent
 */
function drawWeights(pen, width, { weights, place: [right, down] }, accent) {
  CORNERS.forEach(([x, y], corner) => {
    if (!weights[corner]) return;
    pen.beginPath();
    pen.moveTo(right * width, down * width);
    pen.lineTo(x * width, y * width);
    pen.globalAlpha = 0.25 + 0.75 * weights[corner];
    pen.strokeStyle = accent;
    pen.lineWidth = 1 + 8 * weights[corner];
    pen.stroke();
  });
  pen.globalAlpha = 1;
}

/**
 * The added mixes with their names.
 * @param {CanvasRenderingContext2D} pen @param {number} width @param {PathsFourModel} four @param {string} text
 * @param {string} surface
 */
function drawMixes(pen, width, { added }, text, surface) {
  pen.lineWidth = 2;
  for (const {
    place: [right, down],
    name,
  } of added) {
    circle(pen, right * width, down * width, 6);
    pen.fillStyle = surface;
    pen.fill();
    pen.strokeStyle = text;
    pen.stroke();
    pen.fillStyle = text;
    const isCrowded = right > CROWDED;
    pen.textAlign = isCrowded ? 'right' : 'left';
    pen.fillText(name, right * width + (isCrowded ? -11 : 11), down * width + 5);
  }
}
