// Instruments of the real worklet module in Node, created as the worklet creates them. Reads the module from WORKLET_WASM
// and the model from DECODER_ONNX; `./build.sh test` sets both.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { encodePresets } from '../build/presets.mjs';
import { BLOCK_FRAMES, PARAMETER_COUNT } from '../target/site/protocol.js';

export const SAMPLE_RATE_HZ = 44_100;
export { BLOCK_FRAMES };
export const PARTS = [0, 1, 2, 3, 4];

/** @param {string} name */
export function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}, or run ./build.sh test, which does`);
  return value;
}

export const bytes = readFileSync(given('WORKLET_WASM'));
export const module = new WebAssembly.Module(bytes);

/** @typedef {Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory }} Exports */

/** A new instrument, created as the worklet creates it. */
export function instrument(sampleRateHz = SAMPLE_RATE_HZ) {
  const wasm = /** @type {Exports} */ (/** @type {unknown} */ (new WebAssembly.Instance(module, {}).exports));
  assert.equal(wasm.create(sampleRateHz), 0);
  return wasm;
}

export const decoder = () => readFileSync(given('DECODER_ONNX'));

/**
 * @param {Exports} wasm
 * @param {Uint8Array} onnx
 */
export function load(wasm, onnx) {
  const pointer = wasm.buffer(onnx.length);
  assert.notEqual(pointer, 0);
  new Uint8Array(wasm.memory.buffer, pointer, onnx.length).set(onnx);
  return wasm.load_decoder(onnx.length);
}

/**
 * Lets a grid play until a decoder is loaded: so many patches, each of other stored values.
 * @param {Exports} wasm
 * @param {number[][]} patches
 */
export function loadGrid(wasm, patches) {
  const file = encodePresets(patches);
  new Uint8Array(wasm.memory.buffer, wasm.buffer(file.length), file.length).set(file);
  return wasm.load_grid(file.length);
}

/** An instrument with the model loaded. */
export function loaded(sampleRateHz = SAMPLE_RATE_HZ) {
  const wasm = instrument(sampleRateHz);
  assert.equal(load(wasm, decoder()), 0, errorOf(wasm));
  return wasm;
}

/** @param {Exports} wasm */
export const errorOf = wasm =>
  new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, wasm.error_pointer(), wasm.error_length()));

/** The stored values that sound in a part. @param {Exports} wasm */
export const patchOf = (wasm, part = 0) =>
  Array.from(new Float32Array(wasm.memory.buffer, wasm.patch(part), PARAMETER_COUNT));

/**
 * Gives a part a patch.
 * @param {Exports} wasm
 * @param {number} part
 * @param {ArrayLike<number>} values
 */
export function setPatch(wasm, part, values, [x, y] = [NaN, NaN]) {
  new Float32Array(wasm.memory.buffer, wasm.values(), PARAMETER_COUNT).set(values);
  wasm.set_patch(part, x, y);
}

/**
 * Renders frames in blocks and returns interleaved stereo samples.
 * @param {Exports} wasm
 * @param {number} frames
 * @param {(block: number) => void} [before] each block
 */
export function render(wasm, frames, before) {
  const samples = new Float32Array(2 * frames);
  for (let start = 0; start < frames; start += BLOCK_FRAMES) {
    const count = Math.min(BLOCK_FRAMES, frames - start);
    before?.(start / BLOCK_FRAMES);
    assert.equal(wasm.render(count), 0);
    const left = new Float32Array(wasm.memory.buffer, wasm.left(), count);
    const right = new Float32Array(wasm.memory.buffer, wasm.right(), count);
    for (let index = 0; index < count; index++) {
      samples[2 * (start + index)] = left[index];
      samples[2 * (start + index) + 1] = right[index];
    }
  }
  return samples;
}

/** @param {Float32Array} samples */
export const rms = samples =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
