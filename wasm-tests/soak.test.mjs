// A few minutes of soak.mjs: checks memory, voices and samples. Only `./build.sh soak` judges its times.
import { test } from 'node:test';

import { soak } from './soak.mjs';

test('three minutes of playing leave no voice, no infinite sample and no memory growth', () => {
  soak({ hours: 3, hour_s: 60 });
});
