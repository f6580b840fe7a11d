// Accessibility of the page: axe finds nothing in any panel, menu, theme or size. With forced colours edges and states
// stay visible; with reduced motion nothing moves on its own. The Tab key reaches the tabs before the panels. About 35
// s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { openPanel, reach } from './panels.mjs';
import { fingers } from './touches.mjs';
import { allLoaded, newPage, openReady } from './site.mjs';
import { drawn, pass, shown } from './seen.mjs';
import { stage } from './visits.mjs';

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

const on = stage();

/** @typedef {import('playwright-core').Page} Page */

test('axe finds nothing in any panel and menu, dark or light, on a phone and a desktop', async () => {
  const { page, exceptions } = await newPage(on.browser, { viewport: SIZES[0] });
  await openReady(page, on.site.address);
  await allLoaded(page);
  await page.keyboard.press('Space');
  /** @type {string[]} */
  const found = [];
  const look = async (/** @type {string} */ where) => {
    found.push(...(await findingsInBothThemes(page)).map(finding => `${where}: ${finding}`));
  };
  for (const viewport of SIZES) {
    await page.setViewportSize(viewport);
    for (const tab of ['play', 'sound', 'places', 'loops']) {
      await openPanel(page, tab);
      await shown(page);
      await look(`tab ${tab}, ${viewport.width} px`);
    }
    for (const menu of ['map', 'more']) {
      await page.locator(`#${menu}-button`).click();
      await shown(page);
      await look(`menu ${menu}, ${viewport.width} px`);
      await page.keyboard.press('Escape');
    }
  }
  assert.deepEqual({ found: [...new Set(found)], exceptions }, { found: [], exceptions: [] });
  await page.context().close();
});

test('the Tab key leads from the map to the tabs, past no control of a panel, and from them into the panel', async () => {
  for (const viewport of SIZES) {
    const { page } = await newPage(on.browser, { viewport });
    await openReady(page, on.site.address);
    const stop = async () => {
      await page.keyboard.press('Tab');
      return page.evaluate(() => {
        const { activeElement } = document;
        return { id: activeElement?.id ?? '', isBelow: activeElement?.closest('#sheet') !== null };
      });
    };
    /** @type {Awaited<ReturnType<typeof stop>>[]} */
    const before = [];
    for (let now = await stop(); now.id !== 'tab-play'; now = await stop()) {
      before.push(now);
      assert.ok(before.length < 60, `no way to the tabs: ${before.map(({ id }) => id)}`);
    }
    assert.deepEqual(
      before.filter(({ isBelow }) => isBelow),
      [],
      `${viewport.width} x ${viewport.height}`,
    );
    assert.ok((await stop()).isBelow, 'after the tabs comes the panel');
    await page.context().close();
  }
});

test('with forced colours every button has an edge, on and off differ by more than colour, and levels are drawn', async () => {
  const { page } = await newPage(on.browser, { viewport: SIZES[1], forcedColors: 'active' });
  await openReady(page, on.site.address);
  const edges = await page.locator('button:visible').evaluateAll(buttons =>
    buttons
      .filter(button => !button.closest('.tabs, .bar'))
      .filter(button => parseFloat(getComputedStyle(button).borderTopWidth) === 0)
      .map(button => button.id || button.className),
  );
  assert.deepEqual(edges, []);
  const edge = () => page.locator('#tool-hold').evaluate(button => getComputedStyle(button).borderTopWidth);
  const off = await edge();
  await page.locator('#tool-hold').click();
  await eventually(edge, width => width !== off, 'the edge does not change');
  await allLoaded(page);
  await (await reach(page, '#readout summary')).click();
  await page.locator('.heard-row').first().waitFor();
  // Their colours are gradients or backgrounds, which forced colours would remove.
  const painted = await page.evaluate(() =>
    [
      ['#range-track', null],
      ['#job', '::before'],
      ['.heard-row', '::before'],
      ['.heard-row', '::after'],
    ].map(([selector, part]) => {
      const element = document.querySelector(/** @type {string} */ (selector));
      return element && getComputedStyle(element, part).getPropertyValue('forced-color-adjust');
    }),
  );
  assert.deepEqual(painted, ['none', 'none', 'none', 'none']);
  await page.context().close();
});

test('with reduced motion nothing fades, slides or trails the finger', async () => {
  const { page } = await newPage(on.browser, { viewport: SIZES[0], hasTouch: true, isMobile: true });
  await openReady(page, on.site.address);
  await allLoaded(page);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter(element => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return (
          transitionDuration.split(',').some(time => parseFloat(time) > 0)
          || animationName !== 'none'
          || scrollBehavior === 'smooth'
        );
      })
      .map(element => element.id || element.className),
  );
  assert.deepEqual(moving, []);
  const hand = await fingers(page);
  await hand.press({ across: 0.2, down: 0.5 });
  await hand.move({ across: 0.6, down: 0.5 });
  await shown(page);
  const first = await drawn(page);
  await pass(page, 500);
  assert.equal(await drawn(page), first, 'the picture does not change while the finger rests');
  await hand.lift();
  await page.context().close();
});
