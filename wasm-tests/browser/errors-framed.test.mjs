// An error in a panel is a framed card with “!”, which goes once it is mended; a hint has no frame. About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editPaths } from './editing.mjs';
import { openPanel } from './panels.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
const BROKEN = { name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('no sound') };

/** The frame of an element, in CSS pixels, and the sign before its text. @param {Page} page @param {string} selector */
const card = (page, selector) =>
  page.locator(selector).evaluate(element => {
    const [own, sign] = [getComputedStyle(element), getComputedStyle(element, '::before')];
    return [own.borderTopWidth, sign.content];
  });

test('a refused sound is told in a card, and another choice takes it away', async () => {
  const { page, ready, close } = await visit(PHONE);
  await ready();
  await openPanel(page, 'sound');
  await page.locator('#match-open').click();
  await page.locator('#match-file').setInputFiles(BROKEN);
  await page.locator('#match-status', { hasText: 'words.txt is damaged, or not a sound' }).waitFor();
  assert.deepEqual(await card(page, '#match-status'), ['2px', '"!"']);
  const chooser = page.waitForEvent('filechooser');
  await page.locator('#match-status').getByRole('button', { name: 'Choose another file' }).click();
  await (await chooser).setFiles({ ...BROKEN, name: 'other.txt' });
  await page.locator('#match-status', { hasText: 'other.txt is damaged' }).waitFor();
  await page.locator('#match-close').click();
  await page.locator('#match-open').click();
  await page.locator('#match-status.trouble').waitFor({ state: 'detached' });
  await close();
});

test('a path that cannot be read is told in a card, and a good one takes it away', async () => {
  const { page, close } = await editPaths(visit);
  await page.locator('#path-file').setInputFiles({ ...BROKEN, name: 'broken.json' });
  // While the file is read the same line says so, without a frame.
  await page.locator('#path-status.trouble', { hasText: 'broken.json' }).waitFor();
  assert.deepEqual(await card(page, '#path-status'), ['2px', '"!"']);
  await page.locator('#path-status').getByRole('button', { name: 'Choose another file' }).waitFor();
  await page.locator('#path-first').click();
  await page.locator('#path-status.trouble').waitFor({ state: 'detached' });
  assert.deepEqual(await card(page, '#path-lanes-hint'), ['0px', 'none']);
  await close();
});
