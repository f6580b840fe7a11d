// The sheet of an upright phone in every place but Play: a finger drags it by its handle, keys move it, and going back
// closes it. About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openPanel, sheetAt } from './panels.mjs';
import { currentPoint, shown } from './seen.mjs';
import { allLoaded, openReady, untilRoot } from './site.mjs';
import { PHONE, visits } from './visits.mjs';

const { visit, address } = visits();

/** @typedef {import('playwright-core').Page} Page */

/** A link to a point and a landmark. */
const LINK = '#Aap0J3aiv2ELtj0DAAABuaIBsAsTTWVpbiBPcnQgw6TDtsO8ICJ4Irfg';

/** @param {import('playwright-core').BrowserContextOptions} options @param {string} fragment of the address */
async function open(options = PHONE, fragment = '') {
  const { page, ready, close } = await visit(options);
  await ready(address() + fragment);
  await allLoaded(page);
  await openPanel(page, 'places');
  await shown(page);
  const session = await page.context().newCDPSession(page);
  const handle = page.locator('#handle');
  /** @param {'rest' | 'half' | 'full'} stop */
  const at = stop => sheetAt(page, stop);
  /** The height of the visible map. */
  const map_px = () =>
    page.evaluate(() => {
      const [map, sheet] = ['.pad', '.sheet'].map(part =>
        /** @type {Element} */ (document.querySelector(part)).getBoundingClientRect(),
      );
      return sheet.top - map.top;
    });
  /** Drags the handle with a finger. @param {number} up_px */
  const drag = async up_px => {
    const box = await handle.boundingBox();
    if (!box) throw new Error('there is no handle');
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    for (let step = 1; step <= 10; step++) {
      await session.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: [{ x, y: y - (up_px * step) / 10 }],
      });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  return { page, handle, at, map_px, drag, close };
}

test('a finger and keys move the sheet to each of its stops, a map stays above it, and a page that is turned has none', async () => {
  const { page, at, map_px, drag, handle, close } = await open();
  assert.ok((await handle.boundingBox())?.height === 44, 'the handle is large enough');
  const rest_px = await map_px();
  assert.ok(rest_px > 0.35 * 844 && rest_px < 0.45 * 844, `${rest_px}`);
  await drag(130);
  await at('half');
  const half_px = await map_px();
  await drag(300);
  await at('full');
  const full_px = await map_px();
  assert.ok(rest_px > half_px + 60 && half_px > full_px + 60 && full_px >= 60, `${rest_px}, ${half_px}, ${full_px}`);
  await drag(-120);
  await at('half');
  await drag(-400);
  await at('rest');
  assert.equal(await map_px(), rest_px);
  await shown(page);

  await handle.focus();
  for (const [key, stop, value] of /** @type {[string, 'rest' | 'half' | 'full', string][]} */ ([
    ['ArrowUp', 'half', '1'],
    ['ArrowUp', 'full', '2'],
    ['ArrowDown', 'half', '1'],
    ['End', 'full', '2'],
    ['Enter', 'rest', '0'],
    ['Space', 'half', '1'],
    ['Home', 'rest', '0'],
  ])) {
    await page.keyboard.press(key);
    await at(stop);
    await eventually(() => handle.getAttribute('aria-valuenow'), value, key);
    assert.notEqual((await handle.getAttribute('aria-valuetext')) ?? '', '');
  }

  await page.keyboard.press('End');
  await at('full');
  await page.setViewportSize({ width: 844, height: 390 });
  await at('rest');
  await handle.waitFor({ state: 'hidden' });
  await close();
});

/** The elements over the map that overlap a note, also one of two lines. @param {Page} page */
const notesOver = page =>
  page.evaluate(() => {
    const remark = /** @type {HTMLElement} */ (document.getElementById('remark'));
    remark.textContent = 'A message as long as those that fill two lines of a small phone';
    remark.hidden = false;
    const note = remark.getBoundingClientRect();
    const found = [...document.querySelectorAll('.tools button, .history button, .hold, .here')].filter(element => {
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return note.left < right && left < note.right && note.top < bottom && top < note.bottom;
    });
    remark.hidden = true;
    return found.map(element => element.id || element.className);
  });

test('no note lies over what is on the map of a phone', async () => {
  const { page, close } = await open();
  for (const viewport of [PHONE.viewport, { width: 375, height: 667 }, { width: 360, height: 640 }]) {
    await page.setViewportSize(viewport);
    for (const tab of ['play', 'places', 'loops']) {
      await openPanel(page, tab);
      await shown(page);
      assert.deepEqual(await notesOver(page), [], `${tab}, ${viewport.width} px`);
    }
  }
  await close();
});

test('going back closes the sheet and only then leaves the page, also after a link that was opened meanwhile', async () => {
  const { page, handle, at, close } = await open();
  const length = () => page.evaluate(() => history.length);
  const before = await length();
  await handle.focus();
  await page.keyboard.press('End');
  await at('full');
  await page.goBack();
  await at('rest');
  assert.equal(page.url(), address());
  await page.keyboard.press('ArrowUp');
  await at('half');
  await page.evaluate(() =>
    addEventListener(
      'popstate',
      () => {
        Object.assign(globalThis, { left: true });
      },
      { once: true },
    ),
  );
  await page.keyboard.press('ArrowDown');
  await at('rest');
  await page.waitForFunction(() => 'left' in globalThis);
  // Closed by hand, the sheet leaves no entry behind that would swallow a step back.
  assert.equal(await length(), before + 1);

  await handle.focus();
  await page.keyboard.press('End');
  await at('full');
  await page.evaluate(link => {
    location.hash = link;
  }, LINK);
  await page.locator('.landmark').waitFor({ state: 'attached' });
  await at('full');
  await page.goBack();
  await at('full');
  await page.goBack();
  await at('rest');
  assert.equal(await page.locator('.landmark').count(), 1);

  await page.goBack();
  assert.equal(page.url(), 'about:blank');
  await openReady(page, address());
  await close();
});

test('with reduced motion the sheet moves at once', async () => {
  const { page, handle, close } = await open({ ...PHONE, reducedMotion: 'reduce' });
  await handle.focus();
  await page.keyboard.press('End');
  await page.locator('html[data-sheet=full]').waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await close();
});

test('after a reload with the sheet open, going back does not open the first link again', async () => {
  const { page, handle, at, close } = await open(PHONE, LINK);
  await page.locator('.landmark').waitFor({ state: 'attached' });
  const linked = await currentPoint(page);
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  await at('half');
  const map = await page.locator('#map').boundingBox();
  assert.ok(map);
  // The first tap plays the point of the link.
  await eventually(
    async () => {
      await page.touchscreen.tap(map.x + 100, map.y + 100);
      return page.evaluate(() => location.hash);
    },
    '',
    'the document differs from the link',
  );
  await at('half');
  await page.reload();
  await untilRoot(page, 'state', ['ready']);
  await allLoaded(page);
  const played = await currentPoint(page);
  assert.notDeepEqual(played, linked);
  await page.evaluate(
    () =>
      new Promise(resolve => {
        // A change of the fragment is told after it.
        addEventListener('popstate', () => setTimeout(() => requestAnimationFrame(resolve)), { once: true });
        history.back();
      }),
  );
  assert.deepEqual(await currentPoint(page), played);
  assert.equal(page.url(), address());
  await close();
});
