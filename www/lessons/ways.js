// Lesson 5: the paths of the two rules over the plane, beside each other, and the line of the hand. Draws alone.
import { colorsOf } from '../paths/colors.js';
import { scaleOf } from '../paths/plot.js';

/** @typedef {{ x: number, y: number }} Place */

/** Half of the plane's side, in latent units. */
const LIMIT = 4;
const NAMESPACE = 'http://www.w3.org/2000/svg';

/** @param {Place[] | undefined} places */
const line = places => (places ?? []).map(({ x, y }) => `${x.toFixed(2)},${(-y).toFixed(2)}`).join(' ');

/**
 * @param {HTMLElement} box with a figure for each @param {Place[] | undefined} nearest
 * @param {Place[] | undefined} planned
 */
export function drawWays(box, nearest, planned) {
  box.querySelectorAll('svg').forEach((picture, index) => {
    const places = [nearest, planned][index];
    picture.setAttribute('viewBox', `${-LIMIT} ${-LIMIT} ${2 * LIMIT} ${2 * LIMIT}`);
    const path = document.createElementNS(NAMESPACE, 'polyline');
    path.setAttribute('points', line(places));
    const dots = (places ?? []).map(({ x, y }) => {
      const dot = document.createElementNS(NAMESPACE, 'circle');
      for (const [name, value] of Object.entries({ cx: x.toFixed(2), cy: (-y).toFixed(2), r: '0.09' }))
        dot.setAttribute(name, value);
      return dot;
    });
    picture.replaceChildren(path, ...dots);
  });
}

/**
 * Draws over the picture of a target what the hand has played, with gaps where it was lifted.
 * @param {HTMLElement} box @param {import('../paths/plot.js').Curves} curves those that the picture shows
 * @param {Float32Array} values not-a-number in gaps
 */
export function drawHand(box, curves, values) {
  if (box.clientWidth === 0) return;
  const pen = /** @type {CanvasRenderingContext2D} */ (box.querySelector('canvas').getContext('2d'));
  const at = scaleOf(box, curves);
  [pen.strokeStyle] = colorsOf(box, '--accent');
  pen.lineWidth = 2.8;
  pen.beginPath();
  values.forEach((value, step) => {
    if (Number.isNaN(value)) return;
    const before = values[step - 1] ?? NaN;
    pen[Number.isNaN(before) ? 'moveTo' : 'lineTo'](at.left(step / (values.length - 1)), at.top(value));
  });
  pen.stroke();
}
