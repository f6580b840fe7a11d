// The format of presets.bin and grid.bin for what is written in JavaScript; crate/plane/src/presets.rs describes it.
import { PARAMETER_COUNT } from '../target/site/protocol.js';

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
  for (const patch of patches) {
    columns.forEach((column, parameter) => {
      const position = Uint32Array.of(column.indexOf(Math.fround(patch[parameter])));
      parts.push(new Uint8Array(position.buffer, 0, positionWidth(column.length)));
    });
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** The stored values of each row of a file. @param {Uint8Array} file @returns {number[][]} */
export function decodePresets(file) {
  let at = 0;
  const number = (/** @type {number} */ width, stride = 1) => {
    let value = 0;
    for (let byte = 0; byte < width; byte++) value += file[at + byte * stride] * 2 ** (8 * byte);
    return value;
  };
  const count = () => {
    const value = number(4);
    at += 4;
    return value;
  };
  const rows = count();
  /** @type {Float32Array[]} */
  const columns = [];
  while (columns.length < PARAMETER_COUNT) {
    const length = count();
    const ranks = new Uint32Array(length);
    for (let index = 0; index < length; index++, at++) ranks[index] = (index > 0 ? ranks[index - 1] : 0) + number(4, length);
    at += 3 * length;
    columns.push(new Float32Array(ranks.map(bitsOf).buffer));
  }
  return Array.from({ length: rows }, () => columns.map(column => {
    const width = positionWidth(column.length);
    const value = column[number(width)];
    at += width;
    return value;
  }));
}
