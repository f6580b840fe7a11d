// Between two sounds and what a person changes elsewhere: landmarks while a sound is chosen, an end while its grid is hidden; and what
// is a step of undo when keys and a pointer move the same slider. About 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betweenVisits, choose, drawnAround, FIRST, ready, SECOND, state, THIRD } from './between.mjs';
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

test('what was around a sound that is no end any more, while its grid was hidden, is not named after the new one', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  await page.locator('#between-around').click();
  await drawnAround(page, 'A');
  const cell = page.locator('[data-around=A] .between-grid button').nth(13);
  await cell.click();
  await eventually(() => cell.getAttribute('aria-current'), 'true');
  await page.locator('#between-around').click();
  await choose(page, 'A', THIRD);
  await ready(page);
  await page.locator('#tool-undo').click();
  await eventually(() => state(page), 'The current sound is elsewhere: move the slider to come back.');
  assert.equal(await page.locator('.between-keep button:visible').first().getAttribute('aria-disabled'), 'true');
  await close();
});
