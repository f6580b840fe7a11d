// Measures many patches in several workers at once. Decides nothing.

/** @typedef {import('./worker.js').SearchWorker} SearchWorker */

/** Parameters of a patch. */
export const PARAMETERS = 41;
/** Patches of a call: the voice renders some at once faster than one after the other. */
const AT_ONCE = 4;

/**
 * What a call measures of patches, in their order; incomplete if it is no longer wanted.
 * @param {SearchWorker[]} workers @param {'measure_properties' | 'measure_scales'} method
 * @param {Float32Array} patches @param {number} numbers that are measured of each
 * @param {() => boolean} isWanted @param {(count: number) => void} done called when so many more are measured
 */
export async function measured(workers, method, patches, numbers, isWanted, done) {
  const count = patches.length / PARAMETERS;
  const all = new Float64Array(count * numbers);
  let next = 0;
  // Whoever is free takes the next ones.
  await Promise.all(workers.map(async worker => {
    while (next < count && isWanted()) {
      const from = next;
      next = Math.min(count, from + AT_ONCE);
      const to = next;
      all.set(await worker.call(method, patches.slice(from * PARAMETERS, to * PARAMETERS)), from * numbers);
      done(to - from);
    }
  }));
  return all;
}
