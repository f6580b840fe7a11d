// The module of “From sounds…” gives the sounds of the command: a chord and a note through textures and through
// strings. Reads the native renders from the folder RENDERS (build/suites.sh);
// the module and the models lie beside WORKLET_WASM.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { initSync, ToneTransform } from '../target/site/tone_transforms.js';
import { given } from './instrument.mjs';
import { readWav } from './native-wav.mjs';

const RATE_HZ = 44_100;
/** As build/suites.sh gives them to the command. */
const STRENGTH = 0.9;
const CURVE = [0, 1.2, 0.5];
/**
 * The greatest difference of the module's samples from the command's, in decibels: functions such as log are rounded
 * differently. Reconstructed phases (RTPGHI) are sensitive to the order of nearly equal bins, so that a transfer to
 * textures differs more.
 */
const ROUNDING_DB = /** @type {const} */ ({ textures: -25, strings: -60 });

const site = dirname(given('WORKLET_WASM'));
const renders = join(given('RENDERS'), 'timbre');

initSync({ module: readFileSync(join(site, 'tone_transforms_bg.wasm')) });

/** A sound as the command reads it, mixed to one channel. @param {string} name */
function mixed(name) {
  const both = readWav(join(renders, `${name}.wav`));
  return Float32Array.from({ length: both.length / 2 }, (_, frame) => (both[2 * frame] + both[2 * frame + 1]) / 2);
}

/** @param {keyof typeof ROUNDING_DB} domain @param {string} what @param {Float32Array} found */
function likeNative(domain, what, found) {
  const native = readWav(join(renders, `${domain}-${what}.wav`));
  assert.equal(found.length, native.length);
  const energy = native.reduce((sum, sample) => sum + sample * sample, 0);
  assert.ok(energy / native.length > 1e-5, 'it is to be heard');
  const error = native.reduce((sum, sample, frame) => sum + (sample - found[frame]) ** 2, 0);
  const error_db = 10 * Math.log10(error / energy);
  assert.ok(error_db < ROUNDING_DB[domain], `${what}: ${error_db.toFixed(1)} dB from the command’s`);
}

// Strings are given a note: a chord has no single pitch, and the pitch that is found may depend on the last bit of a
// spectrum.
for (const [domain, sound] of /** @type {const} */ ([
  ['textures', 'chord'],
  ['strings', 'note'],
])) {
  test(`a transfer to ${domain}, and a sound between two, are those of the command`, () => {
    const model = new ToneTransform(readFileSync(join(site, 'timbre', `${domain}.frames`)));
    const [chord, note] = [mixed('chord'), mixed('note')];
    likeNative(domain, 'transfer', model.transfer(mixed(sound), RATE_HZ, STRENGTH));
    const [a, b] = [chord, note].map(sound => model.encode(sound, RATE_HZ));
    likeNative(domain, 'between', model.between(a, b, Float32Array.from(CURVE), false, RATE_HZ).samples());
  });
}

test('textures have no tone of a key', () => {
  const model = new ToneTransform(readFileSync(join(site, 'timbre', 'textures.frames')));
  assert.throws(() => model.tone(0, 0, 60), /failed/);
});
