// The real worklet module in Node plays exactly the samples of native code. Native renders equal Debian's amSynth
// (crate/lab/reference), so the module does, too. Reads the module from WORKLET_WASM and the renders from the folder
// RENDERS: pairs of NAME.json, the 41 values by name as `latent-pad show` prints them, and NAME.wav, 32-bit float, as
// `latent-pad render` writes it. Tests all pairs; `./build.sh test` makes some.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { valuesOf } from './engines/jobs.mjs';
import { BLOCK_FRAMES, given, instrument, render, setPatch } from './instrument.mjs';
import { readWav } from './native-wav.mjs';
import { indexOf } from './parameters.mjs';

const KEY = 60;
const VELOCITY = 100;
/** The note-off of the native renders; see `latent-pad render --help`. */
const NOTE_OFF_FRAME = 88_192;

/**
 * The module's samples for one held note of a patch, interleaved.
 * @param {number[]} values
 * @param {number} frames
 */
function play(values, frames) {
  const wasm = instrument();
  setPatch(wasm, 0, values);
  wasm.note_on(0, KEY, VELOCITY);
  return render(wasm, frames, block => {
    if (block * BLOCK_FRAMES === NOTE_OFF_FRAME) wasm.note_off(0, KEY);
  });
}

/**
 * A message if any bit differs, else nothing.
 * @param {Float32Array} wasm
 * @param {Float32Array} native
 */
function difference(wasm, native) {
  const bits = new Uint32Array(native.buffer);
  const differs = Array.from(new Uint32Array(wasm.buffer), (sample, index) => sample !== bits[index]);
  const first = differs.indexOf(true);
  if (first < 0) return '';
  const energy = native.reduce((sum, sample) => sum + sample * sample, 0);
  const error = native.reduce((sum, sample, index) => sum + (sample - wasm[index]) ** 2, 0);
  const count = differs.filter(Boolean).length;
  const level_db = (10 * Math.log10(error / energy)).toFixed(1);
  return `${count} samples differ, from frame ${first >> 1} on, ${level_db} dB`;
}

const renders = readdirSync(given('RENDERS'))
  .filter(name => name.endsWith('.json'))
  .sort();

test('there are native renders to compare with', () => {
  assert.ok(renders.length > 0);
});

for (const name of renders) {
  test(`${name} has the samples of the native render`, () => {
    const path = join(given('RENDERS'), name);
    const native = readWav(path.replace(/json$/, 'wav'));
    const wasm = play(valuesOf(path), native.length / 2);
    assert.equal(difference(wasm, native), '');
  });
}

test('a changed value is detected', () => {
  const path = join(given('RENDERS'), renders[0]);
  const values = valuesOf(path);
  const native = readWav(path.replace(/json$/, 'wav'));
  values[indexOf('master_vol')] *= 1 + 1e-6;
  assert.match(difference(play(values, native.length / 2), native), /samples differ/);
});
