// The worklet's files in a real audio scope without the globals that some browsers lack: many voices and several
// fingers. Prints speeds without judging them. (engines.test.mjs compares the samples with native code; this file only
// checks that the comparison can fail.) About 10 s.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { chromium } from '../engines/chromium.mjs';
import { runJobs, sessionOf } from '../engines/engines.mjs';
import { fiveFingers, fivePoints, heldKeys, nullJobs, RENDERS } from '../engines/jobs.mjs';
import { indexOf } from '../parameters.mjs';

const changed = structuredClone(nullJobs(RENDERS)[0]);
const [, values] = /** @type {[number, number[]]} */ (changed.score?.[0].message);
values[indexOf('master_vol')] *= 1 + 1e-6;

const sounding = { frames: 4 * 48_000, rate_hz: 48_000, decoder: true };
/** @type {import('../engines/page.js').Job[]} */
const jobs = [
  { ...changed, name: 'another volume' },
  { ...sounding, name: 'sixteen voices', score: heldKeys(16), timedDecodes: 2000 },
  { ...sounding, name: 'sixteen voices at 44.1 kHz', rate_hz: 44_100, frames: 4 * 44_100, score: heldKeys(16) },
  { ...sounding, name: 'five moving fingers', score: fiveFingers, points: fivePoints, moving: true },
  { ...sounding, name: 'a finger without a key', moving: true, points: [[0, 0]] },
];

/** @type {Map<string, import('../engines/page.js').Result>} */
let results;
before(async () => {
  const session = sessionOf(chromium);
  results = new Map(
    (await session.use(session => runJobs(session, jobs, RENDERS))).map(result => [result.name, result]),
  );
  await session.close();
});

/** @param {string} name */
function resultOf(name) {
  const result = results.get(name);
  assert.ok(result, name);
  return result;
}

test('a different volume is detected', () => {
  assert.ok(Number(resultOf('another volume').different) > 1000);
});

test('many voices and moving fingers sound in a scope without TextDecoder and similar globals', context => {
  for (const [name, voices] of /** @type {const} */ ([
    ['sixteen voices', 16],
    ['sixteen voices at 44.1 kHz', 16],
    ['five moving fingers', 5],
  ])) {
    const heard = resultOf(name);
    const decode = heard.decode_us ? `, a decode in ${heard.decode_us.toFixed(1)} µs` : '';
    context.diagnostic(`${name}: ${heard.timesRealTime.toFixed(1)} times real time${decode}`);
    assert.deepEqual(heard.leftOver, [], name);
    assert.equal(heard.sounding, voices, name);
    assert.ok(heard.finite && heard.level > 1e-3, `${name}: the level is ${heard.level}`);
  }
});

test('without a key there is silence, wherever the finger moves', () => {
  const { level, sounding } = resultOf('a finger without a key');
  assert.deepEqual([level, sounding], [0, 0]);
});
