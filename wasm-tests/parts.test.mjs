// Five fingers on the real worklet module in Node: each sounds as it would alone, with its own point, patch and keys.
// Reads WORKLET_WASM and DECODER_ONNX; `./build.sh test` sets both. Takes about 2 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BLOCK_FRAMES,
  PARTS,
  SAMPLE_RATE_HZ,
  errorOf,
  instrument,
  loadGrid,
  loaded,
  patchOf,
  render,
  rms,
  setPatch,
} from './instrument.mjs';
import { indexOf, PARAMETER_COUNT } from './parameters.mjs';

const POINTS = [
  [-2, 1],
  [2, -1],
  [0.5, 3],
  [-3, -3],
  [3.5, 2],
];
const KEYS = [48, 55, 60, 64, 67];
const SAW = 2;
const NOISE = 3;
const MASTER_VOLUME = indexOf('master_vol');
const KEYBOARD_MODE = indexOf('keyboard_mode');

/**
 * An instrument on which each of these parts plays its key at its point.
 * @param {number[]} parts
 * @param {number} volume
 */
function struck(parts, volume, keys = KEYS) {
  const wasm = loaded();
  wasm.hold_parameter(MASTER_VOLUME, volume);
  for (const part of parts) {
    wasm.move_to(part, POINTS[part][0], POINTS[part][1]);
    wasm.note_on(part, keys[part], 100);
  }
  return wasm;
}

test('five fingers sound as the sum of five single fingers, from the first frame on', () => {
  const alone = PARTS.map(part => render(struck([part], 0.05), SAMPLE_RATE_HZ / 2));
  const together = struck(PARTS, 0.05);
  const heard = render(together, SAMPLE_RATE_HZ / 2);
  assert.equal(together.active_voices(), 5);
  assert.ok(alone.every(samples => rms(samples) > 1e-5));
  const peak = heard.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  assert.ok(peak < 0.45, `${peak}: the limiter may be at work`);
  heard.forEach((sample, index) => {
    const sum = alone.reduce((sum, samples) => sum + samples[index], 0);
    assert.ok(Math.abs(sample - sum) < 1e-6, `${index}: ${sample}, ${sum}`);
  });
});

test('any part alone gives the same samples if no waveform is random', () => {
  const heard = PARTS.map(part => {
    const wasm = loaded();
    for (const name of ['osc1_waveform', 'osc2_waveform', 'lfo_waveform']) wasm.hold_parameter(indexOf(name), SAW);
    wasm.move_to(part, 1, -2);
    wasm.note_on(part, 60, 100);
    return render(wasm, SAMPLE_RATE_HZ / 4);
  });
  assert.ok(rms(heard[0]) > 1e-3);
  for (const samples of heard) assert.deepEqual(samples, heard[0]);
});

test('the noises of two fingers are independent', () => {
  const hiss = (/** @type {number[]} */ parts) => {
    const wasm = instrument();
    wasm.hold_parameter(MASTER_VOLUME, 0.1);
    wasm.hold_parameter(indexOf('osc_mix'), -1);
    wasm.hold_parameter(indexOf('osc1_waveform'), NOISE);
    for (const part of parts) wasm.note_on(part, 60, 100);
    return rms(render(wasm, SAMPLE_RATE_HZ / 2));
  };
  const gain_db = 20 * Math.log10(hiss([1, 2]) / hiss([1]));
  assert.ok(gain_db > 2.5 && gain_db < 3.5, `two are louder than one by ${gain_db} dB`);
});

test('five moving fingers cost two decodes per block, and each patch arrives within three blocks', () => {
  const wasm = loaded();
  const decodes = () => PARTS.reduce((sum, part) => sum + wasm.patch_revision(part), 0);
  for (let step = 0; step < 30; step++) {
    const before = decodes();
    const revisions = PARTS.map(part => wasm.patch_revision(part));
    for (let block = 1; block <= 3; block++) {
      PARTS.forEach(part => wasm.move_to(part, Math.cos(3 * step + block + part), Math.sin(step + block + part)));
      render(wasm, BLOCK_FRAMES);
      assert.ok(decodes() - before <= 2 * block, `${decodes() - before} decodes in ${block} blocks`);
    }
    PARTS.forEach(part => assert.ok(wasm.patch_revision(part) > revisions[part], `part ${part} waits in step ${step}`));
  }
  for (const part of PARTS) wasm.move_to(part, POINTS[part][0], POINTS[part][1]);
  render(wasm, 3 * BLOCK_FRAMES);
  for (const part of PARTS) {
    const alone = struck([part], 1);
    alone.hold_parameter(MASTER_VOLUME, NaN);
    render(alone, BLOCK_FRAMES);
    assert.deepEqual(patchOf(wasm, part), patchOf(alone, part));
    assert.deepEqual([wasm.patch_x(part), wasm.patch_y(part)], POINTS[part]);
  }
});

test('one moving finger is decoded in every block', () => {
  const wasm = loaded();
  for (let block = 1; block <= 20; block++) {
    wasm.move_to(3, block / 10, 0);
    render(wasm, BLOCK_FRAMES);
    assert.equal(wasm.patch_revision(3), 1 + block);
  }
});

test('the shortest tap of any finger sounds and ends', () => {
  for (const part of PARTS) {
    const wasm = struck([part], 0.8);
    wasm.note_off(part, KEYS[part]);
    assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 50)) > 1e-4, `part ${part}`);
    // The release of a patch may take many seconds.
    setPatch(wasm, part, patchOf(loaded()));
    render(wasm, 2 * SAMPLE_RATE_HZ);
    assert.equal(wasm.active_voices(), 0, `part ${part}`);
  }
});

test('silence ends all fingers at once', () => {
  const wasm = struck(PARTS, 0.8);
  const loudness = rms(render(wasm, SAMPLE_RATE_HZ / 10));
  wasm.all_sound_off();
  render(wasm, SAMPLE_RATE_HZ / 50);
  // The reverb's filters keep one frame each, as in amSynth.
  assert.ok(loudness > 0.01 && rms(render(wasm, SAMPLE_RATE_HZ / 10)) < loudness / 100);
  assert.equal(wasm.active_voices(), 0);
});

test('a given patch is played as it is, wherever points move, until it is taken back', () => {
  const wasm = loaded();
  for (const part of [0, 2]) wasm.move_to(part, 3, -2);
  render(wasm, 5 * BLOCK_FRAMES);
  const given = patchOf(wasm, 2);
  assert.notDeepEqual(given, patchOf(wasm, 1));
  setPatch(wasm, 1, given);
  for (const [part, x] of [
    [1, 1],
    [0, 1],
    [1, 2],
    [1, 3],
  ]) {
    wasm.automate(part, x, -2);
    wasm.move_to(part, x, 1);
    render(wasm, 5 * BLOCK_FRAMES);
    assert.deepEqual(patchOf(wasm, 1), given, `part ${part} at ${x}`);
  }
  wasm.take_patch_back(1);
  wasm.take_patch_back(5);
  wasm.move_to(0, 3, 1);
  render(wasm, BLOCK_FRAMES);
  assert.deepEqual(patchOf(wasm, 1), patchOf(wasm, 0));
});

test('a given patch and its point take effect in the same block', () => {
  const wasm = loaded();
  const given = patchOf(wasm);
  given[MASTER_VOLUME] = 0.125;
  setPatch(wasm, 0, given, [1.5, 2.5]);
  render(wasm, BLOCK_FRAMES);
  assert.deepEqual([patchOf(wasm), wasm.patch_x(0), wasm.patch_y(0)], [given, 1.5, 2.5]);
  wasm.take_patch_back(0);
  wasm.move_to(1, 1.5, 2.5);
  render(wasm, BLOCK_FRAMES);
  assert.deepEqual(patchOf(wasm), patchOf(wasm, 1), 'it is decoded at the point that came with the patch');
});

test('five fingers on the grid play its patches in the block of their notes and allocate nothing', () => {
  const wasm = instrument();
  const patches = Array.from({ length: 9 }, (_, row) => {
    const values = patchOf(wasm);
    values[MASTER_VOLUME] = row / 16;
    return values;
  });
  assert.equal(loadGrid(wasm, patches), 0);
  render(wasm, 5 * BLOCK_FRAMES);
  const bytes = wasm.memory.buffer.byteLength;
  const before = wasm.allocations();
  render(wasm, 10_000 * BLOCK_FRAMES, block => {
    const part = block % 5;
    PARTS.forEach(part => wasm.automate(part, 4 * Math.cos(block / 30 + part), 4 * Math.sin(block / 50 + part)));
    if (block % 50 === part) wasm.note_on(part, 36 + (block % 48), 100);
    if (block % 50 === 40 + part) for (let key = 36; key < 84; key++) wasm.note_off(part, key);
  });
  assert.equal(wasm.allocations() - before, 0);
  assert.equal(wasm.memory.buffer.byteLength, bytes);
  PARTS.forEach(part => {
    wasm.move_to(part, 4, 4);
    wasm.note_on(part, 60, 100);
  });
  render(wasm, BLOCK_FRAMES);
  for (const part of PARTS) assert.equal(patchOf(wasm, part)[MASTER_VOLUME], 8 / 16);
});

test('a parameter override applies to every patch until it is released', () => {
  const wasm = loaded();
  const decoded = patchOf(wasm, 4)[KEYBOARD_MODE];
  const held = decoded === 2 ? 1 : 2;
  wasm.hold_parameter(KEYBOARD_MODE, held);
  const modes = () => PARTS.map(part => patchOf(wasm, part)[KEYBOARD_MODE]);
  assert.deepEqual(
    modes(),
    PARTS.map(() => held),
  );
  PARTS.forEach(part => wasm.move_to(part, 1, part / 2));
  setPatch(wasm, 3, patchOf(loaded()));
  wasm.set_parameter(2, KEYBOARD_MODE, decoded);
  render(wasm, 5 * BLOCK_FRAMES);
  assert.deepEqual(
    modes(),
    PARTS.map(() => held),
  );
  wasm.hold_parameter(KEYBOARD_MODE, NaN);
  const fresh = loaded();
  PARTS.forEach(part => fresh.move_to(part, 1, part / 2));
  render(fresh, 5 * BLOCK_FRAMES);
  for (const part of [0, 1, 4]) assert.deepEqual(patchOf(wasm, part), patchOf(fresh, part));
});

test('without overrides a part reports the patch of its point', () => {
  const [wasm, fresh] = [loaded(), loaded()];
  wasm.hold_parameter(MASTER_VOLUME, 0.1);
  for (const each of [wasm, fresh]) {
    each.move_to(1, 2, -1);
    render(each, BLOCK_FRAMES);
  }
  assert.equal(patchOf(wasm, 1)[MASTER_VOLUME], Math.fround(0.1));
  const source = Array.from(new Float32Array(wasm.memory.buffer, wasm.source_patch(1), PARAMETER_COUNT));
  assert.deepEqual(source, Array.from(patchOf(fresh, 1)));
  assert.equal(wasm.source_patch(15), 0);
});

test('a part with infinite samples is reported once and reset alone; the others play on', () => {
  const [wasm, other] = [struck([0], 0.05), struck([0], 0.05)];
  const wild = patchOf(loaded());
  // Noise at full depth on a resonating filter in blocks of four frames: amSynth's filter becomes unstable, too.
  for (const [name, value] of /** @type {const} */ ([
    ['filter_type', 0],
    ['filter_slope', 1],
    ['filter_resonance', 0.97],
    ['filter_cutoff', 1.5],
    ['filter_env_amount', 16],
    ['filter_mod_amount', 1],
    ['lfo_waveform', 3],
    ['lfo_freq', 7.5],
  ]))
    wild[indexOf(name)] = value;
  setPatch(wasm, 1, wild);
  wasm.note_on(1, 60, 127);
  let broken = 0;
  for (let block = 0; block < 12_000; block++) {
    const outcome = wasm.render(4);
    other.render(4);
    const left = new Float32Array(wasm.memory.buffer, wasm.left(), 4);
    assert.ok(left.every(Number.isFinite));
    if (outcome === 0) continue;
    assert.equal(outcome, 2);
    assert.equal(errorOf(wasm), 'a sound became infinite and was reset; play on');
    broken++;
  }
  assert.equal(broken, 1);
  assert.equal(wasm.active_voices(), 1, 'part 0 plays on');
  // The common limiter has released by now, so part 0 plays as if nothing had happened.
  render(wasm, 2 * SAMPLE_RATE_HZ);
  render(other, 2 * SAMPLE_RATE_HZ);
  assert.deepEqual(render(wasm, 640), render(other, 640));
  setPatch(wasm, 1, patchOf(loaded()));
  wasm.note_on(1, 60, 127);
  assert.equal(wasm.render(BLOCK_FRAMES), 0);
  assert.equal(wasm.active_voices(), 2);
});

test('ten thousand blocks of five resting fingers allocate nothing, and of five moving fingers grow no memory', () => {
  const wasm = struck(PARTS, 0.5);
  render(wasm, 5 * BLOCK_FRAMES);
  const bytes = wasm.memory.buffer.byteLength;
  const before = wasm.allocations();
  const play = (/** @type {number} */ block) => {
    const part = block % 5;
    if (block % 50 === 0) wasm.note_on(part, 36 + (block % 48), 100);
    if (block % 50 === 40) for (let key = 36; key < 84; key++) wasm.note_off(part, key);
    if (block % 70 === 0) wasm.pitch_bend(part, block);
    if (block % 90 === 0) wasm.control_change(part, 64, block % 128);
    if (block % 110 === 0) wasm.set_parameter(part, block % PARAMETER_COUNT, 0.5);
    if (block % 120 === 0) wasm.hold_parameter(block % PARAMETER_COUNT, block % 240 === 0 ? 0.5 : NaN);
    if (block % 130 === 0) setPatch(wasm, part, patchOf(wasm, (part + 1) % 5));
  };
  render(wasm, 10_000 * BLOCK_FRAMES, play);
  assert.equal(wasm.allocations() - before, 0);
  render(wasm, 10_000 * BLOCK_FRAMES, block => {
    play(block);
    PARTS.forEach(part => wasm.move_to(part, 4 * Math.cos(block / 30 + part), 4 * Math.sin(block / 50 + part)));
  });
  assert.equal(wasm.memory.buffer.byteLength, bytes);
});
