// Each control in view has a name of its own: who asks for it by its name gets one. About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPanel } from './panels.mjs';
import { visits } from './visits.mjs';

const { visit, address } = visits();

/** @typedef {import('playwright-core').Page} Page */

const WIDE = { viewport: { width: 1920, height: 1080 } };

/** The names of all buttons, tabs and links in view. @param {Page} page */
async function namesInView(page) {
  const shown = await page.locator('main').ariaSnapshot();
  return Array.from(shown.matchAll(/- (?:button|tab|link) "([^"]*)"/g), ([, name]) => name);
}

test('no two controls in view have one name, in both languages', async () => {
  for (const language of ['en', 'de']) {
    const { page, ready, close } = await visit(WIDE);
    await ready(`${address()}?lang=${language}`);
    for (const place of ['play', 'sound', 'places', 'loops']) {
      await openPanel(page, place);
      const names = await namesInView(page);
      assert.ok(names.length > 12, `${language}, ${place}: ${names}`);
      const twice = names.filter((name, index) => names.indexOf(name) !== index);
      assert.deepEqual(twice, [], `${language}, ${place}`);
    }
    await close();
  }
});
