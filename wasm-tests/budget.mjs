// The cost of the module as multiples of a reference workload that is timed in the same run, so that it depends on the
// program and not on the machine. usage: node budget.mjs; prints a table. Must never judge by wall-clock time.
import { fileURLToPath } from 'node:url';

import { instrument, loaded, networkOf } from './instrument.mjs';

const SAMPLE_RATE_HZ = 48_000;
const BLOCK_FRAMES = 64;
/** Repetitions of each measurement; the minimum counts, because disturbances only add time. */
const TRIES = 3;
/**
 * Seconds of silence: one costs a few milliseconds, less than what Node compiles and collects meanwhile
 * in other threads.
 */
const SILENCE_S = 30;
/** Most measurements of everything, as long as a ratio is above its limit. */
const ROUNDS = 5;

/** The processor time of a piece of work, in seconds. @param {() => void} work */
function cost_s(work) {
  const tries = Array.from({ length: TRIES }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return Math.min(...tries);
}

/** The reference workload: a second of a hundred biquad filters at 48 kHz in plain JavaScript, similar to a voice. */
function yardstick() {
  let sum = 0;
  for (let filter = 1; filter <= 100; filter++) {
    const a = 1.6 - filter * 1e-3;
    const b = -0.8;
    let y1 = 0;
    let y2 = 0;
    for (let frame = 0; frame < SAMPLE_RATE_HZ; frame++) {
      const y = 1e-3 * ((frame & 255) - 128) + a * y1 + b * y2;
      y2 = y1;
      y1 = y;
    }
    sum += y1;
  }
  return sum;
}

/** @param {ReturnType<typeof instrument>} wasm @param {number} seconds @param {(block: number) => void} [before] */
function render(wasm, seconds, before) {
  for (let block = 0; block < (seconds * SAMPLE_RATE_HZ) / BLOCK_FRAMES; block++) {
    before?.(block);
    wasm.render(BLOCK_FRAMES);
  }
}

/** The values on a busy two-core machine (AMD Zen, Node 20) times `WIDE` are the limits. */
const BUDGETS = { voices: 2.5, moving: 3.5, rest: 0.1, decode: 15 };
/** Ratios on other processors differ by half; a real regression exceeds this factor. */
export const WIDE = 3;

/**
 * Processor times in seconds, of the reference and of each measured work.
 * @typedef {{ unit_s: number, voices_s: number, moving_s: number, rest_s: number, decode_s: number }} Times
 */

/** @returns {Times} */
function times() {
  yardstick();
  const unit_s = cost_s(yardstick);
  const sounding = loaded(SAMPLE_RATE_HZ);
  for (let part = 0; part < 4; part++) for (let key = 0; key < 4; key++) sounding.note_on(part, 48 + 5 * key, 100);
  render(sounding, 1);
  const voices_s = cost_s(() => render(sounding, 1));
  const moving_s = cost_s(() =>
    render(sounding, 1, block => {
      for (let part = 0; part < 4; part++)
        sounding.move_to(part, 3 * Math.cos(block / 50 + part), 3 * Math.sin(block / 50 + part));
    }),
  );
  const resting = loaded(SAMPLE_RATE_HZ);
  render(resting, SILENCE_S);
  const rest_s = cost_s(() => render(resting, SILENCE_S)) / SILENCE_S;
  const decodes = 5000;
  const decode_s =
    cost_s(() => {
      networkOf(resting).warm_up(decodes);
    }) / decodes;
  return { unit_s, voices_s, moving_s, rest_s, decode_s };
}

/**
 * The ratios of some rounds' times, with the current values as budgets. The least of each time counts, since other work
 * of the machine only adds to it. The least ratio would be the one with the most disturbed reference.
 * @param {Times[]} rounds
 * @returns {{ what: string, ratio: number, budget: number }[]}
 */
export function ratios(rounds) {
  const least = (/** @type {keyof Times} */ name) => Math.min(...rounds.map(round => round[name]));
  const unit_s = least('unit_s');
  const voices_s = least('voices_s');
  return [
    {
      what: 'a second of 16 voices in four parts, against a second of 100 biquads',
      ratio: voices_s / unit_s,
      budget: BUDGETS.voices,
    },
    {
      what: 'the same while all four points move, against the same at rest',
      ratio: least('moving_s') / voices_s,
      budget: BUDGETS.moving,
    },
    {
      what: 'a second of fifteen silent parts, against a second of 100 biquads',
      ratio: least('rest_s') / unit_s,
      budget: BUDGETS.rest,
    },
    {
      what: 'ten thousand decodes, against a second of 100 biquads',
      ratio: (1e4 * least('decode_s')) / unit_s,
      budget: BUDGETS.decode,
    },
  ];
}

/** The ratios that are above their limits after some rounds. */
export function exceeded() {
  const rounds = [times()];
  const above = () => ratios(rounds).filter(({ ratio, budget }) => !(ratio <= WIDE * budget));
  while (rounds.length < ROUNDS && above().length > 0) rounds.push(times());
  return above();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { what, ratio, budget } of ratios([times()])) {
    console.log(`${what.padEnd(72)}${ratio.toFixed(3).padStart(8)}   (budget ${budget})`);
  }
}
