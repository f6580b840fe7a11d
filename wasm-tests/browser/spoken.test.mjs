// The announcements to a screen reader and the keyboard's focus while the page measures, records or undoes; and colours
// that carry meaning when the system forces its own. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openSearch } from './matching.mjs';
import { openPanel, reach } from './panels.mjs';
import { allLoaded, launchBrowser, newPage, openReady, READY_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { listen, spoken } from './speech.mjs';
import { DESKTOP, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { address, visit } = visits();

test('a recording says once that it records, and its button has one name at a time, not pressed', async t => {
  const browser = await launchBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  t.after(() => browser.close());
  const { page } = await newPage(browser, DESKTOP);
  // The recording ends only when it is stopped.
  await withoutPatience(page, 10_000);
  await openReady(page, address());
  await allLoaded(page);
  await openSearch(page);
  await listen(page, '#match-status');
  const button = page.locator('#match-record');
  await button.click();
  await page.locator('#match-status', { hasText: /Recording: ([2-9]|\d\d) s of 10 s/ }).waitFor();
  assert.equal(await button.innerText(), 'Stop recording');
  assert.equal(await button.getAttribute('aria-pressed'), null);
  const said = await spoken(page);
  assert.equal(said.filter(sentence => sentence.startsWith('Recording')).length, 1, said.join('\n'));
  await button.click();
});

test('with forced colours the bars of the codebook keep their colours, and drawings those of the page', async () => {
  const { page, ready, close } = await visit({ ...DESKTOP, forcedColors: 'active' });
  await ready();
  await openPanel(page, 'places');
  await page.locator('#codebook-open').click();
  await page.locator('#code-across:not(:empty)').waitFor();
  const columns = page.locator('.code-bars i');
  await columns.first().waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  const seen = () =>
    columns.evaluateAll(all => new Set(all.map(column => getComputedStyle(column).backgroundColor)).size);
  await eventually(seen, count => count > 3, 'colours of the bars');
  await openPanel(page, 'loops');
  await page.locator('#path-open').click();
  await page.locator('[data-way=four]').click();
  // The mark under the finger is drawn in the accent, a light or dark orange; forced colours are black, white or blue.
  const isOrange = () =>
    page.locator('#path-square canvas').evaluate(canvas => {
      const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
      const data =
        /** @type {HTMLCanvasElement} */ (canvas).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      for (let at = 0; at < data.length; at += 4)
        if (data[at] > data[at + 2] + 100 && data[at + 3] === 255) return true;
      return false;
    });
  await eventually(isOrange, true, 'the accent');
  await close();
});

test('a second press on “Play by voice…” while its script loads does not stop what the first one begins', async t => {
  const browser = await launchBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  t.after(() => browser.close());
  const { page } = await newPage(browser, DESKTOP);
  await openReady(page, address());
  await allLoaded(page);
  await openPanel(page, 'sound');
  let load = () => {};
  const pressed = new Promise(resolve => {
    load = () => resolve(undefined);
  });
  await page.route('**/live.js', async route => {
    await pressed;
    await route.continue();
  });
  for (let press = 0; press < 2; press++) await (await reach(page, '#live-open')).click();
  load();
  await page.locator('#live-open[data-live=true]').waitFor();
  await (await reach(page, '#live-open')).click();
  await page.locator('#live-open[data-live=false]').waitFor();
});
