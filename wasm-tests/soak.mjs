// Plays the real worklet module for hours, faster than real time: random fingers, notes, controllers, patches, tunings
// and arpeggios. No sample may be infinite, no voice may remain, memory must not grow, and the last hour must not take
// longer than the first. usage: node --expose-gc soak.mjs [HOURS [SECONDS_PER_HOUR]]
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import { chance } from './chance.mjs';
import { COMMAND as SAY } from '../target/site/protocol.js';
import { PARAMETER_COUNT } from './parameters.mjs';
import { decoder, make, module, network } from './processor.mjs';

const SAMPLE_RATE_HZ = 48_000;
const QUANTUM_FRAMES = 128;
const PARTS = 5;
/** The Scala files that the player switches between, including none. */
const TUNINGS = [null, '19 equal\n1\n63.157894\n', 'fifths\n2\n3/2\n2/1\n'].map(
  text => text && new TextEncoder().encode(text),
);
/** The limit of the last hour's cost relative to the first's; timing noise is smaller. */
export const COST_LIMIT = 1.1;
/** The allowed growth of Node's heap after the first hour, in bytes: compiled code and the test's own lists. */
const HEAP_SLACK = 8 << 20;

/** A random action and its mean rate. @typedef {{ rate_hz: number, act: () => void }} Habit */

/**
 * A random player: `quantum` performs actions and renders 128 frames.
 * @param {ReturnType<typeof make>} made @param {import('./chance.mjs').Chance} draw
 */
function player({ processor, posted, say }, draw) {
  const output = [new Float32Array(QUANTUM_FRAMES), new Float32Array(QUANTUM_FRAMES)];
  const axes = ['latentX', 'latentY'].map(axis => Array.from({ length: PARTS }, (_, part) => `${axis}${part || ''}`));
  /** @type {Record<string, Float32Array>} */
  const parameters = Object.fromEntries(axes.flat().map(name => [name, new Float32Array(1)]));
  /** For each part, the keys that are down and the velocity of the finger. */
  const fingers = Array.from({ length: PARTS }, () => ({ keys: new Set(), speed: [0, 0] }));
  const part = () => draw.whole(PARTS);

  /** @param {number} one */
  const press = one => {
    const key = 36 + draw.whole(48);
    fingers[one].keys.add(key);
    fingers[one].speed = [draw.share() - 0.5, draw.share() - 0.5].map(value => value * 0.02);
    say([SAY.NOTE_ON, key, 1 + draw.whole(127), one]);
  };
  /** @param {number} one */
  const lift = one => {
    const [key] = fingers[one].keys;
    fingers[one].keys.delete(key);
    if (key !== undefined) say([SAY.NOTE_OFF, key, 0, one]);
  };
  const patch = () =>
    Float32Array.from(
      new Float32Array(processor.wasm.memory.buffer, processor.wasm.patch(part()), PARAMETER_COUNT),
      value => (draw.whole(4) ? value : value * draw.share()),
    );
  /** @type {Habit[]} */
  const habits = [
    {
      rate_hz: 3,
      act: () => {
        const one = part();
        if (fingers[one].keys.size < 4) press(one);
      },
    },
    { rate_hz: 4, act: () => lift(part()) },
    { rate_hz: 0.5, act: () => say([SAY.PITCH_BEND, draw.whole(16384) - 8192, 0, part()]) },
    { rate_hz: 0.5, act: () => say([SAY.CONTROL_CHANGE, draw.pick([1, 7, 10, 11]), 64 + draw.whole(64), part()]) },
    { rate_hz: 0.2, act: () => say([SAY.SET_PATCH, patch(), null, part()]) },
    { rate_hz: 0.1, act: () => say([SAY.SET_PATCH, null, null, part()]) },
    { rate_hz: 0.1, act: () => say([SAY.SET_PARAMETER, draw.whole(PARAMETER_COUNT), draw.share(), part()]) },
    { rate_hz: 0.05, act: () => say([SAY.ARPEGGIO, draw.whole(5), 1 + 10 * draw.share(), draw.share()]) },
    {
      rate_hz: 0.02,
      act: () => say([SAY.HOLD_PARAMETER, draw.whole(PARAMETER_COUNT), draw.whole(2) ? draw.share() : NaN]),
    },
    { rate_hz: 0.02, act: () => say([SAY.VOICE_LIMIT, draw.pick([0, 0, 2, 8])]) },
    { rate_hz: 0.01, act: () => say([SAY.TUNING, draw.pick(TUNINGS), null]) },
    { rate_hz: 0.01, act: () => say([SAY.RECENT, 30]) },
    {
      rate_hz: 0.01,
      act: () => {
        fingers.forEach(finger => finger.keys.clear());
        say([SAY.ALL_SOUND_OFF]);
      },
    },
  ];

  return {
    /** Performs random actions, then renders a quantum. */
    quantum() {
      for (const { rate_hz, act } of habits) if (draw.share() < (rate_hz * QUANTUM_FRAMES) / SAMPLE_RATE_HZ) act();
      fingers.forEach(({ keys, speed }, one) => {
        if (keys.size === 0) return;
        axes.forEach((names, axis) => {
          const moved = parameters[names[one]][0] + speed[axis];
          if (Math.abs(moved) > 4) speed[axis] = -speed[axis];
          parameters[names[one]][0] = Math.max(-4, Math.min(4, moved));
        });
      });
      this.rest();
    },
    /** Renders a quantum without actions. */
    rest() {
      processor.process([], [output], parameters);
      for (const channel of output) {
        // The sum is finite only if every sample is, so one check is enough.
        let sum = 0;
        for (let index = 0; index < QUANTUM_FRAMES; index++) sum += Math.abs(channel[index]);
        assert.ok(sum < QUANTUM_FRAMES * 50, `a sample is infinite or far too large: ${sum}`);
      }
      const trouble = posted.find(({ type }) => type === 'stopped' || type === 'error' || type === 'decoderRefused');
      assert.equal(trouble, undefined, trouble?.message);
      posted.length = 0;
    },
    /** Resets everything: keys up, no overrides, decoded patches; waits for silence. */
    end() {
      say([SAY.ARPEGGIO, 0, 4, 1]);
      fingers.forEach(({ keys }, one) => {
        while (keys.size > 0) lift(one);
      });
      for (let index = 0; index < PARAMETER_COUNT; index++) say([SAY.HOLD_PARAMETER, index, NaN]);
      say([SAY.VOICE_LIMIT, 0]);
      say([SAY.TUNING, null, null]);
      for (let one = 0; one < PARTS; one++) {
        say([SAY.SET_PATCH, null, null, one]);
        say([SAY.PITCH_BEND, 0, 0, one]);
        say([SAY.CONTROL_CHANGE, 121, 0, one]);
      }
      Object.values(parameters).forEach(values => values.fill(0));
      // Longer than amSynth's longest release (crate/sound/patch/src/table.rs).
      const patience = (40 * SAMPLE_RATE_HZ) / QUANTUM_FRAMES;
      for (let count = 0; count < patience && processor.wasm.active_voices() > 0; count++) this.rest();
      assert.equal(processor.wasm.active_voices(), 0, 'a voice is stuck: every key is up');
    },
  };
}

/**
 * Plays. Returns each hour's cost (processor seconds per second of audio) and memory.
 * @param {{ hours: number, hour_s: number, tell?: (line: string) => void }} night
 */
export function soak({ hours, hour_s, tell = () => {} }) {
  const made = make({ module, network, decoder });
  assert.deepEqual(
    made.posted.map(({ type }) => type),
    ['ready'],
    'the network decodes',
  );
  /** @type {{ cost: number, wasm_bytes: number, heap_bytes: number }[]} */
  const record = [];
  for (let hour = 0; hour < hours; hour++) {
    // Every hour plays the same actions, so that the costs are comparable.
    const playing = player(made, chance(1));
    const before = process.cpuUsage();
    for (let count = 0; count < (hour_s * SAMPLE_RATE_HZ) / QUANTUM_FRAMES; count++) playing.quantum();
    const { user, system } = process.cpuUsage(before);
    playing.end();
    globalThis.gc?.();
    const cost = (user + system) / 1e6 / hour_s;
    const {
      wasm,
      network: { wasm: decoding },
    } = made.processor;
    const wasm_bytes = wasm.memory.buffer.byteLength + decoding.memory.buffer.byteLength;
    record.push({ cost, wasm_bytes, heap_bytes: process.memoryUsage().heapUsed });
    tell(
      `hour ${hour + 1} of ${hours}: ${(1 / cost).toFixed(0)} × real time, modules ${(wasm_bytes / 1e6).toFixed(1)} MB, `
        + `Node's heap ${(record[hour].heap_bytes / 1e6).toFixed(1)} MB, no voice left`,
    );
  }
  const [first, last] = [record[0], record[record.length - 1]];
  assert.equal(last.wasm_bytes, first.wasm_bytes, 'a module has taken more memory after the first hour');
  if (globalThis.gc) {
    assert.ok(last.heap_bytes <= first.heap_bytes + HEAP_SLACK, `Node's heap grew to ${last.heap_bytes} bytes`);
  }
  return record;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [hours = 8, hour_s = 3600] = process.argv.slice(2).map(Number);
  const record = soak({ hours, hour_s, tell: line => console.log(line) });
  const ratio = record[hours - 1].cost / record[0].cost;
  console.log(`last hour : first hour = ${ratio.toFixed(3)} (at most ${COST_LIMIT})`);
  if (ratio > COST_LIMIT) process.exitCode = 1;
}
