// Packs FOLDER/map.json for the download: each value becomes the difference from what its neighbours lead to expect
// (crate/plane/src/map.rs unpacks it). usage: node map.mjs FOLDER.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKED_VERSION = 2;
const file = join(process.argv[2], 'map.json');
const map = JSON.parse(readFileSync(file, 'utf8'));

/** @param {number[]} values @param {number} index */
function expected(values, index) {
  const hasLeft = index % map.grid > 0;
  const left = hasLeft ? values[index - 1] : undefined, below = values[index - map.grid];
  if (left === undefined || below === undefined) return left ?? below ?? 0;
  const slope = left + below - values[index - map.grid - 1];
  return Math.min(Math.max(slope, Math.min(left, below)), Math.max(left, below));
}

map.version = PACKED_VERSION;
for (const layer of map.layers) {
  const { values } = layer;
  layer.values = values.map((/** @type {number} */ value, /** @type {number} */ index) => value - expected(values, index));
}
writeFileSync(file, JSON.stringify(map));
