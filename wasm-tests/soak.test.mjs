// The night of soak.mjs, as a few minutes: what it says of memory, voices and samples. (Its times are for
// `./build.sh soak`: a test is not timed.)
import { test } from 'node:test';

import { soak } from './soak.mjs';

test('three minutes of playing leave no voice, no infinite sample and no more memory', () => {
  soak({ hours: 3, hour_s: 60 });
});
