// Traces why a path that the browser's modules play differs from its native render: plays it in Node, compares samples
// and decoded values, then plays it again with the values of the native network. Changes no file of the project. About
// 2 min. usage: node path_trace.mjs PATH.json PATH.wav LATENT_PAD (after ./build.sh build; the WAV as
// `latent-pad path PATH.json -o PATH.wav --tail 1` writes it, LATENT_PAD the native program)
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { BLOCK_FRAMES, PARAMETER_COUNT } from '../../target/site/protocol.js';
import { PARAMETERS } from '../parameters.mjs';
import { pathJob } from './path_job.mjs';

/** @typedef {Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory }} Exports */
/** @typedef {{ key: string, values: Float32Array }} Decode */

const [file, wav, program] = process.argv.slice(2);
const { frames, score } = await pathJob(file);
const [{ words }, ...settings] = /** @type {[{ words: number[] }, ...number[]]} */ (score?.[0].message.slice(1));
const [network, voice] = ['decoder', 'worklet'].map(
  name => new WebAssembly.Module(readFileSync(new URL(`../../dist/${name}.wasm`, import.meta.url))),
);
const model = readFileSync(new URL('../../dist/decoder.onnx', import.meta.url));

/** The samples of a WAV file of 32-bit floats, left and right by turns. @param {string} path */
function samplesOf(path) {
  const bytes = readFileSync(path);
  let at = 12;
  while (bytes.toString('latin1', at, at + 4) !== 'data') at += 8 + bytes.readUInt32LE(at + 4);
  return Float32Array.from({ length: bytes.readUInt32LE(at + 4) / 4 }, (_, index) =>
    bytes.readFloatLE(at + 8 + 4 * index),
  );
}

/**
 * Plays the path; returns the decodes and the samples.
 * @param {Map<string, Float32Array>} [given] the values of points, instead of the network's
 */
function play(given) {
  const decoder = /** @type {Exports} */ (/** @type {unknown} */ (new WebAssembly.Instance(network, {}).exports));
  /** @type {Decode[]} */
  const decodes = [];
  const decode = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ pointer) => {
    const key = `${x},${y}`;
    let values = given?.get(key);
    if (!values) {
      if (given || decoder.decode(x, y) !== 0) throw new Error(`no values at ${key}`);
      values = new Float32Array(decoder.memory.buffer, decoder.values(), PARAMETER_COUNT).slice();
    }
    decodes.push({ key, values });
    new Float32Array(wasm.memory.buffer, pointer, PARAMETER_COUNT).set(values);
    return 0;
  };
  const wasm = /** @type {Exports} */ (
    /** @type {unknown} */ (
      new WebAssembly.Instance(voice, {
        decoder: { decode },
        tones: new Proxy(/** @type {Record<string, () => number>} */ ({}), { get: () => () => 0 }),
      }).exports
    )
  );
  wasm.create(44_100);
  // A call may move the memory.
  const room = decoder.buffer(model.length);
  new Uint8Array(decoder.memory.buffer, room, model.length).set(model);
  if (decoder.load(model.length) !== 0 || wasm.use_decoder() !== 0) throw new Error('the model is refused');
  const path = wasm.path_room(words.length);
  new Uint32Array(wasm.memory.buffer, path, words.length).set(words);
  if (wasm.play_path(...settings) !== 0) throw new Error('the path is refused');
  const samples = new Float32Array(2 * frames);
  for (let frame = 0; frame < frames; frame += BLOCK_FRAMES) {
    wasm.render(BLOCK_FRAMES);
    for (const [channel, pointer] of [wasm.left(), wasm.right()].entries()) {
      new Float32Array(wasm.memory.buffer, pointer, BLOCK_FRAMES).forEach((sample, index) => {
        samples[2 * (frame + index) + channel] = sample;
      });
    }
  }
  return { decodes, samples };
}

/** @param {string} what @param {Float32Array} samples @param {Float32Array} native */
function report(what, samples, native) {
  let [error, energy, first] = [0, 0, -1];
  samples.forEach((sample, index) => {
    error += (sample - native[index]) ** 2;
    energy += native[index] ** 2;
    if (first < 0 && sample !== native[index]) first = index >> 1;
  });
  console.log(
    `${what}: ${first < 0 ? 'the same samples' : `${(10 * Math.log10(error / energy)).toFixed(1)} dB, from frame ${first} on`}`,
  );
}

const native = samplesOf(wav);
const { decodes, samples } = play();
report('with the module’s network', samples, native);

/** @type {Map<string, Float32Array>} */
const values = new Map();
for (const { key } of decodes) {
  if (values.has(key)) continue;
  const own = decodedBy(key);
  values.set(
    key,
    Float32Array.from(PARAMETERS, name => own[name]),
  );
}

/** The values that the native program decodes at a point. @param {string} key @returns {Record<string, number>} */
function decodedBy(key) {
  return JSON.parse(execFileSync(program, ['decode', '--', ...key.split(',')], { encoding: 'utf8' }));
}

const differences = decodes.map(own =>
  Math.max(...own.values.map((value, index) => Math.abs(value - (values.get(own.key)?.[index] ?? NaN)))),
);
console.log(
  `the first decode differs by ${differences[0]}, the farthest of ${decodes.length} by ${Math.max(...differences)}`,
);
report('with the values of the native network', play(values).samples, native);
