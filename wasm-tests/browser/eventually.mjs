// Assertions about a page that changes in its next frame, or when its audio thread or a worker answers.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { PATIENCE_MS } from './site.mjs';

const POLL_MS = 30;

/**
 * Reads until the value is as expected; when the time is over, asserts it with the last value.
 * @template Value
 * @param {() => Promise<Value>} read
 * @param {NoInfer<Value> | RegExp | ((value: Value) => boolean)} expected a value, a pattern of a text, or a condition
 * @param {string} [what] the sentence of the failure
 * @returns {Promise<Value>} the value that is as expected
 */
export async function eventually(read, expected, what) {
  const isExpected = (/** @type {Value} */ value) => {
    if (expected instanceof RegExp) return expected.test(String(value));
    return typeof expected === 'function' ? /** @type {any} */ (expected)(value) : isDeepStrictEqual(value, expected);
  };
  const end_ms = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (isExpected(value)) return value;
    if (Date.now() > end_ms) {
      if (expected instanceof RegExp) assert.match(String(value), expected, what);
      if (typeof expected === 'function') assert.fail(`${what ?? 'not as expected'}: ${JSON.stringify(value)}`);
      assert.deepEqual(value, expected, what);
    }
    await wait(POLL_MS);
  }
}
