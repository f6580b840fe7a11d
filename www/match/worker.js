// The page's end of a worker that searches (crate/analysis): calls by messages, answered in order. Decides nothing.
import { say } from './words.js';

/** @typedef {import('../protocol.js').AnalysisCall} AnalysisCall */

/** How long a worker may take to start, in milliseconds. */
const PATIENCE_MS = 20_000;

export class SearchWorker {
  #worker;
  #calls = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (sentence: string) => void }>} */
  #waiting = new Map();

  /** @param {[module: WebAssembly.Module, script: string, program: string]} program */
  constructor([module, script, program]) {
    this.isLost = false;
    this.#worker = new Worker(script, { type: 'module' });
    const late = setTimeout(() => this.#lose(), PATIENCE_MS);
    this.#worker.addEventListener('error', () => this.#lose());
    this.#worker.addEventListener('message', (/** @type {MessageEvent<import('../protocol.js').AnalysisMessage>} */ { data }) => {
      clearTimeout(late);
      if (data.type === 'lost') this.#lose();
      if (data.type !== 'value' && data.type !== 'error') return;
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.type === 'value') waiting?.resolve(data.value);
      else waiting?.reject(data.message);
    });
    this.#worker.postMessage([program, module]);
  }

  /**
   * The result of a call; rejects with a sentence.
   * @template {AnalysisCall['method']} Method
   * @param {Method} method @param {Extract<AnalysisCall, { method: Method }>['arguments']} given
   * @returns {Promise<Float32Array>}
   */
  call(method, ...given) {
    if (this.isLost) return Promise.reject(say('lost'));
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, arguments: given });
    });
  }

  #lose() {
    this.isLost = true;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(say('lost'));
    this.#waiting.clear();
  }
}
