// The module stays within wide performance budgets, see budget.mjs. build/sizes.mjs checks the exact sizes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { measure, WIDE } from './budget.mjs';

test('voices, moving points, silence and decoding stay within their budgets', () => {
  for (const { what, ratio, budget } of measure()) {
    assert.ok(ratio <= WIDE * budget, `${what}: ${ratio.toFixed(3)}, usually ${budget}, at most ${WIDE * budget}`);
  }
});
