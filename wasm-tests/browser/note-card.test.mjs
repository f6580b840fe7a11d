// A tapped track takes over the settings of the notes until it is closed; on a wide page its own settings stand beside
// the map in the place Loops. About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openNotes, openPanel } from './panels.mjs';
import { allLoaded, READY_TIMEOUT_MS } from './site.mjs';
import { mouse } from './touches.mjs';
import { visits } from './visits.mjs';

const { visit } = visits();

/** @typedef {import('playwright-core').Page} Page */

const WIDE = { viewport: { width: 1920, height: 1080 } };

/** Records a loop of one stroke, which sets the tempo. @param {Page} page */
async function recordLoop(page) {
  await page.locator('#record').click();
  const hand = mouse(page);
  await hand.press({ across: 0.3, down: 0.4 });
  await hand.move({ across: 0.6, down: 0.4 });
  await hand.lift();
  await page.locator('#record').click();
  await page.locator('#loops > [data-number="1"]').waitFor({ timeout: READY_TIMEOUT_MS });
}

test('an opened track takes over the notes, with its number, and leaves those of touches alone', async () => {
  const { page, ready, close } = await visit(WIDE);
  await ready();
  await allLoaded(page);
  await recordLoop(page);
  await openNotes(page);
  const glide = page.locator('#portamento');
  await page.locator('#touch-more > summary').click();
  const before = await glide.inputValue();
  await page.locator('#loops .more').click();
  const notes = page.getByRole('group', { name: 'Loop 1 plays' });
  await notes.getByText('1', { exact: true }).waitFor();
  await glide.fill('60');
  await page.locator('#chord').selectOption({ index: 2 });
  await page.locator('#loops .more').click();
  await page.getByRole('group', { name: 'A touch plays' }).waitFor();
  assert.equal(await glide.inputValue(), before, 'touches glide as before');
  assert.equal(await page.locator('#chord').evaluate(list => /** @type {any} */ (list).selectedIndex), 0);
  await page.locator('#loops .more').click();
  await notes.waitFor();
  assert.equal(await glide.inputValue(), '60');

  await openPanel(page, 'loops');
  const card = page.locator('#panel-loops #loop-card');
  await card.getByRole('heading', { name: /^1 / }).waitFor();
  const [own, map] = await Promise.all([card.boundingBox(), page.locator('#plane').boundingBox()]);
  assert.ok(own && map && own.x >= map.x + map.width - 1 && own.height > 200, 'beside the map');
  const shapes = page.getByRole('button', { name: 'Shape', exact: true });
  assert.equal(await shapes.count(), 1, 'one button leads to the shape');
  await page.locator('#loops .more').click();
  await page.locator('#loops-pick').waitFor();
  await close();
});

test('on a small phone the map stays larger than the settings of a loop', async () => {
  const { page, ready, close } = await visit({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  await ready();
  await allLoaded(page);
  await recordLoop(page);
  await page.locator('#loops .more').click();
  const heights = () =>
    Promise.all(['#plane', '#tracks'].map(async part => (await page.locator(part).boundingBox())?.height ?? 0));
  await page.locator('.loop-settings:visible').waitFor();
  const [map, tracks] = await heights();
  assert.ok(map > 150 && tracks < 200, `map ${map} px, settings ${tracks} px`);
  await close();
});
