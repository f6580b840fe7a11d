// The single HTML file, opened from disk: it makes no network request. (engines.test.mjs plays it in the other
// engines.) About 10 s.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { copySite, rebuild } from './copies.mjs';
import { record } from './recorder.mjs';
import { launchShell, MEASURED_TIMEOUT_MS, newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { closeMenus, reach } from './panels.mjs';
import { drop } from './sharing.mjs';
import { PLUCK } from './wav.mjs';

/** @type {ReturnType<typeof copySite>} */
let copy;
let file = '';
before(() => {
  copy = copySite();
  rebuild('single', copy.folder);
  file = join(copy.folder, 'latent-pad.html');
});
after(() => copy?.remove());

test('it opens from disk and plays, shows its map, and analyzes sound, and finds patches for one, without any other file, and offers no link to itself', async () => {
  const browser = await launchShell();
  try {
    const { page, complaints, exceptions } = await newPage(browser, { viewport: { width: 1280, height: 900 } });
    /** @type {string[]} */
    const asked = [];
    page.on('request', request => asked.push(request.url().slice(0, 200)));
    const recorder = await record(page);
    await openReady(page, pathToFileURL(file).href);
    await page.keyboard.down('Space');
    assert.ok(await recorder.heard());
    await page.keyboard.up('Space');
    await (await reach(page, '#take-bank')).click();
    await page
      .locator('#share-status')
      .filter({ hasText: /No pins yet/ })
      .waitFor({ timeout: READY_TIMEOUT_MS });
    assert.equal(await page.locator('#copy-link').isVisible(), false, 'a link would open on this machine alone');
    await closeMenus(page);
    await drop(page, PLUCK);
    await page
      .locator('#match-answers button')
      .filter({ hasText: /\d %/ })
      .first()
      .waitFor({ timeout: MEASURED_TIMEOUT_MS });
    await page.locator('button[data-kind=voice]').click();
    await page.locator('#match-notes').filter({ hasText: /A3/ }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
    await page.locator('#instrument').selectOption({ label: 'Strings' });
    await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
    await page.keyboard.down('Space');
    assert.ok(await recorder.heard());
    await page.keyboard.up('Space');
    const elsewhere = asked.filter(url => !/^(data|blob):/.test(url));
    assert.deepEqual(elsewhere, [pathToFileURL(file).href]);
    assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
  } finally {
    await browser.close();
  }
});
