// The worker of “From sounds…”: loads it, its module and the models, passes the sounds, and computes what is wished
// last. Knows nothing of the page's elements.
import { bytesOf } from '../panel/files.js';

/** @import { Transform, PlaneTone, ToneReport, ToneRequest } from './worker.js' */

const WORKER = 'tone-sounds-worker.js';
const MODULE = 'tone_transforms_bg.wasm';

export class Transforms {
  #address;
  /** @type {Promise<Worker> | undefined} */
  #worker;
  /** Until the worker has each model; another worker has other ones. @type {Map<string, Promise<unknown>>} */
  #models = new Map();
  /** The sounds that it is to have, again after a failure. */
  #sounds = /** @type {Float32Array[]} */ ([new Float32Array(), new Float32Array()]);
  #number = 0;
  /** @type {Map<number, (report: ToneReport) => void>} */
  #waiting = new Map();

  /** @param {(name: string) => string} address of a file */
  constructor(address) {
    this.#address = address;
  }

  /** Passes a sound, unless it is the one that the place has. @param {number} place @param {Float32Array} samples */
  async setSound(place, samples) {
    if (this.#sounds[place] === samples) return;
    this.#sounds[place] = samples;
    const worker = await this.#worker?.catch(() => undefined);
    worker?.postMessage(/** @type {ToneRequest} */ ({ sound: { place, samples } }));
  }

  /**
   * Computes; rejects with `lost` if something could not be loaded, else with `failed`.
   * @param {Transform} transform @returns {Promise<{ samples: Float32Array, points: Float32Array[] }>}
   */
  async compute(transform) {
    const worker = await this.#withModel(transform.domain);
    const { samples, points } = await this.#ask(worker, number => ({ transform: { ...transform, number } }));
    if (!samples || !points) throw 'failed';
    return { samples, points };
  }

  /**
   * Throws the phases of samples away and finds others, by so many rounds of Griffin–Lim or, with 0, by RTPGHI; rejects
   * as `compute`.
   * @param {Float32Array} given @param {number} rounds
   * @returns {Promise<{ samples: Float32Array, off_db: number, time_ms: number }>}
   */
  async rephase(given, rounds) {
    const worker = await this.#loaded();
    const { samples, off_db, time_ms } = await this.#ask(worker, number => ({
      rephasing: { samples: given, rounds, number },
    }));
    if (!samples || off_db === undefined || time_ms === undefined) throw 'failed';
    return { samples, off_db, time_ms };
  }

  /** The tone of a point, of one channel and 44,100 frames a second; rejects as `compute`. @param {PlaneTone} tone */
  async tone(tone) {
    const worker = await this.#withModel(tone.domain);
    const { samples } = await this.#ask(worker, number => ({ tone: { ...tone, number } }));
    if (!samples) throw 'failed';
    return samples;
  }

  /** The worker with the model of a domain. @param {string} domain */
  async #withModel(domain) {
    const worker = await this.#loaded();
    const models = this.#models;
    const sent = models.get(domain) ?? this.#sendModel(worker, domain);
    models.set(domain, sent);
    await sent.catch(() => {
      models.delete(domain);
      throw 'lost';
    });
    return worker;
  }

  /**
   * Rejects if it cannot be loaded, is damaged, or the worker has failed meanwhile.
   * @param {Worker} worker @param {string} domain
   */
  async #sendModel(worker, domain) {
    const models = this.#models;
    const bytes = await bytesOf(this.#address(`timbre/${domain}.frames`));
    if (models !== this.#models) throw domain;
    const { isKnown } = await this.#ask(worker, number => ({ model: { domain, bytes, number } }));
    if (!isKnown) throw domain;
  }

  /**
   * Sends a request under a number of its own.
   * @param {Worker} worker @param {(number: number) => ToneRequest} request @returns {Promise<ToneReport>}
   */
  #ask(worker, request) {
    const number = ++this.#number;
    return new Promise(resolve => {
      this.#waiting.set(number, resolve);
      this.#send(worker, request(number));
    });
  }

  #loaded() {
    return (this.#worker ??= this.#load()).catch(() => {
      this.#worker = undefined;
      throw 'lost';
    });
  }

  async #load() {
    const module = await WebAssembly.compile(await bytesOf(this.#address(MODULE)));
    const worker = new Worker(this.#address(WORKER), { type: 'module' });
    worker.onmessage = (/** @type {MessageEvent<ToneReport>} */ { data }) => {
      this.#waiting.get(data.number)?.(data);
      this.#waiting.delete(data.number);
    };
    worker.onerror = event => {
      event.preventDefault();
      this.#fail(worker);
    };
    this.#send(worker, { module });
    this.#sounds.forEach((samples, place) => this.#send(worker, { sound: { place, samples } }));
    return worker;
  }

  /** The next wish loads the worker again. @param {Worker} worker */
  #fail(worker) {
    worker.terminate();
    this.#worker = undefined;
    this.#models = new Map();
    this.#waiting.forEach((resolve, number) => resolve({ number }));
    this.#waiting.clear();
  }

  /** @param {Worker} worker @param {ToneRequest} request */
  #send(worker, request) {
    worker.postMessage(request);
  }
}
