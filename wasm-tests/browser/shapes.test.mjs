// The shapes of a screen: no parts overlap, the panel's first rows and the tabs are reachable, and focus rings are
// whole, from a small phone to a desktop. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openNotes, openPanel } from './panels.mjs';
import { shown } from './seen.mjs';
import { allLoaded } from './site.mjs';
import { visits } from './visits.mjs';

const SHAPES = [
  [320, 568],
  [375, 667],
  [390, 470],
  [390, 844],
  [844, 390],
  [768, 1024],
  [1280, 720],
  [1440, 900],
];
const TABS = ['play', 'sound', 'places', 'loops'];

const { visit } = visits();

/** @typedef {import('playwright-core').Page} Page */

/** Parts that overlap but must not, and parts that reach out of the page or of their place. @param {Page} page */
const overlaps = page =>
  page.evaluate(() => {
    const parts = [
      '.mark',
      '.instrument',
      '#share-button',
      '#more-button',
      '.history',
      '.tools',
      '.here',
      '.hold',
      '.side',
      '.keys',
      '.tracks',
      '.transport',
      '.job',
      '.tabs',
      '#keyboard',
      '#record',
      '#play-stop',
    ];
    /** @type {[string, DOMRect][]} */
    const boxes = parts.flatMap(part => {
      const element = document.querySelector(part);
      if (!element?.checkVisibility()) return [];
      // Only the area of a panel's part that the panel shows.
      const box = element.getBoundingClientRect();
      const room = element.closest('.panel')?.getBoundingClientRect() ?? box;
      const top = Math.max(box.top, room.top);
      const bottom = Math.min(box.bottom, room.bottom);
      return bottom > top ? [[part, new DOMRect(box.left, top, box.width, bottom - top)]] : [];
    });
    const within = (/** @type {string} */ one, /** @type {string} */ other) =>
      document.querySelector(one)?.contains(document.querySelector(other));
    /** @type {string[]} */
    const found = [];
    for (const [part, box] of boxes) {
      if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1)
        found.push(`${part} leaves the page`);
      for (const [other, rest] of boxes) {
        if (part >= other || within(part, other) || within(other, part)) continue;
        const wide = Math.min(box.right, rest.right) - Math.max(box.left, rest.left);
        const high = Math.min(box.bottom, rest.bottom) - Math.max(box.top, rest.top);
        if (wide > 1 && high > 1) found.push(`${part} lies over ${other}: ${Math.round(wide)} x ${Math.round(high)}`);
      }
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    return found;
  });

/** Focusable elements whose focus ring is cut off by a part that scrolls or clips. @param {Page} page */
const cutRings = page =>
  page.evaluate(() => {
    /** @type {string[]} */
    const found = [];
    const all = document.querySelectorAll(
      'button, a[href], input:not(.unseen, [type=file]), select, summary, [tabindex="0"]',
    );
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (all)) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.menu, .keyboard, .notes'))
        continue;
      element.focus({ focusVisible: true });
      element.scrollIntoView({ block: 'nearest' });
      const style = getComputedStyle(element);
      if (document.activeElement !== element || style.outlineStyle === 'none') continue;
      const reach = Math.max(0, parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth));
      const box = element.getBoundingClientRect();
      for (let room = element.parentElement; room; room = room.parentElement) {
        const { overflowX, display } = getComputedStyle(room);
        if (overflowX === 'visible' || display === 'contents') continue;
        const edge = room.getBoundingClientRect();
        const cut = Math.max(
          edge.left - (box.left - reach),
          box.right + reach - edge.right,
          room.scrollTop === 0 ? edge.top - (box.top - reach) : 0,
        );
        if (cut > 0.5)
          found.push(`${element.id || element.className || element.tagName} in ${room.id || room.className}: ${cut}`);
      }
    }
    return found;
  });

for (const isTouch of [true, false]) {
  test(`nothing lies over anything else, and no focus ring is cut off, ${isTouch ? 'on phones and tablets' : 'on desktops'}`, async () => {
    const shapes = SHAPES.filter(([width]) => width < 1000 === isTouch);
    const { page, ready, close } = await visit({
      viewport: { width: shapes[0][0], height: shapes[0][1] },
      hasTouch: isTouch,
      isMobile: isTouch,
    });
    await ready();
    await allLoaded(page);
    await page.keyboard.press('Space');
    /** @type {string[]} */
    const found = [];
    for (const [width, height] of shapes) {
      await page.setViewportSize({ width, height });
      await shown(page);
      for (const tab of TABS) {
        await openPanel(page, tab);
        await shown(page);
        const hasSheet = await page.locator('#handle').isVisible();
        for (const stop of hasSheet ? ['Home', 'ArrowUp', 'End'] : ['']) {
          if (stop) {
            await page.locator('#handle').focus();
            await page.keyboard.press(stop);
          }
          await shown(page);
          found.push(...(await overlaps(page)).map(what => `${width} x ${height}, ${tab} ${stop}: ${what}`));
          if (stop !== 'Home' && hasSheet) continue;
          found.push(...(await cutRings(page)).map(what => `${width} x ${height}, ${tab}: the ring of ${what}`));
          // A focused text field has opened the sheet.
          if (!hasSheet) continue;
          await page.locator('#handle').focus();
          await page.keyboard.press(stop);
        }
      }
    }
    assert.deepEqual(found, []);
    await close();
  });
}

test('on every phone the deck is whole below the map at rest, and Record stands in its middle', async () => {
  const { page, ready, close } = await visit({ viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true });
  await ready();
  await allLoaded(page);
  const session = await page.context().newCDPSession(page);
  for (const [width, height, top, bottom] of [
    [320, 568, 0, 0],
    [360, 640, 0, 0],
    [375, 667, 0, 0],
    [375, 812, 0, 0],
    [390, 844, 0, 0],
    [390, 844, 47, 34],
  ]) {
    await page.setViewportSize({ width, height });
    // An installed app has the whole screen, with the notch and the system's bar.
    await session.send('Emulation.setSafeAreaInsetsOverride', { insets: { top, right: 0, bottom, left: 0 } });
    await shown(page);
    const [map, note, record, tabs] = await Promise.all(
      ['.pad', '.switch', '#record .disc', '.tabs'].map(part => page.locator(part).boundingBox()),
    );
    const where = `${width} x ${height}: ${JSON.stringify([map, note, record, tabs])}`;
    assert.ok(map && note && record && tabs, where);
    assert.ok(map.y + map.height <= note.y && note.y + note.height <= record.y, where);
    assert.ok(record.y + record.height <= tabs.y && tabs.y + tabs.height <= height, where);
    assert.ok(record.width === 62 && Math.abs(record.x + 31 - width / 2) < 1, where);
    assert.ok(map.height > 0.5 * height, where);
    assert.deepEqual(await overlaps(page), [], where);
  }
  await close();
});

test('about ten bold controls are on the screen of a phone at rest, each as large as a fingertip', async () => {
  const { page, ready, close } = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await ready();
  await allLoaded(page);
  const controls = await page.locator('button:visible:not(.tabs *), select:visible, a[href]:visible').evaluateAll(all =>
    all
      .filter(element => element.checkVisibility({ visibilityProperty: true }))
      .map(element => {
        const { width, height } = element.getBoundingClientRect();
        return /** @type {const} */ ([element.id, width, height]);
      }),
  );
  assert.ok(controls.length <= 12, `${controls.map(([id]) => id)}`);
  for (const [id, width, height] of controls) {
    // The box around the list of instruments is smaller than what takes its presses.
    assert.ok(Number(width) >= 44 && Number(height) >= 44, `${id}: ${width} x ${height}`);
  }
  await close();
});

test('on every phone and on a tablet the names in the panel Play are whole, and so is that of a chosen octave', async () => {
  for (const locale of ['en', 'de']) {
    const { page, ready, close } = await visit({
      viewport: { width: 320, height: 568 },
      hasTouch: true,
      isMobile: true,
      locale,
    });
    await ready();
    for (const [width, height] of [
      [320, 568],
      [360, 640],
      [390, 844],
      [844, 390],
      [768, 1024],
    ]) {
      await page.setViewportSize({ width, height });
      await shown(page);
      await openNotes(page);
      await page.locator('#arpeggio').selectOption({ index: 1 });
      // The smallest phone has no room for more than “off” and “aus”.
      if (width >= 360) await page.locator('#chord').selectOption({ index: 1 });
      await page.locator('#gate-row').waitFor();
      await page.locator('#gate').focus();
      await page.keyboard.press('End');
      const found = await page.evaluate(() => {
        const pen = document.createElement('canvas').getContext('2d');
        if (!pen) throw new Error('there is no canvas');
        const chord = /** @type {HTMLSelectElement} */ (document.getElementById('chord'));
        const { fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(chord);
        pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
        const room_px = chord.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        const chosen = chord.selectedOptions[0].text;
        const names = [...document.querySelectorAll('#panel-play .setting > span')]
          .filter(name => name.checkVisibility())
          .filter(name => {
            const value = name.parentElement?.querySelector('output');
            const isUnder =
              value?.checkVisibility()
              && !name.parentElement?.matches('.octave')
              && name.getBoundingClientRect().right > value.getBoundingClientRect().left;
            return isUnder || name.scrollWidth > name.clientWidth;
          });
        return [...names.map(name => name.textContent), ...(pen.measureText(chosen).width > room_px ? [chosen] : [])];
      });
      assert.deepEqual(found, [], `${width} x ${height}, ${locale}`);
    }
    await close();
  }
});

test('on phones the rows of the menu of layers are whole, a part of the map is seen, and nothing touches below the pins', async () => {
  for (const locale of ['en', 'de']) {
    const { page, ready, close } = await visit({
      viewport: { width: 320, height: 568 },
      hasTouch: true,
      isMobile: true,
      locale,
    });
    await ready();
    await allLoaded(page);
    for (const [width, height] of [
      [390, 844],
      [360, 640],
    ]) {
      await page.setViewportSize({ width, height });
      await shown(page);
      await page.locator('#map-button').tap();
      await page.locator('#map-menu .choice').last().waitFor();
      const { rows, menu, map } = await page.evaluate(() => {
        const box = (/** @type {Element | null} */ element) => /** @type {Element} */ (element).getBoundingClientRect();
        const rows = [...document.querySelectorAll('#map-menu :is(legend, .choice, .families span)')];
        return {
          rows: rows.map(row => ({ name: row.textContent, bottom: box(row).bottom })),
          menu: box(document.querySelector('#map-menu')),
          map: box(document.querySelector('#map')),
        };
      });
      assert.deepEqual(
        rows.filter(({ bottom }) => bottom > menu.bottom).map(({ name }) => name),
        [],
        `${width} x ${height}, ${locale}`,
      );
      assert.ok(menu.top - map.top > 80, `${menu.top - map.top} px of the map are seen`);
      await page.keyboard.press('Escape');
      await page.locator('#map-menu').waitFor({ state: 'hidden' });
    }
    await page.setViewportSize({ width: 320, height: 568 });
    await shown(page);
    await openPanel(page, 'places');
    const [above, below] = await Promise.all(
      ['#landmarks-empty', '#two-sounds-open'].map(part => page.locator(part).boundingBox()),
    );
    assert.ok(
      above && below && below.y - (above.y + above.height) >= 8,
      `they touch: ${JSON.stringify([above, below])}`,
    );
    await close();
  }
});

test('the keys are a drawer: closed at first, remembered over a reload, and the places of a phone make room for it', async () => {
  const { page, ready, close } = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await ready();
  assert.ok(await page.locator('#keyboard').isHidden());
  await page.locator('#keys-open').tap();
  await page.locator('#keyboard .white').first().waitFor();
  assert.ok(await page.locator('.tabs').isHidden());
  await eventually(() => page.locator('#keys-range').innerText(), 'C3–C4');
  await page.locator('#octave-down').tap();
  await eventually(() => page.locator('#keys-range').innerText(), 'C2–C3');
  await page.reload();
  await ready();
  await page.locator('#keyboard .white').first().waitFor();
  await page.locator('#keys-close').tap();
  await page.locator('#keyboard').waitFor({ state: 'hidden' });
  assert.ok(await page.locator('.tabs').isVisible());
  await close();
});

for (const [width, height] of [
  [390, 844],
  [375, 667],
  [844, 390],
]) {
  test(`each place shows its main action without a drag: ${width} x ${height}`, async () => {
    const { page, ready, close } = await visit({ viewport: { width, height }, hasTouch: true, isMobile: true });
    await ready();
    await allLoaded(page);
    for (const [tab, action] of [
      ['sound', '#match-open'],
      ['places', '#similar'],
      ['places', '#find'],
      ['loops', '#record'],
    ]) {
      await openPanel(page, tab);
      await shown(page);
      const isSeen = await page.locator(action).evaluate(element => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
      assert.ok(isSeen, `${tab}: ${action}`);
    }
    await close();
  });
}

test('a menu dims the page, and a tap beside it closes it and plays nothing', async () => {
  for (const size of [
    { width: 390, height: 844 },
    { width: 1440, height: 900 },
  ]) {
    const { page, ready, close } = await visit({ viewport: size });
    await ready();
    for (const menu of ['map', 'more', 'share']) {
      await page.locator(`#${menu}-button`).click();
      const scrim = () =>
        page.locator(`#${menu}-menu`).evaluate(menu => getComputedStyle(menu, '::backdrop').backgroundColor);
      await eventually(scrim, color => !/, 0\)$|\/ 0\)$|transparent/.test(color), 'the page is not dimmed');
      const before = await page.locator('#across').inputValue();
      await page.mouse.click(60, 150);
      await page.locator(`#${menu}-menu`).waitFor({ state: 'hidden' });
      await shown(page);
      assert.equal(await page.locator('#across').inputValue(), before);
      await page.locator(`#${menu}-button`).click();
      await page.keyboard.press('Escape');
      await page.locator(`#${menu}-menu`).waitFor({ state: 'hidden' });
    }
    await close();
  }
});
