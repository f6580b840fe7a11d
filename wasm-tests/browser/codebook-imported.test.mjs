// The codebook that is open while models are imported: it follows each import, or says why the page cannot show it.
// `./build.sh test --long` runs it: few people import a model. About 40 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { FEW, importModel, knowFew } from './importing.mjs';
import { reach } from './panels.mjs';
import { said, sharing } from './sharing.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';

const { open, address } = sharing();

/** The map of our model with its first layers. @param {number} count */
function mapOf(count) {
  const map = JSON.parse(readFileSync(new URL('../../models/map.json', import.meta.url), 'utf8'));
  return { name: 'map.json', bytes: Buffer.from(JSON.stringify({ ...map, layers: map.layers.slice(0, count) })) };
}

test('the codebook that is open while models are imported says in German why it cannot be shown, and shows the next map', async () => {
  const { page, close } = await open(`${address()}?lang=de`, knowFew);
  await (await reach(page, '#codebook-open')).click();
  const presets = page.locator('#code-presets');
  const status = page.locator('#codebook-status');
  await presets.filter({ hasText: `${FEW} bekannte Presets` }).waitFor();
  await importModel(page);
  await said(page, /Das eigene Modell spielt/, 4 * READY_TIMEOUT_MS);
  await status.filter({ hasText: /^Das eigene Modell hat keine Karte: / }).waitFor();
  assert.equal(await page.locator('#code-cloud').isVisible(), false);
  await importModel(page, mapOf(1));
  await status
    .filter({ hasText: /^Die Karte des eigenen Modells hat weniger als zwei / })
    .waitFor({ timeout: 4 * READY_TIMEOUT_MS });
  await importModel(page, mapOf(9));
  await page.locator('#code-cloud').waitFor({ timeout: 4 * READY_TIMEOUT_MS });
  await presets.filter({ hasText: `${FEW} bekannte Presets` }).waitFor();
  assert.equal(await status.innerText(), '');
  await close();
});
