// Live sounds as tones in the real modules: the node's input, amSynth's own output, and feedback. Reads WORKLET_WASM,
// beside which the script, tone-source.wasm and the models are; `./build.sh test` sets it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { COMMAND as SAY } from '../target/site/protocol.js';
import { rms } from './instrument.mjs';
import { decoder, make, module, network, play } from './processor.mjs';
import { chosen, model, RATE_HZ, share, sound } from './tones.mjs';

const { NOTE_ON, NOTE_OFF, ALL_SOUND_OFF, SOUND_SOURCE, LIVE_TONES, TONE_FEEDBACK } = SAY;

/** A tone of ten harmonics after silence, and the processor's output for it as its input. */
function heardLive(/** @type {any} */ processor, frequency_hz = 330, frames = 128, silent = 4096, quanta = 200) {
  const input = Float32Array.from({ length: frames * quanta }, (_, n) => {
    let sum = 0;
    for (let k = 1; n >= silent && k <= 10; k++)
      sum += (0.1 * Math.sin((2 * Math.PI * k * frequency_hz * (n - silent)) / RATE_HZ)) / k;
    return sum;
  });
  const output = new Float32Array(input.length);
  for (let at = 0; at < input.length; at += frames) {
    const channel = input.slice(at, at + frames);
    output.set(play(processor, { frames, input: [channel, channel] })[0], at);
  }
  return { input, output };
}

const onset = (/** @type {Float32Array} */ samples) => {
  const greatest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.findIndex(sample => Math.abs(sample) > 0.1 * greatest);
};

/** The greatest second difference of neighbouring samples. */
const edge = (/** @type {Float32Array} */ samples) =>
  samples.reduce(
    (most, sample, at) => Math.max(most, at < 2 ? 0 : Math.abs(sample - 2 * samples[at - 1] + samples[at - 2])),
    0,
  );

test("the node's input becomes tones of its pitch and level at most 30 ms later", () => {
  for (const frames of [64, 100, 128]) {
    const { processor, say } = chosen('brass');
    say([LIVE_TONES, 1]);
    const { tones } = processor;
    const { input, output } = heardLive(processor, 330, frames);
    const late_ms = (1000 * (onset(output) - onset(input))) / RATE_HZ;
    assert.ok(
      late_ms > 5 && late_ms <= tones.wasm.latency_ms() && tones.wasm.latency_ms() <= 30,
      `${late_ms} ms of ${tones.wasm.latency_ms()}`,
    );
    const [before, after] = [input, output].map(one => one.subarray(7_000, 12_000));
    assert.ok(Math.abs(20 * Math.log10(rms(after) / rms(before))) < 1);
    const harmonics = Array.from({ length: 20 }, (_, index) => share(after, 330 * (index + 1)));
    assert.ok(harmonics.reduce((sum, one) => sum + one) > 0.5, `${harmonics}`);
    const allocations = tones.wasm.allocations();
    play(processor, { input: [input.subarray(9000, 9128)] });
    assert.equal(tones.wasm.allocations(), allocations);
    say([LIVE_TONES, 0]);
    // Two hops, in which it goes to silence: a click would be an edge that is sharper than those of the tone.
    const end = sound(processor, 5);
    assert.ok(rms(end.subarray(0, 64)) > 0.01 && edge(end) <= 1.5 * edge(after), `${edge(end)} after ${edge(after)}`);
    assert.equal(rms(sound(processor, 2)), 0, 'off');
  }
});

test("amSynth's own output becomes tones, and keys play it again when that ends", () => {
  const { processor, say } = chosen('voices');
  const plain = make({ module, network, decoder });
  say([LIVE_TONES, 2]);
  for (const one of [say, plain.say]) one([NOTE_ON, 57, 100]);
  const [live, own] = [sound(processor, 150), sound(plain.processor, 150)];
  const late = Math.round((processor.tones.wasm.latency_ms() * RATE_HZ) / 1000);
  assert.ok(rms(live.subarray(0, late / 2)) < 0.01 * rms(live), 'only tones are heard');
  assert.ok(
    Math.abs(20 * Math.log10(rms(live.subarray(late)) / rms(own.subarray(0, -late)))) < 3,
    `${rms(live)} ${rms(own)}`,
  );
  say([LIVE_TONES, 0]);
  sound(processor, 750);
  assert.equal(processor.tones.wasm.voices(), 1, 'the key plays the domain');
  assert.ok(rms(sound(processor, 20)) > 0.01, 'and is heard');
  say([NOTE_OFF, 57]);
  sound(processor, 750);
  assert.equal(processor.tones.wasm.voices(), 0);
});

test('a key that is down plays the next domain, and amSynth, when amSynth was its live sound', () => {
  const { processor, say } = chosen('strings');
  say([LIVE_TONES, 2]);
  say([NOTE_ON, 57, 100]);
  sound(processor, 100);
  // As the page does: the keys that are down go down again on another instrument, where a live sound ends.
  say([SOUND_SOURCE, model('voices'), null, 1]);
  say([NOTE_ON, 57, 100]);
  say([LIVE_TONES, 0]);
  sound(processor, 750);
  assert.equal(processor.tones.wasm.voices(), 1, 'voices play it');
  say([LIVE_TONES, 2]);
  say([SOUND_SOURCE, null, null, 0]);
  say([LIVE_TONES, 0]);
  sound(processor, 1500);
  assert.ok(rms(sound(processor, 20)) < 1e-5, 'amSynth ends what nobody presses again');
});

test('feedback is never silent and never above −1 dBFS, and silence ends it', () => {
  const { processor, say } = chosen('winds');
  say([LIVE_TONES, 3]);
  sound(processor, 200);
  for (const [frequency_hz, quality] of [
    [100, 1],
    [3000, 50],
    [440, 0.3],
    [NaN, 7],
    [1e9, -1],
  ]) {
    say([TONE_FEEDBACK, frequency_hz, quality]);
    const heard = sound(processor, 300);
    assert.ok(heard.every(sample => Math.abs(sample) <= 0.891) && rms(heard) > 0.01, `${rms(heard)}`);
  }
  say([ALL_SOUND_OFF]);
  // The output falls within 10 ms, so that it does not click.
  sound(processor, 4);
  assert.equal(rms(sound(processor, 4)), 0);
});

test('an input and feedback count as a sounding voice until they end', () => {
  const { processor, say, posted } = chosen('winds');
  const count = (/** @type {number} */ quanta) => {
    sound(processor, quanta);
    return posted.findLast(({ type }) => type === 'voices')?.count ?? 0;
  };
  say([LIVE_TONES, 2]);
  assert.equal(count(20), 0, "of amSynth's own sound only its voices count");
  for (const kind of [1, 3]) {
    say([LIVE_TONES, kind]);
    assert.equal(count(20), 1);
    say([NOTE_ON, 60, 100]);
    say([NOTE_ON, 64, 100]);
    assert.equal(count(20), 2);
    say([NOTE_OFF, 60]);
    say([NOTE_OFF, 64]);
    assert.equal(count(200), 1);
    say([LIVE_TONES, 0]);
    assert.equal(count(20), 0);
  }
  say([LIVE_TONES, 1]);
  say([ALL_SOUND_OFF]);
  assert.equal(count(20), 1, 'silence leaves an input');
  say([LIVE_TONES, 3]);
  assert.equal(count(20), 1);
  say([ALL_SOUND_OFF]);
  assert.equal(count(20), 0, 'silence ends feedback');
});
