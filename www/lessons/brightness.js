// Lesson 2: how bright the map says that a point sounds, in points. The module is that of the editor of paths.
import load, { PathPlanner } from '../path_editor.js';
import { fetched } from './lesson.js';

/** @typedef {{ at: (point: { x: number, y: number }) => number, middle: number }} Brightness */

const LAYER = 'brightness';
const LIMIT = 4;
/** So many points on a side of the map tell where its middle lies. */
const SAMPLES = 33;

async function start() {
  await load({ module_or_path: new URL('../path_editor_bg.wasm', import.meta.url).href });
  const planner = new PathPlanner(new TextDecoder().decode(await fetched('map.json')));
  const sides = Array.from({ length: SAMPLES }, (_, index) => LIMIT * ((2 * index) / (SAMPLES - 1) - 1));
  const all = sides.flatMap(x => sides.map(y => planner.value(LAYER, x, y))).sort((one, other) => one - other);
  return /** @type {Brightness} */ ({
    at: ({ x, y }) => planner.value(LAYER, x, y),
    // Half of the map is darker.
    middle: all[Math.floor(all.length / 2)],
  });
}

/** @type {Promise<Brightness> | undefined} */
let ready;

/** Loads the map; one that could not be loaded is asked for again. */
export const loadBrightness = () =>
  (ready ??= start().catch(reason => {
    ready = undefined;
    throw reason;
  }));
