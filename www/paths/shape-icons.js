// The pictures on the buttons of the shapes that a path can follow, made as the targets themselves are.
import { PathPlanner } from '../path_editor.js';

/** A sound that fades, and a line by hand: these two have no shape of their own. */
const SOUND = Float32Array.from({ length: 24 }, (_, step) => Math.exp(-step / 10) * (0.6 + 0.4 * Math.cos(2.1 * step)));
const DRAWN = Float32Array.of(0.3, 0.75, 0.9, 0.4, 0.2, 0.35, 0.8, 0.7, 0.5);

/** @param {HTMLElement} place the buttons' */
export function drawShapes(place) {
  for (const button of place.querySelectorAll('[data-shape]')) {
    const name = button.getAttribute('data-shape') ?? '';
    const values = PathPlanner.shape(name, 31, 0, 1, name === 'sound' ? SOUND : DRAWN);
    button.querySelector('path')?.setAttribute('d', Array.from(values, (value, step) => `${step ? 'L' : 'M'}${(1 + 2 * step).toFixed(1)} ${(20 - 18 * value).toFixed(1)}`).join(''));
  }
}
