// Measures many patches, some in each call, by whichever workers of the host are free. Decides nothing.

/** Parameters of a patch. */
export const PARAMETERS = 41;
/** Patches of a call: the voice renders some at once faster than one after the other. */
const AT_ONCE = 4;

/**
 * The numbers that a call measures of each patch, in the order of the patches.
 * @param {import('./host.js').WorkerHost} host @param {'measure_properties' | 'measure_scales'} method
 * @param {Float32Array} patches @param {number} numbers that are measured of each
 * @param {AbortSignal} signal @param {(count: number) => void} done called when so many more are measured
 * @param {number[]} settings of the call, after the patches
 */
export async function measureAll(host, method, patches, numbers, signal, done, settings = []) {
  const count = patches.length / PARAMETERS;
  const all = new Float64Array(count * numbers);
  const calls = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const to = Math.min(count, from + AT_ONCE);
    const measured = host.call(method, [patches.slice(from * PARAMETERS, to * PARAMETERS), ...settings], signal);
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
