// Measures how points of the plane sound, in workers of the analysis program: the patch at a point, and the map's layers of it.
// Knows nothing of paths.
import { SearchWorker } from '../match/worker.js';
import { say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */

/** Half of the cores at most, and two even on a device with few: more would disturb the sound. */
const WORKERS = Math.min(4, Math.max(2, Math.floor(navigator.hardwareConcurrency / 2)));
const FILES = ['encoder.onnx', 'decoder.onnx'];

export class Measurer {
  #port;
  /** @type {Promise<SearchWorker[]> | undefined} */
  #workers;

  /** @param {MatchPort} port */
  constructor(port) {
    this.#port = port;
  }

  /** The workers with the networks. Rejects with a sentence. */
  async #ready() {
    const running = await this.#workers?.catch(() => undefined);
    if (!running || running.some(worker => worker.isLost)) {
      this.#workers = this.#start().catch(() => {
        this.#workers = undefined;
        throw say('lost');
      });
    }
    return /** @type {Promise<SearchWorker[]>} */ (this.#workers);
  }

  async #start() {
    /** @param {string} name */
    const file = async name => {
      const answer = await fetch(this.#port.address(name));
      if (!answer.ok) throw new Error(name);
      return new Uint8Array(await answer.arrayBuffer());
    };
    const [program, [encoder, decoder]] = await Promise.all([this.#port.program(), Promise.all(FILES.map(file))]);
    return Promise.all(Array.from({ length: WORKERS }, async () => {
      const worker = new SearchWorker(program, say('lost'));
      await worker.call('load_model', encoder, decoder);
      return worker;
    }));
  }

  /**
   * The value of each layer of the map at each point. Rejects with a sentence.
   * @param {Float32Array} points x and y of each @param {(done: number, all: number) => boolean} goesOn is called after each; false ends it
   * @returns {Promise<Float32Array | undefined>} none if it was ended
   */
  async measure(points, goesOn) {
    const workers = await this.#ready();
    const all = points.length / 2;
    /** @type {Float32Array[]} */
    const rows = [];
    let [next, done, isEnded] = [0, 0, !goesOn(0, all)];
    await Promise.all(workers.map(async worker => {
      while (next < all && !isEnded) {
        const index = next++;
        const values = await worker.call('decode', points[2 * index], points[2 * index + 1]);
        rows[index] = await worker.call('measure_patch', values);
        if (!goesOn(++done, all)) isEnded = true;
      }
    }));
    return isEnded ? undefined : Float32Array.from(rows.flatMap(row => [...row]));
  }

  /**
   * The scales of each part of a sound; not-a-number or nothing where a part is silent. Rejects with a sentence.
   * @param {Float32Array} left @param {Float32Array} right @param {number} rate_hz @param {ArrayLike<number>[]} parts first frame, and first after it
   */
  async parts(left, right, rate_hz, parts) {
    const [worker] = await this.#ready();
    /** @type {number[][]} */
    const scales = [];
    for (const { 0: from, 1: to } of parts) {
      const [one, other] = [left, right.length ? right : left].map(samples => samples.slice(from, to));
      scales.push([...await worker.call('describe', one, other, rate_hz)]);
    }
    return scales;
  }
}
