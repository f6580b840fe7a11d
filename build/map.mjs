// Packs the timbral maps of these files for the download. Each value becomes the difference from a prediction by its
// neighbours, and a layer's differences become a text (crate/plane/plane/src/packed_map.rs unpacks it).
// usage: node map.mjs FILE…
import { readFileSync, writeFileSync } from 'node:fs';

const PACKED_VERSION = 2;
// Least and greatest difference that can be read.
const DIFFERENCES = [-0x8000, 0x7fff];
// The digits of a number are characters that JSON writes as themselves. All but a number's last are FIRST_CONTINUED or
// more.
const DIGITS = Array.from({ length: 92 }, (_, index) => String.fromCharCode(35 + index)).filter(
  digit => digit !== '\\',
);
const FIRST_CONTINUED = 61;
const BASE = DIGITS.length - FIRST_CONTINUED;

/** @param {number[]} values @param {number} index @param {number} grid the length of a row */
function expected(values, index, grid) {
  const hasLeft = index % grid > 0;
  const left = hasLeft ? values[index - 1] : undefined;
  const below = values[index - grid];
  if (left === undefined || below === undefined) return left ?? below ?? 0;
  const slope = left + below - values[index - grid - 1];
  return Math.min(Math.max(slope, Math.min(left, below)), Math.max(left, below));
}

/** A difference as text: even numbers for 0 and more, odd ones for less. @param {number} difference */
function text(difference) {
  if (difference < DIFFERENCES[0] || difference > DIFFERENCES[1])
    throw new Error(`two neighbours differ by ${difference}: too much to be packed`);
  let number = difference < 0 ? -2 * difference - 1 : 2 * difference;
  let digits = '';
  for (; number >= FIRST_CONTINUED; number = Math.floor((number - FIRST_CONTINUED) / BASE)) {
    digits += DIGITS[FIRST_CONTINUED + ((number - FIRST_CONTINUED) % BASE)];
  }
  return digits + DIGITS[number];
}

for (const file of process.argv.slice(2)) {
  const map = JSON.parse(readFileSync(file, 'utf8'));
  map.version = PACKED_VERSION;
  for (const layer of map.layers) {
    /** @type {number[]} */
    const values = layer.values;
    layer.values = values.map((value, index) => text(value - expected(values, index, map.grid))).join('');
  }
  writeFileSync(file, JSON.stringify(map));
}
