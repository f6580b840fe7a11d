// The editor of paths and the page's loops: a deleted loop stays deleted, a recorded loop is not overwritten, and a
// loop keeps its speed and its whole beats. About 50 s.
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

test('a path that got the number of a deleted mix is not overwritten by the next mix', async () => {
  const { page, close } = await editPaths(visit);
  await add(page, 'Low', 'High');
  await page.locator('[data-way=four]').click();
  await page.locator('#path-across').focus();
  await page.keyboard.press('End');
  await eventually(() => each(page, 'name'), ['Low', 'High', 'Mix A']);
  await page.locator('[data-way=lanes]').click();
  await page.locator('.loop .delete').nth(2).click();
  await eventually(() => page.locator('.loop').count(), 2);
  await add(page, 'Own');
  assert.deepEqual(await each(page, 'number'), [1, 2, 3]);
  await page.locator('[data-way=four]').click();
  await page.locator('#path-across').focus();
  await page.keyboard.press('ArrowLeft');
  await eventually(() => each(page, 'name'), ['Low', 'High', 'Own', 'Mix A']);
  await close();
});

test('where loops last whole beats, a stretched path lasts more of them, and a new one lasts as many as a recording', async () => {
  const { page, close } = await editPaths(visit);
  await add(page, 'Tide');
  await page.locator('#in-beats').check();
  // At 112 beats a minute.
  await eventually(() => each(page, 'beats'), [4]);
  await page.locator('[data-operator=stretch]').click();
  await page.locator('#path-amount').fill('1');
  await page.locator('#path-amount').dispatchEvent('change');
  await eventually(() => each(page, 'beats'), [8]);
  await page.locator('#path-done').click();
  await add(page, 'Ebb');
  assert.deepEqual(await each(page, 'beats'), [8, 4]);
  await close();
});

test('a curve in beats has points at every zoom, and a path becomes no longer than ten minutes', async () => {
  const { page, close } = await editPaths(visit);
  // A quarter of a beat lasts longer than what is visible.
  await page.locator('#path-file').setInputFiles(file('Slow', 10, 1));
  await eventually(() => each(page, 'beats'), [1]);
  await page.locator('.path-lane-name').nth(0).click();
  for (let zoom = 0; zoom < 12; zoom++) await page.locator('#path-in').click();
  for (let step = 0; step < 4; step++) await page.locator('#path-later').click();
  await eventually(() => page.locator('#path-point-name').innerText(), /^x at beat 1\.[56]\d$/);
  await page.locator('#path-file').setInputFiles(file('Long', 0.1));
  await eventually(async () => (await each(page, 'length_s')).at(-1), 200);
  await page.locator('[data-operator=stretch]').click();
  assert.equal(await page.locator('#path-amount').getAttribute('max'), '1.58');
  await close();
});

test('“Erase” goes on in another lane, and a path loses its name with the text of its field', async () => {
  const { page, close } = await editPaths(visit);
  await page.locator('#path-first').click();
  await page.locator('#path-lanes .path-point').first().waitFor();
  const farthest = async () => Math.max(...(await loops(page))[0].fingers[0].strokes.flat().map(([, [, y]]) => Math.abs(y)));
  const drag = async (/** @type {number} */ down) => {
    const box = await page.locator('.path-lane-box').nth(1).boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 0.2 * box.width, box.y + down * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.8 * box.width, box.y + down * box.height + 1, { steps: 5 });
    await page.mouse.up();
  };
  await page.locator('.path-lane-name').nth(1).click();
  await drag(0.1);
  await eventually(farthest, most => most > 2, 'a line is drawn');
  await page.locator('.path-lane-name').nth(0).click();
  await page.locator('[data-operator=erase]').click();
  await page.locator('.path-lane-name').nth(1).click();
  // Below the points of the line, which a finger would move.
  await drag(0.8);
  await eventually(farthest, most => most < 0.5, 'it is erased, and none is drawn');
  assert.equal(await page.locator('[data-operator=erase]').getAttribute('aria-pressed'), 'true');
  await page.locator('#path-name').fill('Tide');
  await page.keyboard.press('Enter');
  await eventually(() => each(page, 'name'), ['Tide']);
  await page.locator('#path-name').fill('');
  await page.keyboard.press('Enter');
  await eventually(() => each(page, 'name'), [undefined]);
  await close();
});
