// Sounds and levels of paths, and the transport, through the built worklet.js with the real module. Reads WORKLET_WASM
// and DECODER_ONNX; `./build.sh test` sets them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { COMMAND } from '../target/site/protocol.js';
import { indexOf, PARAMETER_COUNT } from './parameters.mjs';
import { decoder, loud, make, module, network, play, toneModule } from './processor.mjs';

const { HOLD_PARAMETER, PLAY_PATH, PATH_SOUND, PATH_GAIN, LOAD_TONES, TRANSPORT } = COMMAND;
const CUTOFF = indexOf('filter_cutoff');

/** A path of one finger that plays a key from its beginning to `end_s` (crate/page/protocol/src/path_score.rs). */
function held(key = 60, end_s = 1) {
  const words = [1, 1, 0, 2, 2, 100 + 256 * key, 0, 0, 0, end_s * 1e4, 0, 0];
  return new Uint8Array(Uint32Array.from(words).buffer);
}

test('the report of paths carries the beats of the transport and the time of the context, also without paths', () => {
  const { processor, posted, say, setTime } = make({ module, network, decoder });
  const reports = () => posted.filter(({ type }) => type === 'paths');
  for (let quantum = 0; quantum < 20; quantum++) play(processor);
  assert.equal(reports().length, 0);
  say([TRANSPORT, 120, 2]);
  for (let quantum = 0; quantum < 40; quantum++) {
    setTime((quantum * 128) / 48_000);
    play(processor);
  }
  assert.ok(reports().length >= 4);
  for (const { rows, beats, timeS } of reports()) {
    assert.equal(rows?.length, 0);
    assert.ok(Math.abs(Number(beats) - 2 * Number(timeS)) < 1e-9, `${beats} beats at ${timeS} s`);
  }
  say([TRANSPORT, 120, 0]);
  for (let quantum = 0; quantum < 20; quantum++) play(processor);
  const last = reports().at(-1);
  assert.deepEqual([last?.rows?.length, last?.beats], [0, NaN]);
  const count = reports().length;
  for (let quantum = 0; quantum < 20; quantum++) play(processor);
  assert.equal(reports().length, count, 'one report follows the end');
});

test('a path has its own sound and level, and damaged ones are ignored', () => {
  const { processor, posted, say } = make({ module, network, decoder });
  const { wasm } = processor;
  const overrides = new Float32Array(wasm.memory.buffer, wasm.patch(14), PARAMETER_COUNT).slice();
  overrides[CUTOFF] = 0.25;
  say([PATH_SOUND, 0, overrides, new Uint8Array(0), 0, 0, 8, 0.5, 0]);
  say([PLAY_PATH, held(), 0, 1, 1, 1, 0, 0, 0, 0]);
  say([HOLD_PARAMETER, CUTOFF, 1.5]);
  const quanta = (/** @type {number} */ count) => Array.from({ length: count }, () => play(processor));
  const cutoff = () => new Float32Array(wasm.memory.buffer, wasm.patch(14), PARAMETER_COUNT)[CUTOFF];
  assert.ok(quanta(20).some(loud));
  assert.equal(cutoff(), 0.25);
  for (const message of [
    [PATH_SOUND],
    [PATH_SOUND, 0],
    [PATH_SOUND, 0, new Float32Array(40), new Uint8Array(0), 0, 0, 8, 0.5, 0],
    [PATH_SOUND, 0, [1, 2], new Uint8Array(0), 0, 0, 8, 0.5, 0],
    [PATH_SOUND, 0, overrides, 'keys', 0, 0, 8, 0.5, 0],
    [PATH_SOUND, {}, overrides, new Uint8Array(0), 0, 0, 8, 0.5, 0],
    [PATH_SOUND, 0, overrides, new Uint8Array(0), 0, 0, 1n, 0.5, 0],
    [PATH_SOUND, 0, new Float32Array(0), new Uint8Array(0), 0, 0, 8, 0.5, 77],
    [PATH_SOUND, 99, new Float32Array(0), new Uint8Array(0), 0, 0, 8, 0.5, 0],
    [PATH_GAIN, 0, NaN],
    [PATH_GAIN, 0, {}],
    [PATH_GAIN, 1e9, 0],
    [TRANSPORT, NaN, 2],
    [TRANSPORT, 120, 9],
    [TRANSPORT, {}, 2],
    [LOAD_TONES, 1],
    [LOAD_TONES, 0, new Uint8Array(9), toneModule],
    [LOAD_TONES, '1', new Uint8Array(9), toneModule],
  ]) {
    posted.length = 0;
    say(message);
    assert.ok(quanta(10).some(loud));
    assert.equal(cutoff(), 0.25, String(message));
    assert.deepEqual(
      posted.filter(({ type }) => ['stopped', 'error'].includes(type)),
      [],
    );
  }
  say([PATH_GAIN, 0, 0]);
  quanta(10);
  assert.ok(!quanta(20).some(loud));
  say([PATH_GAIN, 0, 1]);
  quanta(10);
  assert.ok(quanta(20).some(loud));
});
