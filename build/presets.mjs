// The format of presets.bin and grid.bin for what is written in JavaScript; crate/plane/src/presets.rs describes it.

/** Bytes of a position among so many values. @param {number} count */
const positionWidth = count => (count <= 1 ? 0 : count <= 0x100 ? 1 : count <= 0x1_0000 ? 2 : 4);

/** The bytes of a file. @param {ArrayLike<number>[]} patches of stored values each */
export function encodePresets(patches) {
  /** @type {Uint8Array[]} */
  const parts = [];
  const count = (/** @type {number} */ value) => parts.push(new Uint8Array(Uint32Array.of(value).buffer));
  const list = (/** @type {Float32Array | Uint32Array} */ numbers, /** @type {number} */ width) => {
    const bytes = new Uint8Array(numbers.buffer);
    for (let byte = 0; byte < width; byte++) parts.push(Uint8Array.from(numbers, (_, index) => bytes[4 * index + byte]));
  };
  count(patches.length);
  for (let parameter = 0; parameter < patches[0].length; parameter++) {
    const column = Float32Array.from(patches, patch => patch[parameter]);
    const distinct = Float32Array.from(new Set(column)).sort();
    count(distinct.length);
    list(distinct, 4);
    list(Uint32Array.from(column, value => distinct.indexOf(value)), positionWidth(distinct.length));
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** The stored values of each row of a file. @param {Uint8Array} file @returns {number[][]} */
export function decodePresets(file) {
  let at = 0;
  const list = (/** @type {number} */ length, /** @type {number} */ width) => {
    const bytes = new Uint8Array(4 * length);
    for (let byte = 0; byte < width; byte++) {
      for (let index = 0; index < length; index++) bytes[4 * index + byte] = file[at++];
    }
    return bytes.buffer;
  };
  const count = () => new Uint32Array(list(1, 4))[0];
  const rows = count();
  /** @type {number[][]} */
  const patches = Array.from({ length: rows }, () => []);
  while (at < file.length) {
    const length = count();
    const distinct = new Float32Array(list(length, 4));
    const positions = new Uint32Array(list(rows, positionWidth(length)));
    patches.forEach((patch, row) => patch.push(distinct[positions[row]]));
  }
  return patches;
}
