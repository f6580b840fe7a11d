// The same commit must give the same bytes wherever it is built (build/reproducible.sh builds twice and compares). This
// test checks the most likely violation: a path of this machine in a shipped file. Reads dist/, the folder of the
// module that WORKLET_WASM names.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { given } from './instrument.mjs';

test('no file of the site contains a path of the machine that built it', () => {
  const folder = dirname(given('WORKLET_WASM'));
  const root = fileURLToPath(new URL('..', import.meta.url));
  // With a trailing slash, because a file may have the name of a folder. Skip “/”, which is in every file.
  const folders = [root, homedir(), process.env.CARGO_HOME ?? '', '.cargo/registry'].map(place =>
    place.replace(/\/*$/, '/'),
  );
  const places = folders.filter(place => place.length > 3);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  assert.ok(files.length > 30, `${files.length} files`);
  const found = files.flatMap(entry => {
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    return places.filter(place => content.includes(place)).map(place => `${path}: ${place}`);
  });
  assert.deepEqual(found, []);
});
