// Times the module in Node against native code doing the same work by turns, a reverb tail against a minute of sound, a
// search of the analysis module, and the module of tones. usage: node benchmark.mjs, after `./build.sh build`. Reads
// WORKLET_WASM, else dist/worklet.wasm. Under 1 min.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AnalysisWorker, initSync } from '../target/site/analysis.js';
import { tone } from './browser/wav.mjs';
import { indexOf } from './parameters.mjs';

process.env.WORKLET_WASM ??= fileURLToPath(new URL('../dist/worklet.wasm', import.meta.url));
const { BLOCK_FRAMES, instrument, setPatch, patchOf, toneModule } = await import('./instrument.mjs');

/** The tasks, rounds and slices of crate/sound/voice/benches/work.rs. */
const RATE_HZ = 48_000;
const ROUNDS = 5;
const SLICES = 93;
const BLOCKS_PER_SLICE = 8;
const TURNS = 3;
const BUSY = {
  osc1_waveform: 1,
  osc2_waveform: 3,
  distortion_crunch: 0.5,
  reverb_wet: 0.5,
  freq_mod_amount: 0.3,
  filter_mod_amount: 0.3,
};
const TAIL = {
  osc1_waveform: 3,
  filter_cutoff: 0.5,
  filter_resonance: 0.9,
  reverb_wet: 0.8,
  reverb_roomsize: 1,
  amp_release: 2.5,
};

/**
 * An instrument that plays the default patch with some values changed.
 * @param {Record<string, number>} values
 * @param {number} voices
 */
function playing(values, voices) {
  const wasm = instrument(RATE_HZ);
  const patch = patchOf(wasm);
  for (const [name, value] of Object.entries(values)) patch[indexOf(name)] = value;
  setPatch(wasm, 0, patch);
  for (let voice = 0; voice < voices; voice++) wasm.note_on(0, 36 + voice, 100);
  return wasm;
}

/** Microseconds per block. @param {Record<string, number>} values @param {number} voices */
function held(values, voices) {
  const least = new Array(SLICES).fill(Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    const wasm = playing(values, voices);
    for (let slice = 0; slice < SLICES; slice++) {
      const start_ms = performance.now();
      for (let block = 0; block < BLOCKS_PER_SLICE; block++) wasm.render(BLOCK_FRAMES);
      least[slice] = Math.min(least[slice], performance.now() - start_ms);
    }
  }
  return (1000 * least.reduce((sum, ms) => sum + ms, 0)) / (SLICES * BLOCKS_PER_SLICE);
}

/** Seconds to render a minute of noise with a large reverb, and the minute of tail after it. */
function minutes() {
  const wasm = playing(TAIL, 4);
  return [false, true].map(tail => {
    if (tail) for (let key = 0; key < 128; key++) wasm.note_off(0, key);
    const start_ms = performance.now();
    for (let frame = 0; frame < 60 * RATE_HZ; frame += BLOCK_FRAMES) wasm.render(BLOCK_FRAMES);
    return (performance.now() - start_ms) / 1000;
  });
}

/** Microseconds per block by task. @returns {Record<string, number>} */
function native() {
  const words = ['bench', '--quiet', '--locked', '-p', 'voice', '--bench', 'work'];
  const lines = execFileSync('cargo', words, { encoding: 'utf8' }).trim().split('\n');
  return Object.fromEntries(lines.map(line => line.split(': ')).map(([task, time]) => [task, parseFloat(time)]));
}

/** @type {[string, Record<string, number>, number][]} */
const tasks = [
  ['1 held voices', {}, 1],
  ['4 held voices', {}, 4],
  ['16 held voices', {}, 16],
  ['64 held voices', {}, 64],
  ['16 voices with all effects', BUSY, 16],
];
/** @type {Record<string, { native: number, wasm: number }>} */
const least = Object.fromEntries(tasks.map(([task]) => [task, { native: Infinity, wasm: Infinity }]));
for (let turn = 0; turn < TURNS; turn++) {
  const times = native();
  for (const [task, values, voices] of tasks) {
    least[task].native = Math.min(least[task].native, times[task]);
    least[task].wasm = Math.min(least[task].wasm, held(values, voices));
  }
}
console.log('\nµs per block of 64 frames     native       wasm    wasm / native');
for (const [task] of tasks) {
  const { native, wasm } = least[task];
  console.log(
    `${task.padEnd(28)}${native.toFixed(2).padStart(8)}${wasm.toFixed(2).padStart(11)}${(wasm / native).toFixed(2).padStart(17)}`,
  );
}
const [noise_s, tail_s] = minutes();
console.log(`wasm: 60 s of tail against 60 s of noise: ${(tail_s / noise_s).toFixed(2)}`);

/** Renders of a search for a sound of four seconds, and its sample rate. */
const SEARCHED = 450;
const SOUND_HZ = 44_100;

/** Renders of four seconds a second, each compared with a sound. */
function searched() {
  const file = (/** @type {string} */ name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));
  initSync({ module: file('analysis_bg.wasm') });
  const worker = new AnalysisWorker();
  const plucked = tone(220);
  worker.load_sounds(file('preset_sounds.bin'), file('presets.bin'));
  worker.load_guesser(file('sound_to_patch.onnx'));
  const sound = Float32Array.from(
    { length: 4 * SOUND_HZ },
    (_, frame) => plucked(frame / SOUND_HZ) * Math.exp((-0.7 * frame) / SOUND_HZ),
  );
  worker.hear_target(sound, new Float32Array(), SOUND_HZ);
  const start_ms = performance.now();
  let [share] = worker.begin_strand(0, 1, SEARCHED, 0, new Uint8Array(), new Float32Array());
  while (share < 1) [share] = worker.step_strand(0);
  return (1000 * SEARCHED) / (performance.now() - start_ms);
}
const rates = Array.from({ length: TURNS }, searched);
console.log(`a search in the analysis module: ${Math.max(...rates).toFixed(0)} renders of 4 s a second`);

/**
 * Microseconds per block of tones whose points move, as in crate/tones/tone_voice/examples/listen.rs; 0 voices: of a
 * live sound.
 * @param {number} voices
 */
function tones(voices) {
  const wasm = /** @type {import('../crate/wasm/tone_source/exports.d.ts').ToneExports} */ (
    /** @type {unknown} */ (new WebAssembly.Instance(toneModule, {}).exports)
  );
  const model = readFileSync(new URL('../models/timbre/strings.frames', import.meta.url));
  wasm.create(RATE_HZ);
  const pointer = wasm.buffer(model.length);
  new Uint8Array(wasm.memory.buffer, pointer, model.length).set(model);
  if (wasm.load(model.length) !== 0) throw new Error('the model of strings does not load');
  for (let voice = 0; voice < voices; voice++) wasm.note(voice % 5, 48 + voice, 60);
  if (voices === 0) wasm.live(1);
  const times_us = Array.from({ length: 7_500 }, (_, block) => {
    for (let part = 0; part < 5; part++)
      wasm.point(part, 3 * Math.sin(0.01 * (block + part)), 3 * Math.cos(0.01 * (block + part)));
    const input = Float32Array.from(
      { length: BLOCK_FRAMES },
      (_, frame) => 0.4 * (((220 * (block * BLOCK_FRAMES + frame)) / RATE_HZ) % 1) - 0.2,
    );
    const start_ms = performance.now();
    new Float32Array(wasm.memory.buffer, wasm.input(), BLOCK_FRAMES).set(input);
    wasm.listen(BLOCK_FRAMES);
    wasm.render(BLOCK_FRAMES);
    return 1000 * (performance.now() - start_ms);
  });
  return {
    mean: times_us.reduce((sum, us) => sum + us, 0) / times_us.length,
    median: times_us.toSorted((a, b) => a - b)[times_us.length / 2],
  };
}
for (const voices of [0, 1, 8, 12]) {
  const { mean, median } = tones(voices);
  const sound = voices === 0 ? 'a live sound' : `voices: ${voices}`;
  console.log(`tones in wasm, ${sound}: median ${median.toFixed(0)} µs a block, mean ${mean.toFixed(0)} µs`);
}
