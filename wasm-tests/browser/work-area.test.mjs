// The work area of a wide page: the divider beside the map, by pointer and by keys, and a tool that fills the page.
// About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { shown } from './seen.mjs';
import { visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
const DESKTOP = { viewport: { width: 1440, height: 900 } };

/** The widths of map and work area, in whole CSS pixels. @param {Page} page */
const widths = page =>
  page
    .locator('.app > .pad, #side')
    .evaluateAll(parts => parts.map(part => Math.round(part.getBoundingClientRect().width)));

/** Drags the divider to the right (positive) or left, in CSS pixels. @param {Page} page @param {number} by */
async function drag(page, by) {
  const box = await page.locator('#divider').boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by, y, { steps: 4 });
  await page.mouse.up();
  await shown(page);
}

/** The value that a screen reader says, in hundredths of the page. @param {Page} page */
const value = async page => Number(await page.locator('#divider').getAttribute('aria-valuenow'));

test('the divider follows a drag and the arrow keys within its limits, and stays there after a reload', async () => {
  const { page, ready, close } = await visit(DESKTOP);
  await ready();
  await openPanel(page, 'sound');
  await shown(page);
  const [map, work] = await widths(page);
  assert.equal(await value(page), Math.round((100 * work) / 1440));
  await drag(page, -200);
  assert.deepEqual(await widths(page), [map - 200, work + 200]);
  await drag(page, -2000);
  const [least] = await widths(page);
  assert.ok(least > 300 && least < 400, `the map keeps a width: ${least} px`);
  assert.equal(await value(page), Number(await page.locator('#divider').getAttribute('aria-valuemax')));
  await page.locator('#divider').press('Home');
  await eventually(() => value(page), Number(await page.locator('#divider').getAttribute('aria-valuemin')));
  await page.locator('#divider').press('ArrowLeft');
  await eventually(() => value(page), 27);
  const kept = await widths(page);
  await page.reload();
  await page.locator('html[data-state=ready]').waitFor({ state: 'attached' });
  await openPanel(page, 'sound');
  await eventually(() => widths(page), kept);
  await page.locator('#divider').dblclick();
  await eventually(() => widths(page), [map, work]);
  await close();
});

test('a double click on the title of a tool fills the page, and Escape shows the map again', async () => {
  const { page, ready, close } = await visit(DESKTOP);
  await ready();
  await openPanel(page, 'sound');
  await page.locator('#breed-open').click();
  const title = page.locator('.breed-head h3');
  await title.waitFor();
  const before = await widths(page);
  await title.dblclick();
  await eventually(async () => (await widths(page))[1], 1440 - 2 * 16);
  assert.equal(await page.locator('.app > .pad').isVisible(), false);
  await page.keyboard.press('Escape');
  await eventually(() => widths(page), before);
  assert.ok(await page.locator('.app > .pad').isVisible());
  await title.dblclick();
  await page.locator('html[data-fill=yes]').waitFor({ state: 'attached' });
  await page.locator('#divider').press('Enter');
  await eventually(() => widths(page), before);
  await close();
});
