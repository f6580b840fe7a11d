// Finds the macro-controls of a patch in workers: the first one keeps the search and answers at once, the others measure.
import { measured } from '../match/measured.js';
import { SearchWorker, WORKERS } from '../match/worker.js';
import { shared, WorkerPool } from '../match/worker-pool.js';
import { PROPERTIES } from './properties.js';

/** Numbers that are measured of a patch. */
const MEASURED = 10;
/** What a search measures on average (models/match.md). */
const EXPECTED = 311;
/** Numbers of a property in the protocol's MacroReach. */
const REACH = 3;

/** A change below this, in points, is none. */
const LEAST_POINTS = 0.5;

/** @typedef {{ value: number, less: number, more: number }} Reach a property at the start, and its change at −1 and at 1: no numbers until they are found */

/** @param {number} points */
export const isChange = points => Math.abs(points) >= LEAST_POINTS;

/** Whether it is known what a slider reaches. @param {Reach | undefined} reach */
export const isFound = reach => reach !== undefined && !Number.isNaN(reach.less);

export class Measuring {
  #workers;
  #silent;
  /** The number of the last search. */
  #run = 0;

  /** @param {Pick<import('../app.js').MatchPort, 'program'>} port @param {{ lost: string, silent: string }} sentences what it rejects with */
  constructor(port, { lost, silent }) {
    this.#silent = silent;
    const program = shared(() => port.program());
    this.#workers = new WorkerPool(async () => new SearchWorker(await program(), lost));
  }

  /** Ends the search that runs. */
  stop() {
    this.#run++;
  }

  /**
   * Finds the curves of a patch: how far each property reaches, as far as it is found; false if the search was stopped.
   * Rejects with a sentence.
   * @param {Float32Array} patch @param {Uint8Array} kept indices of the parameters that keep their values
   * @param {(share: number, reach?: Reach[]) => void} progress with the reach whenever more of it is found
   */
  async find(patch, kept, progress) {
    const run = ++this.#run;
    const [driver, ...meters] = await this.#workers.all(1 + WORKERS);
    let [done, isFirst] = [0, true];
    const share = () => Math.min(done / EXPECTED, 0.99);
    for (let wanted = await driver.call('begin_macros', patch, kept); wanted.length > 0;) {
      const numbers = await measured(meters, 'measure_properties', wanted, MEASURED, () => run === this.#run, count => {
        done += count;
        if (run === this.#run) progress(share());
      });
      if (run !== this.#run) return false;
      // The first one measured is the patch itself.
      if (isFirst && !numbers.slice(0, PROPERTIES.length).every(Number.isFinite)) throw this.#silent;
      isFirst = false;
      wanted = await driver.call('record_properties', numbers);
      const reach = await driver.call('macro_reach');
      if (run !== this.#run) return false;
      progress(share(), Array.from({ length: reach.length / REACH }, (_, place) => {
        const [value, less, more] = reach.slice(place * REACH);
        return { value, less, more };
      }));
    }
    return true;
  }

  /** Ends the workers, or all but the one that knows what was found. @param {boolean} [isKept] */
  end(isKept = false) {
    this.stop();
    this.#workers.end(isKept ? 1 : 0);
  }

  /** The patch at amounts of the eight properties. @param {number[]} amounts */
  async patch(amounts) {
    return (await this.#workers.at(0)).call('macro_patch', Float32Array.from(amounts));
  }

  /** The properties of a patch, in points; none if it is silent. @param {Float32Array} patch */
  async points(patch) {
    const points = (await (await this.#workers.at(WORKERS)).call('measure_properties', patch)).slice(0, PROPERTIES.length);
    return points.every(Number.isFinite) ? points : [];
  }

  /** The spectrogram of a patch, see the protocol's PatchSpectrogram. @param {Float32Array} patch */
  async spectrogram(patch) {
    return (await this.#workers.at(WORKERS)).call('patch_spectrogram', patch);
  }
}
