// Between two sounds and what a person changes elsewhere: landmarks while a sound is chosen, an end while its grid is hidden; and what
// is a step of undo when keys and a pointer move the same slider. About 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betweenVisits, choose, FIRST, SECOND } from './between.mjs';
import { eventually } from './eventually.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { look } = betweenVisits();

test('a landmark that is deleted while a sound is chosen is no choice any more', async () => {
  const { page, close } = await look();
  for (const [index, name] of [FIRST, SECOND].entries()) {
    await choose(page, 'A', name);
    await page.locator('.between-keep button:visible').first().click();
    await eventually(() => page.locator('.landmark').count(), index + 1);
  }
  await page.locator('[data-end=B]').click();
  const found = page.locator('#between-found button');
  await eventually(() => found.count(), 2);
  await page.locator('.landmark').first().locator('.delete').click();
  await eventually(() => page.locator('.landmark').count(), 1);
  await eventually(() => found.evaluateAll(all => all.map(button => /** @type {HTMLElement} */ (button).dataset.name)), [SECOND]);
  await close();
});
