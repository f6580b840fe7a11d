// Tones in the real modules: promises of the processor to the page when it chooses another source of sound. Reads
// WORKLET_WASM, beside which the script, tone-source.wasm and the models are; `./build.sh test` sets it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { COMMAND as SAY } from '../target/site/protocol.js';
import { rms, toneModule } from './instrument.mjs';
import { decoder, make, module, network, play, unusable } from './processor.mjs';
import { answered, chosen, model, RATE_HZ, share, sound } from './tones.mjs';

const {
  NOTE_ON,
  NOTE_OFF,
  CONTROL_CHANGE,
  ALL_SOUND_OFF,
  SOUND_SOURCE,
  TONE_OFFSETS,
  TONE_LIFE,
  RECENT,
  VOICE_LIMIT,
  PLAY_PATH,
  PATH_SOUND,
  PATH_GAIN,
  LOAD_TONES,
} = SAY;
const DOMAINS = ['strings', 'voices', 'winds', 'brass', 'amsynth'];

test('every domain plays the key that is down, on both channels, and the recording keeps it', () => {
  for (const domain of DOMAINS) {
    const { processor, say, posted } = chosen(domain);
    assert.equal(rms(sound(processor, 10)), 0);
    // A vibrato would spread each harmonic.
    say([TONE_LIFE, 0]);
    say([NOTE_ON, 69, 100]);
    sound(processor, 20);
    const [left, right] = play(processor);
    assert.deepEqual(left, right);
    const held = sound(processor, 150);
    assert.ok(rms(held) > 0.05, `${domain}: ${rms(held)}`);
    const harmonics = Array.from({ length: 20 }, (_, index) => share(held, 440 * (index + 1)));
    assert.ok(harmonics.reduce((sum, one) => sum + one) > 0.5, `${domain} is not at its pitch: ${harmonics}`);
    say([NOTE_OFF, 69, 0]);
    sound(processor, 120);
    assert.equal(rms(sound(processor, 2)), 0);
    assert.equal(posted.findLast(({ type }) => type === 'voices')?.count, 0);
    say([RECENT, 30]);
    play(processor);
    assert.ok(rms(posted.findLast(({ type }) => type === 'recent')?.left ?? new Float32Array(1)) > 0.01);
  }
});

test('a key that is down ends when the source changes, and new ones play the new source', () => {
  const { processor, say, posted } = make({ module, network, decoder });
  const plain = make({ module, network, decoder });
  for (const one of [say, plain.say]) one([NOTE_ON, 60, 100]);
  assert.deepEqual(sound(processor, 40), sound(plain.processor, 40));
  say([SOUND_SOURCE, model('winds'), toneModule, 1]);
  say([NOTE_ON, 64, 100]);
  sound(processor, 750);
  assert.equal(processor.wasm.active_voices(), 1, 'the old key has ended, the new one sounds');
  say([SOUND_SOURCE, model('brass'), null, 1]);
  answered(posted, true);
  sound(processor, 150);
  assert.equal(processor.wasm.active_voices(), 0, 'another domain ends it, too');
  say([NOTE_ON, 64, 100]);
  sound(processor, 20);
  say([SOUND_SOURCE, null, null, 0]);
  answered(posted, false);
  sound(processor, 150);
  assert.equal(processor.wasm.active_voices(), 0);
  say([NOTE_ON, 60, 100]);
  assert.ok(rms(sound(processor, 40)) > 0.01, 'amSynth plays again');
});

test('without a model amSynth plays again, also where the page leaves out the fields at the end', () => {
  for (const rest of [[null], [undefined], [], [null, toneModule]]) {
    const { say, posted } = chosen();
    say([SOUND_SOURCE, ...rest]);
    answered(posted, false);
  }
});

test('bytes that are no model give one sentence, and the old sound stays', () => {
  const { processor, say, posted } = chosen();
  const old = make({ module, network, decoder });
  for (const bytes of [new Uint8Array(0), new Uint8Array(100), model('brass').subarray(0, 1000)]) {
    for (const one of [{ say, posted }, old]) {
      one.say([SOUND_SOURCE, bytes, toneModule, 1]);
      assert.equal(one.posted.at(-1)?.type, 'sourceRefused');
      assert.match(one.posted.at(-1)?.message ?? '', /^[a-z][^.]+; [^.]+$/);
    }
  }
  for (const one of [{ processor, say }, old]) {
    one.say([NOTE_ON, 60, 100]);
    assert.ok(rms(sound(one.processor, 60)) > 0.01);
  }
  assert.equal(processor.tones.wasm.voices(), 1);
  assert.equal(old.processor.tones.wasm, undefined);
  const missing = make({ module, network, decoder });
  missing.say([SOUND_SOURCE, model('brass'), null, 1]);
  assert.equal(missing.posted.at(-1)?.type, 'sourceRefused', 'without the program nothing can play it');
});

test('a program that cannot run gives one sentence, and the sound plays on', () => {
  const { processor, say, posted } = make({ module, network, decoder });
  say([NOTE_ON, 60, 100]);
  sound(processor, 40);
  for (const program of unusable) {
    posted.length = 0;
    say([SOUND_SOURCE, model('brass'), program, 1]);
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['sourceRefused'],
    );
    assert.match(posted[0].message ?? '', /^[a-z][^.]+; [^.]+$/);
    assert.ok(rms(sound(processor, 40)) > 0.01);
  }
  say([SOUND_SOURCE, model('brass'), toneModule, 1]);
  answered(posted, true);
});

test('the point and the offsets bend the sound, and playing allocates nothing', () => {
  const { processor, say } = chosen('voices');
  say([TONE_LIFE, 0]);
  say([NOTE_ON, 57, 100, 0, [0, 0]]);
  const heard = () => {
    sound(processor, 20);
    return sound(processor, 40);
  };
  const distance = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) =>
    Math.max(
      ...Array.from({ length: 12 }, (_, index) => Math.abs(share(a, 220 * (index + 1)) - share(b, 220 * (index + 1)))),
    );
  const first = heard();
  const { tones } = processor;
  const before = [tones.wasm.allocations(), processor.wasm.allocations()];
  const again = sound(processor, 40);
  const moved = sound(processor, 60, { x: [3.5], y: [-3] }).subarray(20 * 128);
  assert.deepEqual([tones.wasm.allocations(), processor.wasm.allocations()], before);
  assert.ok(distance(moved, first) > 4 * distance(again, first), 'the point');
  const back = heard();
  say([TONE_OFFSETS, Float32Array.of(1, -1, 1)]);
  assert.ok(distance(heard(), back) > 4 * distance(again, first), 'the offsets');
  for (const odd of [
    Float32Array.of(NaN, Infinity),
    new DataView(new ArrayBuffer(8)),
    new BigInt64Array(3),
    7,
    null,
    'x',
  ])
    say([TONE_OFFSETS, odd]);
  assert.ok(rms(heard()) > 0.05);
});

test('AudioParams move the axes: a ramp is heard block by block, adds to the offsets, and ends where the slider would be', () => {
  const [automated, still, set] = [chosen('strings'), chosen('strings'), chosen('strings')];
  for (const { say } of [automated, still, set]) say([NOTE_ON, 57, 100, 0, [0, 0]]);
  for (const { processor } of [automated, still, set]) sound(processor, 60);
  const before = automated.processor.tones.wasm.allocations();
  const apart = (/** @type {Float32Array} */ one, /** @type {Float32Array} */ other) =>
    Math.sqrt(one.reduce((sum, sample, index) => sum + (sample - other[index]) ** 2, 0) / one.length);
  // Half a second up to the end of the axis, sample by sample; four times as far as the noise of two notes.
  /** @type {number[]} */
  const distances = [];
  for (let quantum = 0; quantum < 190; quantum++) {
    const axis3 = Array.from({ length: 128 }, (_, index) => (128 * quantum + index) / (128 * 190));
    const [moved] = play(automated.processor, { axes: { axis3 } });
    const [unmoved] = play(still.processor);
    distances.push(apart(moved, unmoved));
  }
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value) / values.length;
  const thirds = [0, 63, 126].map(start => mean(distances.slice(start, start + 63)));
  assert.ok(thirds[0] < thirds[1] && thirds[1] < thirds[2] && thirds[2] > 0.005, `${thirds}`);
  assert.equal(automated.processor.tones.wasm.allocations(), before, 'playing allocates nothing');
  // The slider and the AudioParam add, and no further than the end of the axis.
  set.say([TONE_OFFSETS, Float32Array.of(0.75)]);
  assert.deepEqual(at(automated, [1]), at(set, [0.25]));
  assert.deepEqual(at(automated, [1]), at(set, [1]));
  assert.notDeepEqual(at(automated, [0]), at(set, [0]));

  /** The offset that the module is given last. @param {ReturnType<typeof chosen>} made @param {number[]} axis3 */
  function at(made, axis3) {
    play(made.processor, { axes: { axis3 } });
    return [...made.processor.tones.instances[1].moved];
  }
});

test('controllers, the limit of voices and silence act on tones', () => {
  const { processor, say } = chosen();
  for (let key = 0; key < 8; key++) say([NOTE_ON, 50 + key, 100]);
  sound(processor, 20);
  assert.equal(processor.wasm.active_voices(), 8);
  say([VOICE_LIMIT, 2]);
  say([CONTROL_CHANGE, 123, 0]);
  sound(processor, 120);
  for (let key = 0; key < 8; key++) say([NOTE_ON, 50 + key, 100]);
  sound(processor, 20);
  assert.equal(processor.wasm.active_voices(), 2);
  say([ALL_SOUND_OFF]);
  // The output falls within 10 ms, so that it does not click.
  sound(processor, 4);
  assert.equal(rms(sound(processor, 2)), 0);
});

test('a rate that tones cannot have is an error, not an end', () => {
  const wasm = /** @type {any} */ (new WebAssembly.Instance(toneModule).exports);
  assert.deepEqual([wasm.create(4_000), wasm.create(NaN), wasm.voices(), wasm.latent_count()], [1, 1, 0, 0]);
  assert.equal(wasm.create(96_000), 0);
  wasm.note(0, 60, 100);
  wasm.render(64);
  assert.equal(wasm.voices(), 0, 'no model is loaded');
});

test('the module has the samples of native code', () => {
  const wanted = JSON.parse(
    readFileSync(new URL('../crate/tones/tone_voice/tests/score.json', import.meta.url), 'utf8'),
  );
  const wasm = /** @type {any} */ (new WebAssembly.Instance(toneModule).exports);
  assert.equal(wasm.create(RATE_HZ), 0);
  const bytes = model('strings');
  const pointer = wasm.buffer(bytes.length);
  new Uint8Array(wasm.memory.buffer, pointer, bytes.length).set(bytes);
  assert.equal(wasm.load(bytes.length), 0);
  // The score of crate/tones/tone_voice/tests/all/same_everywhere.rs.
  /** @type {Record<number, () => void>} */
  const score = {
    0: () => wasm.note(0, 60, 100),
    40: () => wasm.note(1, 67, 80),
    80: () => wasm.point(0, 1.5, -2),
    120: () => wasm.control(0, 1, 127),
    160: () => wasm.note(0, 60, 0),
    200: () => wasm.bend(1, 4096),
  };
  const heard = new Float32Array(240 * 64);
  for (let block = 0; block < 240; block++) {
    score[block]?.();
    wasm.render(64);
    heard.set(new Float32Array(wasm.memory.buffer, wasm.left(), 64), 64 * block);
  }
  const every = heard.filter((_, index) => index % 61 === 0);
  assert.equal(every.length, wanted.length);
  every.forEach((sample, index) =>
    assert.ok(Math.abs(sample - wanted[index]) < 2e-4, `${index}: ${sample} is not ${wanted[index]}`),
  );
});

test('a target on tones is measured at the key of their map', () => {
  const read = (/** @type {string} */ path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  // The Rust test measures the maps again at these keys.
  const measured = [...read('crate/lab/train/tests/all/shipped_tones.rs').matchAll(/\("(\w+)", (\d+), \d+\)/g)];
  const shown = [...read('crate/page/play/src/panels/paths/curve/ground.rs').matchAll(/\("(\w+)", (\d+)\)/g)];
  assert.deepEqual(
    shown.map(([, domain, key]) => [domain, key]),
    measured.map(([, domain, key]) => [domain, key]),
  );
});

test('tones live unless the page makes them steady, also if it says so before the first model', () => {
  /** The standard deviation of the level in pieces of 40 ms, in dB. */
  const changes = (/** @type {ReturnType<typeof chosen>} */ { processor, say }) => {
    say([NOTE_ON, 60, 100]);
    sound(processor, 375);
    const levels = Array.from({ length: 25 }, () => 20 * Math.log10(rms(sound(processor, 15))));
    const mean = levels.reduce((sum, level) => sum + level) / levels.length;
    return Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length);
  };
  const living = changes(chosen());
  const steady = chosen();
  steady.say([TONE_LIFE, 0]);
  const before = make({ module, network, decoder });
  before.say([TONE_LIFE, 0]);
  before.say([SOUND_SOURCE, model('strings'), toneModule, 1]);
  answered(before.posted, true);
  for (const one of [steady, before]) {
    const change = changes(one);
    assert.ok(living > 2 * change, `${living} dB after ${change} dB`);
  }
  for (const odd of [NaN, 'x', undefined, 9]) steady.say([TONE_LIFE, odd]);
  assert.ok(changes(steady) > 0);
});

/** A path of one finger that holds a key for ten seconds (crate/page/protocol/src/path_score.rs). */
const held = (/** @type {number} */ key) =>
  new Uint8Array(Uint32Array.from([1, 1, 0, 2, 2, 100 + 256 * key, 0, 0, 0, 1e5, 0, 0]).buffer);

/** Plays a path on a source. */
function playOn(/** @type {(message: unknown) => void} */ say, /** @type {number} */ number, source = 0, key = 60) {
  say([PATH_SOUND, number, new Float32Array(0), new Uint8Array(0), 0, 0, 8, 0.5, source]);
  say([PLAY_PATH, held(key), number, 10, 1, 1, 0, 0, 0, 0]);
}

test('amSynth and the tones of two models sound at the same time, each on its own parts', () => {
  const { processor, say } = chosen('strings');
  const { instances } = processor.tones;
  playOn(say, 0, 2, 50);
  playOn(say, 1, 0, 62);
  say([NOTE_ON, 57, 100]);
  sound(processor, 100);
  assert.equal(instances[1].wasm.voices(), 1, 'the touch');
  assert.equal(instances[2], undefined);
  say([LOAD_TONES, 2, model('winds'), null]);
  sound(processor, 100);
  assert.deepEqual(
    [instances[1], instances[2]].map(one => one.wasm.voices()),
    [1, 1],
  );
  assert.equal(processor.wasm.active_voices(), 3, 'and amSynth');
  const before = [instances[1], instances[2]].map(one => one.wasm.allocations());
  const allocations = processor.wasm.allocations();
  const heard = sound(processor, 200);
  assert.ok(share(heard, 220) > 0.001 && rms(heard) > 0.02);
  assert.deepEqual(
    [processor.wasm.allocations(), ...[instances[1], instances[2]].map(one => one.wasm.allocations())],
    [allocations, ...before],
  );
  say([SOUND_SOURCE, null, null, 0]);
  sound(processor, 300);
  assert.deepEqual(
    [instances[1], instances[2]].map(one => one.wasm.voices()),
    [0, 1],
    'the touch has ended, the path plays on',
  );
  say([PATH_GAIN, 1, 0]);
  sound(processor, 20);
  const alone = rms(sound(processor, 100));
  say([PATH_GAIN, 0, 0]);
  sound(processor, 20);
  assert.ok(alone > 0.01 && rms(sound(processor, 20)) < 1e-6, 'a level of 0 silences tones');
  say([PATH_GAIN, 0, 1]);
  sound(processor, 20);
  assert.ok(Math.abs(20 * Math.log10(rms(sound(processor, 100)) / alone)) < 3);
  say([PLAY_PATH, null, 0, 0, 0, 0, 0, 0, 0, 0]);
  sound(processor, 300);
  assert.equal(processor.tones.instances[2].wasm.voices(), 0);
});

test('tones that are loaded are chosen by their number alone, others are refused', () => {
  const { processor, say, posted } = chosen('strings');
  say([LOAD_TONES, 3, model('brass'), null]);
  say([SOUND_SOURCE, null, null, 3]);
  answered(posted, true);
  say([NOTE_ON, 57, 100]);
  sound(processor, 20);
  assert.deepEqual(
    [1, 3].map(number => processor.tones.instances[number].wasm.voices()),
    [0, 1],
  );
  for (const number of [4, 6, NaN, -1, null]) {
    say([SOUND_SOURCE, null, null, number]);
    assert.equal(posted.at(-1)?.type, 'sourceRefused', String(number));
  }
  sound(processor, 10);
  assert.equal(processor.tones.instances[3].wasm.voices(), 1);
});
