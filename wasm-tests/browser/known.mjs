// The presets on the map, read from models/ in the format that crate/plane/plane documents.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePresets } from '../../build/presets.mjs';
import { SITE_FOLDER } from './site.mjs';

const REACH = 4;

/** @type {{ name: string[], x: number[], y: number[], bank: number[], banks: string[] }} */
export const known = JSON.parse(readFileSync(new URL('../../models/coordinates.json', import.meta.url), 'utf8'));

/** The points of the presets: x and y, each -4…4. */
export const points = known.x.map((x, row) => [x, known.y[row]]);

const presets = decodePresets(readFileSync(join(SITE_FOLDER, 'presets.bin')));

/** The values of a preset. @param {number} row */
export function presetValues(row) {
  return presets[row];
}

/** The distance from a preset to the nearest other one, in latent units. @param {number} row */
function apart(row) {
  const [x, y] = points[row];
  const distances = points.map(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY));
  return distances.sort((one, other) => one - other)[1];
}

/**
 * Presets well inside the plane without neighbours, the most isolated first, none near another.
 * @param {number} count
 */
export function lonely(count) {
  const inside = points.map((_, row) => row).filter(row => Math.max(...points[row].map(Math.abs)) < 3);
  const farthest = inside.map(row => ({ row, apart: apart(row) })).sort((one, other) => other.apart - one.apart);
  /** @type {number[]} */
  const chosen = [];
  for (const { row } of farthest) {
    const [x, y] = points[row];
    if (chosen.every(other => Math.hypot(x - points[other][0], y - points[other][1]) > 0.8)) chosen.push(row);
    if (chosen.length === count) return chosen;
  }
  throw new Error(`there are no ${count} lonely presets on the map`);
}

/** The position of a point of the plane on the pad, 0…1 each. @param {number[]} point */
export const onPad = ([x, y]) => ({ across: (x + REACH) / (2 * REACH), down: (REACH - y) / (2 * REACH) });
