// The messages of tests that start programs when a program stalls or ends early.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from './engines/program.mjs';

/** @param {string} script @param {number} [patience_ms] */
const shell = (script, patience_ms) => start('bash', ['-c', script], process.env, patience_ms);

test('a line that a program has said is found, also one that it said before', async () => {
  const program = shell('echo "listening on 1" >&2; echo "listening on 2" >&2; sleep 1000');
  assert.equal((await program.says(/on (2)/))[1], '2');
  assert.equal((await program.says(/on (\d)/))[1], '1');
  await program.stop();
});

test('a program that never says it is named with what it said instead', async () => {
  const program = shell('echo "no room" >&2; sleep 1000', 300);
  await assert.rejects(
    program.says(/listening/),
    /^Error: bash has not said \/listening\/ within 0\.3 s; it said: no room$/,
  );
  await program.stop();
});

test('a program that ends before it says it is named, however it ended, and can be stopped', async () => {
  for (const [script, end] of [
    ['echo "no room" >&2; exit 3', '3'],
    ['echo "no room" >&2; kill -KILL $$', 'SIGKILL'],
  ]) {
    const program = shell(script);
    await assert.rejects(
      program.says(/listening/),
      new RegExp(`^Error: bash ended \\(${end}\\) before it said /listening/; it said: no room$`),
    );
    await program.stop();
  }
  const missing = start('no-such-program', []);
  await assert.rejects(missing.says(/listening/), /^Error: no-such-program ended \(ENOENT\) before it said/);
  await missing.stop();
});

test('a wait ends with the program, also while something that it started lives on, and stopping ends that, too', async () => {
  const program = shell('sleep 1000 & exit 1');
  await assert.rejects(
    program.until('answered', async () => false),
    /^Error: bash ended \(1\) before it answered; it said: nothing$/,
  );
  await program.stop();
});

test('a program that ignores the request to end is ended', async () => {
  const program = shell('trap "" TERM; echo ready >&2; while :; do sleep 1; done', 300);
  await program.says(/ready/);
  await program.stop();
});
