// The pictures of the manual as files of the built site. Reads dist/; `./build.sh test` builds it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SITE_FOLDER = fileURLToPath(new URL('../dist', import.meta.url));
// The limit of all pictures of a language together: the names of regions stand on the map.
const PICTURES_BYTES = 200_000;

test('the pictures of the manual are small, and every language has its own', () => {
  const [english, german] = ['help', 'help/de'].map(place => {
    const folder = join(SITE_FOLDER, place);
    const names = readdirSync(folder).filter(name => name.endsWith('.webp'));
    const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    assert.ok(bytes > 0 && bytes < PICTURES_BYTES, `those in ${place} weigh ${bytes}`);
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    assert.deepEqual([...new Set(html.match(/[^"]+\.webp/g))].sort(), names.sort(), `the pictures in ${place}`);
    return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, name), 'base64')]));
  });
  assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
  // The page with a finger says what is near it in the language.
  for (const name of ['page-dark.webp', 'page-light.webp']) assert.notEqual(german[name], english[name], name);
});
