// The one host of the workers that search and measure (crate/wasm/analysis), for all panels of the page: a pool, a
// queue, calls that a signal cancels. A worker starts when it is first needed, again after it was lost, and ends once
// no panel keeps it. Decides nothing.
import { SearchWorker, WORKERS } from './worker.js';
import { shared, WorkerPool } from './worker-pool.js';

/** @import { AnalysisCall } from '../protocol.js' */
/** @typedef {() => Promise<[module: WebAssembly.Module, script: string, program: string]>} LoadProgram */

/** The place of the worker that answers at once and keeps what was found: the others measure. */
export const PROMPT = 0;
/** The places of the workers that measure. */
export const METERS = Array.from({ length: WORKERS }, (_, index) => 1 + index);

/**
 * A call that waits for a free worker.
 * @typedef {object} WaitingCall
 * @property {AnalysisCall['method']} method
 * @property {unknown[]} given
 * @property {AbortSignal} [signal]
 * @property {(value: Promise<Float32Array>) => void} resolve
 * @property {(reason: unknown) => void} reject
 */

export class WorkerHost {
  #workers;
  /** @type {WaitingCall[]} */
  #waiting = [];
  /** The places whose worker measures now. @type {Set<number>} */
  #busy = new Set();
  /** Who keeps the workers. @type {Set<string>} */
  #keepers = new Set();

  /** @param {LoadProgram} load loads what a worker needs; again after a failure */
  constructor(load) {
    const program = shared(async () => {
      try {
        return await load();
      } catch (reason) {
        throw reason instanceof Error ? reason : 'lost';
      }
    });
    this.#workers = new WorkerPool(async () => new SearchWorker(await program(), 'lost'));
  }

  /** Keeps the workers until the same keeper frees them. @param {string} keeper */
  keep(keeper) {
    this.#keepers.add(keeper);
  }

  /**
   * A keeper needs the workers no more: without another keeper they end; with `prompt` the one that answers at once
   * stays, with what it has found.
   * @param {string} keeper @param {{ prompt?: boolean }} [kept]
   */
  free(keeper, { prompt = false } = {}) {
    this.#keepers.delete(keeper);
    if (this.#keepers.size > 0) return;
    this.#workers.end(prompt ? PROMPT + 1 : PROMPT);
  }

  /**
   * Calls the worker of a place, which keeps what earlier calls have left there. Rejects with `lost`, or with the
   * signal's reason.
   * @template {AnalysisCall['method']} Method
   * @param {number} place @param {Method} method @param {Extract<AnalysisCall, { method: Method }>['arguments']} given
   * @param {AbortSignal} [signal]
   */
  async callAt(place, method, given, signal) {
    signal?.throwIfAborted();
    const worker = await this.at(place);
    signal?.throwIfAborted();
    /** @type {Float32Array} */
    const value = await /** @type {any} */ (worker).call(method, ...given);
    signal?.throwIfAborted();
    return value;
  }

  /**
   * Calls whichever worker that measures is free first. Rejects like `callAt`.
   * @template {AnalysisCall['method']} Method
   * @param {Method} method @param {Extract<AnalysisCall, { method: Method }>['arguments']} given
   * @param {AbortSignal} [signal]
   * @returns {Promise<Float32Array>}
   */
  call(method, given, signal) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ method, given, signal, resolve, reject });
      this.#serve();
    });
  }

  /** Gives the calls that wait to workers that are free. */
  #serve() {
    for (const place of METERS) {
      if (this.#busy.has(place)) continue;
      const next = this.#nextWaiting();
      if (!next) return;
      this.#busy.add(place);
      const { method, given, signal, resolve } = next;
      const answer = this.callAt(place, method, /** @type {any} */ (given), signal);
      resolve(answer);
      const free = () => {
        this.#busy.delete(place);
        this.#serve();
      };
      answer.then(free, free);
    }
  }

  /** The next call that nobody has cancelled. */
  #nextWaiting() {
    for (;;) {
      const next = this.#waiting.shift();
      if (!next?.signal?.aborted) return next;
      next.reject(next.signal.reason);
    }
  }

  /** The worker of a place, the same for all who ask while it runs. @param {number} place */
  at(place) {
    return this.#workers.at(place);
  }
}

/**
 * The page's host, the same for all panels.
 * @param {import('../app.js').PanelPort} port @returns {WorkerHost}
 */
export const workerHost = port => port.shared('workers', () => new WorkerHost(() => port.program()));
