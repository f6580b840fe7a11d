// Lesson 2: how bright the map says that a point sounds, in points.
import { fetched } from './lesson.js';

/**
 * In tenths of a point, the lowest row first. Half of the map is darker than the middle.
 * @typedef {{ grid: number, limit: number, values: number[], middle: number }} Layer
 */

async function load() {
  const { grid, limit, layers } = JSON.parse(new TextDecoder().decode(await fetched('map.json')));
  const { values } = layers.find((/** @type {{ name: string }} */ { name }) => name === 'brightness');
  const middle = [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] / 10;
  return /** @type {Layer} */ ({ grid, limit, values, middle });
}

/** @type {Promise<Layer> | undefined} */
let layer;

/** Loads the map; one that could not be loaded is asked for again. */
export const loadBrightness = () =>
  (layer ??= load().catch(reason => {
    layer = undefined;
    throw reason;
  }));

/** The brightness at the nearest point that was measured. @param {Layer} layer @param {{ x: number, y: number }} point */
export function brightnessAt({ grid, limit, values }, { x, y }) {
  const [column, row] = [x, y].map(at => Math.round(((at + limit) / (2 * limit)) * (grid - 1)));
  return values[row * grid + column] / 10;
}
