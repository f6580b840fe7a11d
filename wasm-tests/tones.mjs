// The processor with a domain of tones, and measures of its sound, for the tests of tones in the real modules. Reads
// WORKLET_WASM, beside which tone-source.wasm and the models are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMMAND } from '../target/site/protocol.js';
import { toneModule } from './instrument.mjs';
import { decoder, make, module, network, play } from './processor.mjs';

export const RATE_HZ = 48_000;
const folder = dirname(process.env.WORKLET_WASM ?? '');
export const model = (/** @type {string} */ domain) =>
  Uint8Array.from(readFileSync(join(folder, 'timbre', `${domain}.frames`)));

/** The left channel of a number of quanta. */
export function sound(/** @type {any} */ processor, quanta = 100, at = {}) {
  const samples = new Float32Array(128 * quanta);
  for (let quantum = 0; quantum < quanta; quantum++) samples.set(play(processor, at)[0], 128 * quantum);
  return samples;
}

/** The share of a frequency in the samples, 0…1. @param {Float32Array} samples @param {number} frequency_hz */
export function share(samples, frequency_hz) {
  let [re, im, power] = [0, 0, 0];
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * frequency_hz * index) / RATE_HZ;
    re += sample * Math.cos(angle);
    im += sample * Math.sin(angle);
    power += sample * sample;
  });
  return (2 * (re * re + im * im)) / (power * samples.length);
}

/** @param {import('./processor.mjs').Message[]} posted @param {boolean} domain */
export function answered(posted, domain) {
  // Another scope has other constructors.
  assert.deepEqual({ ...posted.at(-1) }, { type: 'source', domain });
}

export function chosen(domain = 'strings') {
  const made = make({ module, network, decoder });
  made.say([COMMAND.SOUND_SOURCE, model(domain), toneModule, 1]);
  answered(made.posted, true);
  return made;
}
