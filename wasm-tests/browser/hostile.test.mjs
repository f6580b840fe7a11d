// Names that contain HTML, in a bank and its file name, in a landmark, in a saved session and in a link: each is shown
// as text; nothing in it runs, loads or navigates. About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { shown } from './seen.mjs';
import { visits } from './visits.mjs';
import { reach } from './panels.mjs';

const { visit, address } = visits();

/** Short enough not to be cut as a landmark's name. */
const NAMES = [
  '<img src=x onerror=hit=1>',
  '"><svg onload=hit=2>',
  '</option><script>hit=3</script>',
  "' onclick='hit=4",
  '${hit=5}{{hit=6}}',
];
const viewport = { width: 1280, height: 900 };

/** @param {import('playwright-core').Page} page @param {string[]} asked */
async function assertText(page, asked) {
  const found = await page.evaluate(() => ({
    hit: /** @type {any} */ (globalThis).hit,
    elements: document.querySelectorAll('img, svg[onload], script:not([src]), [onerror], [onclick], [onload]').length,
  }));
  assert.equal(found.hit, undefined, 'a name ran');
  assert.equal(found.elements, 0, 'a name became an element');
  const elsewhere = asked.filter(url => !url.startsWith(address()) && !/^(data|blob):/.test(url));
  assert.deepEqual(elsewhere, [], 'a name caused a request');
  assert.ok(page.url().startsWith(address()), page.url());
}

test('names are text, wherever they come from', async () => {
  const options = { viewport, permissions: ['clipboard-read', 'clipboard-write'] };
  const { page, ready, close } = await visit(options);
  /** @type {string[]} */
  const asked = [];
  page.on('request', request => asked.push(request.url()));
  await page.addInitScript(names => {
    const landmarks = names.map((name, index) => ({ name, point: [index - 2, 1] }));
    localStorage.setItem('latent-pad.session', JSON.stringify({ state: { landmarks } }));
  }, NAMES);
  await ready();
  await shown(page);
  const marks = page.locator('.landmark-name');
  await eventually(
    () => marks.evaluateAll(inputs => inputs.map(input => /** @type {HTMLInputElement} */ (input).value)),
    NAMES,
  );
  await assertText(page, asked);

  const bank = `amSynth\n${NAMES.map(name => `<preset> <name> ${name}\n<parameter> amp_attack 0.1\n`).join('')}EOF\n`;
  await page
    .locator('#files')
    .setInputFiles({ name: `${NAMES[0]}.bank`, mimeType: 'text/html', buffer: Buffer.from(bank) });
  await (await reach(page, '#share-status'))
    .filter({ hasText: /on amSynth’s map/ })
    .waitFor({ timeout: READY_TIMEOUT_MS });
  for (const name of NAMES) {
    await (await reach(page, '#find')).fill(name);
    const found = page.locator('#found .go').first();
    await found.filter({ hasText: name }).waitFor();
    await found.click();
    await shown(page);
  }
  await assertText(page, asked);

  await (await reach(page, '#copy-link')).click();
  await page
    .locator('#share-status')
    .filter({ hasText: /copied/ })
    .waitFor({ timeout: READY_TIMEOUT_MS });
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await close();
  const other = await visit(options);
  /** @type {string[]} */
  const askedByLink = [];
  other.page.on('request', request => askedByLink.push(request.url()));
  await other.ready(link);
  await shown(other.page);
  await eventually(
    () => other.page.locator('.landmark-name').count(),
    count => count > 0,
    'the link has no landmark',
  );
  assert.notEqual(askedByLink.length, 0);
  await assertText(other.page, askedByLink);
  await other.close();
});
