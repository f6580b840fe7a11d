// Draws a target: a curve of shares, 0…1, over the steps, by a finger or by its points. Knows nothing of what follows
// it.
import { drag } from './drag.js';

/** @typedef {{ low: number, high: number }} Range */
/** @typedef {ReturnType<typeof import('./plot.js').scaleOf>} Scale */

/** A value of the descriptor as a share of the range. @param {number} value @param {Range} range */
const shareOf = (value, { low, high }) => Math.min(Math.max((value - low) / (high - low || 1), 0), 1);

/**
 * The curve with one of its points at another value; what is nearer to that point than to the next ones goes along.
 * @param {Float32Array} drawn @param {number} time share of the time @param {number} value in the unit of the range @param {Range} range @param {number} points that can be moved
 */
export function bent(drawn, time, value, range, points) {
  const last = drawn.length - 1;
  const [middle, reach] = [time * last, last / (points - 1)];
  const change = shareOf(value, range) - drawn[Math.round(middle)];
  return drawn.map((own, step) => {
    const far = Math.abs(step - middle) / reach;
    return far >= 1 ? own : Math.min(Math.max(own + change * (0.5 + 0.5 * Math.cos(Math.PI * far)), 0), 1);
  });
}

/**
 * Draws into the curve while the pointer is down; `changed` is called after each part.
 * @param {HTMLElement} plot @param {PointerEvent} event @param {Float32Array} drawn @param {Range & { scale: Scale }} frame @param {() => void} changed
 */
export function draw(plot, event, drawn, { scale, ...range }, changed) {
  event.preventDefault();
  const last = drawn.length - 1;
  /** @param {PointerEvent} event @returns {[number, number]} */
  const at = ({ clientX, clientY }) => {
    const { left, top } = plot.getBoundingClientRect();
    return [Math.round(Math.min(Math.max(scale.share(clientX - left), 0), 1) * last), shareOf(scale.value(clientY - top), range)];
  };
  let [step, share] = at(event);
  const move = (/** @type {PointerEvent} */ event) => {
    const [next, wanted] = at(event);
    const count = Math.max(Math.abs(next - step), 1);
    for (let index = 0; index <= count; index++) drawn[Math.round(step + (next - step) * index / count)] = share + (wanted - share) * index / count;
    [step, share] = [next, wanted];
    changed();
  };
  drag(plot, event, move);
  move(event);
}

/**
 * The points of a target that can be moved.
 * @param {Float32Array} target @param {Scale} scale @param {Range} range @param {number} count
 */
export const pointsOf = (target, scale, { low, high }, count) => Array.from({ length: count }, (_, index) => {
  const share = index / (count - 1);
  const value = target[Math.round(share * (target.length - 1))];
  return { left: scale.left(share), top: scale.top(value), value, least: low, most: high };
});
