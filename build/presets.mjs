// The format of presets.bin and grid.bin in JavaScript. crate/plane/plane/src/presets.rs and preset_rows.rs beside it
// describe it.
import { PARAMETER_COUNT } from '../target/site/protocol.js';

/** Rows before a row among which the most similar one is looked for. */
const LOOK_BACK_ROWS = 4096;

/** Bytes of a position among so many values. @param {number} count */
const positionWidth = count => (count <= 1 ? 0 : count <= 0x100 ? 1 : count <= 0x1_0000 ? 2 : 4);

/** The rank of a number with these bits in the order of all numbers. @param {number} bits */
const rankOf = bits => (bits >>> 31 === 1 ? ~bits : bits | (1 << 31)) >>> 0;

/** The bits of the number of a rank. @param {number} rank */
const bitsOf = rank => (rank >>> 31 === 1 ? rank & ~(1 << 31) : ~rank) >>> 0;

/** The bytes of a file. @param {ArrayLike<number>[]} patches of stored values each */
export function encodePresets(patches) {
  /** @type {Uint8Array[]} */
  const parts = [];
  const count = (/** @type {number} */ value) => parts.push(new Uint8Array(Uint32Array.of(value).buffer));
  count(patches.length);
  const columns = Array.from({ length: patches[0].length }, (_, parameter) => {
    return Float32Array.from(new Set(Float32Array.from(patches, patch => patch[parameter]))).sort();
  });
  for (const column of columns) {
    count(column.length);
    const ranks = new Uint32Array(column.buffer).map(rankOf);
    const distances = new Uint8Array(ranks.map((rank, index) => rank - (index > 0 ? ranks[index - 1] : 0)).buffer);
    for (let byte = 0; byte < 4; byte++) parts.push(Uint8Array.from(ranks, (_, index) => distances[4 * index + byte]));
  }
  const rows = patches.map(patch => columns.map((column, parameter) => column.indexOf(Math.fround(patch[parameter]))));
  const distances = rows.map((_, row) => similarDistance(rows, row));
  /** @param {number} row @param {number} parameter */
  const differs = (row, parameter) =>
    distances[row] === 0 || rows[row][parameter] !== rows[row - distances[row]][parameter];
  for (const shift of [0, 8]) parts.push(Uint8Array.from(distances, distance => distance >> shift));
  for (let first = 0; first < columns.length; first += 8) {
    parts.push(
      Uint8Array.from(rows, (_, row) =>
        columns.slice(first, first + 8).reduce((mark, _, bit) => mark | (Number(differs(row, first + bit)) << bit), 0),
      ),
    );
  }
  for (let byte = 0; byte < 4; byte++) {
    columns.forEach((column, parameter) => {
      if (byte >= positionWidth(column.length)) return;
      const marked = rows.filter((_, row) => differs(row, parameter));
      parts.push(Uint8Array.from(marked, positions => positions[parameter] >> (8 * byte)));
    });
  }
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * The number of rows back to the row with the most equal positions, the nearest of several; 0 for the first row.
 * @param {number[][]} rows
 * @param {number} row
 */
function similarDistance(rows, row) {
  const equal = (/** @type {number[]} */ other) =>
    other.filter((position, parameter) => position === rows[row][parameter]).length;
  let distance = 0;
  let most = -1;
  for (let back = 1; back <= Math.min(row, LOOK_BACK_ROWS); back++) {
    const count = equal(rows[row - back]);
    if (count > most) [distance, most] = [back, count];
  }
  return distance;
}

/** The stored values of each row of a file. @param {Uint8Array} file @returns {number[][]} */
export function decodePresets(file) {
  let at = 0;
  const take = (/** @type {number} */ length) => file.subarray(at, (at += length));
  /** Numbers of so many bytes, the lowest bytes of all first. @param {number} length @param {number} width */
  const numbers = (length, width) => {
    const values = new Uint32Array(length);
    for (let byte = 0; byte < width; byte++)
      take(length).forEach((value, index) => (values[index] |= value << (8 * byte)));
    return values;
  };
  const [rows] = numbers(1, 4);
  const columns = Array.from({ length: PARAMETER_COUNT }, () => {
    const [length] = numbers(1, 4);
    let rank = 0;
    return new Float32Array(numbers(length, 4).map(distance => bitsOf((rank = (rank + distance) >>> 0))).buffer);
  });
  const distances = numbers(rows, 2);
  const marks = Array.from({ length: Math.ceil(PARAMETER_COUNT / 8) }, () => take(rows));
  const differs = (/** @type {number} */ row, /** @type {number} */ parameter) =>
    (marks[parameter >> 3][row] >> (parameter & 7)) & 1;
  const marked = columns.map((_, parameter) =>
    Array.from({ length: rows }, (_, row) => row).filter(row => differs(row, parameter)),
  );
  const positions = marked.map(({ length }) => new Uint32Array(length));
  for (let byte = 0; byte < 4; byte++) {
    columns.forEach((column, parameter) => {
      if (byte >= positionWidth(column.length)) return;
      take(marked[parameter].length).forEach((value, index) => (positions[parameter][index] |= value << (8 * byte)));
    });
  }
  const next = columns.map(() => 0);
  /** @type {number[][]} */
  const patches = [];
  for (let row = 0; row < rows; row++) {
    patches.push(
      columns.map((column, parameter) =>
        differs(row, parameter)
          ? column[positions[parameter][next[parameter]++]]
          : patches[row - distances[row]][parameter],
      ),
    );
  }
  return patches;
}
