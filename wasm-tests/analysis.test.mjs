// The real analysis module in Node renders exactly the samples of native code: alone, and beside other patches in the
// lanes of its vectors; and its sketches have the times of the recording. Reads the module beside WORKLET_WASM and the
// native renders as null.test.mjs does.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { AnalysisWorker, initSync } from '../target/site/analysis.js';
import { beats, hum, later } from './browser/wav.mjs';
import { valuesOf } from './engines/jobs.mjs';
import { given } from './instrument.mjs';
import { readWav } from './native-wav.mjs';
import { indexOf } from './parameters.mjs';

initSync({ module: readFileSync(join(dirname(given('WORKLET_WASM')), 'analysis_bg.wasm')) });
const worker = new AnalysisWorker();

const paths = readdirSync(given('RENDERS'))
  .filter(name => name.endsWith('.json'))
  .sort()
  .map(name => join(given('RENDERS'), name));

/** The mean of both channels. @param {Float32Array} stereo */
const mono = stereo =>
  Float32Array.from({ length: stereo.length / 2 }, (_, frame) =>
    Math.fround(0.5 * Math.fround(stereo[2 * frame] + stereo[2 * frame + 1])),
  );

test('a patch sounds as native code renders it', () => {
  assert.ok(paths.length > 0);
  for (const path of paths) {
    const native = worker.spectrogram(mono(readWav(path.replace(/json$/, 'wav'))));
    const values = valuesOf(path);
    assert.deepEqual(worker.patch_spectrogram(Float32Array.from(values)), native, path);
    values[indexOf('amp_attack')] += 0.3;
    assert.notDeepEqual(worker.patch_spectrogram(Float32Array.from(values)), native, `${path} with a slower attack`);
  }
});

test('patches side by side sound as each of them alone', () => {
  const patches = paths.map(path => valuesOf(path));
  const alone = patches.flatMap(values => [...worker.measure_properties(Float32Array.from(values), 60)]);
  // Nine are one full group of lanes and one patch more.
  for (const count of [4, 9]) {
    const together = worker.measure_properties(Float32Array.from(patches.slice(0, count).flat()), 60);
    assert.deepEqual([...together], alone.slice(0, together.length), `${count} patches`);
    assert.equal(together.length, (alone.length / patches.length) * count);
  }
});

const RATE_HZ = 44_100;
/** Ticks of a beat of half a second, as crate/listen/sketching writes its files. */
const TICKS = 960;

/** The samples of a WAV file of one channel, from a time on. @param {Buffer} file @param {number} lead_s */
function after(file, lead_s) {
  const sound = later(file, lead_s).subarray(44);
  return Float32Array.from({ length: sound.length / 2 }, (_, frame) => sound.readInt16LE(2 * frame) / 32_768);
}

/** The start of the first note in a MIDI file of one track, in seconds. @param {Uint8Array} midi */
function firstNote_s(midi) {
  let [at, ticks, status] = [22, 0, 0];
  const varint = () => {
    let value = 0;
    do value = (value << 7) | (midi[at] & 0x7f);
    while (midi[at++] & 0x80);
    return value;
  };
  for (;;) {
    ticks += varint();
    if (midi[at] & 0x80) status = midi[at++];
    if (status >> 4 === 9) return ticks / TICKS / 2;
    if (status === 0xff) {
      at++;
      const length = varint();
      at += length;
    } else {
      at += [0xc, 0xd].includes(status >> 4) ? 1 : 2;
    }
  }
}

test('the notes of a sketch are saved at the times of the recording, with the silence before its first sound', () => {
  const name = new TextEncoder().encode('hum');
  const saved = (/** @type {number} */ lead_s) => {
    worker.hear_target(after(hum(), lead_s), new Float32Array(), RATE_HZ);
    worker.begin_sketch(new Uint8Array(), Float32Array.from(valuesOf(paths[0])));
    worker.finish_sketch(Float32Array.from(valuesOf(paths[0])));
    const melody = firstNote_s(worker.sketch_midi(worker.sketch_performance(), name, 120));
    worker.hear_target(after(beats(0), lead_s), new Float32Array(), RATE_HZ);
    assert.ok(worker.begin_rhythm(4).length > 0);
    return [melody, firstNote_s(worker.rhythm_midi(name, 120))];
  };
  const soon_s = saved(0);
  saved(1.5).forEach((at_s, sketch) =>
    assert.ok(Math.abs(at_s - soon_s[sketch] - 1.5) < 0.01, `${at_s} s after ${soon_s[sketch]} s`),
  );
});
