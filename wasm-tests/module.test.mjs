// Promises of the real worklet module to the audio thread, tested in Node. null.test.mjs compares its samples;
// parts.test.mjs tests several fingers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import {
  BLOCK_FRAMES,
  SAMPLE_RATE_HZ,
  bytes,
  decoder,
  emptyNetwork,
  errorOf,
  instrument,
  load,
  loaded,
  module,
  networkModule,
  networkOf,
  patchOf,
  render,
  rms,
  toneModule,
} from './instrument.mjs';
import { senseless } from './onnx.mjs';
import { PARAMETER_COUNT } from './parameters.mjs';

const KEY = 60;
const VELOCITY = 100;

test('the voice imports only the decoder and the sources of tones, and these import nothing', () => {
  const imports = WebAssembly.Module.imports(module);
  assert.ok(imports.every(({ kind }) => kind === 'function'));
  assert.deepEqual(imports.map(({ module, name }) => `${module}.${name}`).sort(), [
    'decoder.decode',
    ...[
      'bend',
      'control',
      'gain',
      'legato',
      'limit',
      'listen',
      'note',
      'point',
      'render',
      'silence',
      'tune',
      'voices',
    ].map(name => `tones.${name}`),
  ]);
  assert.deepEqual(WebAssembly.Module.imports(toneModule), []);
  assert.deepEqual(WebAssembly.Module.imports(networkModule), []);
});

test('a network without a file decodes nothing, and an instrument without a network keeps its patch', () => {
  assert.equal(emptyNetwork().decode(0, 0), 1);
  const wasm = instrument();
  const patch = patchOf(wasm);
  assert.equal(wasm.use_decoder(), 1);
  assert.match(errorOf(wasm), /^the decoder gives no patch at 0, 0; /);
  wasm.move_to(0, 1, 1);
  render(wasm, BLOCK_FRAMES);
  assert.deepEqual(patchOf(wasm), patch);
});

test('the module works in a scope with only the JavaScript language', () => {
  const scope = vm.createContext({ bytes });
  const rendered = vm.runInContext(
    `if (typeof TextDecoder !== 'undefined' || typeof performance !== 'undefined') throw new Error('the scope is too rich');
     const decode = () => 1;
     const wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes), { decoder: { decode }, tones: new Proxy({}, { get: () => decode }) }).exports;
     [wasm.create(48000), wasm.note_on(0, 60, 100), wasm.render(64), wasm.active_voices()]`,
    scope,
  );
  assert.deepEqual(Array.from(rendered), [0, undefined, 0, 1]);
});

test('a note sounds from note on, and ends after note off', () => {
  const wasm = instrument();
  assert.equal(rms(render(wasm, SAMPLE_RATE_HZ / 10)), 0);
  wasm.note_on(0, KEY, VELOCITY);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 10)) > 0.01);
  assert.equal(wasm.active_voices(), 1);
  wasm.note_off(0, KEY);
  render(wasm, SAMPLE_RATE_HZ);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 10)) < 1e-5);
  assert.equal(wasm.active_voices(), 0);
});

test('a tap shorter than a block sounds', () => {
  const wasm = instrument();
  wasm.note_on(0, KEY, VELOCITY);
  wasm.note_off(0, KEY);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 50)) > 0.01);
  render(wasm, SAMPLE_RATE_HZ);
  assert.equal(wasm.active_voices(), 0);
});

test('different points give different patches and sounds, the same point the same', () => {
  const wasm = loaded();
  const heard = [
    [-2, 1],
    [2, -1],
    [-2, 1],
  ].map(([x, y]) => {
    const fresh = loaded();
    fresh.note_on(0, KEY, VELOCITY);
    fresh.move_to(0, x, y);
    const samples = render(fresh, SAMPLE_RATE_HZ / 4);
    wasm.move_to(0, x, y);
    wasm.render(BLOCK_FRAMES);
    return { patch: patchOf(wasm), samples };
  });
  assert.notDeepEqual(heard[0].patch, heard[1].patch);
  assert.notDeepEqual(heard[0].samples, heard[1].samples);
  assert.deepEqual(heard[0], heard[2]);
  assert.equal(wasm.patch_revision(0), 1 + 3);
});

test('a resting point is decoded once', () => {
  const wasm = loaded();
  wasm.move_to(0, 1, 1);
  render(wasm, 10 * BLOCK_FRAMES);
  assert.equal(wasm.patch_revision(0), 1 + 1);
});

test('points outside the plane are clamped to it', () => {
  const wasm = loaded();
  const patchAt = (/** @type {number} */ x, /** @type {number} */ y) => {
    wasm.move_to(0, x, y);
    assert.equal(wasm.render(BLOCK_FRAMES), 0);
    return patchOf(wasm);
  };
  const corner = patchAt(4, -4);
  const centre = patchAt(0, 0);
  assert.notDeepEqual(corner, centre);
  for (const [x, y] of [
    [1e9, -Infinity],
    [4.0001, -5],
  ]) {
    assert.deepEqual(patchAt(x, y), corner);
    assert.deepEqual(patchAt(NaN, NaN), centre);
  }
});

test('a malformed model is refused with a message, and the module plays on', () => {
  const wasm = loaded();
  wasm.move_to(0, 1, 2);
  wasm.render(BLOCK_FRAMES);
  const patch = patchOf(wasm);
  const models = [new Uint8Array(0), new Uint8Array(1000).fill(255), decoder().subarray(0, decoder().length / 2)];
  for (const model of models) {
    assert.equal(load(wasm, model), 1);
    assert.match(errorOf(networkOf(wasm)), /^(this is not an ONNX model|the model).*; /);
  }
  assert.equal(load(wasm, senseless(decoder())), 1, 'a decoder without finite results');
  assert.notEqual(errorOf(networkOf(wasm)), '');
  for (const module of [wasm, networkOf(wasm)]) assert.equal(module.buffer((8 << 20) + 1), 0);
  wasm.note_on(0, KEY, VELOCITY);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ / 4)) > 0);
  assert.deepEqual(patchOf(wasm), patch);
  const elsewhere = loaded();
  for (const instrument of [wasm, elsewhere]) {
    instrument.move_to(0, -1, 0.5);
    render(instrument, BLOCK_FRAMES);
  }
  assert.deepEqual(patchOf(wasm), patchOf(elsewhere), 'the previous decoder still decodes');
});

test('numbers out of range are ignored', () => {
  const wasm = instrument();
  wasm.note_on(0, 128, 100);
  wasm.note_on(0, -1, 100);
  wasm.note_on(0, 60, 1000);
  wasm.note_on(5, 60, 100);
  wasm.note_off(0, 4e9);
  wasm.note_off(-1, 60);
  wasm.control_change(0, 200, 3);
  wasm.control_change(9, 7, 3);
  wasm.set_parameter(0, PARAMETER_COUNT, 1);
  wasm.set_parameter(0, -1, NaN);
  wasm.set_parameter(7, 1, 1);
  wasm.hold_parameter(PARAMETER_COUNT, 1);
  wasm.set_patch(5, 0, 0);
  wasm.move_to(5, 1, 1);
  wasm.pitch_bend(0, 1e6);
  wasm.pitch_bend(5, 1);
  assert.equal(wasm.render(1e6), 0);
  assert.equal(wasm.active_voices(), 0);
  assert.equal(wasm.render(0), 0);
  assert.deepEqual([wasm.patch(15), wasm.patch_revision(15), wasm.patch_x(15)], [0, 0, 0]);
  for (const rate of [0, 3_000, -44_100, NaN, Infinity]) assert.equal(wasm.create(rate), 1);
});

test('rendering at a resting point allocates nothing', () => {
  const wasm = loaded();
  for (let key = 40; key < 56; key++) wasm.note_on(0, key, VELOCITY);
  wasm.move_to(0, 1, 1);
  render(wasm, 10 * BLOCK_FRAMES);
  const before = wasm.allocations();
  assert.ok(before > 0, 'the allocation counter works');
  for (let block = 0; block < 10_000; block++) {
    wasm.render(BLOCK_FRAMES);
    if (block === 5000) for (let key = 40; key < 56; key++) wasm.note_off(0, key);
  }
  assert.equal(wasm.allocations() - before, 0);
});

test('memory stays flat over 10,000 decodes', context => {
  const wasm = loaded();
  wasm.note_on(0, KEY, VELOCITY);
  const size = () => [wasm, networkOf(wasm)].map(module => module.memory.buffer.byteLength);
  const bytes = size();
  const before = wasm.allocations();
  for (let step = 1; step <= 10_000; step++) {
    wasm.move_to(0, 4 * Math.cos(step), 4 * Math.sin(step / 7));
    wasm.render(BLOCK_FRAMES);
  }
  assert.equal(wasm.patch_revision(0), 1 + 10_000);
  assert.deepEqual(size(), bytes);
  assert.equal(wasm.allocations(), before);
  context.diagnostic(`voice and network: ${bytes.map(size => (size / 2 ** 20).toFixed(1)).join(' and ')} MB`);
});

test('the time of a decode', context => {
  const wasm = instrument();
  let start = performance.now();
  load(wasm, decoder());
  context.diagnostic(`loading and warming up: ${(performance.now() - start).toFixed(1)} ms`);
  const micros = Array.from({ length: 2000 }, () => {
    start = performance.now();
    assert.equal(networkOf(wasm).warm_up(10), 10);
    return (performance.now() - start) * 100;
  }).sort((a, b) => a - b);
  context.diagnostic(
    `decode: median ${micros[1000].toFixed(1)} µs, slowest ten of 20,000 ${micros[1999].toFixed(1)} µs`,
  );
});
