// The module stays within wide performance budgets, see budget.mjs. build/sizes.mjs checks the exact sizes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { exceeded, ratios, WIDE } from './budget.mjs';

test('voices, moving points, silence and decoding stay within their budgets', () => {
  const sentences = exceeded().map(
    ({ what, ratio, budget }) => `${what}: ${ratio.toFixed(3)}, usually ${budget}, at most ${WIDE * budget}`,
  );
  assert.deepEqual(sentences, []);
});

test('a reference that the machine has disturbed makes no ratio smaller', () => {
  const round = { unit_s: 1, voices_s: 10, moving_s: 20, rest_s: 0.01, decode_s: 1e-3 };
  assert.deepEqual(ratios([round, { ...round, unit_s: 3 }, { ...round, voices_s: 30 }]), ratios([round]));
  assert.equal(ratios([{ ...round, voices_s: 30 }, round])[0].ratio, 10);
});
