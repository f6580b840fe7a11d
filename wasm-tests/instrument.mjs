// Instruments of the real worklet modules in Node, connected as the worklet connects them. Reads the voice from
// WORKLET_WASM, the network from decoder.wasm beside it, and the model from DECODER_ONNX; `./build.sh test` sets both.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
export const toneModule = new WebAssembly.Module(
  readFileSync(join(dirname(given('WORKLET_WASM')), 'tone-source.wasm')),
);
export const networkModule = new WebAssembly.Module(readFileSync(join(dirname(given('WORKLET_WASM')), 'decoder.wasm')));

/** @typedef {import('../crate/wasm/decoder/exports.d.ts').DecoderExports} DecoderExports */
/** @typedef {Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory }} Exports */

/** The network of each instrument. @type {WeakMap<Exports, DecoderExports>} */
const networks = new WeakMap();

/** A network without a file. */
export const emptyNetwork = () =>
  /** @type {DecoderExports} */ (/** @type {unknown} */ (new WebAssembly.Instance(networkModule, {}).exports));

/** Imports of an instrument that plays no tones. */
export const NO_TONES = new Proxy(/** @type {Record<string, () => number>} */ ({}), { get: () => () => 0 });

/** A new instrument, created as the worklet creates it, with its network. */
export function instrument(sampleRateHz = SAMPLE_RATE_HZ) {
  const network = emptyNetwork();
  const decode = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ pointer) => {
    if (network.decode(x, y) !== 0) return 1;
    const values = new Float32Array(network.memory.buffer, network.values(), PARAMETER_COUNT);
    new Float32Array(wasm.memory.buffer, pointer, PARAMETER_COUNT).set(values);
    return 0;
  };
  const wasm = /** @type {Exports} */ (
    /** @type {unknown} */ (new WebAssembly.Instance(module, { decoder: { decode }, tones: NO_TONES }).exports)
  );
  networks.set(wasm, network);
  assert.equal(wasm.create(sampleRateHz), 0);
  return wasm;
}

/** The network of an instrument. @param {Exports} wasm */
export function networkOf(wasm) {
  const network = networks.get(wasm);
  assert.ok(network);
  return network;
}

export const decoder = () => readFileSync(given('DECODER_ONNX'));

/**
 * Loads a model into an instrument's network; 0, or 1 if it is refused.
 * @param {Exports} wasm
 * @param {Uint8Array} onnx
 */
export function load(wasm, onnx) {
  const network = networkOf(wasm);
  const pointer = network.buffer(onnx.length);
  assert.notEqual(pointer, 0);
  new Uint8Array(network.memory.buffer, pointer, onnx.length).set(onnx);
  return network.load(onnx.length) || wasm.use_decoder();
}

/**
 * Lets a grid play until a decoder is loaded: the given patches, each of its own stored values.
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
  assert.equal(load(wasm, decoder()), 0, errorOf(networkOf(wasm)));
  return wasm;
}

/** @param {Exports | DecoderExports} wasm */
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
export const rms = samples => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
