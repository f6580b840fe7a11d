// Measures patches by the workers that are free, some in each call. Decides nothing.
import { METERS } from '../workers/host.js';
import { PARAMETERS } from '../workers/measure-all.js';

/**
 * Measures patches at a key. Rejects with `lost`, or the signal's reason.
 * @param {import('../workers/host.js').WorkerHost} host @param {number[]} patches stored values, one after another
 * @param {number} key @param {AbortSignal} signal
 * @param {(from: number, numbers: (number | null)[]) => void} measured called with the numbers of patches from a
 * position on, null where there is none, see the protocol's MeasureProperties
 */
export async function measure(host, patches, key, signal, measured) {
  const count = patches.length / PARAMETERS;
  const atOnce = Math.ceil(count / METERS.length);
  const calls = [];
  for (let from = 0; from < count; from += atOnce) {
    const some = Float32Array.from(patches.slice(from * PARAMETERS, (from + atOnce) * PARAMETERS));
    const call = host.call('measure_properties', [some, key], signal);
    calls.push(
      call.then(numbers =>
        measured(
          from,
          Array.from(numbers, number => (Number.isNaN(number) ? null : number)),
        ),
      ),
    );
  }
  await Promise.all(calls);
}
