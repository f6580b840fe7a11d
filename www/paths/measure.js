// Measures how points of the plane sound, in workers of the analysis program: the patch at a point, or the tone there
// of an instrument of recorded tones, and the map's layers of it. Knows nothing of paths.
import { SearchWorker, WORKERS } from '../workers/worker.js';
import { shared, WorkerPool } from '../workers/worker-pool.js';
import { Transforms } from '../tone-sounds/transforms.js';
import { say } from './words.js';

/**
 * The parts of a port that measuring needs. @typedef {Pick<import('../app.js').PanelPort, 'address' | 'program'>}
 * MeasurePort
 */

const FILES = ['encoder.onnx', 'decoder.onnx'];
/**
 * The key at which each domain's map was measured: the middle one of its notes (`latent-pad timbre plane`).
 * @type {Record<string, number>}
 */
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
  #own;
  #workers;
  /** The networks of the site, which tones do not need. @type {Promise<Uint8Array[]> | undefined} */
  #files;
  /**
   * Until each worker has the networks, and the decoder that plays in place of the site's own there.
   * @type {WeakMap<SearchWorker, { own: ArrayBuffer | undefined, loaded: Promise<unknown> }>}
   */
  #networks = new WeakMap();
  #tones;

  /**
   * @param {MeasurePort} port
   * @param {() => ArrayBuffer | undefined} [own] the decoder that plays in place of the site's own
   */
  constructor(port, own = () => undefined) {
    this.#port = port;
    this.#own = own;
    this.#tones = new Transforms(name => port.address(name));
    const program = shared(() => port.program().catch(() => { throw say('lost'); }));
    this.#workers = new WorkerPool(async () => new SearchWorker(await program(), say('lost')));
  }

  /** Gives the workers the networks, unless they have them. Rejects with a sentence. @param {SearchWorker[]} workers */
  async #decode(workers) {
    /** @param {string} name */
    const file = async name => {
      const answer = await fetch(this.#port.address(name));
      if (!answer.ok) throw new Error(name);
      return new Uint8Array(await answer.arrayBuffer());
    };
    const own = this.#own();
    try {
      const [encoder, decoder] = await (this.#files ??= Promise.all(FILES.map(file)));
      await Promise.all(workers.map(worker => {
        const known = this.#networks.get(worker);
        if (known && known.own === own) return known.loaded;
        // The encoder is not used.
        const loaded = worker.call('load_model', encoder, own ? new Uint8Array(own) : decoder);
        this.#networks.set(worker, { own, loaded });
        return loaded;
      }));
    } catch {
      // A file that was damaged on its way is loaded again.
      this.#networks = new WeakMap();
      this.#files = undefined;
      throw say('lost');
    }
  }

  /**
   * The layers of the map at a point, as measured.
   * @param {SearchWorker} worker @param {number} x @param {number} y @param {string | undefined} domain
   */
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
    const workers = await this.#workers.all(WORKERS), own = domain();
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
    const worker = await this.#workers.at(0);
    /** @type {number[][]} */
    const scales = [];
    for (const { 0: from, 1: to } of parts) {
      const [one, other] = [left, right.length ? right : left].map(samples => samples.slice(from, to));
      scales.push([...await worker.call('describe', one, other, rate_hz)]);
    }
    return scales;
  }
}
