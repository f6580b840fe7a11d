// Computes the patches between two sounds, in workers: the first one answers at once and drives the search, the others measure.
import { measured } from '../workers/measured.js';
import { SearchWorker, WORKERS } from '../workers/worker.js';
import { shared, WorkerPool } from '../workers/worker-pool.js';
import { say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('../app.js').PathPort} PathPort */

/** What a search measures on average for nine patches (crate/listen/interpolation/src/search.rs). */
const EXPECTED = 300;
/** Numbers that are measured of a patch. */
const MEASURED = 8;
/** Patches of a way, with both ends: those of a search, and eleven more between two of them. */
export const COUNT = 97;

export class Ways {
  #colors;
  #port;
  #workers;
  /** The number of the last search. */
  #run = 0;
  /** A person's own decoder, which the first worker has or loads; none of the page's. @type {ArrayBuffer | undefined} */
  #own;

  /** @param {Pick<MatchPort, 'program' | 'address'>} colors @param {Pick<PathPort, 'decoder'>} port */
  constructor(colors, port) {
    this.#colors = colors;
    this.#port = port;
    const program = shared(() => colors.program());
    this.#workers = new WorkerPool(async () => new SearchWorker(await program(), say('lost')));
  }

  /** The patch that the map has at a point. Rejects with a sentence, as all others do. @param {number} x @param {number} y @returns {Promise<Float32Array>} */
  async decode(x, y) {
    const own = this.#port.decoder();
    /** @type {Float32Array} */
    const patch = await (await this.#decoder()).call('decode', x, y);
    // Of a model that has been replaced meanwhile it is another one.
    return own === this.#port.decoder() ? patch : this.decode(x, y);
  }

  /** A patch as the map changes it from one point to another. @param {Float32Array} patch @param {Float32Array} points x and y of both */
  async around(patch, points) {
    return (await this.#decoder()).call('patch_around', patch, points);
  }

  /** @param {Float32Array} ends both patches */
  async straight(ends) {
    return (await this.#workers.at(0)).call('patches_between', ends, COUNT);
  }

  /** @param {Float32Array} ends @param {Float32Array} points x and y of both */
  async overPlane(ends, points) {
    return (await this.#decoder()).call('patches_over_plane', ends, points, COUNT);
  }

  /**
   * Measures; undefined if it was stopped. @param {Float32Array} ends @param {(share: number) => void} progress
   * @returns {Promise<Float32Array | undefined>}
   */
  async bySound(ends, progress) {
    const run = ++this.#run;
    const [driver, ...workers] = await this.#workers.all(1 + WORKERS);
    let done = 0;
    for (let wanted = await driver.call('begin_between', ends); wanted.length > 0;) {
      const isFirst = done === 0;
      const numbers = await measured(workers, 'measure_scales', wanted, MEASURED, () => run === this.#run, count => {
        done += count;
        if (run === this.#run) progress(Math.min(done / EXPECTED, 0.99));
      });
      if (run !== this.#run) return undefined;
      // The ends come first.
      if (isFirst && numbers.slice(0, 2 * MEASURED).some(Number.isNaN)) throw say('silent');
      wanted = await driver.call('record_scales', numbers);
      if (run !== this.#run) return undefined;
    }
    return driver.call('patches_by_sound', COUNT);
  }

  /** A mixture of four patches. @param {Float32Array} corners @param {number} across @param {number} upward */
  async among(corners, across, upward) {
    return (await this.#workers.at(0)).call('patch_among', corners, across, upward);
  }

  /** The strongest changes from one patch to another, see the protocol's StrongestMoves. @param {Float32Array} ends */
  async moves(ends) {
    return (await this.#workers.at(0)).call('strongest_moves', ends);
  }

  /** The spectrogram of a patch, see the protocol's PatchSpectrogram. @param {Float32Array} patch @param {number} index of several */
  async spectrogram(patch, index) {
    return (await this.#workers.at(1 + index % WORKERS)).call('patch_spectrogram', patch);
  }

  /** Ends the search that runs. */
  stop() {
    this.#run++;
  }

  /** Ends the workers. */
  end() {
    this.stop();
    this.#workers.end();
  }

  /** The first worker, with the networks. */
  async #decoder() {
    const worker = await this.#workers.at(0);
    const own = this.#port.decoder();
    if (!worker.networks || own !== this.#own) {
      this.#own = own;
      const load = () => this.#load(worker, own);
      // One after another: the last model stays.
      const networks = Promise.resolve(worker.networks).then(load, load).catch(() => {
        if (worker.networks === networks) worker.networks = undefined;
        throw say('lost');
      });
      worker.networks = networks;
    }
    await worker.networks;
    return worker;
  }

  /** @param {SearchWorker} worker @param {ArrayBuffer | undefined} own decoder */
  async #load(worker, own) {
    /** @param {string} name */
    const file = async name => {
      const answer = await fetch(this.#colors.address(name));
      if (!answer.ok) throw new Error(name);
      return new Uint8Array(await answer.arrayBuffer());
    };
    const decoder = own ? Promise.resolve(new Uint8Array(own)) : file('decoder.onnx');
    await worker.call('load_model', ...await Promise.all([file('encoder.onnx'), decoder]));
  }
}
