// Runs the search in two workers, and reports what each strand finds to the page's program, which decides when it ends.
import { RATE_HZ } from './decode.js';
import { STRANDS } from './markup.js';
import { say } from './words.js';
import { SearchWorker } from './worker.js';

/** More would disturb the sound on a device with few cores. */
const WORKERS = 2;
/** Patches that a strand renders: all strands together a thousand, after which more renders change little. */
const RENDERS = 250;
/** How long the workers leave the first answer to whoever asks for its sound, in milliseconds: two frames. */
const PAUSE_MS = 40;
/** What the known presets sound like, and their values. */
const FILES = ['preset_sounds.bin', 'presets.bin'];
/** The length of what a report has before the patch's values: see the protocol's BeginStrand. */
const HEAD = 3;

export class Search {
  #port;
  /** @type {Promise<SearchWorker[]> | undefined} the workers with what they need */
  #workers;
  /** @type {(Float32Array | undefined)[]} the values of each strand's best patch */
  #best = [];

  /** @param {import('../app.js').MatchPort} port */
  constructor(port) {
    this.#port = port;
  }

  /** Starts the workers and loads what they need, unless they run. Rejects with a sentence. */
  async prepare() {
    const running = await this.#workers?.catch(() => undefined);
    if (!running || running.some(({ isLost }) => isLost)) this.#workers = this.#begin();
    return /** @type {Promise<SearchWorker[]>} */ (this.#workers);
  }

  async #begin() {
    const load = async (/** @type {string} */ name) => {
      const answer = await fetch(this.#port.address(name));
      if (!answer.ok) throw new Error(name);
      return new Uint8Array(await answer.arrayBuffer());
    };
    const [program, ...files] = await Promise.all([this.#port.program(), ...FILES.map(load)])
      .catch(() => { throw say('lost'); });
    const workers = Array.from({ length: WORKERS }, () => new SearchWorker(program));
    await Promise.all(workers.map(worker => worker.call('load_sounds', files[0], files[1])));
    return workers;
  }

  /** @param {number} strand */
  async #workerOf(strand) {
    return (await this.prepare())[strand % WORKERS];
  }

  /**
   * Takes a sound: what is wrong with it, its key, its cents, its length; see the protocol's HearTarget.
   * @param {Float32Array} left @param {Float32Array} right
   */
  async hear(left, right) {
    const workers = await this.prepare();
    const [heard] = await Promise.all(workers.map(worker => worker.call('hear_target', left, right, RATE_HZ)));
    return heard;
  }

  /** The samples of the target. */
  async target() {
    return (await this.#workerOf(0)).call('target_samples');
  }

  /** The sound of a strand's best patch. @param {number} strand */
  async render(strand) {
    return (await this.#workerOf(strand)).call('render_patch', this.#best[strand] ?? new Float32Array());
  }

  /** What a strand's best patch leaves over. @param {number} strand */
  async leftOver(strand) {
    return (await this.#workerOf(strand)).call('left_over', this.#best[strand] ?? new Float32Array());
  }

  /**
   * Searches for the sound that was heard last. @param {string} job its name for people
   * @param {number} kept what to keep of a strand's patch, bit by bit @param {number} from that strand
   */
  async run(job, kept = 0, from = 0) {
    const values = kept === 0 ? new Float32Array() : this.#best[from] ?? new Float32Array();
    const workers = await this.prepare();
    const run = this.#port.begin(job);
    this.#best = [];
    // What one worker cannot do, the other one does without.
    const ended = await Promise.allSettled(workers.map((worker, place) => this.#work(run, worker, place, kept, values)));
    this.#port.ended(run);
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed) throw /** @type {PromiseRejectedResult} */ (failed).reason;
  }

  /**
   * Takes the strands of a worker in turns until all are done or the run ends.
   * @param {number} run @param {SearchWorker} worker @param {number} place @param {number} kept @param {Float32Array} values
   */
  async #work(run, worker, place, kept, values) {
    /** Reports; returns the done share. @param {number} strand @param {Float32Array} report */
    const tell = (strand, report) => {
      if (!this.#port.goesOn(run)) return 1;
      this.#best[strand] = report.slice(HEAD);
      this.#port.found(run, strand, report);
      return report[0];
    };
    let strands = Array.from({ length: STRANDS }, (_, strand) => strand).filter(strand => strand % WORKERS === place);
    for (const strand of strands) tell(strand, await worker.call('begin_strand', strand, STRANDS, RENDERS, kept, values));
    await new Promise(resolve => { setTimeout(resolve, PAUSE_MS); });
    while (strands.length > 0) {
      for (const strand of strands) {
        if (!this.#port.goesOn(run)) return;
        if (tell(strand, await worker.call('step_strand', strand)) >= 1) strands = strands.filter(other => other !== strand);
      }
    }
  }
}
