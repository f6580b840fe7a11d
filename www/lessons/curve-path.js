// Lesson 5: the curve of brightness that a path shall follow, and the points of such a path over its time.
// Computes alone.
import { distance } from './lesson.js';

/** @typedef {{ x: number, y: number }} Place */
/** A place of a path, and how loud it plays. @typedef {Place & { level: number }} PathPlace */

export const STEPS = 64;
export const LENGTH_S = 8;
/** The time from one note to the next: many patches fade away under a held note. */
export const NOTE_S = 0.5;
/** The curve: brightness, in points. */
export const [LOW, HIGH] = [35, 65];

/** The wanted brightness at each step. */
export const target = () =>
  Float32Array.from(
    { length: STEPS },
    (_, step) => (LOW + HIGH) / 2 + ((HIGH - LOW) / 2) * Math.sin((4 * Math.PI * step) / (STEPS - 1)),
  );

/**
 * The point of each step of the path that was found last, and its level: the greatest one is 1, and the amplitude
 * follows its square.
 * @param {import('../path_editor.js').PathPlanner} planner @returns {PathPlace[]}
 */
export function placesOf(planner) {
  const [finger] = JSON.parse(planner.page_loop('', '', LENGTH_S)).fingers;
  /** @type {[number, [number, number]][]} */
  const samples = finger.strokes.flat();
  /** @type {[number, number][]} a plan that is not measured yet has no levels */
  const levels = finger.levels ?? [[0, 1]];
  const most = Math.max(...levels.map(([, level]) => level));
  return Array.from({ length: STEPS }, (_, step) => {
    const time_s = (step / (STEPS - 1)) * LENGTH_S;
    const next = Math.max(
      samples.findIndex(([at_s]) => at_s >= time_s - 1e-3),
      1,
    );
    const [[from_s, [x, y]], [to_s, [nextX, nextY]]] = [samples[next - 1], samples[next]];
    const share = Math.min((time_s - from_s) / (to_s - from_s), 1);
    const [, level] = levels.findLast(([at_s]) => at_s <= time_s + 1e-3) ?? levels[0];
    return { x: x + share * (nextX - x), y: y + share * (nextY - y), level: level / most };
  });
}

/** Where a path is at a share of its time. @param {PathPlace[]} places @param {number} share */
export function placeAt(places, share) {
  const at = Math.min(share, 1) * (STEPS - 1);
  const step = Math.min(Math.floor(at), STEPS - 2);
  const [from, to] = [places[step], places[step + 1]];
  const between = (/** @type {number} */ one, /** @type {number} */ other) => one + (at - step) * (other - one);
  return { x: between(from.x, to.x), y: between(from.y, to.y), level: between(from.level, to.level) };
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
