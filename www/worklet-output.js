// Copies the module's samples to the audio graph, and tells whether they can be heard. Must never allocate while the
// module's memory stays the same. build/worklet.mjs bundles this file with worklet.js.
import { BLOCK_FRAMES } from './protocol.js';

/** −100 dB: the end of a quieter sound is inaudible. A reverb tail takes long to reach zero. */
const INAUDIBLE = 1e-5;

/** @import { Exports } from '../crate/wasm/worklet/exports' */

export class Output {
  constructor() {
    /** Whether the last quantum was inaudible: a reverb tail outlasts its voices. */
    this.silent = true;
    this.left = this.right = new Float32Array(0);
  }

  /**
   * @param {Exports} wasm
   * @param {Float32Array[]} output
   * @param {number} start
   * @param {number} count
   */
  copy(wasm, output, start, count) {
    const { buffer } = wasm.memory;
    // Growing the memory detaches its buffer and all views of it.
    if (this.left.buffer !== buffer) {
      this.left = new Float32Array(buffer, wasm.left(), BLOCK_FRAMES);
      this.right = new Float32Array(buffer, wasm.right(), BLOCK_FRAMES);
    }
    const [left, right] = output;
    for (let index = 0; index < count; index++) {
      if (Math.abs(this.left[index]) > INAUDIBLE || Math.abs(this.right[index]) > INAUDIBLE) this.silent = false;
      if (right) {
        left[start + index] = this.left[index];
        right[start + index] = this.right[index];
      } else {
        left[start + index] = (this.left[index] + this.right[index]) / 2;
      }
    }
  }
}
