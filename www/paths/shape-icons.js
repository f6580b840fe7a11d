// The pictures on the buttons of the shapes that a path can follow: they look like the targets that crate `path` makes.
// Draws alone.

/** The points of a picture. */
const POINTS = 31;
/** The curvature of the exponential and the logarithm, as in crate/plane/path/src/target/shape.rs. */
const BEND = 4;
/** A sound that fades, and a line by hand: these two have no shape of their own. */
const SOUND = Array.from({ length: 24 }, (_, step) => Math.exp(-step / 10) * (0.6 + 0.4 * Math.cos(2.1 * step)));
const DRAWN = [0.3, 0.75, 0.9, 0.4, 0.2, 0.35, 0.8, 0.7, 0.5];

/** The value at a share of the time, in straight lines between these values. @param {number[]} values */
const through = values => (/** @type {number} */ time) => {
  const at = time * (values.length - 1);
  const before = Math.min(Math.floor(at), values.length - 2);
  return values[before] + (values[before + 1] - values[before]) * (at - before);
};

/** The value of each shape, 0…1, at a share of its time. @type {Record<string, (time: number) => number>} */
const SHAPES = {
  sine: time => 0.5 + 0.5 * Math.sin(4 * Math.PI * time),
  exponential: time => (Math.exp(BEND * time) - 1) / (Math.exp(BEND) - 1),
  logarithm: time => Math.log(1 + (Math.exp(BEND) - 1) * time) / BEND,
  line: time => time,
  drawn: through(DRAWN),
  sound: through(SOUND),
};

/** @param {(time: number) => number} value */
function outline(value) {
  const at = (/** @type {number} */ step) =>
    `${(1 + 2 * step).toFixed(1)} ${(20 - 18 * value(step / (POINTS - 1))).toFixed(1)}`;
  return Array.from({ length: POINTS }, (_, step) => `${step ? 'L' : 'M'}${at(step)}`).join('');
}

/** @param {HTMLElement} place the buttons' */
export function drawShapes(place) {
  for (const button of place.querySelectorAll('[data-shape]')) {
    const value = SHAPES[button.getAttribute('data-shape') ?? ''];
    button.querySelector('path')?.setAttribute('d', outline(value));
  }
}
