// The page's end of a worker that searches or measures (crate/wasm/analysis): calls by messages, answered in order.
// Decides nothing.

/** @import { AnalysisCall } from '../protocol.js' */

/** How many run: half of the cores at most, and two even on a device with few: more would disturb the sound. */
export const WORKERS = Math.min(4, Math.max(2, Math.floor(navigator.hardwareConcurrency / 2)));
/**
 * How long a worker may take to start or to answer, in milliseconds; one that is silent for longer is lost, since
 * browsers do not tell when they end one. The longest call, a step for a sound of ten seconds,
 * takes 1 s on a desktop machine.
 */
const PATIENCE_MS = 20_000;

export class SearchWorker {
  #worker;
  #lost;
  #calls = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (sentence: string) => void }>} */
  #waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} while an answer is awaited */
  #late;
  /** The address of the script that was made for the Worker, until that has started. */
  #ownScript = '';

  /**
   * @param {[module: WebAssembly.Module, script: string, program: string]} program
   * @param {string} lost what a call says that it cannot answer
   */
  constructor([module, script, program], lost) {
    this.#lost = lost;
    this.isLost = false;
    this.#worker = this.#started(script);
    this.#worker.addEventListener('error', event => {
      // A sentence says so if another worker cannot take its place.
      event.preventDefault();
      this.#lose();
    });
    this.#worker.addEventListener(
      'message',
      (/** @type {MessageEvent<import('../protocol.js').AnalysisMessage>} */ { data }) => {
        if (data.type === 'lost') return this.#lose();
        if (data.type === 'begun') {
          this.#freeScript();
          return this.#await();
        }
        const waiting = this.#waiting.get(data.id);
        this.#waiting.delete(data.id);
        this.#await();
        if (data.type === 'value') waiting?.resolve(data.value);
        // The program's own sentence about the failure is in English.
        else waiting?.reject(this.#lost);
      },
    );
    this.#worker.postMessage([program, module]);
  }

  /** @param {string} script */
  #started(script) {
    try {
      return new Worker(script, { type: 'module' });
    } catch {
      // In a page of another origin only a script of that page's own can start a Worker.
      const text = `import ${JSON.stringify(new URL(script, document.baseURI).href)};`;
      this.#ownScript = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      return new Worker(this.#ownScript, { type: 'module' });
    }
  }

  /** Frees the script that was made for the Worker, which reads it once. */
  #freeScript() {
    if (this.#ownScript) URL.revokeObjectURL(this.#ownScript);
    this.#ownScript = '';
  }

  /**
   * The result of a call; rejects with a sentence.
   * @template {AnalysisCall['method']} Method
   * @param {Method} method @param {Extract<AnalysisCall, { method: Method }>['arguments']} given
   * @returns {Promise<Float32Array>}
   */
  call(method, ...given) {
    if (this.isLost) return Promise.reject(this.#lost);
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#waiting.size === 1) this.#await();
      this.#worker.postMessage({ id, method, arguments: given });
    });
  }

  /** Ends it. */
  end() {
    this.#lose();
  }

  /** Waits for the next answer, if there is to be one. */
  #await() {
    clearTimeout(this.#late);
    if (this.#waiting.size > 0) this.#late = setTimeout(() => this.#lose(), PATIENCE_MS);
  }

  #lose() {
    this.isLost = true;
    clearTimeout(this.#late);
    this.#freeScript();
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#lost);
    this.#waiting.clear();
  }
}
