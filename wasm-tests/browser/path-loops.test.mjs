// The search for a path and the page's loops: a deleted path stays deleted, and a path that another one replaces passes
// its speed on. About 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editPaths, loops } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();

/** A path of two seconds, or of another length, and in beats. @param {string} name @param {number} [rate_hz] @param {number} [beats] */
const file = (name, rate_hz = 10, beats = undefined) => ({
  name: `${name}.json`, mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify({ format: 'latent-pad path', version: 1, name, rate_hz, beats, loop: true, lanes: { x: Array(21).fill(1), y: Array(21).fill(3) }, notes: [] })),
});

/** @param {Page} page @param {...string} names */
async function add(page, ...names) {
  for (const name of names) {
    const { length } = await loops(page);
    await page.locator('#path-file').setInputFiles(file(name));
    await eventually(async () => (await loops(page)).length, length + 1);
  }
}

/** A field of each stored loop. @param {Page} page @param {string} field */
const each = async (page, field) => (await loops(page)).map(own => Reflect.get(own, field));

/** The editor with a way to follow a curve. */
async function follow() {
  const { page, close } = await editPaths(visit);
  await page.locator('[data-way=curve]').click();
  await eventually(() => page.locator('#path-low').inputValue(), low => Number(low) > 0);
  return { page, close };
}

test('who closes the editor ends the search: its path can be deleted, and the next search finds another one', async () => {
  const { page, close } = await follow();
  await page.locator('#path-find').click();
  await page.locator('#path-verdict', { hasText: /Measuring [2-9]/ }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('#path-close').click();
  await page.locator('.loop .delete').click();
  await page.locator('.loop').waitFor({ state: 'detached' });
  await page.locator('#path-open').click();
  await page.locator('#path-find', { hasText: 'Find again' }).waitFor();
  assert.deepEqual(await loops(page), []);
  await add(page, 'Own');
  await page.locator('#path-find').click();
  await eventually(() => each(page, 'name'), ['Own', 'Brightness, Sine']);
  await close();
});

test('a found path keeps the speed that a person chose when another one replaces it', async () => {
  const { page, close } = await follow();
  await page.locator('#path-find').click();
  await eventually(() => each(page, 'name'), ['Brightness, Sine']);
  await page.locator('.loop .more').click();
  await page.locator('.loop .slider').fill('1');
  await page.locator('.loop output', { hasText: '× 2.00' }).waitFor();
  await page.locator('[data-shape=line]').click();
  await page.locator('#path-find').click();
  await eventually(() => each(page, 'name'), ['Brightness, Line']);
  assert.deepEqual(await each(page, 'speed'), [2]);
  await close();
});
