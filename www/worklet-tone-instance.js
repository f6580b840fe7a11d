// One instance of tone-source.wasm: a model of tones on the audio thread, with the views of its memory and its offsets.
// Must never allocate while the memories stay the same. crate/wasm/tone_source/src/lib.rs documents its interface.
// build/worklet.mjs bundles this file.
import { AXIS_PARAMS, BLOCK_FRAMES } from './protocol.js';

/** @import { ToneExports } from '../crate/wasm/tone_source/exports' */

export class ToneInstance {
  /**
   * @param {WebAssembly.Module} program tone-source.wasm
   * @param {number} life 0…1
   * @param {number} rateHz frames a second
   */
  constructor(program, life, rateHz) {
    this.wasm = /** @type {ToneExports} */ (/** @type {unknown} */ (new WebAssembly.Instance(program).exports));
    /** True if it plays at this sample rate. */
    this.plays = this.wasm.create(rateHz) === 0;
    this.wasm.life(life);
    /** Views of the rendered samples, of their copy in the other memory, and of the samples of a live sound. */
    this.rendered = this.copied = this.heard = new Float32Array(0);
    /**
     * The offsets that the page has set; with those of the AudioParams, as the module has them; not-a-number before it
     * does.
     */
    this.offsets = new Float32Array(AXIS_PARAMS.length);
    this.moved = new Float32Array(AXIS_PARAMS.length);
    this.beginOffsets();
  }

  /** A new model begins in the middle of its axes. */
  beginOffsets() {
    this.offsets.fill(0);
    this.moved.fill(NaN);
  }

  /** @param {Float32Array} offsets those of the axes from the third on; missing ones stay */
  setOffsets(offsets) {
    for (let index = 0; index < Math.min(offsets.length, this.offsets.length); index++)
      this.offsets[index] = Number.isFinite(offsets[index]) ? offsets[index] : 0;
  }

  /**
   * Moves the tones along the axes beyond the plane, for a block: as far as the page and the AudioParams together say.
   * @param {Record<string, Float32Array>} parameters
   * @param {number} start
   */
  automate(parameters, start) {
    const { wasm, offsets, moved } = this;
    for (let index = 0; index < offsets.length; index++) {
      const values = parameters[AXIS_PARAMS[index]];
      const offset = Math.fround(Math.min(1, Math.max(-1, offsets[index] + values[values.length > 1 ? start : 0])));
      if (offset === moved[index]) continue;
      moved[index] = offset;
      wasm.offset(index + 2, offset);
    }
  }

  /**
   * Takes frames of the node's input as a live sound.
   * @param {Float32Array[] | undefined} input its channels, if something is connected
   * @param {number} start
   * @param {number} count
   */
  take(input, start, count) {
    this.view();
    const left = input?.[0];
    const right = input?.[1] ?? left;
    for (let index = 0; index < count; index++)
      this.heard[index] = left && right ? (left[start + index] + right[start + index]) / 2 : 0;
    this.wasm.listen(count);
  }

  /** Growing a memory detaches its buffer and all views of it. */
  view() {
    const { buffer } = this.wasm.memory;
    if (this.rendered.buffer === buffer) return;
    this.rendered = new Float32Array(buffer, this.wasm.left(), BLOCK_FRAMES);
    this.heard = new Float32Array(buffer, this.wasm.input(), BLOCK_FRAMES);
  }

  /**
   * Makes all views anew that are no longer valid.
   * @param {WebAssembly.Memory} memory of worklet.wasm
   * @param {number} pointer to a block there
   */
  viewBoth(memory, pointer) {
    this.view();
    if (this.copied.buffer !== memory.buffer || this.copied.byteOffset !== pointer)
      this.copied = new Float32Array(memory.buffer, pointer, BLOCK_FRAMES);
  }

  /** @param {WebAssembly.Memory} memory @param {number} pointer @param {number} frames */
  render(memory, pointer, frames) {
    this.wasm.render(frames);
    this.viewBoth(memory, pointer);
    this.copied.set(this.rendered);
  }

  /** @param {WebAssembly.Memory} memory @param {number} pointer @param {number} frames */
  listen(memory, pointer, frames) {
    this.viewBoth(memory, pointer);
    this.heard.set(this.copied);
    this.wasm.listen(frames);
  }
}
