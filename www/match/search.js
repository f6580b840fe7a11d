// The workers that search for patches: they know what the known presets sound like, and the last sound that they took.
// Runs a search in them, and tells its reports. A worker that is lost is started again, with the sound, and goes on
// where it was. Decides nothing; rejects with `lost`, or with a signal's reason.
import { bytesOf } from '../panel/files.js';
import { SearchWorker, WORKERS } from '../workers/worker.js';
import { WorkerPool } from '../workers/worker-pool.js';
import { RATE_HZ } from './decode.js';
import { STRANDS } from './strand-count.js';

/** Patches that a strand renders: half of them leave a fifth more of the difference, see models/match.md. */
const RENDERS = 500;
/** How long the workers leave the first answer to whoever asks for its sound, in milliseconds: two frames. */
const PAUSE_MS = 40;
/** The sounds of the known presets, and their values. */
const FILES = ['preset_sounds.bin', 'presets.bin'];
/** The network that guesses patches, after the first answers. */
const GUESSER = 'sound_to_patch.onnx';
/** The places of the workers. */
export const PLACES = Array.from({ length: WORKERS }, (_, place) => place);
/** How often what a lost worker has left undone is done again; a device that loses more has no memory for a search. */
const RETRIES = 2;

/** @typedef {[module: WebAssembly.Module, script: string, program: string]} Program */
/**
 * The files and the program of the page.
 * @typedef {{ address: (name: string) => string, program: () => Promise<any> }} SearchResources
 */
/**
 * The note that an answer plays: its key, the time at which that is released, and the bend from it.
 * @typedef {{ key: number, held_s: number, bend_cents: number }} AnswerNote
 */
/**
 * The report of a strand. A sketch has notes of its own.
 * @typedef {{
 *   strand: number, renders: number, share: number, distance: number | null, note: AnswerNote | null, patch: number[],
 * }} Report
 */

/**
 * The report of a strand, see the protocol's BeginStrand.
 * @param {number} strand @param {ArrayLike<number>} numbers @returns {Report}
 */
export function reportOf(strand, numbers) {
  const [share, renders, distance, key, held_s, bend_cents, ...patch] = Array.from(numbers);
  const note = { key, held_s, bend_cents };
  return { strand, renders, share, distance: Number.isFinite(distance) ? distance : null, note, patch };
}

export class Search {
  #resources;
  /** @type {Promise<[program: Program, files: Uint8Array[]]> | undefined} what every worker needs */
  #needed;
  /** @type {Promise<Uint8Array> | undefined} the network that guesses */
  #guesser;
  /** @type {WeakSet<SearchWorker>} the workers that have it */
  #guessing = new WeakSet();
  /** The workers with what they need. */
  #workers = new WorkerPool(() => this.#begin());
  /** @type {[left: Float32Array, right: Float32Array] | undefined} the sound that was heard last */
  #sound;

  /** @param {SearchResources} resources */
  constructor(resources) {
    this.#resources = resources;
  }

  /** Starts the workers and loads what they need, unless they run. */
  async prepare() {
    await this.#workers.all(WORKERS);
  }

  /** Ends the workers. */
  end() {
    this.#workers.end();
  }

  /** Starts a worker with the sound, if there is one. */
  async #begin() {
    const needed = (this.#needed ??= this.#load());
    /** @type {SearchWorker | undefined} */
    let worker;
    try {
      const [program, files] = await needed;
      worker = new SearchWorker(program, 'lost');
      await worker.call('load_sounds', files[0], files[1]);
      if (this.#sound) await worker.call('hear_target', ...this.#sound, RATE_HZ);
      return worker;
    } catch {
      worker?.end();
      // A file that was damaged on its way is loaded again.
      if (this.#needed === needed) this.#needed = undefined;
      throw 'lost';
    }
  }

  /** @returns {Promise<[program: Program, files: Uint8Array[]]>} */
  async #load() {
    const resources = this.#resources;
    const files = FILES.map(name => bytesOf(resources.address(name)));
    return Promise.all([resources.program(), Promise.all(files)]);
  }

  /**
   * Gives a worker the network that guesses. Without it searches begin at presets alone.
   * @param {SearchWorker} worker
   */
  async prepareGuesses(worker) {
    const guesser = (this.#guesser ??= bytesOf(this.#resources.address(GUESSER)));
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
   * Does something with a worker, and again with the one that takes its place if it is lost.
   * @template Result @param {number} place @param {(worker: SearchWorker) => Promise<Result>} act
   */
  async using(place, act) {
    for (let again = 0; ; again++) {
      const worker = await this.#workers.at(place);
      try {
        return await act(worker);
      } catch (reason) {
        if (!worker.isLost || again === RETRIES) throw reason;
      }
    }
  }

  /**
   * Takes a sound: what is wrong with it, its key, its cents, its length, its note; see the protocol's HearTarget.
   * @param {Float32Array} left @param {Float32Array} right
   */
  async hear(left, right) {
    await this.prepare();
    const [heard] = await Promise.all(
      PLACES.map(place => this.using(place, worker => worker.call('hear_target', left, right, RATE_HZ))),
    );
    const [problem] = heard;
    // A refused sound leaves the workers with the last one.
    if (!problem) this.#sound = [left, right];
    return heard;
  }

  /**
   * The problem that keeps a sound from being sketched, see the protocol's VoiceProblem.
   * @param {Float32Array} left @param {Float32Array} right
   */
  voiceProblem(left, right) {
    return this.using(0, worker => worker.call('voice_problem', left, right, RATE_HZ));
  }

  /**
   * The kind of a sound, see the protocol's SoundKind.
   * @param {Float32Array} left @param {Float32Array} right
   */
  soundKind(left, right) {
    return this.using(WORKERS - 1, worker => worker.call('sound_kind', left, right, RATE_HZ));
  }

  /**
   * How a patch that plays this note differs from the target: see the protocol's CompareAnswer.
   * @param {ArrayLike<number>} values @param {AnswerNote} note @param {boolean} isLevelled
   * @param {number} strand whose worker
   */
  compare(values, { key, held_s, bend_cents }, isLevelled, strand) {
    const own = Float32Array.from(values);
    return this.using(strand % WORKERS, worker =>
      worker.call('compare_answer', own, key, held_s, bend_cents, Number(isLevelled)),
    );
  }

  /** The remarks on the sound of a sketch: see the protocol's CompareSketch. @param {Float32Array} samples */
  compareSketch(samples) {
    return this.using(WORKERS - 1, worker => worker.call('compare_sketch', samples));
  }

  /** Level and pitch of a sound, see the protocol's VoiceContours. @param {Float32Array} samples */
  contours(samples) {
    return this.using(WORKERS - 1, worker => worker.call('voice_contours', samples));
  }

  /** The samples of the target. */
  target() {
    return this.using(0, worker => worker.call('target_samples'));
  }

  /**
   * The sound of a patch that plays a note.
   * @param {ArrayLike<number>} values @param {AnswerNote} note @param {number} [strand] whose worker
   */
  sound(values, { key, held_s, bend_cents }, strand = 0) {
    const own = Float32Array.from(values);
    return this.using(strand % WORKERS, worker => worker.call('render_patch', own, key, held_s, bend_cents));
  }

  /**
   * The MIDI file of a sketched melody, which states a tempo.
   * @param {Float32Array} performance @param {string} track its name @param {number} bpm
   */
  async melody(performance, track, bpm) {
    const name = new TextEncoder().encode(track);
    return Uint8Array.from(await this.using(0, worker => worker.call('sketch_midi', performance, name, bpm)));
  }

  /** The levels of a sound, see the protocol's Spectrogram. @param {Float32Array} samples */
  spectrogram(samples) {
    return this.using(0, worker => worker.call('spectrogram', samples));
  }

  /**
   * The left-over of a patch that plays this note, in each band: see the protocol's LeftOver.
   * @param {ArrayLike<number>} values @param {AnswerNote} note
   */
  leftOver(values, { key, held_s, bend_cents }) {
    const own = Float32Array.from(values);
    return this.using(0, worker => worker.call('left_over', own, key, held_s, bend_cents));
  }

  /**
   * Searches for the sound that was heard last, until a signal.
   * @param {{ kept: number, locked: ArrayLike<number>, patch: ArrayLike<number>, signal: AbortSignal }} given the
   * parts of a patch to keep, bit by bit, and the indices of further parameters of it
   * @param {(report: Report) => void} found gets the report of a strand
   */
  async run({ kept, locked, patch, signal }, found) {
    await this.prepare();
    const given = { kept, locked: Uint8Array.from(locked), values: Float32Array.from(patch), signal };
    // A worker that fails does not end the search of the others.
    const ended = await Promise.allSettled(
      PLACES.map(place => this.using(place, worker => this.#work(worker, place, given, found))),
    );
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed) throw /** @type {PromiseRejectedResult} */ (failed).reason;
  }

  /**
   * Takes the strands of a worker in turns until all are done.
   * @param {SearchWorker} worker @param {number} place
   * @param {{ kept: number, locked: Uint8Array, values: Float32Array, signal: AbortSignal }} given
   * @param {(report: Report) => void} found
   */
  async #work(worker, place, { kept, locked, values, signal }, found) {
    /** Tells a report; returns the done share. @param {number} strand @param {Float32Array} numbers */
    const tell = (strand, numbers) => {
      if (!signal.aborted) found(reportOf(strand, numbers));
      return numbers[0];
    };
    let strands = Array.from({ length: STRANDS }, (_, strand) => strand).filter(strand => strand % WORKERS === place);
    for (const strand of strands) {
      if (signal.aborted) return;
      tell(strand, await worker.call('begin_strand', strand, STRANDS, RENDERS, kept, locked, values));
    }
    await Promise.all([
      new Promise(resolve => {
        setTimeout(resolve, PAUSE_MS);
      }),
      this.prepareGuesses(worker),
    ]);
    while (strands.length > 0) {
      for (const strand of strands) {
        if (signal.aborted) return;
        if (tell(strand, await worker.call('step_strand', strand)) >= 1)
          strands = strands.filter(other => other !== strand);
      }
    }
  }
}
