// What the panels show where there is little room: no name is cut off that fits, every slider can be moved, and what a button does
// is seen beside it. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openPanel, sheetAt } from './panels.mjs';
import { shown } from './seen.mjs';
import { allLoaded } from './site.mjs';
import { DESKTOP, visits } from './visits.mjs';

const { visit } = visits();

/** @typedef {import('playwright-core').Page} Page */

/** @param {number} width @param {number} height @param {string} [locale] */
async function open(width, height, locale = 'en') {
  const hasTouch = width < 1000;
  const { page, ready, close } = await visit({ viewport: { width, height }, hasTouch, isMobile: hasTouch, locale });
  await ready();
  await allLoaded(page);
  return { page, close };
}

test('every list has the font of the page', async () => {
  const { page, ready, close } = await visit(DESKTOP);
  await ready();
  const fonts = await page.evaluate(() => [...document.querySelectorAll('body, select')].map(part => getComputedStyle(part).fontFamily));
  assert.ok(fonts.length > 10);
  assert.deepEqual([...new Set(fonts)], [fonts[0]]);
  await close();
});
