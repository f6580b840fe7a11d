// Lesson 5: the curve of brightness that a path shall follow, and the points of such a path over its time.
// Computes alone.
import { distance } from './lesson.js';

/** @typedef {{ x: number, y: number }} Place */

export const STEPS = 64;
export const LENGTH_S = 8;
/** The curve: brightness, in points. */
export const [LOW, HIGH] = [35, 65];

/** The wanted brightness at each step. */
export const target = () =>
  Float32Array.from(
    { length: STEPS },
    (_, step) => (LOW + HIGH) / 2 + ((HIGH - LOW) / 2) * Math.sin((4 * Math.PI * step) / (STEPS - 1)),
  );

/**
 * The point of each step of the path that was found last.
 * @param {import('../path_editor.js').PathPlanner} planner @returns {Place[]}
 */
export function placesOf(planner) {
  const [strokes] = JSON.parse(planner.page_loop('', '', LENGTH_S)).fingers;
  /** @type {[number, [number, number]][]} */
  const samples = strokes.strokes.flat();
  return Array.from({ length: STEPS }, (_, step) => {
    const time_s = (step / (STEPS - 1)) * LENGTH_S;
    const next = Math.max(
      samples.findIndex(([at_s]) => at_s >= time_s - 1e-3),
      1,
    );
    const [[from_s, [x, y]], [to_s, [nextX, nextY]]] = [samples[next - 1], samples[next]];
    const share = Math.min((time_s - from_s) / (to_s - from_s), 1);
    return { x: x + share * (nextX - x), y: y + share * (nextY - y) };
  });
}

/** Where a path is at a share of its time. @param {Place[]} places @param {number} share */
export function placeAt(places, share) {
  const at = Math.min(share, 1) * (STEPS - 1);
  const step = Math.min(Math.floor(at), STEPS - 2);
  const [from, to] = [places[step], places[step + 1]];
  return { x: from.x + (at - step) * (to.x - from.x), y: from.y + (at - step) * (to.y - from.y) };
}

/**
 * The mean length of a step, and the mean distance from the curve.
 * @param {Place[]} places @param {Float32Array} predicted
 */
export function figuresOf(places, predicted) {
  const wanted = target();
  const steps = places.slice(1).map((place, index) => distance(place, places[index]));
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean(steps), mean(Array.from(predicted, (value, step) => Math.abs(value - wanted[step])))];
}
