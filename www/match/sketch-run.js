// Runs the search for the sketch of a voice in the workers of the search for sounds, and reports to the page's program, which
// decides when it ends. A worker that is lost is started again, with what it needs to go on.
import { WORKERS } from '../workers/worker.js';

/** @typedef {import('../workers/worker.js').SearchWorker} SearchWorker */
/**
 * A sketch: its patch as loud as the voice, its notes, its sound, its MIDI file, and level and pitch of its sound.
 * @typedef {{ values: Float32Array, notes: Float32Array, samples: Float32Array, midi: Uint8Array, contours: Float32Array }} Sketch
 */

/** Parameters of a patch. */
const PARAMETERS = 41;
/** Patches that a worker judges before it looks whether the search goes on: so many are rendered side by side. */
const AT_ONCE = 4;
/** Performances that a sketch renders: see SketchSettings in crate/listen/sketching/src/sketch.rs. */
const MATCH_RENDERS = 120, REFINE_RENDERS = 900;
/** The least time between two sketches that are shown while the search goes on, in milliseconds: each takes some renders. */
const PAUSE_MS = 2000;

export class SketchRun {
  #search;
  #port;
  #run;
  #show;
  #track;
  /** @type {WeakSet<SearchWorker>} the workers that know the voice, and the patch to go on from */
  #ready = new WeakSet();
  /** @type {Float32Array | undefined} the best patch for the longest note, once that search is over */
  #matched;
  /** @type {Float64Array[]} what was judged since, for a worker that takes the place of a lost one */
  #judged = [];
  /** @type {Sketch | undefined} the last finished sketch */
  #sketch;
  /** The values of its patch before it was made as loud as the voice, how far it is from the voice, and when it was finished. */
  #finished = { key: '', distance: Infinity, at_ms: -Infinity };

  /**
   * @param {import('./search.js').Search} search @param {import('./search.js').SearchPort} port
   * @param {{ job: string, name: string }} names of the search for people, and of the voice in files
   * @param {(sketch: Sketch) => void} show gets the sketch whenever a better one is finished
   */
  constructor(search, port, { job, name }, show) {
    this.#search = search;
    this.#port = port;
    this.#show = show;
    this.#track = new TextEncoder().encode(name);
    this.#run = port.begin(job, 1);
  }

  /** Whether nobody has stopped it. */
  goesOn() {
    return this.#port.goesOn(this.#run);
  }

  /** Searches to the end, or until a person stops it. Rejects with a sentence. */
  async finish() {
    try {
      const matched = await this.#matchNote();
      if (matched) await this.#refine(matched);
    } finally {
      this.#port.ended(this.#run);
    }
  }

  /**
   * Does something with a worker that knows all that the search needs. @template Result
   * @param {number} place @param {(worker: SearchWorker) => Promise<Result>} act
   */
  #with(place, act) {
    return this.#search.using(place, async worker => {
      if (!this.#ready.has(worker)) {
        await worker.call('begin_sketch');
        if (this.#matched) await worker.call('refine_sketch', this.#matched);
        // The first one searches: it comes to where the lost one was.
        if (place === 0 && !this.#matched) await this.#search.prepareGuesses(worker);
        for (const losses of this.#judged) await worker.call('record_sketch', losses);
        this.#ready.add(worker);
      }
      return act(worker);
    });
  }

  /** Searches for the longest note within what the voice decides; the best patch, none if the search was stopped. */
  async #matchNote() {
    const all = MATCH_RENDERS + REFINE_RENDERS;
    while (this.goesOn()) {
      const [share, distance, ...values] = await this.#with(0, worker => worker.call('step_sketch'));
      const patch = Float32Array.from(values);
      if (share >= 1) return patch;
      await this.#tell(share, share * all, distance, patch);
    }
    return undefined;
  }

  /** Searches on by whole performances. @param {Float32Array} matched */
  async #refine(matched) {
    let patches = await this.#with(0, worker => worker.call('refine_sketch', matched));
    this.#matched = matched;
    let done = MATCH_RENDERS;
    while (patches.length > 0) {
      const losses = await this.#judge(patches);
      if (!this.goesOn()) return;
      // All of them: half-way each follows the voice, by which they judge from then on.
      const records = Array.from({ length: WORKERS }, (_, place) => this.#with(place, worker => worker.call('record_sketch', losses)));
      const [[distance, ...values]] = await Promise.all(records);
      this.#judged.push(losses);
      patches = Float32Array.from(values.slice(PARAMETERS));
      done += losses.length;
      await this.#tell(patches.length ? done / (MATCH_RENDERS + REFINE_RENDERS + 1) : 1, done, distance, Float32Array.from(values.slice(0, PARAMETERS)));
    }
  }

  /** How far patches are from the voice; whoever is free takes the next ones. @param {Float32Array} patches */
  async #judge(patches) {
    const losses = new Float64Array(patches.length / PARAMETERS);
    let next = 0;
    await Promise.all(Array.from({ length: WORKERS }, async (_, place) => {
      while (next < losses.length && this.goesOn()) {
        const from = next, to = Math.min(losses.length, from + AT_ONCE);
        next = to;
        losses.set(await this.#with(place, worker => worker.call('judge_sketch', patches.slice(from * PARAMETERS, to * PARAMETERS))), from);
      }
    }));
    return losses;
  }

  /**
   * Finishes the sketch with a patch, if it is new and it is time; reports it.
   * @param {number} share @param {number} renders @param {number} distance @param {Float32Array} patch
   */
  async #tell(share, renders, distance, patch) {
    if (!this.goesOn()) return;
    const key = patch.join();
    const isTime = share >= 1 || performance.now() - this.#finished.at_ms >= PAUSE_MS;
    if (!this.#sketch || (key !== this.#finished.key && isTime)) {
      const sketch = await this.#with(0, async worker => {
        const finished = await worker.call('finish_sketch', patch);
        const [samples, midi] = await Promise.all([worker.call('sketch_samples'), worker.call('sketch_midi', this.#track)]);
        const contours = await worker.call('voice_contours', samples);
        return { values: finished.slice(0, PARAMETERS), notes: finished.slice(PARAMETERS), samples, midi: Uint8Array.from(midi), contours };
      });
      if (!this.goesOn()) return;
      this.#sketch = sketch;
      this.#finished = { key, distance, at_ms: performance.now() };
      this.#show(sketch);
    }
    // A sketch that is not finished yet is not heard either: the report is of the last one.
    this.#port.found(this.#run, 0, Float32Array.of(share, Math.round(renders), this.#finished.distance, ...this.#sketch.values));
  }
}
