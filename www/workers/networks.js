// The networks of the map in the worker that answers at once: loaded when a call first needs them, and again for
// another decoder. Decides nothing.
import { bytesOf } from '../panel/files.js';
import { PROMPT } from './host.js';

/** @import { AnalysisCall } from '../protocol.js' */
/** @import { SearchWorker } from './worker.js' */

/**
 * The decoder that each worker has or loads: a person's own, or undefined for the page's. A worker that starts has
 * none.
 * @type {WeakMap<SearchWorker, { decoder: ArrayBuffer | undefined, loaded: Promise<unknown> }>}
 */
const known = new WeakMap();

export class MapNetworks {
  #host;
  #port;

  /**
   * @param {import('./host.js').WorkerHost} host
   * @param {Pick<import('../app.js').PanelPort, 'address' | 'decoder'>} port
   */
  constructor(host, port) {
    this.#host = host;
    this.#port = port;
  }

  /**
   * Calls the worker with the networks. Rejects like `callAt`.
   * @template {AnalysisCall['method']} Method
   * @param {Method} method @param {Extract<AnalysisCall, { method: Method }>['arguments']} given
   * @param {AbortSignal} [signal]
   */
  async call(method, given, signal) {
    signal?.throwIfAborted();
    await this.#load(await this.#host.at(PROMPT));
    return this.#host.callAt(PROMPT, method, given, signal);
  }

  /** @param {SearchWorker} worker */
  #load(worker) {
    const decoder = this.#port.decoder();
    const before = known.get(worker);
    if (before?.decoder === decoder && before) return before.loaded;
    const load = () => this.#loadInto(worker, decoder);
    // One after another: the last decoder stays.
    const loaded = Promise.resolve(before?.loaded)
      .then(load, load)
      .catch(() => {
        if (known.get(worker)?.loaded === loaded) known.delete(worker);
        throw 'lost';
      });
    known.set(worker, { decoder, loaded });
    return loaded;
  }

  /** @param {SearchWorker} worker @param {ArrayBuffer | undefined} own decoder */
  async #loadInto(worker, own) {
    const [encoder, decoder] = await Promise.all([
      bytesOf(this.#port.address('encoder.onnx')),
      own ? new Uint8Array(own) : bytesOf(this.#port.address('decoder.onnx')),
    ]);
    await worker.call('load_model', encoder, decoder);
  }
}
