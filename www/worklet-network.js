// The network on the audio thread: an instance of decoder.wasm, and the way of a decoded patch from its memory to that
// of worklet.wasm. crate/wasm/decoder/src/lib.rs documents the module's interface. build/worklet.mjs bundles this file.
import { PARAMETER_COUNT } from './protocol.js';

/** @import { DecoderExports } from '../crate/wasm/decoder/exports' */

export class Network {
  /**
   * The network of a program; undefined, after a message to the host, if it cannot run.
   * @param {{ post: (message: import('./protocol.js').WorkletMessage) => void }} host the processor
   * @param {WebAssembly.Module} module
   */
  static of(host, module) {
    try {
      return new Network(module);
    } catch {
      host.post({ type: 'decoderRefused', message: 'the program of the network cannot run; reload the page' });
      return undefined;
    }
  }

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.wasm = /** @type {DecoderExports} */ (/** @type {unknown} */ (new WebAssembly.Instance(module, {}).exports));
    // Another program has no such export, and ends here.
    this.wasm.buffer(0);
    /** Views of the decoded values in the network's memory, and of their copy in the other. */
    this.decoded = this.copied = new Float32Array(0);
  }

  /**
   * Decodes a point.
   * @param {number} x
   * @param {number} y
   * @param {WebAssembly.Memory} memory where the values go
   * @param {number} pointer in it
   * @returns {number} 0, or 1 if there is no patch
   */
  decode(x, y, memory, pointer) {
    const { wasm } = this;
    if (wasm.decode(x, y) !== 0) return 1;
    const [from, to] = [wasm.memory.buffer, memory.buffer];
    // Growing a memory detaches its buffer and all views of it.
    if (this.decoded.buffer !== from) this.decoded = new Float32Array(from, wasm.values(), PARAMETER_COUNT);
    if (this.copied.buffer !== to || this.copied.byteOffset !== pointer)
      this.copied = new Float32Array(to, pointer, PARAMETER_COUNT);
    this.copied.set(this.decoded);
    return 0;
  }

  /**
   * The time of a decode, in microseconds.
   * @param {number} count of decodes
   */
  timed(count) {
    // The only clock in this scope; it has a resolution of 1 ms, so time many decodes together.
    const start_ms = Date.now();
    this.wasm.warm_up(count);
    return ((Date.now() - start_ms) * 1000) / count;
  }
}
