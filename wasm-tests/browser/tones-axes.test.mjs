// The sliders of an instrument of recorded tones and undo: each movement is a step of its own. About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

const { visit } = visits();

test('a drag, all to the middle, a double-click and the next drag are each undone alone', async () => {
  const { page, ready, close } = await visit();
  await ready();
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await openPanel(page, 'sound');
  const slider = page.locator('#tones .tone-axis .slider').first(), place = () => slider.inputValue();
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
