// Listens to the controls of a path that follows a curve. Decides nothing.
import { onDroppedSound } from './contour.js';

/**
 * @typedef {object} CurveControls
 * @property {(name: string) => void} shape a shape is pressed
 * @property {() => void} descriptor another descriptor is chosen
 * @property {(id: string) => void} type a number is typed: `low`, `high` or `length`
 * @property {() => void} find the button that searches, or stops that
 * @property {() => void} keep the button that keeps the found path
 * @property {() => void} play the button that plays it
 * @property {(file: File) => Promise<void>} read a sound is given
 */

/** @param {(id: string) => HTMLElement} find @param {CurveControls} on */
export function listenToCurve(find, on) {
  for (const button of find('way-curve').querySelectorAll('[data-shape]')) {
    button.addEventListener('click', () => on.shape(button.getAttribute('data-shape') ?? ''));
  }
  for (const id of ['low', 'high', 'length']) find(id).addEventListener('change', () => on.type(id));
  find('descriptor').addEventListener('change', () => on.descriptor());
  find('find').addEventListener('click', () => on.find());
  find('keep').addEventListener('click', () => on.keep());
  find('play-found').addEventListener('click', () => on.play());
  const chooser = /** @type {HTMLInputElement} */ (find('sound'));
  chooser.addEventListener('change', () => {
    const [file] = chooser.files ?? [];
    if (file) on.read(file).finally(() => { chooser.value = ''; });
  });
  onDroppedSound(find('plot'), file => { on.read(file); });
}
