// The built worklet.js with the real modules, in a scope as poor as an audio thread's. Reads WORKLET_WASM, beside which
// the script and decoder.wasm are, and DECODER_ONNX; `./build.sh test` sets them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import vm from 'node:vm';

import { AXIS_PARAMS } from '../target/site/protocol.js';

export const PARTS = ['', '1', '2', '3', '4'];

const path = process.env.WORKLET_WASM ?? '';
const script = readFileSync(join(dirname(path), 'worklet.js'), 'utf8');
const wasm = readFileSync(path);
export const decoder = Uint8Array.from(readFileSync(process.env.DECODER_ONNX ?? '')).buffer;
export const grid = Uint8Array.from(readFileSync(join(dirname(path), 'grid.bin'))).buffer;
export const module = new WebAssembly.Module(wasm);
export const network = new WebAssembly.Module(readFileSync(join(dirname(path), 'decoder.wasm')));
export const toneModule = new WebAssembly.Module(readFileSync(join(dirname(path), 'tone-source.wasm')));

/** A model of tones. */
export const strings = Uint8Array.from(readFileSync(join(dirname(path), 'timbre', 'strings.frames')));

/** Programs that cannot run: one exports nothing, the other imports a function that does not exist. */
export const unusable = [[], [1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0]].map(
  sections => new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...sections)),
);

/**
 * @typedef {{
 *   type: string, message?: string, number?: number, count?: number, domain?: boolean, values?: Float32Array,
 *   latent?: number[], index?: number, sampleRate?: number, left?: Float32Array, right?: Float32Array,
 *   rows?: Float32Array, beats?: number, timeS?: number,
 * }} Message
 */

/**
 * A processor, created as in an audio worklet, with the messages that it posts.
 * @param {object} processorOptions
 */
export function make(processorOptions) {
  /** @type {Message[]} */
  const posted = [];
  const port = {
    /** @type {(event: { data: unknown }) => void} */
    onmessage: () => assert.fail('nobody listens'),
    /** @param {Message} message */
    postMessage: message => {
      posted.push(message);
    },
  };
  /** @type {any} */
  let Processor;
  const scope = vm.createContext({
    AudioWorkletProcessor: class {
      port = port;
    },
    /** @param {string} name @param {unknown} registered */
    registerProcessor(name, registered) {
      assert.equal(name, 'latent-pad');
      Processor = registered;
    },
    sampleRate: 48_000,
    currentTime: 0,
    WebAssembly,
  });
  vm.runInContext(script, scope);
  const processor = new Processor({ processorOptions });
  const say = (/** @type {unknown} */ data) => port.onmessage({ data });
  /** Sets the time of the audio context. @param {number} time_s */
  const setTime = time_s => {
    scope.currentTime = time_s;
  };
  return { processor, posted, say, setTime, Processor };
}

/** Renders one quantum with a part at x, y and returns its channels. */
export function play(
  /** @type {any} */ processor,
  {
    x = [0],
    y = [0],
    part = 0,
    frames = 128,
    channels = 2,
    alive = true,
    input = /** @type {Float32Array[]} */ ([]),
    axes = /** @type {Record<string, number[]>} */ ({}),
  } = {},
) {
  const output = Array.from({ length: channels }, () => new Float32Array(frames).fill(9));
  const parameters = Object.fromEntries([
    ...PARTS.flatMap((name, index) => [
      [`latentX${name}`, index === part ? Float32Array.from(x) : new Float32Array(1)],
      [`latentY${name}`, index === part ? Float32Array.from(y) : new Float32Array(1)],
    ]),
    ...AXIS_PARAMS.map(name => [name, Float32Array.from(axes[name] ?? [0])]),
  ]);
  assert.equal(processor.process([input], [output], parameters), alive);
  return output;
}

/** @param {Float32Array[]} channels */
export const loud = channels =>
  channels.some(channel => channel.some(sample => Math.abs(sample) > 1e-4 && sample !== 9));
