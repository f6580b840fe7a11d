// www/worklet.js with the real module, in a scope as poor as an audio thread's: what the processor
// promises the page. Reads WORKLET_WASM and DECODER_ONNX; `./build.sh test` sets them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const NOTE_ON = 1, NOTE_OFF = 2, ALL_SOUND_OFF = 5, DISPOSE = 7;

const script = readFileSync(new URL('../www/worklet.js', import.meta.url), 'utf8');
const wasm = readFileSync(process.env.WORKLET_WASM ?? '');
const decoder = Uint8Array.from(readFileSync(process.env.DECODER_ONNX ?? '')).buffer;
const module = new WebAssembly.Module(wasm);

/** @typedef {{ type: string, message?: string, count?: number, values?: Float32Array, latent?: number[] }} Message */

/**
 * A processor as an audio thread makes it, with the messages that it posted.
 * @param {object} processorOptions
 */
function make(processorOptions) {
  /** @type {Message[]} */
  const posted = [];
  const port = {
    /** @type {(event: { data: unknown }) => void} */
    onmessage: () => assert.fail('nobody listens'),
    /** @param {Message} message */
    postMessage: message => { posted.push(message); },
  };
  /** @type {any} */
  let Processor;
  const scope = vm.createContext({
    AudioWorkletProcessor: class { port = port; },
    /** @param {string} name @param {unknown} constructor */
    registerProcessor(name, constructor) {
      assert.equal(name, 'latent-pad');
      Processor = constructor;
    },
    sampleRate: 48_000,
    WebAssembly,
  });
  vm.runInContext(script, scope);
  const processor = new Processor({ processorOptions });
  const say = (/** @type {unknown} */ data) => port.onmessage({ data });
  return { processor, posted, say, Processor };
}

/** One quantum; returns its channels. */
function play(/** @type {any} */ processor, { x = [0], y = [0], frames = 128, channels = 2, alive = true } = {}) {
  const output = Array.from({ length: channels }, () => new Float32Array(frames).fill(9));
  const parameters = { latentX: Float32Array.from(x), latentY: Float32Array.from(y) };
  assert.equal(processor.process([], [output], parameters), alive);
  return output;
}

/** @param {Float32Array[]} channels */
const loud = channels => channels.some(channel => channel.some(sample => Math.abs(sample) > 1e-4 && sample !== 9));

test('it is ready, plays, tells of patch and voices, and ends', () => {
  const { processor, posted, say, Processor } = make({ module, decoder });
  assert.deepEqual(posted.map(message => message.type), ['ready']);
  assert.deepEqual(Array.from(Processor.parameterDescriptors, range => range.name), ['latentX', 'latentY']);
  assert.ok(play(processor).every(channel => channel.every(sample => sample === 0)));
  say([NOTE_ON, 60, 100]);
  const heard = Array.from({ length: 40 }, () => loud(play(processor, { x: [1], y: [-1] })));
  assert.ok(heard.includes(true));
  assert.deepEqual(posted.filter(message => message.type === 'voices').map(message => message.count), [1]);
  const last = posted.findLast(message => message.type === 'patch');
  assert.deepEqual(Array.from(last?.latent ?? []), [1, -1]);
  assert.equal(last?.values?.length, 41);
  say([NOTE_OFF, 60, 0]);
  say([ALL_SOUND_OFF, 0, 0]);
  for (let quantum = 0; quantum < 40; quantum++) play(processor);
  assert.ok(!loud(play(processor)));
  say([DISPOSE, 0, 0]);
  play(processor, { alive: false });
});

test('it takes bytes where a module cannot be sent', () => {
  const { posted } = make({ bytes: Uint8Array.from(wasm).buffer, decoder, timedDecodes: 1000 });
  assert.equal(posted[0].type, 'ready');
});

test('any length of quantum, one channel, and a value for each frame are rendered as whole blocks', () => {
  const whole = make({ module, decoder }), odd = make({ module, decoder });
  for (const { say } of [whole, odd]) say([NOTE_ON, 60, 100]);
  const [left, right] = play(whole.processor, { x: [1], y: [2], frames: 192 });
  const x = new Array(192).fill(1), y = new Array(192).fill(2);
  const [mono] = play(odd.processor, { x, y, frames: 192, channels: 1 });
  assert.deepEqual(mono, left.map((sample, index) => Math.fround((sample + right[index]) / 2)));
  const short = play(odd.processor, { frames: 100 });
  assert.ok(short.every(channel => channel.every(sample => Number.isFinite(sample) && sample !== 9)));
});

test('patches are told at most 30 times a second, the last one too', () => {
  const { processor, posted } = make({ module, decoder });
  for (let quantum = 0; quantum < 375; quantum++) play(processor, { x: [quantum / 100], y: [0] });
  for (let quantum = 0; quantum < 20; quantum++) play(processor, { x: [4], y: [4] });
  const patches = posted.filter(message => message.type === 'patch');
  assert.ok(patches.length >= 25 && patches.length <= 33, `${patches.length}`);
  assert.deepEqual(Array.from(patches.at(-1)?.latent ?? []), [4, 4]);
});

test('a refused decoder is one sentence, and the default patch still plays', () => {
  const { processor, posted, say } = make({ module, decoder: new ArrayBuffer(100) });
  assert.equal(posted.length, 1);
  assert.match(posted[0].message ?? '', /^this is not an ONNX model/);
  say([NOTE_ON, 60, 100]);
  assert.ok([1, 2, 3, 4, 5].some(() => loud(play(processor))));
});

test('without a module it is silent and says so', () => {
  const { processor, posted, say } = make({});
  assert.equal(posted.length, 1);
  assert.match(posted[0].message ?? '', /no WebAssembly module/);
  say([NOTE_ON, 60, 100]);
  assert.ok(!loud(play(processor)));
});

test('after a trap it is silent, says so once, and lives', () => {
  const { processor, posted } = make({ module, decoder });
  processor.wasm = { ...processor.wasm, render: () => { throw new WebAssembly.RuntimeError('unreachable'); } };
  for (let quantum = 0; quantum < 3; quantum++) assert.ok(!loud(play(processor)));
  const errors = posted.filter(message => message.type === 'error');
  assert.equal(errors.length, 1);
  assert.match(errors[0].message ?? '', /^the sound stopped \(.*unreachable\); reload the page$/);
});

test('messages that are none are ignored', () => {
  const { processor, posted, say } = make({ module, decoder });
  for (const message of [undefined, 'x', {}, [], [99, 1, 2], [NOTE_ON], [NOTE_ON, 1e9, NaN]]) say(message);
  assert.ok(!loud(play(processor)));
  assert.equal(posted.filter(message => message.type === 'error').length, 0);
});
