// Decodes a grid of points with the built site's own module and writes FOLDER/grid.bin, the fallback grid that sounds
// while the decoder network loads (crate/plane/plane/src/grid.rs reads it). usage: node grid.mjs FOLDER.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LATENT_LIMIT, PARAMETER_COUNT } from '../target/site/protocol.js';
import { encodePresets } from './presets.mjs';

// 9 x 9 points at whole numbers: 7 kB to load, and no point of the plane is farther than 0.7 from a grid point.
const SIDE = 9;
const folder = process.argv[2];
const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'decoder.wasm')), {});
const network = /** @type {import('../crate/wasm/decoder/exports.d.ts').DecoderExports} */ (
  /** @type {unknown} */ (instance.exports)
);

const decoder = readFileSync(join(folder, 'decoder.onnx'));
const room = network.buffer(decoder.length);
new Uint8Array(network.memory.buffer, room, decoder.length).set(decoder);
if (network.load(decoder.length) !== 0) throw new Error('the module refuses decoder.onnx');

const step = (2 * LATENT_LIMIT) / (SIDE - 1);
const patches = Array.from({ length: SIDE * SIDE }, (_, row) => {
  const [x, y] = [(row % SIDE) * step - LATENT_LIMIT, Math.floor(row / SIDE) * step - LATENT_LIMIT];
  if (network.decode(x, y) !== 0) throw new Error(`the decoder fails at point ${row} of the grid`);
  return new Float32Array(network.memory.buffer, network.values(), PARAMETER_COUNT).slice();
});

writeFileSync(join(folder, 'grid.bin'), encodePresets(patches));
