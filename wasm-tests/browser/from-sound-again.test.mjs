// “Match again” in “From a sound…”: its text before there is an answer, and the texts that it withdraws. About 10 s.
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { answered, off, openSearch, says, search, stop } from './matching.mjs';
import { drop, sharing } from './sharing.mjs';
import { PLUCK } from './wav.mjs';
import { heldBack } from './workers.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();

test('without an answer it says that there is nothing to keep, and the search goes on', async () => {
  const { page, close } = await open();
  const release = await heldBack(page, 'begin_strand');
  await openSearch(page);
  await drop(page, PLUCK);
  await page.locator('[data-part="1"]').click();
  await page.locator('[data-part="1"][aria-pressed=true]').waitFor();
  await page.locator('#job').filter({ hasText: /pluck\.wav/ }).waitFor();
  await page.locator('#match-again').click();
  await says(page, /^There is no answer yet, so there is nothing to keep: .*Match again\.$/);
  await release();
  await answered(page);
  await stop(page);
  await close();
});

test('the sentence of the last search does not stay', async () => {
  const { page, close } = await open();
  await openSearch(page);
  await search(page);
  // Without an answer that was compared a stopped search has no sentence.
  await eventually(() => off(page, 1), Number.isFinite);
  await says(page, await stop(page) ? /^Stopped\./ : /^Done\./);
  await page.locator('#match-again').click();
  await page.locator('#job').filter({ hasText: /pluck\.wav/ }).waitFor();
  await says(page, /^$/);
  await stop(page);
  await close();
});
