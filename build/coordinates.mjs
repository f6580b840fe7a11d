// Packs FOLDER/coordinates.json for the download: the columns x and y become texts of whole steps
// (crate/plane/plane/src/packed_points.rs unpacks them). usage: node coordinates.mjs FOLDER.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Steps in a unit of the plane: the table has two decimals.
const STEPS = 100;
// Steps from the middle of the plane to its edge.
const MIDDLE = 400;
// A second digit counts so many times more than the first.
const BASE = 32;
const FIRST_DIGIT = '#'.charCodeAt(0);
const file = join(process.argv[2], 'coordinates.json');
const table = JSON.parse(readFileSync(file, 'utf8'));

/** @param {number} digit */
const letter = digit => String.fromCharCode(FIRST_DIGIT + digit);

/**
 * A column as text, the first digits before the second ones; the column itself if it has other numbers.
 * @param {number[]} column
 */
function packed(column) {
  const steps = column.map(value => Math.round(value * STEPS));
  const isExact = column.every((value, row) => Math.abs(steps[row]) <= MIDDLE && steps[row] / STEPS === value);
  if (!isExact) return column;
  const numbers = steps.map(step => step + MIDDLE);
  return [
    ...numbers.map(number => letter(number % BASE)),
    ...numbers.map(number => letter(Math.floor(number / BASE))),
  ].join('');
}

writeFileSync(file, JSON.stringify({ ...table, x: packed(table.x), y: packed(table.y) }));
