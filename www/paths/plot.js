// The picture of a target: the target dashed, what the map predicts grey, what was measured in the accent colour.
// Draws alone.
import { colorsOf } from './colors.js';
import { numberText, secondsText } from './words.js';

const LEFT_PX = 34;
const BOTTOM_PX = 20;
const MARGIN_PX = 8;
/** The circle of a point that can be dragged: as large as those of the lanes. */
const RADIUS_PX = 5;
/** Lines in time. */
const PARTS = 4;

/**
 * @typedef {{
 *   target: Values, predicted?: Values, measured?: Values, low: number, high: number, length_s: number, worst?: number,
 *   second?: Second, points?: { left: number, top: number }[],
 * }} Curves
 */

/** A value at each step. @typedef {Float32Array | number[]} Values */
/** A second descriptor. @typedef {{ target: Values, measured?: Values }} Second */

/** Where values are on the picture. @param {HTMLElement} box @param {Curves} curves */
export function scaleOf(box, { target, predicted, measured, low, high, second }) {
  const all = [
    low,
    high,
    ...target,
    ...(predicted ?? []),
    ...(measured ?? []),
    ...(second?.target ?? []),
    ...(second?.measured ?? []),
  ];
  const [least, most] = [Math.min(...all) - 1, Math.max(...all) + 1];
  const [width, height] = [box.clientWidth, box.clientHeight];
  const [across, down] = [width - LEFT_PX - MARGIN_PX, height - BOTTOM_PX - MARGIN_PX];
  return {
    left: (/** @type {number} */ share) => LEFT_PX + share * across,
    top: (/** @type {number} */ value) => MARGIN_PX + ((most - value) / (most - least)) * down,
    share: (/** @type {number} */ left) => (left - LEFT_PX) / across,
    value: (/** @type {number} */ top) => most - ((top - MARGIN_PX) / down) * (most - least),
  };
}

/**
 * @param {HTMLElement} box @param {Curves} curves
 * @param {number} now share of the time that has played; not-a-number: none
 */
export function plot(box, curves, now) {
  const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector('canvas'));
  const [width, height, ratio] = [box.clientWidth, box.clientHeight, devicePixelRatio];
  if (width === 0) return;
  [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.scale(ratio, ratio);
  const style = getComputedStyle(box);
  const [text, muted, line, accent, raised, surface] = colorsOf(
    box,
    '--text',
    '--muted',
    '--line',
    '--accent',
    '--raised',
    '--surface',
  );
  const at = scaleOf(box, curves);
  const { low, high, length_s, target, predicted, measured, worst, second, points = [] } = curves;
  pen.fillStyle = raised;
  pen.fillRect(at.left(0), at.top(high), at.left(1) - at.left(0), at.top(low) - at.top(high));
  pen.strokeStyle = line;
  pen.fillStyle = muted;
  pen.font = `13px ${style.fontFamily}`;
  pen.textAlign = 'right';
  for (const value of [low, high]) {
    pen.beginPath();
    pen.moveTo(at.left(0), at.top(value));
    pen.lineTo(at.left(1), at.top(value));
    pen.stroke();
    pen.fillText(numberText(value), LEFT_PX - 6, at.top(value) + 4);
  }
  for (let part = 0; part <= PARTS; part++) {
    pen.textAlign = part === 0 ? 'left' : part === PARTS ? 'right' : 'center';
    pen.fillText(
      secondsText((part / PARTS) * length_s, Number.isInteger((part / PARTS) * length_s) ? 0 : 1),
      at.left(part / PARTS),
      height - 4,
    );
  }
  /** @param {Values | undefined} values @param {string} color @param {number} thick @param {number[]} [dash] */
  const draw = (values, color, thick, dash = []) => {
    if (!values?.length) return;
    pen.strokeStyle = color;
    pen.lineWidth = thick;
    pen.lineJoin = 'round';
    pen.setLineDash(dash);
    pen.beginPath();
    values.forEach((value, step) => pen.lineTo(at.left(step / (values.length - 1)), at.top(value)));
    pen.stroke();
    pen.setLineDash([]);
  };
  draw(second?.measured, accent, 1.4);
  draw(second?.target, text, 1.2, [2, 4]);
  draw(predicted, muted, 1.6);
  draw(measured, accent, 2.8);
  draw(target, text, 2, [6, 5]);
  for (const { left, top } of points) {
    pen.beginPath();
    pen.arc(left, top, RADIUS_PX, 0, 2 * Math.PI);
    pen.fillStyle = surface;
    pen.fill();
    pen.strokeStyle = text;
    pen.lineWidth = 2;
    pen.stroke();
  }
  if (worst !== undefined && measured?.length) {
    pen.strokeStyle = text;
    pen.lineWidth = 1.6;
    pen.beginPath();
    pen.arc(at.left(worst / (measured.length - 1)), at.top(measured[worst]), 9, 0, 2 * Math.PI);
    pen.stroke();
  }
  if (Number.isNaN(now)) return;
  pen.strokeStyle = accent;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(at.left(now), MARGIN_PX);
  pen.lineTo(at.left(now), height - BOTTOM_PX);
  pen.stroke();
}
