// The readout of an instrument of recorded tones. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reach } from './panels.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

const { visit } = visits();

test('the readout has all eight properties also if it was first opened with strings, whose map has seven', async () => {
  const { page, ready, close } = await visit();
  await ready();
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await (await reach(page, '#readout summary')).click();
  await page.locator('.heard-row').first().waitFor();
  assert.equal(await page.locator('.heard-row').count(), 8);
  await page.locator('.heard-row').filter({ hasText: 'Reverb' }).waitFor();
  await close();
});
