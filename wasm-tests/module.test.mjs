// The real worklet module in Node: what it promises the audio thread. Reads the module from
// WORKLET_WASM and the model from DECODER_ONNX. `./build.sh test` sets them. What it sounds like is compared
// in null.test.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const SAMPLE_RATE_HZ = 44_100;
const BLOCK_FRAMES = 64;
const KEY = 60;
const VELOCITY = 100;

/** @param {string} name */
function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}, or run ./build.sh test, which does`);
  return value;
}

const module = new WebAssembly.Module(readFileSync(given('WORKLET_WASM')));
const decoder = readFileSync(given('DECODER_ONNX'));

/** @typedef {Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory }} Exports */

/** A fresh instrument, as the worklet makes it. */
function instrument(sampleRateHz = SAMPLE_RATE_HZ) {
  const wasm = /** @type {Exports} */ (/** @type {unknown} */ (new WebAssembly.Instance(module, {}).exports));
  assert.equal(wasm.create(sampleRateHz), 0);
  return wasm;
}

/**
 * @param {Exports} wasm
 * @param {Uint8Array} onnx
 */
function load(wasm, onnx) {
  const pointer = wasm.buffer(onnx.length);
  assert.notEqual(pointer, 0);
  new Uint8Array(wasm.memory.buffer, pointer, onnx.length).set(onnx);
  return wasm.load_decoder(onnx.length);
}

function loaded() {
  const wasm = instrument();
  assert.equal(load(wasm, decoder), 0, errorOf(wasm));
  return wasm;
}

/** @param {Exports} wasm */
const errorOf = wasm =>
  new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, wasm.error_pointer(), wasm.error_length()));

/** @param {Exports} wasm */
const patchOf = wasm => Array.from(new Float32Array(wasm.memory.buffer, wasm.patch(), 41));

/**
 * Renders frames in blocks at one point and returns left and right, interleaved.
 * @param {Exports} wasm
 * @param {number} frames
 */
function render(wasm, frames, x = 0, y = 0) {
  const samples = new Float32Array(2 * frames);
  for (let start = 0; start < frames; start += BLOCK_FRAMES) {
    const count = Math.min(BLOCK_FRAMES, frames - start);
    assert.equal(wasm.render(count, x, y), 0);
    const left = new Float32Array(wasm.memory.buffer, wasm.left(), count);
    const right = new Float32Array(wasm.memory.buffer, wasm.right(), count);
    for (let index = 0; index < count; index++) {
      samples[2 * (start + index)] = left[index];
      samples[2 * (start + index) + 1] = right[index];
    }
  }
  return samples;
}

/** @param {Float32Array} samples */
const rms = samples => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

test('the module imports nothing', () => {
  assert.deepEqual(WebAssembly.Module.imports(module), []);
});

test('the module works in a scope with nothing but JavaScript itself', () => {
  const scope = vm.createContext({ bytes: readFileSync(given('WORKLET_WASM')) });
  const rendered = vm.runInContext(
    `if (typeof TextDecoder !== 'undefined' || typeof performance !== 'undefined') throw new Error('the scope is too rich');
     const wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports;
     [wasm.create(48000), wasm.note_on(60, 100), wasm.render(64, 0, 0), wasm.active_voices()]`,
    scope,
  );
  assert.deepEqual(Array.from(rendered), [0, undefined, 0, 1]);
});

test('a note sounds from note on, and ends after note off', () => {
  const wasm = instrument();
  assert.equal(rms(render(wasm, SAMPLE_RATE_HZ / 10)), 0);
  wasm.note_on(KEY, VELOCITY);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 10)) > 0.01);
  assert.equal(wasm.active_voices(), 1);
  wasm.note_off(KEY);
  render(wasm, SAMPLE_RATE_HZ);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 10)) < 1e-5);
  assert.equal(wasm.active_voices(), 0);
});

test('a tap that is over before it is heard sounds all the same', () => {
  const wasm = instrument();
  wasm.note_on(KEY, VELOCITY);
  wasm.note_off(KEY);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 50)) > 0.01);
  render(wasm, SAMPLE_RATE_HZ);
  assert.equal(wasm.active_voices(), 0);
});

test('different points give different patches and sounds, the same point the same', () => {
  const wasm = loaded();
  const heard = [[-2, 1], [2, -1], [-2, 1]].map(([x, y]) => {
    const fresh = loaded();
    fresh.note_on(KEY, VELOCITY);
    const samples = render(fresh, SAMPLE_RATE_HZ / 4, x, y);
    wasm.render(BLOCK_FRAMES, x, y);
    return { patch: patchOf(wasm), samples };
  });
  assert.notDeepEqual(heard[0].patch, heard[1].patch);
  assert.notDeepEqual(heard[0].samples, heard[1].samples);
  assert.deepEqual(heard[0], heard[2]);
  assert.equal(wasm.patch_revision(), 3);
});

test('a point that rests is decoded once', () => {
  const wasm = loaded();
  render(wasm, 10 * BLOCK_FRAMES, 1, 1);
  assert.equal(wasm.patch_revision(), 1);
});

test('points off the plane are taken as the nearest on it', () => {
  const wasm = loaded();
  wasm.render(BLOCK_FRAMES, 4, -4);
  const corner = patchOf(wasm);
  for (const [x, y] of [[1e9, -Infinity], [4.0001, -5]]) {
    wasm.render(BLOCK_FRAMES, 0, 0);
    assert.equal(wasm.render(BLOCK_FRAMES, x, y), 0);
    assert.deepEqual(patchOf(wasm), corner);
  }
  wasm.render(BLOCK_FRAMES, 0, 0);
  const centre = patchOf(wasm);
  wasm.render(BLOCK_FRAMES, NaN, NaN);
  assert.deepEqual(patchOf(wasm), centre);
});

test('a malformed model is refused in a sentence, and the module plays on', () => {
  const wasm = loaded();
  wasm.render(BLOCK_FRAMES, 1, 2);
  const patch = patchOf(wasm);
  const models = [new Uint8Array(0), new Uint8Array(1000).fill(255), decoder.subarray(0, decoder.length / 2)];
  for (const model of models) {
    assert.equal(load(wasm, model), 1);
    assert.match(errorOf(wasm), /^(this is not an ONNX model|the model).*; /);
  }
  assert.equal(wasm.buffer((8 << 20) + 1), 0);
  wasm.note_on(KEY, VELOCITY);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 4, 1, 2)) > 0);
  assert.deepEqual(patchOf(wasm), patch);
});

test('numbers out of range are ignored', () => {
  const wasm = instrument();
  wasm.note_on(128, 100);
  wasm.note_on(-1, 100);
  wasm.note_on(60, 1000);
  wasm.note_off(4e9);
  wasm.control_change(200, 3);
  wasm.set_parameter(41, 1);
  wasm.set_parameter(-1, NaN);
  wasm.pitch_bend(1e6);
  assert.equal(wasm.active_voices(), 0);
  assert.equal(wasm.render(1e6, 0, 0), 0);
  assert.equal(wasm.render(0, 0, 0), 0);
  for (const rate of [0, -44_100, NaN, Infinity]) assert.equal(wasm.create(rate), 1);
});

test('rendering at a resting point allocates nothing', () => {
  const wasm = loaded();
  for (let key = 40; key < 56; key++) wasm.note_on(key, VELOCITY);
  render(wasm, BLOCK_FRAMES, 1, 1);
  const before = wasm.allocations();
  assert.ok(before > 0, 'the counter counts');
  for (let block = 0; block < 10_000; block++) {
    wasm.render(BLOCK_FRAMES, 1, 1);
    if (block === 5000) for (let key = 40; key < 56; key++) wasm.note_off(key);
  }
  assert.equal(wasm.allocations() - before, 0);
});

test('memory stays flat over 10,000 decodes', context => {
  const wasm = loaded();
  wasm.note_on(KEY, VELOCITY);
  const bytes = wasm.memory.buffer.byteLength;
  const before = wasm.allocations();
  for (let step = 1; step <= 10_000; step++) {
    wasm.render(BLOCK_FRAMES, 4 * Math.cos(step), 4 * Math.sin(step / 7));
  }
  assert.equal(wasm.patch_revision(), 10_000);
  assert.equal(wasm.memory.buffer.byteLength, bytes);
  context.diagnostic(`${(bytes / 2 ** 20).toFixed(1)} MB, ${(wasm.allocations() - before) / 10_000} allocations a decode`);
});

test('the time of a decode', context => {
  const wasm = instrument();
  let start = performance.now();
  load(wasm, decoder);
  context.diagnostic(`loading and warming up: ${(performance.now() - start).toFixed(1)} ms`);
  const micros = Array.from({ length: 2000 }, () => {
    start = performance.now();
    assert.equal(wasm.warm_up(10), 10);
    return (performance.now() - start) * 100;
  }).sort((a, b) => a - b);
  context.diagnostic(`decode: median ${micros[1000].toFixed(1)} µs, slowest ten of 20,000 ${micros[1999].toFixed(1)} µs`);
});
