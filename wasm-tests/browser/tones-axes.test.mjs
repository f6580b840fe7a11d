// The sliders of an instrument of recorded tones: each movement is a step of undo of its own, and a pressed slider
// sounds until the press ends. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
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

test('a drag, all to the middle, a double-click and the next drag are each undone alone', async () => {
  const { page, slider, close } = await openAxes();
  const place = () => slider.inputValue();
  const box = async () => {
    await slider.scrollIntoViewIfNeeded();
    return await slider.boundingBox() ?? assert.fail();
  };
  /** Drags from the middle to a share of the width. @param {number} share */
  const drag = async share => {
    const { x, y, width, height } = await box();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + share * width, y + height / 2, { steps: 5 });
    await page.mouse.up();
  };
  for (const [name, toMiddle] of /** @type {[string, () => Promise<void>][]} */ ([
    ['all to the middle', () => page.locator('#tones-reset').click()],
    ['a double-click', async () => {
      const { width, height } = await box();
      await slider.dblclick({ position: { x: 0.25 * width, y: height / 2 } });
    }],
  ])) {
    await drag(0);
    await eventually(place, '-1', name);
    await toMiddle();
    await eventually(place, '0', name);
    await drag(1);
    await eventually(place, '1', name);
    await page.locator('#tool-undo').click();
    await eventually(place, '0', `${name}: undo leads to the middle`);
  }
  await close();
});

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
