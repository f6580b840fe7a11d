// Runs the search in workers, and reports what each strand finds to the page's program, which decides when it ends. A
// worker that is lost is started again, with the sound, and goes on where it was.
import { RATE_HZ } from './decode.js';
import { STRANDS } from './markup.js';
import { say } from './words.js';
import { SearchWorker, WORKERS } from '../workers/worker.js';
import { WorkerPool } from '../workers/worker-pool.js';

/** Patches that a strand renders: all strands together a thousand, after which more renders change little. */
const RENDERS = 250;
/** How long the workers leave the first answer to whoever asks for its sound, in milliseconds: two frames. */
const PAUSE_MS = 40;
/** What the known presets sound like, and their values. */
const FILES = ['preset_sounds.bin', 'presets.bin'];
/** The network that guesses patches, after the first answers. */
const GUESSER = 'sound_to_patch.onnx';
/** The length of what a report has before the patch's values: see the protocol's BeginStrand. */
const HEAD = 3;
/** The places of the workers. */
const PLACES = Array.from({ length: WORKERS }, (_, place) => place);
/** How often what a lost worker has left undone is done again; a device that loses more has no memory for a search. */
const RETRIES = 2;

/**
 * What a search needs of the page that shows it.
 * @typedef {Pick<import('../app.js').MatchPort, 'address' | 'program' | 'begin' | 'goesOn' | 'found' | 'ended'>} SearchPort
 */

export class Search {
  #port;
  /** @type {Promise<[program: any, files: Uint8Array[]]> | undefined} what every worker needs */
  #needed;
  /** @type {Promise<Uint8Array> | undefined} the network that guesses */
  #guesser;
  /** @type {WeakSet<SearchWorker>} the workers that have it */
  #guessing = new WeakSet();
  /** The workers with what they need. */
  #workers = new WorkerPool(() => this.#begin());
  /** @type {[left: Float32Array, right: Float32Array] | undefined} the sound that was heard last */
  #sound;
  /** @type {{ left: Float32Array, problem: Promise<Float32Array> } | undefined} the sound of the last question what keeps it from being sketched, and the answer */
  #asked;
  /** @type {(Float32Array | undefined)[]} the values of each strand's best patch */
  #best = [];

  /** @param {SearchPort} port */
  constructor(port) {
    this.#port = port;
  }

  /** Starts the workers and loads what they need, unless they run. Rejects with a sentence. */
  async prepare() {
    await this.#workers.all(WORKERS);
  }

  /** Starts a worker with the sound, if there is one. */
  async #begin() {
    const needed = this.#needed ??= this.#load();
    /** @type {SearchWorker | undefined} */
    let worker;
    try {
      const [program, files] = await needed;
      worker = new SearchWorker(program, say('lost'));
      await worker.call('load_sounds', files[0], files[1]);
      if (this.#sound) await worker.call('hear_target', ...this.#sound, RATE_HZ);
      return worker;
    } catch {
      worker?.end();
      // A file that was damaged on its way is loaded again.
      if (this.#needed === needed) this.#needed = undefined;
      throw say('lost');
    }
  }

  /** @returns {Promise<[program: any, files: Uint8Array[]]>} */
  async #load() {
    return Promise.all([this.#port.program(), Promise.all(FILES.map(name => this.#file(name)))]);
  }

  /** The bytes of a file. @param {string} name */
  async #file(name) {
    const answer = await fetch(this.#port.address(name));
    if (!answer.ok) throw new Error(name);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Gives a worker the network that guesses. Without it searches begin at presets alone. @param {SearchWorker} worker */
  async prepareGuesses(worker) {
    const guesser = this.#guesser ??= this.#file(GUESSER);
    try {
      const network = await guesser;
      if (this.#guessing.has(worker)) return;
      await worker.call('load_guesser', network);
      this.#guessing.add(worker);
    } catch {
      // It is loaded again for the next search; a worker that is lost says so at its next call.
      if (this.#guesser === guesser && !worker.isLost) this.#guesser = undefined;
    }
  }

  /**
   * Does something with a worker, and again with the one that takes its place if it is lost. Rejects with a sentence.
   * @template Result @param {number} place @param {(worker: SearchWorker) => Promise<Result>} act
   */
  async using(place, act) {
    for (let again = 0; ; again++) {
      const worker = await this.#workers.at(place);
      try {
        return await act(worker);
      } catch (sentence) {
        if (!worker.isLost || again === RETRIES) throw sentence;
      }
    }
  }

  /**
   * Takes a sound: what is wrong with it, its key, its cents, its length; see the protocol's HearTarget.
   * @param {Float32Array} left @param {Float32Array} right
   */
  async hear(left, right) {
    await this.prepare();
    const [heard] = await Promise.all(PLACES.map(place =>
      this.using(place, worker => worker.call('hear_target', left, right, RATE_HZ))));
    const [problem] = heard;
    // A refused sound leaves the workers with the last one.
    if (!problem) this.#sound = [left, right];
    return heard;
  }

  /**
   * What keeps a sound from being sketched, see the protocol's VoiceProblem; without one that of the last one.
   * @param {[left: Float32Array, right: Float32Array]} [sound]
   */
  voiceProblem([left, right] = this.#sound ?? [new Float32Array(), new Float32Array()]) {
    if (this.#asked?.left !== left) {
      const problem = this.using(0, worker => worker.call('voice_problem', left, right, RATE_HZ));
      this.#asked = { left, problem };
      problem.catch(() => { this.#asked = undefined; });
    }
    return this.#asked.problem;
  }

  /** Level and pitch of a sound, see the protocol's VoiceContours. @param {Float32Array} samples */
  contours(samples) {
    return this.using(WORKERS - 1, worker => worker.call('voice_contours', samples));
  }

  /** The samples of the target. */
  target() {
    return this.using(0, worker => worker.call('target_samples'));
  }

  /** The sound of a strand's best patch; empty before its first one, while the page may still show the last search. @param {number} strand */
  async render(strand) {
    const values = this.#best[strand];
    return values ? this.sound(values, strand) : new Float32Array();
  }

  /** The sound of a patch that plays the target's note. @param {Float32Array} values @param {number} [strand] whose worker */
  sound(values, strand = 0) {
    return this.using(strand % WORKERS, worker => worker.call('render_patch', values));
  }

  /** The levels of a sound, see the protocol's Spectrogram. @param {Float32Array} samples */
  spectrogram(samples) {
    return this.using(0, worker => worker.call('spectrogram', samples));
  }

  /** What a patch leaves over. @param {Float32Array} [values] */
  leftOver(values = new Float32Array()) {
    return this.using(0, worker => worker.call('left_over', values));
  }

  /** The values of a strand's best patch. @param {number} strand */
  best(strand) {
    return this.#best[strand];
  }

  /**
   * Searches for the sound that was heard last. @param {string} job its name for people
   * @param {number} kept what to keep of a strand's patch, bit by bit @param {number} from that strand
   */
  async run(job, kept = 0, from = 0) {
    const values = kept === 0 ? new Float32Array() : this.#best[from] ?? new Float32Array();
    await this.prepare();
    const run = this.#port.begin(job, STRANDS);
    this.#best = [];
    /** @type {number[]} how many renders each strand has reported */
    const rendered = [];
    // What one worker cannot do, the other one does without.
    const ended = await Promise.allSettled(PLACES.map(place =>
      this.using(place, worker => this.#work(run, worker, place, rendered, kept, values))));
    this.#port.ended(run);
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed) throw /** @type {PromiseRejectedResult} */ (failed).reason;
  }

  /**
   * Takes the strands of a worker in turns until all are done or the run ends.
   * @param {number} run @param {SearchWorker} worker @param {number} place @param {number[]} rendered @param {number} kept @param {Float32Array} values
   */
  async #work(run, worker, place, rendered, kept, values) {
    /** Reports; returns the done share. @param {number} strand @param {Float32Array} report */
    const tell = (strand, report) => {
      if (!this.#port.goesOn(run)) return 1;
      const [share, renders] = report;
      // In place of a lost worker the same search runs again: what it has reported is known.
      if (share < 1 && renders <= rendered[strand]) return share;
      rendered[strand] = renders;
      this.#best[strand] = report.slice(HEAD);
      this.#port.found(run, strand, report);
      return share;
    };
    let strands = Array.from({ length: STRANDS }, (_, strand) => strand).filter(strand => strand % WORKERS === place);
    for (const strand of strands) tell(strand, await worker.call('begin_strand', strand, STRANDS, RENDERS, kept, values));
    await Promise.all([new Promise(resolve => { setTimeout(resolve, PAUSE_MS); }), this.prepareGuesses(worker)]);
    while (strands.length > 0) {
      for (const strand of strands) {
        if (!this.#port.goesOn(run)) return;
        if (tell(strand, await worker.call('step_strand', strand)) >= 1) strands = strands.filter(other => other !== strand);
      }
    }
  }
}
