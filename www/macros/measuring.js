// Finds the macro-controls of a patch in workers: the first one drives the search, all of them measure.
import { SearchWorker } from '../match/worker.js';
import { say } from './words.js';

/** Half of the cores at most, and two even on a device with few: more would disturb the sound. */
const WORKERS = Math.min(4, Math.max(2, Math.floor(navigator.hardwareConcurrency / 2)));
/** Patches of a call: the voice renders some at once faster than one after the other. */
const AT_ONCE = 4;
/** Parameters of a patch, and numbers that are measured of one. */
const [PARAMETERS, MEASURED] = [41, 9];
/** What a search measures on average: 234 patches (models/match.md). */
const EXPECTED = 240;
/** Numbers of a property in the protocol's MacroReach. */
const REACH = 3;

/** @typedef {{ value: number, less: number, more: number }} Reach a property at the start, and its change at −1 and at 1 */

export class Measuring {
  #port;
  /** @type {Promise<SearchWorker[]> | undefined} */
  #workers;
  /** The number of the last search. */
  #run = 0;

  /** @param {Pick<import('../app.js').MatchPort, 'program'>} port */
  constructor(port) {
    this.#port = port;
  }

  /** Ends the search that runs. */
  stop() {
    this.#run++;
  }

  /**
   * Finds the curves of a patch: how far each property reaches; undefined if the search was stopped. Rejects with a sentence.
   * @param {Float32Array} patch @param {(share: number) => void} progress
   * @returns {Promise<Reach[] | undefined>}
   */
  async find(patch, progress) {
    const run = ++this.#run;
    const workers = await this.#running();
    const [driver] = workers;
    let done = 0;
    for (let wanted = await driver.call('begin_macros', patch); wanted.length > 0;) {
      const count = wanted.length / PARAMETERS;
      const measured = new Float64Array(count * MEASURED);
      let next = 0;
      // Whoever is free takes the next ones.
      await Promise.all(workers.map(async worker => {
        while (next < count && run === this.#run) {
          const from = next;
          next = Math.min(count, from + AT_ONCE);
          measured.set(await worker.call('measure_properties', wanted.slice(from * PARAMETERS, next * PARAMETERS)), from * MEASURED);
          done += Math.min(count, from + AT_ONCE) - from;
          if (run === this.#run) progress(Math.min(done / EXPECTED, 0.99));
        }
      }));
      if (run !== this.#run) return undefined;
      wanted = await driver.call('record_properties', measured);
    }
    const reach = await driver.call('macro_reach');
    if (run !== this.#run) return undefined;
    return Array.from({ length: reach.length / REACH }, (_, place) => {
      const [value, less, more] = reach.slice(place * REACH);
      return { value, less, more };
    });
  }

  /** Ends the workers. */
  end() {
    this.stop();
    this.#workers?.then(workers => workers.forEach(worker => worker.end()), () => {});
    this.#workers = undefined;
  }

  /** The patch at amounts of the eight properties. @param {number[]} amounts */
  async patch(amounts) {
    const [driver] = await this.#running();
    return driver.call('macro_patch', Float32Array.from(amounts));
  }

  /** The spectrogram of a patch, see the protocol's PatchSpectrogram. @param {Float32Array} patch */
  async spectrogram(patch) {
    const workers = await this.#running();
    return workers[workers.length - 1].call('patch_spectrogram', patch);
  }

  /** The workers, all of which run. Rejects with a sentence. */
  async #running() {
    const running = await this.#workers?.catch(() => undefined);
    if (!running || running.some(({ isLost }) => isLost)) {
      this.#workers = this.#port.program().then(program => Array.from({ length: WORKERS }, () => new SearchWorker(program, say('lost'))));
    }
    return /** @type {Promise<SearchWorker[]>} */ (this.#workers);
  }
}
