// The sliders of an instrument of recorded tones: a pressed slider sounds until the press ends. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPanel } from './panels.mjs';
import { record } from './recorder.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { mouse } from './touches.mjs';
import { visits } from './visits.mjs';

const { visit } = visits();

/** A visit with the sliders of Strings. */
async function openAxes() {
  const { page, ready, close } = await visit();
  const recorder = await record(page);
  await ready();
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await openPanel(page, 'sound');
  return { page, recorder, slider: page.locator('#tones .tone-axis .slider').first(), close };
}

test('a button that opens a menu plays no slider, and a slider that is left while it is pressed ends its note', async () => {
  const { page, recorder, slider, close } = await openAxes();
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.5 });
  assert.ok(await recorder.heard());
  await pad.lift();
  assert.ok(await recorder.silent());
  for (const [button, key] of /** @type {const} */ ([['right', 'Shift'], ['left', 'Control']])) {
    await page.keyboard.down(key);
    await slider.hover();
    await page.mouse.down({ button });
    assert.ok(await recorder.silent(), `${button} with ${key}`);
    await page.mouse.up({ button });
    await page.keyboard.up(key);
  }
  await slider.hover();
  await page.mouse.down();
  assert.ok(await recorder.heard());
  // As when the window loses the focus, after which the button may be let go elsewhere.
  await slider.evaluate(slider => slider.blur());
  assert.ok(await recorder.silent());
  await page.mouse.up();
  await close();
});
