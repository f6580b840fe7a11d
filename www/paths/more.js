// What else a target may ask for (www/conditions/): loaded when a person first wants it, then shown and hidden by its button.
import { PathPlanner } from '../path_editor.js';
import { DESCRIPTORS, SHAPES } from './markup.js';
import { say } from './words.js';

/** @typedef {import('../conditions/conditions.js').Conditions} Conditions */
/** @typedef {import('../conditions/conditions.js').Host} Host */
/** @typedef {import('./words.js').Word} Word */

const SCRIPT = 'conditions.js';

/** @param {readonly Word[]} words */
const names = words => words.map(word => [word, say(word)]);

/**
 * Makes the button show the conditions; `loaded` gets them once.
 * @param {(id: string) => HTMLElement} find @param {(name: string) => string} address of a file of the site
 * @param {Pick<Host, 'steps' | 'chosen' | 'length_s' | 'map' | 'changed'> & { planner: () => PathPlanner | undefined }} host the map, once it is there
 * @param {(conditions: Conditions) => void} loaded @param {() => void} lost
 */
export function offerMore(find, address, host, loaded, lost) {
  /** @type {Promise<void> | undefined} */
  let loading;
  const load = async () => {
    const { build } = await import(address(SCRIPT));
    loaded(build(find('conditions'), {
      ...host,
      descriptors: names(DESCRIPTORS),
      // Drawn shapes are for the first descriptor.
      shapes: names(SHAPES.slice(0, -2)),
      range: (/** @type {string} */ layer) => host.planner()?.range(layer) ?? [],
      values: (/** @type {string} */ name, /** @type {number} */ low, /** @type {number} */ high) => PathPlanner.shape(name, host.steps, low, high, new Float32Array()),
    }));
  };
  const button = find('more');
  button.addEventListener('click', async () => {
    try {
      await (loading ??= load());
    } catch {
      loading = undefined;
      return lost();
    }
    const place = find('conditions');
    place.hidden = !place.hidden;
    button.setAttribute('aria-expanded', String(!place.hidden));
  });
}
