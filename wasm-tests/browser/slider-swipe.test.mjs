// A finger that scrolls a panel of a phone begins on a slider: the slider goes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openPanel, reach, sheetAt } from './panels.mjs';
import { shown } from './seen.mjs';
import { visits } from './visits.mjs';

const { visit } = visits();

test('a swipe that scrolls leaves every slider, the sound and undo as they were; a drag along the slider moves it', async () => {
  const { page, ready, close } = await visit({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  await ready();
  // The panel Sound is empty until something has played.
  await page.locator('canvas#pad').tap({ position: { x: 180, y: 100 } });
  await shown(page);
  await openPanel(page, 'sound');
  await page.locator('#handle').press('End');
  await sheetAt(page, 'full');
  const session = await page.context().newCDPSession(page);
  const touch = (/** @type {string} */ type, /** @type {number[][]} */ ...points) =>
    session.send('Input.dispatchTouchEvent', {
      type: /** @type {any} */ (type),
      touchPoints: points.map(([x, y]) => ({ x, y })),
    });
  /**
   * Slides a finger from the middle of a slider.
   * @param {import('playwright-core').Locator} slider @param {number[]} way_px
   */
  const slide = async (slider, [right_px, down_px]) => {
    await slider.scrollIntoViewIfNeeded();
    const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
      await slider.boundingBox()
    );
    const from = [x + width * 0.1, y + height / 2];
    await touch('touchStart', from);
    for (let step = 1; step <= 10; step++)
      await touch('touchMove', [from[0] + (right_px * step) / 10, from[1] + (down_px * step) / 10]);
    await touch('touchEnd');
  };
  /** @param {import('playwright-core').Locator} slider */
  const said = slider => slider.getAttribute('aria-valuetext');
  const undo = page.locator('#tool-undo');
  /**
   * The positions that a finger moved the slider to, and “cancelled”.
   * @param {import('playwright-core').Locator} slider
   */
  const listen = slider =>
    slider.evaluate(element => {
      const told = /** @type {string[]} */ ([]);
      Object.assign(globalThis, { told });
      element.addEventListener('input', () => told.push(/** @type {HTMLInputElement} */ (element).value));
      element.addEventListener('pointercancel', () => told.push('cancelled'));
    });
  const told = () => page.evaluate(() => /** @type {string[]} */ (/** @type {any} */ (globalThis).told));

  for (const [panel, name] of [
    ['sound', '.group.open .slider >> nth=0'],
    ['play', '#portamento'],
  ]) {
    await openPanel(page, panel);
    if (panel === 'sound') await (await reach(page, '.group-opener')).nth(1).tap();
    const slider = panel === 'sound' ? page.locator(name) : await reach(page, name);
    const [before, isUndone] = [await said(slider), await undo.getAttribute('aria-disabled')];
    await listen(slider);
    await slide(slider, [0, -80]);
    await eventually(async () => (await told()).includes('cancelled'), true);
    assert.notEqual((await told())[0], 'cancelled', 'the finger moved it first');
    await eventually(() => said(slider), String(before));
    assert.equal(await undo.getAttribute('aria-disabled'), isUndone, `${name}: no step of undo`);
    await slide(slider, [40, 0]);
    await eventually(async () => (await said(slider)) !== before, true);
  }
  await close();
});
