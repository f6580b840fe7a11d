// The map of the page arrives late: after a model was imported, whose map stays. `./build.sh test --long` runs it:
// few people import a model. About 20 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { importModel, knowFew } from './importing.mjs';
import { reach } from './panels.mjs';
import { readyAgain, said, sharing } from './sharing.mjs';
import { READY_TIMEOUT_MS, SITE_FOLDER } from './site.mjs';

const { open } = sharing();

/** @typedef {import('playwright-core').Page} Page */

/** The colours that the map offers. @param {Page} page */
const offered = page => page.locator('#map-list').evaluate(list => (list.textContent ?? '').replace(/\s+/g, ' '));

test('a map that arrives after a model was imported does not replace the model’s, and is there when that is removed', async () => {
  const map = JSON.parse(readFileSync(join(SITE_FOLDER, 'map.json'), 'utf8'));
  const few = Buffer.from(
    JSON.stringify({
      ...map,
      layers: map.layers.filter((/** @type {{ name: string }} */ { name }) => name === 'depth'),
    }),
  );
  /** @type {(value?: unknown) => void} */
  let arrive = () => {};
  const asked = new Promise(resolve => {
    arrive = resolve;
  });
  const { page } = await open(undefined, async page => {
    await knowFew(page);
    let tries = 0;
    await page.route('**/map.json', async route => {
      if (tries++ === 0) return route.abort();
      await asked;
      return route.continue();
    });
  });
  await importModel(page, { name: 'map.json', bytes: few });
  await said(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  await readyAgain(page);
  await page.locator('#map-button').click();
  await eventually(() => offered(page), /depth/i);
  const before = await offered(page);
  assert.doesNotMatch(before, /reverb/i);
  const whole = page.waitForResponse('**/map.json');
  arrive();
  await (await whole).finished();
  // A frame later whatever has arrived is shown.
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.equal(await offered(page), before);
  await page.keyboard.press('Escape');
  await (await reach(page, '#remove-imports')).click();
  await said(page, /built-in map plays again/);
  await eventually(() => offered(page), /reverb/i);
  // Its complaints are about the request that the test has failed.
  await page.context().close();
});
