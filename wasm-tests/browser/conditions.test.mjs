// The conditions of a target by fields, mouse and keys: places that the found path passes, circles that it avoids, and
// a second descriptor. About 25 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { editPaths } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { currentPoint } from './seen.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
/** The sentence about both descriptors. */
const BOTH = /^Brightness within [\d.]+ points on average, Warmth within [\d.]+\./;

/** A visit with the conditions open. */
async function ask() {
  const { page, close } = await editPaths(visit);
  await page.locator('[data-way=curve]').click();
  await eventually(
    () => page.locator('#path-low').inputValue(),
    low => Number(low) > 0,
  );
  await page.locator('#path-more').click();
  await page.locator('#path-pass').waitFor();
  return { page, close };
}

/** A field of a place. @param {Page} page @param {number} place @param {number} field x, y, then time or radius */
const field = (page, place, field) => page.locator('.condition-list li').nth(place).locator('input').nth(field);

/** The numbers of a place. @param {Page} page @param {number} place */
const numbers = (page, place) =>
  page
    .locator('.condition-list li')
    .nth(place)
    .locator('input')
    .evaluateAll(fields => fields.map(own => Number(/** @type {HTMLInputElement} */ (own).value.replace('−', '-'))));

/** Types the numbers of a place. @param {Page} page @param {number} place @param {(number | undefined)[]} values */
async function type(page, place, values) {
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    await field(page, place, index).fill(String(value));
    await page.keyboard.press('Enter');
  }
}

test('places are set on the map, by keys and in fields, and undone; a second descriptor is measured', async () => {
  const { page, close } = await ask();
  const here = await currentPoint(page);
  await page.locator('#path-pass').click();
  const first = await numbers(page, 0);
  assert.ok(Math.hypot(first[0] - here[0], first[1] - here[1]) < 0.06 && first[2] === 4, `${first} at ${here}`);
  const mark = page.locator('.condition-mark');
  await mark.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowUp');
  const moved = await numbers(page, 0);
  assert.deepEqual(
    [moved[0] - first[0], moved[1] - first[1]].map(way => way.toFixed(2)),
    ['0.05', '0.50'],
  );
  assert.match(
    (await mark.getAttribute('aria-label')) ?? '',
    /^Place 1: x −?[\d.]+, y −?[\d.]+\. Arrow keys move it\.$/,
  );
  const box = await mark.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const dragged = await numbers(page, 0);
  assert.ok(dragged[0] > moved[0] + 0.1, `${dragged} after ${moved}`);
  assert.deepEqual(await currentPoint(page), here, 'the map was not played');
  for (const typed of ['abc', '', '9']) {
    await field(page, 0, 0).fill(typed);
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('#path-condition').innerText(), /^Type a number from −4 to 4; .* is kept\.$/);
    assert.deepEqual(await numbers(page, 0), dragged);
  }
  await page.locator('#path-pass').click();
  await type(page, 1, [undefined, undefined, 4]);
  await page.locator('#path-condition', { hasText: 'Another place is passed at that time: 2 s is kept.' }).waitFor();
  await page.getByRole('button', { name: 'Remove Place 1' }).click();
  await eventually(() => mark.count(), 1);
  const undo = page.locator('#path-place-undo');
  await undo.click();
  assert.deepEqual(await numbers(page, 0), dragged, 'the place is back');
  await undo.click();
  await eventually(() => mark.count(), 1, 'the second place was added after the first was dragged');
  await undo.click();
  assert.deepEqual(await numbers(page, 0), moved, 'a drag is one step');
  await undo.click();
  await undo.click();
  assert.deepEqual(await numbers(page, 0), first);
  await undo.click();
  await eventually(() => mark.count(), 0);
  assert.ok(await undo.isDisabled());
  await page.locator('#path-avoid').click();
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.locator('[data-way=lanes]').click();
  await eventually(() => mark.isVisible(), false, 'the map is free again');
  await page.locator('[data-way=curve]').click();
  await undo.click();
  assert.ok(await page.locator('#path-second option[value=brightness]').isDisabled());
  await page.locator('#path-second').selectOption('warmth');
  await eventually(
    () => page.locator('#path-second-low').inputValue(),
    low => Number(low) > 0,
  );
  await page.locator('#path-find').click();
  await page.locator('#path-verdict', { hasText: BOTH }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await close();
});
