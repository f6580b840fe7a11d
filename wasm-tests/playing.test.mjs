// Arpeggio, recording of the recent sound, voice limit and Scala tunings of the real worklet module. Reads WORKLET_WASM
// and DECODER_ONNX; `./build.sh test` sets both. Takes about 2 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexOf } from './parameters.mjs';
import {
  BLOCK_FRAMES,
  SAMPLE_RATE_HZ,
  errorOf,
  instrument,
  loaded,
  render,
  rms,
  setPatch,
  patchOf,
} from './instrument.mjs';

/** @typedef {import('./instrument.mjs').Exports} Exports */

const OFF = 0;
const UP = 1;
const CHORD = 4;

/**
 * Sets a tuning from the texts of two files.
 * @param {Exports} wasm
 */
function tune(wasm, scale = '', map = '') {
  const bytes = new TextEncoder().encode(scale + map);
  const pointer = wasm.buffer(bytes.length);
  new Uint8Array(wasm.memory.buffer, pointer, bytes.length).set(bytes);
  return wasm.set_tuning(scale.length, map.length);
}

/**
 * The recording of the last seconds, interleaved, read one piece after each quantum while playing continues.
 * @param {Exports} wasm
 * @param {number} seconds
 */
function recall(wasm, seconds) {
  const count = wasm.recall(seconds);
  /** @type {number[]} */
  const samples = [];
  for (let piece = 0; piece < count; piece++) {
    render(wasm, 2 * BLOCK_FRAMES);
    const frames = wasm.next_piece();
    const left = new Float32Array(wasm.memory.buffer, wasm.piece_left(), frames);
    const right = new Float32Array(wasm.memory.buffer, wasm.piece_right(), frames);
    for (let frame = 0; frame < frames; frame++) samples.push(left[frame], right[frame]);
  }
  assert.equal(wasm.next_piece(), 0);
  return Float32Array.from(samples);
}

test('the arpeggio equals the same keys played by hand, exact to the frame', () => {
  const wasm = loaded();
  const hands = loaded();
  const speed_hz = 7;
  const gate = 0.5;
  const keys = [60, 64, 67];
  for (const one of [wasm, hands]) {
    one.move_to(0, 1.5, -0.5);
    one.render(BLOCK_FRAMES);
  }
  wasm.arpeggio(UP, speed_hz, gate);
  for (const key of [67, 60, 64]) wasm.note_on(0, key, 100);
  const frames = SAMPLE_RATE_HZ;
  const heard = render(wasm, frames);
  // The same keys by hand: blocks end at each event, as in amSynth.
  const step = SAMPLE_RATE_HZ / speed_hz;
  const events = Array.from({ length: speed_hz }, (_, number) => [
    { frame: Math.floor(number * step), key: keys[number % 3], velocity: 100 },
    { frame: Math.floor((number + gate) * step), key: keys[number % 3], velocity: 0 },
  ]).flat();
  const expected = new Float32Array(2 * frames);
  for (let frame = 0, next = 0; frame < frames; ) {
    while (next < events.length && events[next].frame <= frame) {
      hands.note_on(0, events[next].key, events[next].velocity);
      next++;
    }
    const end = Math.min(frames, (Math.floor(frame / BLOCK_FRAMES) + 1) * BLOCK_FRAMES, events[next]?.frame ?? frames);
    expected.set(render(hands, end - frame), 2 * frame);
    frame = end;
  }
  assert.ok(rms(heard) > 1e-3);
  assert.deepEqual(heard, expected);
});

test('the arpeggio ends with the last key, and all-sound-off ends it at once', () => {
  for (const end of [
    (/** @type {Exports} */ wasm) => wasm.note_off(0, 60),
    (/** @type {Exports} */ wasm) => wasm.all_sound_off(),
    (/** @type {Exports} */ wasm) => wasm.control_change(0, 123, 0),
  ]) {
    const wasm = instrument();
    wasm.arpeggio(CHORD, 20, 0.5);
    wasm.note_on(0, 60, 100);
    render(wasm, SAMPLE_RATE_HZ / 2);
    end(wasm);
    render(wasm, SAMPLE_RATE_HZ);
    assert.equal(wasm.active_voices(), 0);
    assert.ok(rms(render(wasm, SAMPLE_RATE_HZ)) < 1e-5);
  }
});

test('the second finger has an arpeggio, too, which continues when the first one lifts', () => {
  const wasm = loaded();
  // Without a release, the note of a step has ended at the next step.
  for (const part of [0, 2])
    setPatch(
      wasm,
      part,
      patchOf(wasm).map((value, index) => (index === indexOf('amp_release') ? 0 : value)),
    );
  wasm.arpeggio(UP, 10, 0.5);
  const chord = [60, 64, 67, 72];
  for (const key of chord) wasm.note_on(0, key, 100);
  render(wasm, SAMPLE_RATE_HZ / 8);
  for (const key of chord) wasm.note_on(2, key, 100);
  let most = 0;
  render(wasm, SAMPLE_RATE_HZ, () => {
    most = Math.max(most, wasm.active_voices());
  });
  assert.equal(most, 2, 'one key of each finger');
  for (const key of chord) wasm.note_off(0, key);
  const steps = render(wasm, 2 * SAMPLE_RATE_HZ).slice(SAMPLE_RATE_HZ);
  assert.ok(rms(steps) > 1e-3, 'it plays on');
});

test('playing arpeggios allocates nothing, and held keys sound when it is switched off', () => {
  const wasm = loaded();
  wasm.arpeggio(UP, 13.7, 0.9);
  wasm.note_on(2, 60, 100);
  for (const key of [50, 57, 66]) wasm.note_on(0, key, 100);
  render(wasm, BLOCK_FRAMES);
  const before = wasm.allocations();
  render(wasm, 5 * SAMPLE_RATE_HZ, block => {
    if (block === 1000) wasm.arpeggio(CHORD, 3, 0.1);
    if (block === 2000) wasm.arpeggio(OFF, 3, 0.1);
  });
  assert.equal(wasm.allocations() - before, 0);
  assert.equal(wasm.active_voices(), 4, 'held keys and the other finger');
});

test('the recording has exactly the recent samples, while playing continues', () => {
  const wasm = instrument();
  assert.equal(wasm.recall(30), 0);
  render(wasm, SAMPLE_RATE_HZ);
  assert.equal(wasm.recall(30), 0, 'silence before the first note');
  wasm.note_on(0, 60, 100);
  const played = render(wasm, 3 * SAMPLE_RATE_HZ, block => wasm.note_on(block % 5, 40 + (block % 30), block % 128));
  const before = wasm.allocations();
  const last = recall(wasm, 2);
  assert.equal(wasm.allocations() - before, 0);
  assert.equal(last.length, 2 * 2 * SAMPLE_RATE_HZ);
  assert.ok(rms(last) > 0.01);
  assert.deepEqual(last, played.subarray(-last.length));
  for (const seconds of [0, -1, NaN]) assert.equal(wasm.recall(seconds), 0);
});

test('the recording of a long performance has its last thirty seconds, and memory never grows', () => {
  const wasm = instrument();
  const bytes = wasm.memory.buffer.byteLength;
  setPatch(wasm, 0, patchOf(wasm));
  wasm.note_on(0, 60, 100);
  const played = render(wasm, 50 * SAMPLE_RATE_HZ);
  const last = recall(wasm, 1e9);
  assert.equal(last.length, 2 * 30 * SAMPLE_RATE_HZ);
  assert.ok(Buffer.from(last.buffer).equals(Buffer.from(played.slice(-last.length).buffer)));
  assert.equal(wasm.memory.buffer.byteLength, bytes);
});

test('the voice limit applies to every part', () => {
  const wasm = instrument();
  wasm.voice_limit(2);
  for (const part of [0, 3]) [60, 62, 64, 65].forEach(key => wasm.note_on(part, key, 100));
  render(wasm, BLOCK_FRAMES);
  assert.equal(wasm.active_voices(), 4);
  wasm.voice_limit(0);
  [60, 62, 64, 65].forEach(key => wasm.note_on(3, key, 100));
  render(wasm, BLOCK_FRAMES);
  assert.equal(wasm.active_voices(), 6);
});

test('Scala files tune all parts; a faulty file gives an error message and changes nothing', () => {
  const sound = (/** @type {Exports} */ wasm, /** @type {number} */ key, part = 0) => {
    wasm.note_on(part, key, 100);
    return render(wasm, SAMPLE_RATE_HZ / 10);
  };
  const octaves = 'every key an octave\n1\n2/1\n';
  const from_a4 = '0\n0\n127\n69\n69\n440.0\n1\n';
  const expected = sound(instrument(), 81);
  for (const part of [0, 4]) {
    const wasm = instrument();
    assert.equal(tune(wasm, octaves, from_a4), 0, errorOf(wasm));
    for (const [scale, map, words] of [
      ['no scale', '', /^the scale \(\.scl\) cannot be used: line 2: expected the number of notes/],
      [octaves, 'x', /^the keyboard map \(\.kbm\) cannot be used: line 1/],
      ['\0'.repeat(70_000), '', /^the scale \(\.scl\) cannot be used: .*65536 bytes/],
    ]) {
      assert.equal(tune(wasm, String(scale), String(map)), 1);
      assert.match(errorOf(wasm), /** @type {RegExp} */ (words));
    }
    assert.deepEqual(sound(wasm, 70, part), expected);
    wasm.all_sound_off();
  }
  const wasm = instrument();
  assert.equal(tune(wasm, octaves, from_a4), 0);
  assert.equal(tune(wasm), 0);
  assert.deepEqual(sound(wasm, 81), expected);
});
