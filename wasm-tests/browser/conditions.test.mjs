// The conditions of a target: places that the found path passes, circles that it avoids, and a second descriptor. By fields, mouse
// and keys. About a minute.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { editPaths, loops } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { currentPoint } from './seen.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit, address } = visits();
/** Latent units. */
const NEAR = 0.02;

/** A visit with the conditions open. @param {import('playwright-core').BrowserContextOptions} [options] @param {string} [at] */
async function ask(options, at) {
  const { page, close } = await editPaths(visit, options, at);
  await page.locator('[data-way=curve]').click();
  await eventually(() => page.locator('#path-low').inputValue(), low => Number(low) > 0);
  await page.locator('#path-more').click();
  await page.locator('#path-pass').waitFor();
  return { page, close };
}

/** A field of a place. @param {Page} page @param {number} place @param {number} field x, y, then time or radius */
const field = (page, place, field) => page.locator('.condition-list li').nth(place).locator('input').nth(field);

/** The numbers of a place. @param {Page} page @param {number} place */
const numbers = (page, place) => page.locator('.condition-list li').nth(place).locator('input').evaluateAll(fields => fields.map(own => Number((/** @type {HTMLInputElement} */ (own)).value.replace('−', '-'))));

/** Types the numbers of a place. @param {Page} page @param {number} place @param {(number | undefined)[]} values */
async function type(page, place, values) {
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    await field(page, place, index).fill(String(value));
    await page.keyboard.press('Enter');
  }
}

/** Searches; returns the points of the path over time as soon as it plays. @param {Page} page */
async function found(page) {
  await page.locator('#path-find').click();
  await page.locator('#path-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('#path-find').click();
  const [own] = await loops(page);
  return own.fingers[0].strokes.flat();
}

/** The point of a path at a time. @param {[number, [number, number]][]} points @param {number} time_s */
function at(points, time_s) {
  const next = Math.max(points.findIndex(([time]) => time >= time_s - 1e-6), 1);
  const [[before_s, from], [after_s, to]] = [points[next - 1], points[next]];
  const share = Math.min(Math.max((time_s - before_s) / (after_s - before_s || 1), 0), 1);
  return [0, 1].map(axis => from[axis] + share * (to[axis] - from[axis]));
}

test('the found path passes the places at their times and stays out of the circles', async () => {
  const { page, close } = await ask();
  const free = await found(page);
  const [x, y] = at(free, 6);
  await page.locator('#path-avoid').click();
  await type(page, 0, [Math.round(x * 100) / 100, Math.round(y * 100) / 100, 0.4]);
  await page.locator('#path-pass').click();
  await type(page, 1, [0.5, -2, 3]);
  const [left, top, radius] = await numbers(page, 0);
  const bound = await found(page);
  // A step is 8 s / 63: the place is passed at the nearest one.
  const [right, up] = at(bound, Math.round(3 / 8 * 63) * 8 / 63);
  assert.ok(Math.hypot(right - 0.5, up + 2) < NEAR, `at ${right}, ${up}`);
  assert.ok(bound.every(([, [x, y]]) => Math.hypot(x - left, y - top) > radius - NEAR), 'it stays out');
  assert.ok(free.some(([, [x, y]]) => Math.hypot(x - left, y - top) < radius - NEAR), 'it went there before');
  // A place cannot lie in a circle.
  await type(page, 1, [left, top]);
  await page.locator('#path-find').click();
  await page.locator('#path-verdict', { hasText: 'Place 1 lies in a circle to stay out of: move one of them.' }).waitFor();
  await close();
});

test('a place is added where the finger is, dragged and moved by keys on the map, typed, removed, and each change undone', async () => {
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
  assert.deepEqual([moved[0] - first[0], moved[1] - first[1]].map(way => way.toFixed(2)), ['0.05', '0.50']);
  assert.match(await mark.getAttribute('aria-label') ?? '', /^Place 1: x −?[\d.]+, y −?[\d.]+\. Arrow keys move it\.$/);
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
  await close();
});

test('a second descriptor follows its own curve, and both errors are said', async () => {
  const { page, close } = await ask();
  assert.ok(await page.locator('#path-second option[value=brightness]').evaluate(option => (/** @type {HTMLOptionElement} */ (option)).disabled));
  await page.locator('#path-second').selectOption('warmth');
  await eventually(() => page.locator('#path-second-low').inputValue(), low => Number(low) > 0);
  await page.locator('#path-find').click();
  await page.locator('#path-verdict', { hasText: /^Brightness within [\d.]+ points on average, Warmth within [\d.]+\./ }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('#path-find').click();
  // No descriptor follows two curves.
  await page.locator('#path-descriptor').selectOption('warmth');
  assert.equal(await page.locator('#path-second').inputValue(), '');
  assert.ok(await page.locator('#path-second-low').isDisabled());
  await page.locator('#path-second').selectOption('brightness');
  await page.locator('#path-second-high').fill('100');
  await page.keyboard.press('Enter');
  await page.locator('#path-find').click();
  await page.locator('#path-verdict', { hasText: /^Brightness reaches from [\d.]+ to [\d.]+ points on this map/ }).waitFor();
  await close();
});

test('in German', async () => {
  const { page, close } = await ask(undefined, `${address()}?lang=de`);
  await page.getByRole('button', { name: 'Hier hindurch' }).click();
  await page.locator('#path-condition', { hasText: '„Ort 1“ ist dazugekommen.' }).waitFor();
  await page.locator('#path-second').selectOption({ label: 'Wärme' });
  await close();
});
