// Measures the worklet in each installed browser engine: its speed as a multiple of real time, the time of a decode,
// and the difference from the samples of the native renders.
// usage: node engines/benchmark.mjs, after `./build.sh test`, which makes the renders. Prints tables; never fails.
import { existsSync } from 'node:fs';
import { ENGINES, notRun, runJobs, sessionOf } from './engines.mjs';
import { fiveFingers, fivePoints, heldKeys, nullJobs, RENDERS } from './jobs.mjs';

const REPEATS = 3;
const RATE_HZ = 48_000;

const base = { rate_hz: RATE_HZ, frames: 10 * RATE_HZ, decoder: true };
/** @type {import('./page.js').Job[]} */
const speedJobs = [
  { ...base, name: '1 voice', score: heldKeys(1) },
  { ...base, name: '16 voices', score: heldKeys(16) },
  { ...base, name: '16 voices, finger moving', score: heldKeys(16), points: [[0, 0]], moving: true },
  { ...base, name: '5 fingers, all moving', score: fiveFingers, points: fivePoints, moving: true },
  { ...base, name: '64 voices', score: heldKeys(64) },
  { ...base, name: '128 voices', score: heldKeys(128) },
];
/** @type {import('./page.js').Job} */
const decodeJob = { ...base, name: 'one decode', frames: 128, timedDecodes: 20_000 };

/** @param {number[]} values */
const median = values => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

/** @param {string} name @param {string} figure */
const row = (name, figure) => console.log(`${name.padEnd(28)}${figure.padStart(10)}`);

for (const engine of ENGINES) {
  console.log(`\n${`${engine.name}, ${RATE_HZ / 1000} kHz`.padEnd(28)}times real time, median of ${REPEATS}`);
  if (!engine.installed()) {
    console.log(notRun(engine));
    continue;
  }
  const repeated = speedJobs.flatMap(job => Array.from({ length: REPEATS }, () => job));
  const presets = existsSync(RENDERS) ? nullJobs(RENDERS) : [];
  const session = sessionOf(engine);
  const results = await session.use(session => runJobs(session, [...repeated, decodeJob, ...presets], RENDERS));
  await session.close();
  for (const { name } of speedJobs) {
    row(name, median(results.filter(result => result.name === name).map(result => result.timesRealTime)).toFixed(1));
  }
  row(decodeJob.name, `${results[repeated.length].decode_us?.toFixed(1)} µs`);
  const same = results.slice(repeated.length + 1).filter(result => result.different === 0).length;
  row('presets like native renders', presets.length > 0 ? `${same}/${presets.length}` : 'not run');
}
