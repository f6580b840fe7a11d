// Measures many patches, some in each call, by whichever workers are free. Decides nothing.

/** Parameters of a patch. */
export const PARAMETERS = 41;
/** Patches of a call: the voice renders some at once faster than one after the other. */
const AT_ONCE = 4;

/**
 * The numbers that a call measures of each patch, in the order of the patches.
 * @param {(patches: Float32Array) => Promise<ArrayLike<number>>} measure measures some of them
 * @param {Float32Array} patches @param {number} numbers that are measured of each
 * @param {(count: number) => void} done called when so many more are measured
 */
export async function measureAll(measure, patches, numbers, done) {
  const count = patches.length / PARAMETERS;
  const all = new Float64Array(count * numbers);
  const calls = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const to = Math.min(count, from + AT_ONCE);
    const measured = measure(patches.slice(from * PARAMETERS, to * PARAMETERS));
    calls.push(
      measured.then(values => {
        all.set(values, from * numbers);
        done(to - from);
      }),
    );
  }
  await Promise.all(calls);
  return all;
}
