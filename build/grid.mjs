// Decodes a grid of points with the built site's own module and writes FOLDER/grid.bin, the fallback grid that sounds
// while the decoder network loads (crate/plane/src/grid.rs reads it). usage: node grid.mjs FOLDER.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLOCK_FRAMES, LATENT_LIMIT, PARAMETER_COUNT } from '../target/site/protocol.js';
import { encodePresets } from './presets.mjs';

// 9 x 9 points at whole numbers: 7 kB to load, and no point of the plane is farther than 0.7 from a grid point.
const SIDE = 9;
// The patches do not depend on the sample rate.
const SAMPLE_RATE_HZ = 48_000;

const folder = process.argv[2];
const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'worklet.wasm')), {});
/** @typedef {(...numbers: number[]) => number} Export */
const wasm = /** @type {Record<'create' | 'buffer' | 'load_decoder' | 'move_to' | 'render' | 'patch', Export>
  & { memory: WebAssembly.Memory }} */ (/** @type {unknown} */ (instance.exports));

const decoder = readFileSync(join(folder, 'decoder.onnx'));
wasm.create(SAMPLE_RATE_HZ);
const room = wasm.buffer(decoder.length);
new Uint8Array(wasm.memory.buffer, room, decoder.length).set(decoder);
if (wasm.load_decoder(decoder.length) !== 0) throw new Error('the module refuses decoder.onnx');

const step = (2 * LATENT_LIMIT) / (SIDE - 1);
const patches = Array.from({ length: SIDE * SIDE }, (_, row) => {
  wasm.move_to(0, (row % SIDE) * step - LATENT_LIMIT, Math.floor(row / SIDE) * step - LATENT_LIMIT);
  if (wasm.render(BLOCK_FRAMES) !== 0) throw new Error(`the decoder fails at point ${row} of the grid`);
  const values = wasm.patch(0);
  return new Float32Array(wasm.memory.buffer, values, PARAMETER_COUNT).slice();
});

writeFileSync(join(folder, 'grid.bin'), encodePresets(patches));
