// The real analysis module in Node renders exactly the samples of native code: alone, and beside other patches in the lanes
// of its vectors. Reads the module beside WORKLET_WASM and the native renders as null.test.mjs does.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { AnalysisWorker, initSync } from '../target/site/analysis.js';
import { valuesOf } from './engines/jobs.mjs';
import { given } from './instrument.mjs';
import { readWav } from './native-wav.mjs';
import { indexOf } from './parameters.mjs';

initSync({ module: readFileSync(join(dirname(given('WORKLET_WASM')), 'analysis_bg.wasm')) });
const worker = new AnalysisWorker();

const paths = readdirSync(given('RENDERS')).filter(name => name.endsWith('.json')).sort().map(name => join(given('RENDERS'), name));

/** The mean of both channels. @param {Float32Array} stereo */
const mono = stereo => Float32Array.from({ length: stereo.length / 2 }, (_, frame) => Math.fround(0.5 * Math.fround(stereo[2 * frame] + stereo[2 * frame + 1])));

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
  const alone = patches.flatMap(values => [...worker.measure_properties(Float32Array.from(values))]);
  // Nine are a group of lanes, and a rest.
  for (const count of [4, 9]) {
    const together = worker.measure_properties(Float32Array.from(patches.slice(0, count).flat()));
    assert.deepEqual([...together], alone.slice(0, together.length), `${count} patches`);
    assert.equal(together.length, alone.length / patches.length * count);
  }
});
