// The same commit must give the same bytes wherever it is built (build/reproducible.sh builds twice and compares). What
// would break that first is cheap to see: a path of this machine in something that ships. Reads dist/, beside the module
// that WORKLET_WASM names.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { given } from './instrument.mjs';

test('no file of the site knows where it was built', () => {
  const folder = dirname(given('WORKLET_WASM'));
  const root = fileURLToPath(new URL('..', import.meta.url));
  // As folders: a file may be named like one. A home that is “/” would be everywhere.
  const folders = [root, homedir(), process.env.CARGO_HOME ?? '', '.cargo/registry'].map(place => place.replace(/\/*$/, '/'));
  const places = folders.filter(place => place.length > 3);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  assert.ok(files.length > 30, `${files.length} files`);
  const found = files.flatMap(entry => {
    const path = join(entry.parentPath, entry.name), content = readFileSync(path);
    return places.filter(place => content.includes(place)).map(place => `${path}: ${place}`);
  });
  assert.deepEqual(found, []);
});
