// What a screen reader hears and where the keyboard goes on while something measures, records or is undone; and colours that carry
// meaning where the system forces its own. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openSearch } from './matching.mjs';
import { openPanel } from './panels.mjs';
import { shown } from './seen.mjs';
import { allLoaded, launchBrowser, MEASURED_TIMEOUT_MS, newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { mouse } from './touches.mjs';
import { DESKTOP, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { address, visit } = visits();

/** Keeps what a status says from now on, without what is not spoken. @param {Page} page @param {string} selector */
const listen = (page, selector) => page.locator(selector).evaluate(status => {
  /** @type {string[]} */
  const spoken = [];
  Object.assign(globalThis, { spoken });
  new MutationObserver(records => {
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      if (!element?.closest('[aria-live=off]')) spoken.push(status.textContent ?? '');
    }
  }).observe(status, { childList: true, characterData: true, subtree: true });
});

/** What it has said since. @param {Page} page @returns {Promise<string[]>} */
const spoken = page => page.evaluate(() => (/** @type {any} */ (globalThis)).spoken);

const focused = (/** @type {Page} */ page) => page.evaluate(() => document.activeElement?.id);

test('the macro-controls say once that they measure; a slider that is disabled while it has the focus hands it on', async () => {
  const { page, ready, close } = await visit();
  await ready();
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.4 });
  await pad.lift();
  await shown(page);
  await openPanel(page, 'sound');
  await page.locator('#macros-open').click();
  await listen(page, '#macros-state');
  await page.locator('[data-property=brightness]:enabled').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('#macros-progress').waitFor({ state: 'hidden', timeout: MEASURED_TIMEOUT_MS });
  const said = await spoken(page);
  assert.equal(said.filter(sentence => sentence.startsWith('Measuring')).length, 1, said.join('\n'));
  assert.ok(said.length <= 3, said.join('\n'));

  await page.locator('[data-property=brightness]').focus();
  // Back to the sound of before the first touch.
  await page.keyboard.press('Control+z');
  await page.locator('[data-property=brightness]:disabled').waitFor();
  assert.equal(await focused(page), 'macros-close');
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
  const pressed = new Promise(resolve => { load = () => resolve(undefined); });
  await page.route('**/live.js', async route => {
    await pressed;
    await route.continue();
  });
  for (let press = 0; press < 2; press++) await page.locator('#live-open').click();
  load();
  await page.locator('#live-open[data-live=true]').waitFor();
  await page.locator('#live-open').click();
  await page.locator('#live-open[data-live=false]').waitFor();
});
