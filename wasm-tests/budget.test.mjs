// The module stays within wide performance budgets, see budget.mjs. build/sizes.mjs checks the exact sizes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { exceeded, WIDE } from './budget.mjs';

test('voices, moving points, silence and decoding stay within their budgets', () => {
  const sentences = exceeded().map(({ what, ratio, budget }) => `${what}: ${ratio.toFixed(3)}, usually ${budget}, at most ${WIDE * budget}`);
  assert.deepEqual(sentences, []);
});
