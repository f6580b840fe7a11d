// The module costs what it did, by a wide margin: see budget.mjs. Sizes are guarded exactly, by build/sizes.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { measure, WIDE } from './budget.mjs';

test('voices, moving points, silence and decoding stay within their budgets', () => {
  for (const { what, ratio, budget } of measure()) {
    assert.ok(ratio <= WIDE * budget, `${what}: ${ratio.toFixed(3)}, where ${budget} is usual and ${WIDE * budget} the most`);
  }
});
