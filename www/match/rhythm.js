// The search for the sketch of a rhythm, in the workers of the search for sounds: finds the hits, then a patch for each
// kind of hits, and renders them. A worker that is lost is started again, with the rhythm. Decides nothing.
import { WORKERS } from '../workers/worker.js';
import { readHits } from './hits.js';
import { STRANDS } from './strand-count.js';
import { PLACES, reportOf } from './search.js';

/** @import { SearchWorker } from '../workers/worker.js' */
/** @import { Report } from './search.js' */

/** The kind that stands for all of them: see the protocol's RhythmSamples. */
const ALL = 255;

export class RhythmSearch {
  #search;
  /** @type {WeakSet<SearchWorker>} the workers that know the rhythm */
  #ready = new WeakSet();

  /** @param {Pick<import('./search.js').Search, 'using'>} search */
  constructor(search) {
    this.#search = search;
  }

  /** Finds the hits of the sound that was heard last. */
  async findHits() {
    this.#ready = new WeakSet();
    return readHits(await this.#with(0, async (_, hits) => hits));
  }

  /**
   * Does something with a worker that knows the rhythm. @template Result
   * @param {number} place
   * @param {(worker: SearchWorker, hits: Float32Array) => Promise<Result>} act gets the hits if the worker did not
   * know it
   */
  #with(place, act) {
    return this.#search.using(place, async worker => {
      const hits = this.#ready.has(worker) ? new Float32Array() : await worker.call('begin_rhythm', STRANDS);
      this.#ready.add(worker);
      return act(worker, hits);
    });
  }

  /**
   * Searches for a patch for each kind, until a signal.
   * @param {number} kinds how many @param {AbortSignal} signal @param {(report: Report) => void} found
   */
  async run(kinds, signal, found) {
    // The first kind is heard first, and chosen until a person chooses.
    await this.#step(0, 0, signal, found);
    await Promise.all(PLACES.map(place => this.#work(place, kinds, signal, found)));
  }

  /**
   * Takes the kinds of a worker in turns until all are done.
   * @param {number} place @param {number} count @param {AbortSignal} signal @param {(report: Report) => void} found
   */
  async #work(place, count, signal, found) {
    let kinds = Array.from({ length: count }, (_, kind) => kind).filter(kind => kind % WORKERS === place);
    while (kinds.length > 0) {
      for (const kind of kinds) {
        if ((await this.#step(place, kind, signal, found)) >= 1) kinds = kinds.filter(other => other !== kind);
      }
    }
  }

  /**
   * Goes on with the search for a kind; its done share.
   * @param {number} place @param {number} kind @param {AbortSignal} signal @param {(report: Report) => void} found
   */
  async #step(place, kind, signal, found) {
    signal.throwIfAborted();
    const report = reportOf(kind, await this.#with(place, worker => worker.call('step_rhythm', kind)));
    signal.throwIfAborted();
    found(report);
    return report.share;
  }

  /**
   * The sound of the rhythm with the patches of its first kinds; of one kind alone.
   * @param {ArrayLike<number>[]} patches @param {number | null} kind
   */
  sound(patches, kind) {
    const values = Float32Array.from(patches.flatMap(patch => Array.from(patch)));
    return this.#with(0, worker => worker.call('rhythm_samples', values, kind ?? ALL));
  }

  /** Its hits as a MIDI file that states a tempo. @param {string} name @param {number} bpm */
  async midi(name, bpm) {
    const bytes = await this.#with(0, worker => worker.call('rhythm_midi', new TextEncoder().encode(name), bpm));
    return Uint8Array.from(bytes);
  }
}
