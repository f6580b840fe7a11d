// The built worklet.js with the real module: promises of the processor to the page. Reads WORKLET_WASM and
// DECODER_ONNX; `./build.sh test` sets them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { COMMAND as SAY } from '../target/site/protocol.js';
import { indexOf, PARAMETER_COUNT } from './parameters.mjs';
import { decoder, grid, loud, make, module, network, PARTS, play, unusable } from './processor.mjs';

const {
  NOTE_ON,
  NOTE_OFF,
  CONTROL_CHANGE,
  ALL_SOUND_OFF,
  DISPOSE,
  HOLD_PARAMETER,
  SET_PATCH,
  ARPEGGIO,
  PLAY_PATH,
  RECENT,
  VOICE_LIMIT,
  TUNING,
  DECODER,
} = SAY;
const VOLUME = indexOf('master_vol');
const ATTACK = indexOf('amp_attack');

test('it becomes ready, plays, reports patch and voices, and ends', () => {
  const { processor, posted, say, Processor } = make({ module, network, decoder });
  assert.deepEqual(
    posted.map(message => message.type),
    ['ready'],
  );
  assert.deepEqual(
    Array.from(Processor.parameterDescriptors, range => range.name),
    [
      ...PARTS.flatMap(part => [`latentX${part}`, `latentY${part}`]),
      'axis3',
      'axis4',
      'axis5',
      'axis6',
      'axis7',
      'axis8',
    ],
  );
  assert.ok(play(processor).every(channel => channel.every(sample => sample === 0)));
  say([NOTE_ON, 60, 100]);
  const heard = Array.from({ length: 40 }, () => loud(play(processor, { x: [1], y: [-1] })));
  assert.ok(heard.includes(true));
  assert.deepEqual(
    posted.filter(message => message.type === 'voices').map(message => message.count),
    [1],
  );
  const last = posted.findLast(message => message.type === 'patch');
  assert.deepEqual(Array.from(last?.latent ?? []), [1, -1]);
  assert.equal(last?.values?.length, PARAMETER_COUNT);
  say([NOTE_OFF, 60, 0]);
  say([ALL_SOUND_OFF, 0, 0]);
  for (let quantum = 0; quantum < 40; quantum++) play(processor);
  assert.ok(!loud(play(processor)));
  say([DISPOSE, 0, 0]);
  play(processor, { alive: false });
});

test('without a decoder it plays the grid, and takes the decoder when that comes and nothing sounds', () => {
  const { processor, posted, say } = make({ module, grid });
  const sounding = () =>
    Array.from(new Float32Array(processor.wasm.memory.buffer, processor.wasm.patch(0), PARAMETER_COUNT));
  const silent = sounding();
  // The grid's points are a whole number apart: there it gives the decoder's patches.
  say([NOTE_ON, 60, 100, 0, [1, -1]]);
  const heard = Array.from({ length: 40 }, () => loud(play(processor, { x: [1], y: [-1] })));
  const coarse = sounding();
  assert.ok(heard.includes(true));
  assert.notDeepEqual(coarse, silent);
  say([DECODER, new Uint8Array(decoder), network]);
  for (let quantum = 0; quantum < 40; quantum++) play(processor, { x: [1], y: [-1] });
  assert.ok(
    posted.every(message => message.type === 'voices'),
    'it interrupted a sound',
  );
  say([ALL_SOUND_OFF, 0, 0]);
  for (let quantum = 0; quantum < 40; quantum++) play(processor, { x: [1], y: [-1] });
  assert.equal(posted.filter(message => message.type === 'ready').length, 1);
  const decoded = posted.findLast(message => message.type === 'patch');
  assert.deepEqual(Array.from(decoded?.latent ?? []), [1, -1], 'the grid gave way');
  assert.deepEqual(sounding(), coarse);
});

test('a patch that is given while the grid plays stays when the decoder comes', () => {
  const { processor, say } = make({ module, grid });
  const sounding = () =>
    Array.from(new Float32Array(processor.wasm.memory.buffer, processor.wasm.patch(1), PARAMETER_COUNT));
  const values = Float32Array.from(sounding(), (value, index) => (index === VOLUME ? 0.25 : value));
  say([SET_PATCH, values, [2, 2], 1]);
  say([DECODER, new Uint8Array(decoder), network]);
  for (let quantum = 0; quantum < 40; quantum++) play(processor);
  assert.equal(sounding()[VOLUME], 0.25);
  say([SET_PATCH, null, null, 1]);
  play(processor);
  assert.notEqual(sounding()[VOLUME], 0.25);
});

test('a note that says where it begins has the patch of that point in its first block', () => {
  const { processor, say } = make({ module, network, decoder });
  play(processor);
  say([NOTE_ON, 60, 100, 3, [2, 1]]);
  // The AudioParams are still where they were.
  play(processor, { frames: 64 });
  assert.deepEqual([processor.wasm.patch_x(3), processor.wasm.patch_y(3)], [2, 1]);
  play(processor, { x: [2], y: [1.5], part: 3 });
  assert.deepEqual([processor.wasm.patch_x(3), processor.wasm.patch_y(3)], [2, 1.5], 'from then on they lead it');
});

test('an audible reverb tail delays the decoder, an inaudible one does not', () => {
  const { processor, posted, say } = make({ module });
  const given = new Float32Array(
    new Float32Array(processor.wasm.memory.buffer, processor.wasm.patch(0), PARAMETER_COUNT),
  );
  given[indexOf('reverb_wet')] = given[indexOf('reverb_roomsize')] = 0.5;
  say([SET_PATCH, given]);
  say([NOTE_ON, 60, 100]);
  for (let quantum = 0; quantum < 100; quantum++) play(processor);
  say([CONTROL_CHANGE, 123, 0]);
  assert.ok(loud(play(processor)), 'the tail is audible');
  assert.equal(processor.wasm.active_voices(), 0);
  say([DECODER, new Uint8Array(decoder), network]);
  const ready = () => posted.some(message => message.type === 'ready');
  assert.ok(!ready(), 'it interrupted the tail');
  let quanta = 0;
  for (let heard = true; !ready(); quanta++) {
    assert.ok(quanta < (48_000 * 4) / 128, 'it waits forever');
    heard = loud(play(processor));
    if (ready()) assert.ok(!heard, 'it interrupted the tail');
  }
  assert.ok(quanta > 20, `${quanta}`);
});

test('a sound that never ends does not delay the decoder forever', () => {
  const { processor, posted, say } = make({ module });
  say([NOTE_ON, 60, 100]);
  play(processor);
  say([DECODER, new Uint8Array(decoder), network]);
  for (let quantum = 0; quantum < (48_000 * 6) / 128; quantum++) play(processor);
  assert.equal(posted.filter(message => message.type === 'ready').length, 1);
});

test('for measurements it times decodes', () => {
  const { posted } = make({ module, network, decoder, timedDecodes: 1000 });
  assert.equal(posted[0].type, 'ready');
});

test('any length of quantum, one channel, and a value for each frame are rendered as whole blocks', () => {
  const whole = make({ module, network, decoder });
  const odd = make({ module, network, decoder });
  for (const { say } of [whole, odd]) say([NOTE_ON, 60, 100]);
  const [left, right] = play(whole.processor, { x: [1], y: [2], frames: 192 });
  const x = new Array(192).fill(1);
  const y = new Array(192).fill(2);
  const [mono] = play(odd.processor, { x, y, frames: 192, channels: 1 });
  assert.deepEqual(
    mono,
    left.map((sample, index) => Math.fround((sample + right[index]) / 2)),
  );
  const short = play(odd.processor, { frames: 100 });
  assert.ok(short.every(channel => channel.every(sample => Number.isFinite(sample) && sample !== 9)));
});

test('patches are reported at most 30 times a second, including the last one', () => {
  const { processor, posted } = make({ module, network, decoder });
  for (let quantum = 0; quantum < 375; quantum++) play(processor, { x: [quantum / 100], y: [0] });
  for (let quantum = 0; quantum < 20; quantum++) play(processor, { x: [4], y: [4] });
  const patches = posted.filter(message => message.type === 'patch');
  assert.ok(patches.length >= 25 && patches.length <= 33, `${patches.length}`);
  assert.deepEqual(Array.from(patches.at(-1)?.latent ?? []), [4, 4]);
});

test('every finger has its own point, keys and patch', () => {
  for (const part of [1, 4]) {
    const { processor, say } = make({ module, network, decoder });
    for (let quantum = 0; quantum < 20; quantum++) play(processor);
    const { wasm } = processor;
    const [place, before] = [wasm.patch_revision(0), wasm.patch_revision(part)];
    say([NOTE_ON, 60, 100, part]);
    const heard = Array.from({ length: 20 }, () => loud(play(processor, { x: [2], y: [1], part })));
    assert.ok(heard.includes(true));
    assert.deepEqual([wasm.patch_x(part), wasm.patch_y(part)], [2, 1]);
    assert.ok(wasm.patch_revision(part) > before);
    assert.equal(wasm.patch_revision(0), place, 'the patch of part 0 changed');
    say([NOTE_OFF, 60, 0, 0]);
    play(processor, { x: [2], y: [1], part });
    assert.equal(processor.wasm.active_voices(), 1, 'another part released it');
  }
});

test('a patch that is set plays with the parameter overrides', () => {
  const { processor, say } = make({ module, network, decoder });
  for (let quantum = 0; quantum < 20; quantum++) play(processor);
  const sounding = () =>
    Array.from(new Float32Array(processor.wasm.memory.buffer, processor.wasm.patch(2), PARAMETER_COUNT));
  const values = Float32Array.from(sounding(), (value, index) => (index === VOLUME ? 0.25 : value));
  say([HOLD_PARAMETER, ATTACK, 0.125]);
  for (const broken of [values.subarray(1), Array.from(values), undefined]) say([SET_PATCH, broken, null, 2]);
  play(processor);
  assert.notEqual(sounding()[VOLUME], 0.25);
  say([SET_PATCH, values, null, 2]);
  play(processor);
  assert.deepEqual(
    sounding(),
    Array.from(values, (value, index) => (index === ATTACK ? 0.125 : value)),
  );
  play(processor, { x: [1], y: [1], part: 2 });
  assert.equal(sounding()[VOLUME], 0.25, 'it stays where the point moves');
  say([SET_PATCH, null, null, 2]);
  play(processor, { x: [3], y: [-2], part: 2 });
  assert.notEqual(sounding()[VOLUME], 0.25, 'it is withdrawn');
});

test('the recording arrives in pieces with exactly the recent samples, while the sound continues', () => {
  const { processor, posted, say } = make({ module, network, decoder });
  say([RECENT, 30]);
  const empty = posted.at(-1);
  assert.deepEqual([empty?.type, empty?.index, empty?.count, empty?.left?.length], ['recent', 0, 1, 0]);
  say([NOTE_ON, 60, 100]);
  const played = Array.from({ length: 500 }, () => play(processor));
  say([RECENT, 1]);
  posted.length = 0;
  for (let quantum = 0; quantum < 20; quantum++) play(processor);
  const pieces = posted.filter(message => message.type === 'recent');
  assert.deepEqual(
    pieces.map(piece => piece.index),
    pieces.map((_, index) => index),
  );
  assert.ok(pieces.length > 1 && pieces.every(piece => piece.count === pieces.length && piece.sampleRate === 48_000));
  for (const [channel, side] of /** @type {const} */ (['left', 'right']).entries()) {
    const heard = pieces.flatMap(piece => Array.from(piece[side] ?? []));
    assert.deepEqual(heard, played.flatMap(output => Array.from(output[channel])).slice(-48_000));
  }
});

test('arpeggio, voice limit and tuning are passed on', () => {
  const { processor, posted, say } = make({ module, network, decoder });
  say([HOLD_PARAMETER, ATTACK, 0]);
  say([VOICE_LIMIT, 2]);
  [60, 62, 64].forEach(key => say([NOTE_ON, key, 100, 1]));
  play(processor);
  assert.equal(processor.wasm.active_voices(), 2);
  say([ALL_SOUND_OFF]);
  say([ARPEGGIO, 1, 10, 1]);
  [60, 62, 64].forEach(key => say([NOTE_ON, key, 100]));
  play(processor);
  assert.equal(processor.wasm.active_voices(), 1);
  const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
  posted.length = 0;
  say([TUNING, bytes('fifths\n1\n3/2\n'), bytes('0\n0\n127\n60\n69\n440.0\n1\n')]);
  say([TUNING, null, null]);
  assert.equal(posted.length, 0);
  say([TUNING, bytes('wrong'), null]);
  assert.match(posted[0].message ?? '', /^the scale \(\.scl\) cannot be used: line 2/);
});

test('a path for which there is no room is refused by its number, and the sound goes on', () => {
  const { processor, posted, say } = make({ module, network, decoder });
  posted.length = 0;
  say([PLAY_PATH, new Uint8Array(4 * 600_000), 2, 600, 1, 1, 0, 0]);
  assert.deepEqual(
    posted.map(({ type, number }) => ({ type, number })),
    [{ type: 'pathRefused', number: 2 }],
  );
  say([NOTE_ON, 60, 100]);
  assert.ok([1, 2, 3, 4, 5].some(() => loud(play(processor))));
});

test('an error is reported once, and again after a second without it', () => {
  const { processor, posted } = make({ module, network, decoder });
  const { wasm } = processor;
  let broken = true;
  processor.wasm = { ...wasm, render: (/** @type {number} */ frames) => wasm.render(frames) || (broken ? 2 : 0) };
  const errors = () => posted.filter(message => message.type === 'error').length;
  for (let quantum = 0; quantum < 40; quantum++) {
    broken = quantum % 4 === 0;
    play(processor);
  }
  assert.equal(errors(), 1);
  broken = false;
  for (let quantum = 0; quantum < 400; quantum++) play(processor);
  broken = true;
  play(processor);
  assert.equal(errors(), 2);
});

test('a refused decoder gives one error message, and the default patch still plays', () => {
  const { processor, posted, say } = make({ module, network, decoder: new ArrayBuffer(100) });
  assert.deepEqual(
    posted.map(({ type }) => type),
    ['decoderRefused'],
  );
  assert.match(posted[0].message ?? '', /^this is not an ONNX model/);
  say([NOTE_ON, 60, 100]);
  assert.ok([1, 2, 3, 4, 5].some(() => loud(play(processor))));
});

test('a network that cannot run gives one error message, the grid plays on, and the next one decodes', () => {
  for (const broken of unusable) {
    const early = make({ module, network: broken, decoder });
    const { processor, posted, say } = make({ module, grid });
    say([DECODER, new Uint8Array(decoder), broken]);
    for (const one of [early, { processor, posted, say }]) {
      assert.deepEqual(
        one.posted.map(({ type }) => type),
        ['decoderRefused'],
      );
      assert.match(one.posted[0].message ?? '', /^[a-z][^.]+; [^.]+$/);
      one.say([NOTE_ON, 60, 100]);
      assert.ok([1, 2, 3, 4, 5].some(() => loud(play(one.processor))));
    }
    say([ALL_SOUND_OFF]);
    for (let quantum = 0; quantum < 40; quantum++) play(processor);
    say([DECODER, new Uint8Array(decoder), network]);
    assert.equal(posted.findLast(({ type }) => type === 'ready' || type === 'decoderRefused')?.type, 'ready');
  }
});

test('without a module it is silent and reports an error', () => {
  const { processor, posted, say } = make({});
  assert.equal(posted.length, 1);
  assert.match(posted[0].message ?? '', /no WebAssembly module/);
  say([NOTE_ON, 60, 100]);
  assert.ok(!loud(play(processor)));
});

test('after a trap it is silent, reports it once, and stays alive', () => {
  const { processor, posted } = make({ module, network, decoder });
  processor.wasm = {
    ...processor.wasm,
    render: () => {
      throw new WebAssembly.RuntimeError('unreachable');
    },
  };
  for (let quantum = 0; quantum < 3; quantum++) assert.ok(!loud(play(processor)));
  const stops = posted.filter(message => message.type === 'stopped');
  assert.equal(stops.length, 1);
  assert.match(stops[0].message ?? '', /unreachable/);
});

test('malformed messages are ignored', () => {
  const { processor, posted, say } = make({ module, network, decoder });
  for (const message of [undefined, 'x', {}, [], [99, 1, 2], [NOTE_ON], [NOTE_ON, 1e9, NaN]]) say(message);
  assert.ok(!loud(play(processor)));
  assert.equal(posted.filter(({ message }) => message !== undefined).length, 0);
});
