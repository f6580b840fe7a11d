// A host that once sent wrong content for a file with a cache lifetime of a day: one tap reloads it. And the server of
// `build.sh serve`, whose files may change twice within a second. `./build.sh test --long` runs it: such hosts are
// rare. About 40 s.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { withCopy } from './copies.mjs';
import { eventually } from './eventually.mjs';
import { newPage, READY_TIMEOUT_MS, SITE_FOLDER } from './site.mjs';
import { DESKTOP, remember, stage } from './visits.mjs';
import { reach } from './panels.mjs';

/** @typedef {import('playwright-core').Page} Page */

const on = stage();
const OTHER = Buffer.from('a page that asks to sign in');

/** A host that sends wrong content for one file until it is fixed. @param {string} name @param {Buffer} [content] */
async function oddHost(name, content = OTHER) {
  let odd = true;
  const site = await hostSite({
    headers: { 'Cache-Control': 'max-age=86400' },
    change: path => (odd && path === name ? content : undefined),
  });
  return {
    ...site,
    mend: () => {
      odd = false;
    },
  };
}

/** @param {Page} page */
const ready = page =>
  page.waitForFunction(() => document.documentElement.dataset.state === 'ready', undefined, {
    timeout: READY_TIMEOUT_MS,
  });

/** @type {[string, Buffer | undefined][]} */
const NEEDED = [
  ...['worklet.wasm', 'worklet.js', 'decoder.wasm', 'decoder.onnx', 'coordinates.json', 'app.js', 'app_bg.wasm'].map(
    name => /** @type {[string, undefined]} */ ([name, undefined]),
  ),
  ['worklet.js', Buffer.from('// another script')],
];
test('a file that the first sound needs is wrong in the browser’s cache: one tap reloads it', async () => {
  for (const [name, content] of NEEDED) {
    const site = await oddHost(name, content);
    const { page } = await newPage(on.browser);
    await page.goto(site.address);
    const alert = page.locator('[role=alert]:visible').filter({ hasText: /./ });
    await alert.waitFor({ timeout: READY_TIMEOUT_MS });
    site.mend();
    await page
      .locator('.main:visible')
      .filter({ hasText: /^(Try again|Reload)$/ })
      .click();
    await ready(page);
    await eventually(() => alert.count(), 0, name);
    await page.context().close();
    await site.close();
  }
});

test('a file of the sound analysis is wrong in the browser’s cache: the next press reloads it', async () => {
  for (const name of ['analysis_bg.wasm', 'analysis.js', 'analysis-worker.js', 'encoder.onnx']) {
    const site = await oddHost(name);
    const { page } = await newPage(on.browser, DESKTOP);
    await remember(page);
    await page.goto(site.address);
    await ready(page);
    const button = await reach(page, '#take-bank');
    await button.click();
    await page
      .locator('#share-status')
      .filter({ hasText: /could not|refused|cannot/ })
      .waitFor({ timeout: READY_TIMEOUT_MS });
    site.mend();
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: READY_TIMEOUT_MS }),
      button.click(),
    ]);
    assert.match(download.suggestedFilename(), /\.bank$/, name);
    await page.context().close();
    await site.close();
  }
});

test('a reload shows the second of two builds within a second', () =>
  withCopy(async (address, folder) => {
    const file = join(folder, 'decoder.onnx');
    const built = new Date();
    writeFileSync(file, OTHER);
    utimesSync(file, built, built);
    const { page } = await newPage(on.browser);
    await page.goto(address);
    const read = () => page.evaluate(async () => (await (await fetch('decoder.onnx')).arrayBuffer()).byteLength);
    assert.equal(await read(), OTHER.length);
    cpSync(join(SITE_FOLDER, 'decoder.onnx'), file);
    utimesSync(file, built, built);
    assert.equal(await read(), readFileSync(file).length);
    await page.context().close();
  }));
