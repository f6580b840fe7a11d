// The panels on small screens: no name is cut off that fits, every slider can be moved, and a button's effect is
// visible beside it. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { chooseLayout, openNotes, openPanel, reach, sheetAt } from './panels.mjs';
import { shown } from './seen.mjs';
import { allLoaded } from './site.mjs';
import { DESKTOP, visits } from './visits.mjs';

const { visit } = visits();

/** @typedef {import('playwright-core').Page} Page */

/** @param {number} width @param {number} height @param {string} [locale] */
async function open(width, height, locale = 'en') {
  const hasTouch = width < 1000;
  const { page, ready, close } = await visit({ viewport: { width, height }, hasTouch, isMobile: hasTouch, locale });
  await ready();
  await allLoaded(page);
  return { page, close };
}

test('every list has the font of the page', async () => {
  const { page, ready, close } = await visit(DESKTOP);
  await ready();
  const fonts = await page.evaluate(() =>
    [...document.querySelectorAll('body, select')].map(part => getComputedStyle(part).fontFamily),
  );
  assert.ok(fonts.length > 10);
  assert.deepEqual([...new Set(fonts)], [fonts[0]]);
  await close();
});

test('on a small phone on its side, and where the page is magnified, Record is whole and the names of the settings are', async () => {
  for (const locale of ['en', 'de']) {
    for (const [width, height] of [
      [568, 320],
      [640, 360],
      [640, 400],
      [667, 375],
      [711, 400],
      [740, 360],
      [801, 390],
    ]) {
      const { page, close } = await open(width, height, locale);
      const where = `${width} x ${height}, ${locale}`;
      const record = await page.locator('#record .disc').boundingBox();
      assert.ok(record && record.y >= 0 && (height <= 330 || record.y + record.height <= height), where);
      await openNotes(page);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.switch span, .transport button > span, .settings .setting > span')]
          .filter(name => name.checkVisibility() && name.scrollWidth > name.clientWidth + 1)
          .map(name => name.textContent),
      );
      assert.deepEqual(cut, [], where);
      await close();
    }
  }
});

test('a small phone shows sliders and drawings of a sound, the 41 parameters once opened, and Copy in Share', async () => {
  for (const [width, height] of [
    [375, 667],
    [844, 390],
  ]) {
    const { page, close } = await open(width, height);
    await page.locator('#pad').tap({ position: { x: 150, y: 120 } });
    await openPanel(page, 'sound');
    await page.locator('#drawings').waitFor();
    await shown(page);
    const below = await page.evaluate(() => {
      const bottom = (/** @type {string} */ selector) =>
        /** @type {Element} */ (document.querySelector(selector)).getBoundingClientRect().bottom;
      return ['#macros', '#drawings'].filter(part => bottom(part) > bottom('#panel-sound'));
    });
    assert.deepEqual(below, [], `${width} × ${height}`);
    await page.locator('#all-summary').click();
    await page.waitForFunction(() => {
      const bottom = (/** @type {string} */ selector) =>
        /** @type {Element} */ (document.querySelector(selector)).getBoundingClientRect().bottom;
      return bottom('#groups > :nth-child(3)') < bottom('#panel-sound');
    });
    await openPanel(page, 'share');
    const copy = await page.locator('#copy-link').boundingBox();
    assert.ok(copy && copy.y + copy.height <= height, `${width} × ${height}: Copy`);
    await close();
  }
});

test('the arrow of a list in the header opens that list', async () => {
  const { page, close } = await open(1280, 800);
  const pressed = await page.locator('.instrument svg').evaluate(arrow => {
    const { left, top, width, height } = arrow.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.id;
  });
  assert.equal(pressed, 'instrument');
  await close();
});

test('beside a count the search field still says what it is for', async () => {
  for (const locale of ['en', 'de']) {
    for (const [width, height] of [
      [320, 568],
      [360, 740],
      [1280, 800],
    ]) {
      const { page, close } = await open(width, height, locale);
      await openPanel(page, 'places');
      await page.locator('#kinds button').first().click();
      await page.locator('#found-count:not(:empty)').waitFor();
      const [text_px, room_px, apart_px] = await page.locator('#find').evaluate(field => {
        const style = getComputedStyle(field);
        const pen = document.createElement('canvas').getContext('2d');
        if (!pen || !(field instanceof HTMLInputElement)) throw new Error('there is no canvas, or no field');
        pen.font = `${style.fontSize} ${style.fontFamily}`;
        const { left, right } = field.getBoundingClientRect();
        const count = document.getElementById('found-count')?.getBoundingClientRect();
        const end_px = right - parseFloat(style.paddingRight);
        return [
          pen.measureText(field.placeholder).width,
          end_px - left - parseFloat(style.paddingLeft),
          (count?.left ?? NaN) - end_px,
        ];
      });
      assert.ok(
        text_px <= room_px && apart_px >= -1,
        `${width} px, ${locale}: ${text_px} of ${room_px} px, ${apart_px} px before the count`,
      );
      await close();
    }
  }
});

test('the buttons of “Follow a sound” hold their names, in two lines at most', async () => {
  for (const [width, height] of [
    [320, 568],
    [360, 740],
    [390, 844],
    [1280, 800],
  ]) {
    const { page, close } = await open(width, height, 'de');
    await page.locator('#instrument').selectOption('Streicher');
    await openPanel(page, 'sound');
    await page.locator('#tones button', { hasText: 'Einem Klang folgen' }).click();
    const buttons = page.locator('[data-from]:visible');
    await buttons.first().waitFor();
    const found = await buttons.evaluateAll(buttons =>
      buttons.flatMap(button => {
        const text = document.createRange();
        const edge = button.getBoundingClientRect();
        text.selectNodeContents(button);
        const lines = new Set(
          [...text.getClientRects()].filter(({ height }) => height < 20).map(({ top }) => Math.round(top)),
        );
        const isWithin = [...text.getClientRects()].every(
          ({ left, right }) => left >= edge.left + 1 && right <= edge.right - 1,
        );
        return isWithin && lines.size <= 2 ? [] : [`${button.textContent}: ${lines.size} lines`];
      }),
    );
    assert.deepEqual(found, [], `${width} px`);
    await close();
  }
});

test('in the lists of Play the names are whole', async () => {
  for (const locale of ['en', 'de']) {
    for (const sizes of [
      [
        [390, 844],
        [320, 568],
        [360, 740],
        [667, 375],
        [844, 390],
        [768, 1024],
      ],
      [[1280, 800]],
    ]) {
      const [[first, tall]] = sizes;
      const { page, close } = await open(first, tall, locale);
      // All settings are shown.
      await openNotes(page);
      await page.locator('#touch-more > summary').click();
      await page.locator('#arpeggio').selectOption({ index: 3 });
      await chooseLayout(page, 'melody');
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        await shown(page);
        const { cut, over_px } = await page.evaluate(() => {
          const pen = document.createElement('canvas').getContext('2d');
          const grid = document.querySelector('.settings');
          if (!pen || !grid) throw new Error('there is no canvas');
          const cut = [
            .../** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll('#panel-play select')),
          ].flatMap(list => {
            const style = getComputedStyle(list);
            pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
            pen.letterSpacing = style.letterSpacing;
            const room_px = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
            return Array.from(list.options, option => option.text).filter(
              text => pen.measureText(text).width > room_px,
            );
          });
          return { cut, over_px: grid.scrollWidth - grid.clientWidth };
        });
        assert.deepEqual({ cut, over_px }, { cut: [], over_px: 0 }, `${width} x ${height}, ${locale}`);
      }
      await close();
    }
  }
});

test('beside “edited” the name of the current point is whole', async () => {
  for (const [locale, name] of /** @type {const} */ ([
    ['en', 'near InOneSpace'],
    ['de', 'bei InOneSpace'],
  ])) {
    for (const [width, height] of [
      [320, 568],
      [390, 844],
      [667, 375],
      [768, 1024],
      [1280, 800],
    ]) {
      const { page, close } = await open(width, height, locale);
      const isCut = await page.evaluate(name => {
        const near = /** @type {HTMLElement} */ (document.getElementById('near'));
        near.textContent = name;
        document.getElementById('edited')?.removeAttribute('hidden');
        return near.scrollWidth > near.clientWidth;
      }, name);
      assert.ok(!isCut, `${width} x ${height}, ${locale}`);
      await close();
    }
  }
});

/** True for the number of results, and for the first of them, if it is in sight. @param {Page} page */
const resultsSeen = page =>
  page.evaluate(() =>
    ['#found-count:not(:empty)', '#found .result'].map(part => {
      const box = document.querySelector(part)?.getBoundingClientRect();
      const at = box && document.elementFromPoint(box.left + box.width / 3, box.top + 10);
      return at?.closest('.find-field, .result') !== null && at !== null && at !== undefined;
    }),
  );

for (const [width, height] of [
  [360, 740],
  [390, 844],
  [844, 390],
  [1280, 800],
]) {
  test(`what is similar to the current sound is in sight as soon as it is asked for, with its number, from the codebook, too: ${width} x ${height}`, async () => {
    const { page, close } = await open(width, height);
    await openPanel(page, 'places');
    await page.locator('#similar').click();
    await eventually(() => resultsSeen(page), [true, true], 'the number and the first result');
    await page.locator('#codebook-open').click();
    await page.locator('#code-across:not(:empty)').waitFor();
    await page.locator('#similar').click();
    await eventually(() => resultsSeen(page), [true, true], 'in place of the codebook');
    await close();
  });
}

test('who records a loop has a map to draw on: a sheet over all of it becomes lower, and its button stays in sight', async () => {
  for (const [tab, button] of [['loops', '#record']]) {
    const { page, close } = await open(360, 740);
    await openPanel(page, tab);
    await page.locator('#handle').focus();
    await page.keyboard.press('End');
    await sheetAt(page, 'full');
    await page.locator(button).tap();
    await sheetAt(page, 'half');
    await shown(page);
    const map = await page.locator('.pad').boundingBox();
    assert.ok(map && map.height > 150, `${tab}: ${map?.height} px`);
    assert.ok(
      await page.locator(button).evaluate(button => {
        const { left, top, width, height } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      }),
      `${tab}: the button that ends it`,
    );
    await page.locator(button).tap();
    await sheetAt(page, 'half');
    await close();
  }
});

test('a setting has one name in the panels Play and Sound', async () => {
  for (const locale of ['en', 'de']) {
    const { page, close } = await open(1280, 800, locale);
    const inPlay = await page.evaluate(() =>
      ['keyboard-mode', 'portamento'].map(
        id => document.getElementById(id)?.parentElement?.querySelector('span')?.textContent,
      ),
    );
    await openPanel(page, 'sound');
    await (await reach(page, '.group-opener')).last().click();
    const inSound = await page.locator('.control-name:visible').allInnerTexts();
    for (const name of inPlay) assert.ok(name && inSound.includes(name), `${name} is not among ${inSound}`);
    await close();
  }
});
