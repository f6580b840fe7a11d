// The sketch of a rhythm in “From a sound…”: searches for a patch for each kind of hits, shows the hits, and saves them.
import { RATE_HZ } from './decode.js';
import { drawHits, readHits } from './hits.js';
import { STRANDS } from './markup.js';
import { saveMidi, trackName } from './save.js';
import { WORKERS } from '../workers/worker.js';
import { keyName, say } from './words.js';

/** @typedef {import('../workers/worker.js').SearchWorker} SearchWorker */

/** The length of what a report has before the patch's values: see the protocol's BeginStrand. */
const HEAD = 3, DISTANCE = 2;
/** More than any two distances differ by, as a ratio. */
const BETWEEN_KINDS = 1e6;
/** The kind that stands for all of them: see the protocol's RhythmSamples. */
const ALL = 255;

export class RhythmSketch {
  #find;
  #search;
  #port;
  /** The name of the recording, without the end of its file's. */
  #name = '';
  /** @type {ReturnType<typeof readHits>} */
  #hits = [];
  #length_s = 0;
  /** @type {WeakSet<SearchWorker>} the workers that know the rhythm */
  #ready = new WeakSet();
  /** @type {Float32Array[]} the values of each kind's best patch */
  #best = [];
  /** @type {number[]} how many renders each kind has reported */
  #rendered = [];

  /**
   * @param {<T extends Element = HTMLElement>(id: string) => T} find
   * @param {import('./search.js').Search} search @param {import('./search.js').SearchPort} port
   */
  constructor(find, search, port) {
    this.#find = find;
    this.#search = search;
    this.#port = port;
  }

  /** How often each kind is hit. */
  get counts() {
    /** @type {number[]} */
    const counts = [];
    for (const { kind } of this.#hits) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  }

  /** What is true of the sketch, as a sentence. */
  get summary() {
    const kinds = this.counts.length;
    return say(kinds === 1 ? 'rhythm_of_one' : 'rhythm_done', { hits: this.#hits.length, kinds });
  }

  /** Finds the hits of the sound that was heard last. Rejects with a sentence. */
  async prepare() {
    this.#ready = new WeakSet();
    this.#hits = readHits(await this.#with(0, async (_, hits) => hits));
    this.#length_s = (await this.#search.target()).length / RATE_HZ;
  }

  /** Searches for its patches. Rejects with a sentence. @param {string} file its name */
  async run(file) {
    this.#name = trackName(file);
    [this.#best, this.#rendered] = [[], []];
    const run = this.#port.begin(say('sketch_job', { name: file }), this.counts.length);
    try {
      // The first kind is heard first, and chosen until a person chooses.
      await this.#step(run, 0, 0);
      await Promise.all(Array.from({ length: WORKERS }, (_, place) => this.#work(run, place)));
    } finally {
      this.#port.ended(run);
    }
  }

  /**
   * Does something with a worker that knows the rhythm. @template Result
   * @param {number} place @param {(worker: SearchWorker, hits: Float32Array) => Promise<Result>} act gets the hits if the worker did not know it
   */
  #with(place, act) {
    return this.#search.using(place, async worker => {
      const hits = this.#ready.has(worker) ? new Float32Array() : await worker.call('begin_rhythm', STRANDS);
      this.#ready.add(worker);
      return act(worker, hits);
    });
  }

  /** Takes the kinds of a worker in turns until all are done or the run ends. @param {number} run @param {number} place */
  async #work(run, place) {
    let kinds = this.counts.map((_, kind) => kind).filter(kind => kind % WORKERS === place);
    while (kinds.length > 0) {
      for (const kind of kinds) {
        if (await this.#step(run, place, kind) >= 1) kinds = kinds.filter(other => other !== kind);
      }
    }
  }

  /** Goes on with the search for a kind; its done share, 1 if the run has ended. @param {number} run @param {number} place @param {number} kind */
  async #step(run, place, kind) {
    if (!this.#port.goesOn(run)) return 1;
    const report = await this.#with(place, worker => worker.call('step_rhythm', kind));
    if (!this.#port.goesOn(run)) return 1;
    const [share, renders] = report;
    // In place of a lost worker the same search runs again: what it has reported is known.
    if (share < 1 && renders <= this.#rendered[kind]) return share;
    this.#rendered[kind] = renders;
    this.#best[kind] = report.slice(HEAD);
    // Distances from different hits do not compare: the kinds stay in their order. Those of a kind keep their ratio, by which
    // the page's program decides what is worth a place on the map.
    report[DISTANCE] *= BETWEEN_KINDS ** kind;
    this.#port.found(run, kind, report);
    return share;
  }

  /** The sound of the rhythm with the patches found so far; of one kind alone. @param {number} [kind] */
  sound(kind = ALL) {
    // Alone a kind may be found before the kinds ahead of it, whose patches do not matter then.
    const patches = this.counts.map((_, place) => this.#best[place] ?? this.#best[kind]);
    const missing = patches.indexOf(undefined);
    const values = Float32Array.from(patches.slice(0, missing < 0 ? patches.length : missing).flatMap(patch => [...patch]));
    return this.#with(0, worker => worker.call('rhythm_samples', values, kind));
  }

  /** Shows the hits, and the key of a kind. @param {number} chosen */
  show(chosen) {
    const svg = this.#find('contours');
    svg.toggleAttribute('hidden', this.#hits.length === 0);
    if (this.#hits.length === 0) return;
    drawHits(/** @type {any} */ (svg), this.#hits, this.#length_s, chosen);
    svg.setAttribute('aria-label', say('hits_over_time', { counts: this.counts.map((count, kind) => say('hits_of', { number: kind + 1, count })).join(', ') }));
    const key = this.#hits.find(({ kind }) => kind === chosen)?.key ?? 0;
    this.#find('notes').textContent = `${say('hit_plays', { number: chosen + 1, key: keyName(key) })} ${say('rhythm_keeps', { number: chosen + 1 })}`;
    this.#find('melody').setAttribute('aria-disabled', 'false');
  }

  /** Saves its hits. */
  async save() {
    const midi = await this.#with(0, worker => worker.call('rhythm_midi', new TextEncoder().encode(this.#name)));
    saveMidi(Uint8Array.from(midi), this.#name);
  }
}
