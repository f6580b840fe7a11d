// Runs the search for the sketch of a voice in the workers of the search for sounds, and tells what it finds. A worker
// that is lost is started again, with what it needs to go on. Decides nothing.
import { PLACES } from './search.js';

/** @import { SearchWorker } from '../workers/worker.js' */
/**
 * A sketch: its patch as loud as the voice, its notes, its sound, its performance as numbers, and level and pitch of
 * its sound.
 * @typedef {{
 *   values: Float32Array, notes: Float32Array, samples: Float32Array, performance: Float32Array,
 *   contours: Float32Array,
 * }} Sketch
 */
/** @import { Report } from './search.js' */

/** Parameters of a patch. */
const PARAMETERS = 41;
/** Patches that a worker judges before it looks whether the search goes on: so many are rendered side by side. */
const AT_ONCE = 4;
/** Performances that a sketch renders: see SketchSettings in crate/listen/sketching/src/sketch.rs. */
const MATCH_RENDERS = 120;
const REFINE_RENDERS = 900;
/**
 * The least time between two sketches that are shown while the search goes on, in milliseconds:
 * each takes some renders.
 */
const PAUSE_MS = 2000;

export class SketchRun {
  #search;
  #signal;
  #held;
  #sketched;
  #found;
  /** @type {WeakSet<SearchWorker>} the workers that know the voice, and the patch to go on from */
  #ready = new WeakSet();
  /** @type {Float32Array | undefined} the best patch for the longest note, once that search is over */
  #matched;
  /** @type {Float64Array[]} what was judged since, for a worker that takes the place of a lost one */
  #judged = [];
  /** @type {Sketch | undefined} the last finished sketch */
  #sketch;
  /**
   * The values of its patch before it was made as loud as the voice, how far it is from the voice,
   * and when it was finished.
   */
  #finished = { key: '', distance: Infinity, at_ms: -Infinity };

  /**
   * @param {import('./search.js').Search} search
   * @param {{ locked: ArrayLike<number>, patch: ArrayLike<number>, signal: AbortSignal }} given
   * the indices of the parameters that the sketch keeps, and a patch that has them
   * @param {(sketch: Sketch) => Promise<void>} sketched gets the sketch whenever a better one is finished
   * @param {(report: Report) => void} found
   */
  constructor(search, { locked, patch, signal }, sketched, found) {
    this.#search = search;
    this.#signal = signal;
    this.#held = /** @type {const} */ ([Uint8Array.from(locked), Float32Array.from(patch)]);
    this.#sketched = sketched;
    this.#found = found;
  }

  /** Searches to the end. */
  async finish() {
    await this.#search.prepare();
    await this.#refine(await this.#matchNote());
  }

  /**
   * Does something with a worker that knows all that the search needs. @template Result
   * @param {number} place @param {(worker: SearchWorker) => Promise<Result>} act
   */
  #with(place, act) {
    this.#signal.throwIfAborted();
    return this.#search.using(place, async worker => {
      if (!this.#ready.has(worker)) {
        await worker.call('begin_sketch', ...this.#held);
        if (this.#matched) await worker.call('refine_sketch', this.#matched);
        // The first one searches: it comes to where the lost one was.
        if (place === 0 && !this.#matched) await this.#search.prepareGuesses(worker);
        for (const losses of this.#judged) await worker.call('record_sketch', losses);
        this.#ready.add(worker);
      }
      return act(worker);
    });
  }

  /** Searches for the longest note within what the voice decides; the best patch. */
  async #matchNote() {
    const all = MATCH_RENDERS + REFINE_RENDERS;
    for (;;) {
      const [share, distance, ...values] = await this.#with(0, worker => worker.call('step_sketch'));
      const patch = Float32Array.from(values);
      if (share >= 1) return patch;
      await this.#tell(share, share * all, distance, patch);
    }
  }

  /** Searches on by whole performances. @param {Float32Array} matched */
  async #refine(matched) {
    let patches = await this.#with(0, worker => worker.call('refine_sketch', matched));
    this.#matched = matched;
    let done = MATCH_RENDERS;
    while (patches.length > 0) {
      const losses = await this.#judge(patches);
      // All of them: half-way each follows the voice, by which they judge from then on.
      const records = PLACES.map(place => this.#with(place, worker => worker.call('record_sketch', losses)));
      const [[distance, ...values]] = await Promise.all(records);
      this.#judged.push(losses);
      patches = Float32Array.from(values.slice(PARAMETERS));
      done += losses.length;
      const share = patches.length ? done / (MATCH_RENDERS + REFINE_RENDERS + 1) : 1;
      await this.#tell(share, done, distance, Float32Array.from(values.slice(0, PARAMETERS)));
    }
  }

  /** How far patches are from the voice; whoever is free takes the next ones. @param {Float32Array} patches */
  async #judge(patches) {
    const losses = new Float64Array(patches.length / PARAMETERS);
    let next = 0;
    await Promise.all(
      PLACES.map(async place => {
        while (next < losses.length) {
          const from = next;
          const to = Math.min(losses.length, from + AT_ONCE);
          next = to;
          const some = patches.slice(from * PARAMETERS, to * PARAMETERS);
          losses.set(await this.#with(place, worker => worker.call('judge_sketch', some)), from);
        }
      }),
    );
    return losses;
  }

  /**
   * Finishes the sketch with a patch, if it is new and it is time; tells it.
   * @param {number} share @param {number} renders @param {number} distance @param {Float32Array} patch
   */
  async #tell(share, renders, distance, patch) {
    const key = patch.join();
    const isTime = share >= 1 || performance.now() - this.#finished.at_ms >= PAUSE_MS;
    if (!this.#sketch || (key !== this.#finished.key && isTime)) {
      this.#sketch = await this.#with(0, worker => this.#finishWith(worker, patch));
      this.#finished = { key, distance, at_ms: performance.now() };
      this.#signal.throwIfAborted();
      await this.#sketched(this.#sketch);
    }
    this.#signal.throwIfAborted();
    // A sketch that is not finished yet is not heard either: the report is of the last one.
    const own = this.#finished.distance;
    this.#found({
      strand: 0,
      renders: Math.round(renders),
      share,
      distance: Number.isFinite(own) ? own : null,
      note: null,
      patch: [...this.#sketch.values],
    });
  }

  /** @param {SearchWorker} worker @param {Float32Array} patch @returns {Promise<Sketch>} */
  async #finishWith(worker, patch) {
    const finished = await worker.call('finish_sketch', patch);
    const [samples, performance] = await Promise.all([
      worker.call('sketch_samples'),
      worker.call('sketch_performance'),
    ]);
    const contours = await worker.call('voice_contours', samples);
    const [values, notes] = [finished.slice(0, PARAMETERS), finished.slice(PARAMETERS)];
    return { values, notes, samples, performance: Float32Array.from(performance), contours };
  }
}
