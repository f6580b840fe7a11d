// Checks the values of messages that the worklet receives, because another page can send anything. build/worklet.mjs
// bundles this file.

/**
 * True if a value converts to a number safely. Converting an object can throw (`Object(1n)`, or one without
 * `toString`), which would end the sound, or take a long time; converting a BigInt always throws.
 * @param {unknown} value
 */
export const isNumeric = value => value === null || !['object', 'bigint'].includes(typeof value);

/** The bytes of any typed array or view. @param {ArrayBufferView} view */
export const bytesOf = view => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/**
 * True if a value is a list of numbers. Compares the tag, because every scope has its own constructors.
 * @param {unknown} value
 * @returns {value is Float32Array}
 */
export const isFloats = value => Object.prototype.toString.call(value) === '[object Float32Array]';

/**
 * True if a value is a compiled WebAssembly file. Compares the tag, because every scope has its own constructors.
 * @param {unknown} value
 * @returns {value is WebAssembly.Module}
 */
export const isModule = value => Object.prototype.toString.call(value) === '[object WebAssembly.Module]';

/**
 * The point of a command; NaN if it has none.
 * @param {unknown} point
 * @returns {[x: number, y: number]}
 */
export function pointOf(point) {
  const isPoint =
    Array.isArray(point) && point.length === 2 && point.every(coordinate => typeof coordinate === 'number');
  return isPoint ? [point[0], point[1]] : [NaN, NaN];
}
