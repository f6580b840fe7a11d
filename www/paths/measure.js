// Measures how points of the plane sound, in workers of the analysis program: the patch at a point, or the tone there of an
// instrument of recorded tones, and the map's layers of it. Knows nothing of paths.
import { SearchWorker } from '../match/worker.js';
import { Transforms } from '../tone-sounds/transforms.js';
import { say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */

/** Half of the cores at most, and two even on a device with few: more would disturb the sound. */
const WORKERS = Math.min(4, Math.max(2, Math.floor(navigator.hardwareConcurrency / 2)));
const FILES = ['encoder.onnx', 'decoder.onnx'];
/** The key at which each domain's map was measured: the middle one of its notes (`latent-pad timbre plane`). @type {Record<string, number>} */
const KEYS = { strings: 64, voices: 63, winds: 65, brass: 63, amsynth: 60 };
const TONE_RATE_HZ = 44_100;
/** Scales of a tone; its map has a layer for each. */
const SCALES = 7;

/** The domain of recorded tones that plays; undefined for amSynth. */
export function domain() {
  const { instrument = 'amsynth' } = document.documentElement.dataset;
  return instrument === 'amsynth' ? undefined : instrument.replace('-tones', '');
}

export class Measurer {
  #port;
  /** @type {Promise<SearchWorker[]> | undefined} */
  #workers;
  /** Whether the workers have the networks, which tones do not need. @type {Promise<unknown> | undefined} */
  #networks;
  #tones;

  /** @param {MatchPort} port */
  constructor(port) {
    this.#port = port;
    this.#tones = new Transforms(name => port.address(name));
  }

  /** The workers. Rejects with a sentence. */
  async #ready() {
    const running = await this.#workers?.catch(() => undefined);
    if (!running || running.some(worker => worker.isLost)) {
      this.#workers = this.#start().catch(() => {
        this.#workers = undefined;
        throw say('lost');
      });
      this.#networks = undefined;
    }
    return /** @type {Promise<SearchWorker[]>} */ (this.#workers);
  }

  async #start() {
    const program = await this.#port.program();
    return Array.from({ length: WORKERS }, () => new SearchWorker(program, say('lost')));
  }

  /** Gives the workers the networks. Rejects with a sentence. @param {SearchWorker[]} workers */
  async #decode(workers) {
    /** @param {string} name */
    const file = async name => {
      const answer = await fetch(this.#port.address(name));
      if (!answer.ok) throw new Error(name);
      return new Uint8Array(await answer.arrayBuffer());
    };
    this.#networks ??= Promise.all(FILES.map(file)).then(([encoder, decoder]) => Promise.all(workers.map(worker => worker.call('load_model', encoder, decoder))));
    await this.#networks.catch(() => {
      this.#networks = undefined;
      throw say('lost');
    });
  }

  /** The layers of the map at a point, as measured. @param {SearchWorker} worker @param {number} x @param {number} y @param {string | undefined} domain */
  async #layers(worker, x, y, domain) {
    if (!domain) return worker.call('measure_patch', await worker.call('decode', x, y));
    const tone = await this.#tones.tone({ domain, x, y, key: KEYS[domain] }).catch(() => { throw say('lost'); });
    return (await worker.call('describe', tone, tone, TONE_RATE_HZ)).slice(0, SCALES);
  }

  /**
   * The value of each layer of the map at each point. Rejects with a sentence.
   * @param {Float32Array} points x and y of each @param {(done: number, all: number) => boolean} goesOn is called after each; false ends it
   * @returns {Promise<Float32Array | undefined>} none if it was ended
   */
  async measure(points, goesOn) {
    const workers = await this.#ready(), own = domain();
    if (!own) await this.#decode(workers);
    const all = points.length / 2;
    /** @type {Float32Array[]} */
    const rows = [];
    let [next, done, isEnded] = [0, 0, !goesOn(0, all)];
    await Promise.all(workers.map(async worker => {
      while (next < all && !isEnded) {
        const index = next++;
        rows[index] = await this.#layers(worker, points[2 * index], points[2 * index + 1], own);
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
