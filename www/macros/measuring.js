// Finds the macro-controls of a patch in workers: the prompt one keeps the search and answers at once,
// the others measure.
import { METERS, PROMPT } from '../workers/host.js';
import { measureAll } from '../workers/measure-all.js';
import { PROPERTIES } from './properties.js';

/** @import { PropertyReach } from '../panels.js' */

/** The keeper of the workers. */
const KEEPER = 'macros';
/** Numbers that are measured of a patch. */
const MEASURED = 10;
/** The number of patches that a search measures on average (models/match.md). */
const EXPECTED = 311;
/** The key of the element’s measurements: C4. */
export const USUAL_KEY = 60;
/** Numbers of a property in the protocol's MacroReach. */
const REACH = 4;

/** A number as the page's program takes it: null where there is none. @param {number} number */
const orNull = number => (Number.isNaN(number) ? null : number);

/** @param {Float32Array} numbers see the protocol's MacroReach @returns {PropertyReach[]} */
const reachOf = numbers =>
  Array.from({ length: numbers.length / REACH }, (_, place) => {
    const [value, less, more, predicted] = Array.from(numbers.slice(place * REACH, (place + 1) * REACH), orNull);
    return { value, less, more, predicted: predicted === 1 };
  });

export class Measuring {
  #host;

  /** @param {import('../workers/host.js').WorkerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /**
   * Finds the curves of a patch. Rejects with `silent`, `lost`, or the signal's reason.
   * @param {ArrayLike<number>} patch @param {ArrayLike<number>} locked indices of the parameters that keep their values
   * @param {number} key that is played
   * @param {AbortSignal} signal @param {(share: number) => void} progress
   * @param {(reach: PropertyReach[]) => void} found called whenever more is found
   */
  async find(patch, locked, key, signal, progress, found) {
    this.#host.keep(KEEPER);
    let done = 0;
    let isFirst = true;
    const count = (/** @type {number} */ more) => {
      done += more;
      progress(Math.min(done / EXPECTED, 0.99));
    };
    let wanted = await this.#host.callAt(
      PROMPT,
      'begin_macros',
      [Float32Array.from(patch), Uint8Array.from(locked)],
      signal,
    );
    const measure = (/** @type {Float32Array} */ some) => this.#host.call('measure_properties', [some, key], signal);
    while (wanted.length > 0) {
      const numbers = await measureAll(measure, wanted, MEASURED, count);
      // The first one measured is the patch itself.
      if (isFirst && !numbers.slice(0, PROPERTIES.length).every(Number.isFinite)) throw 'silent';
      isFirst = false;
      wanted = await this.#host.callAt(PROMPT, 'record_properties', [numbers], signal);
      found(reachOf(await this.#host.callAt(PROMPT, 'macro_reach', [], signal)));
    }
  }

  /** Ends the workers, or all but the one that knows what was found. @param {boolean} keepsFound */
  free(keepsFound) {
    this.#host.free(KEEPER, { prompt: keepsFound });
  }

  /** Measures the curve of a property before those that are not begun. @param {number} place */
  prefer(place) {
    return this.#host.callAt(PROMPT, 'prefer_macro', [place]);
  }

  /** The patch at amounts of the eight properties. @param {ArrayLike<number>} amounts @param {AbortSignal} [signal] */
  patch(amounts, signal) {
    this.#host.keep(KEEPER);
    return this.#host.callAt(PROMPT, 'macro_patch', [Float32Array.from(amounts)], signal);
  }

  /**
   * The properties of a patch, in points; empty if it is silent.
   * @param {ArrayLike<number>} patch @param {number} key @param {AbortSignal} signal
   */
  async points(patch, key, signal) {
    const measured = await this.#host.call('measure_properties', [Float32Array.from(patch), key], signal);
    const points = Array.from(measured.slice(0, PROPERTIES.length));
    return points.every(Number.isFinite) ? points : [];
  }

  /**
   * The spectrogram of a patch, see the protocol's PatchSpectrogram.
   * @param {Float32Array} patch @param {AbortSignal} signal
   */
  spectrogram(patch, signal) {
    // Always the same worker: a picture must not wait in the queue of a measurement.
    return this.#host.callAt(METERS[METERS.length - 1], 'patch_spectrogram', [patch], signal);
  }
}
