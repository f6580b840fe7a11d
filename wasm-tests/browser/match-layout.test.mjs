// The layout of “From a sound…”: the answers' numbers on the map are not hidden, and the button that keeps an answer is
// visible, on low panels, too. About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { off, openSearch, search, stop } from './matching.mjs';
import { cutTexts, shown } from './seen.mjs';
import { sharing } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

const { open } = sharing();
const { visit } = visits();

/**
 * Waits until each strand has a compared answer: one that was stopped before has neither a mark nor anything to keep.
 * @param {import('playwright-core').Page} page
 */
async function allFound(page) {
  await page
    .locator('#match-answers button:not([aria-disabled=true])')
    .nth(3)
    .waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await eventually(
    () => Promise.all([1, 2, 3, 4].map(number => off(page, number))),
    offs => offs.every(Number.isFinite),
  );
}

test('a strand is heard by its mark on the map, with the pointer and with the keyboard', async () => {
  const { page, recorder, close } = await open();
  await search(page);
  await allFound(page);
  await stop(page);
  const chosen = (/** @type {number} */ strand) =>
    page.locator(`#match-answers button[data-strand="${strand}"][aria-pressed=true]`);
  const marks = page.locator('.match-mark');
  await eventually(() => marks.filter({ visible: true }).count(), 4, 'every strand has its mark');
  await recorder.silent();
  await marks.nth(2).click();
  await chosen(2).waitFor();
  assert.ok(await recorder.sounded(), 'it sounds');
  await page.locator('#upward').focus();
  for (let strand = 0; strand <= 1; strand++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await chosen(1).waitFor();
  assert.equal(await page.locator('#edited').isVisible(), false, 'the patch stays');
  await page.locator('#match-keep').click();
  await marks.nth(1).waitFor({ state: 'hidden' });
  await page.locator('#tab-play').click();
  await eventually(() => marks.filter({ visible: true }).count(), 0, 'the map of another panel is free');
  await close();
});

for (const [what, over] of [['a tool', '.tools']]) {
  test(`a mark that would lie under ${what} of the map stands beside it, where it can be pressed`, async () => {
    const { page, close } = await open();
    await search(page);
    await allFound(page);
    await stop(page);
    const mark = page.locator('.match-mark').first();
    await mark.waitFor();
    /** Chooses an answer, which shows the marks anew. @param {number} strand */
    const choose = async strand => {
      await page.locator(`#match-answers button[data-strand="${strand}"]`).click();
      await page.locator(`#match-answers button[data-strand="${strand}"][aria-pressed=true]`).waitFor();
    };
    // A mark's place depends on the search, so the test moves the covering element to the mark. It does so again if the
    // mark moves afterwards, because an answer's place is computed after it is found.
    await eventually(
      async () => {
        await page.locator(over).evaluate(element => {
          element.removeAttribute('style');
          // The hint of a first visit, which this one is not.
          if (element.hasAttribute('hidden')) element.textContent = '3,303 sounds. Press and drag.';
          element.removeAttribute('hidden');
        });
        await choose(0);
        const before = await mark.boundingBox();
        await page.locator(over).evaluate(
          (element, at) =>
            Object.assign(element.style, {
              position: 'fixed',
              margin: '0',
              inset: `${at?.y}px auto auto ${at?.x}px`,
            }),
          before,
        );
        await choose(1);
        const hidden = await page.evaluate(() => {
          const [tools, marks] = ['.tools button, #hint', '.match-mark b'].map(part =>
            [...document.querySelectorAll(part)]
              .map(element => element.getBoundingClientRect())
              .filter(({ width }) => width > 0),
          );
          return marks.filter(mark =>
            tools.some(
              tool =>
                mark.left < tool.right - 1
                && tool.left < mark.right - 1
                && mark.top < tool.bottom - 1
                && tool.top < mark.bottom - 1,
            ),
          ).length;
        });
        const now = await mark.boundingBox();
        return { hidden, moved: before && now ? Math.hypot(now.x - before.x, now.y - before.y) : NaN };
      },
      ({ hidden, moved }) => hidden === 0 && moved > 0 && moved < 130,
      `${what} lies over no mark, and the first one is near its place`,
    );
    // Another answer may stand where this one does.
    await mark.dispatchEvent('click');
    await page.locator('#match-answers button[data-strand="0"][aria-pressed=true]').waitFor();
    await close();
  });
}

test('numbers make room for a hint that comes while nothing else happens, and return when it goes', async () => {
  const { page, close } = await open();
  await search(page);
  await allFound(page);
  await stop(page);
  const mark = page.locator('.match-mark').first();
  const place = () => mark.evaluate(mark => [mark.style.left, mark.style.top]);
  const hint = page.locator('#hint');
  await mark.waitFor();
  // Again if an answer moves meanwhile, because its place is computed after it is found.
  await eventually(
    async () => {
      await hint.evaluate(hint => hint.toggleAttribute('hidden', true));
      await shown(page);
      const before = await place();
      const box = await mark.boundingBox();
      await hint.evaluate((hint, box) => {
        hint.textContent = '3,303 sounds. Press and drag.';
        Object.assign(hint.style, { position: 'fixed', margin: '0', inset: `${box?.y}px auto auto ${box?.x}px` });
        hint.removeAttribute('hidden');
      }, box);
      await shown(page);
      const beside = await place();
      await hint.evaluate(hint => hint.toggleAttribute('hidden', true));
      await shown(page);
      return [before.join() !== beside.join(), before.join() === (await place()).join()];
    },
    [true, true],
    'it goes away from the hint and comes back',
  );
  await close();
});

test('on a low panel the button that keeps an answer is in sight without scrolling, while it searches and afterwards', async () => {
  for (const [width, height] of [
    [844, 390],
    [667, 375],
    [320, 568],
    [1280, 600],
  ]) {
    for (const locale of ['en', 'de']) {
      const hasTouch = width < 1000;
      const { page, ready, close } = await visit({ viewport: { width, height }, hasTouch, isMobile: hasTouch, locale });
      await ready();
      await openSearch(page);
      await search(page);
      const keep = page.locator('#match-keep:not([aria-disabled=true])');
      await keep.waitFor();
      /** True if the upper and the lower part of the button are in sight. */
      const seen = () =>
        keep.evaluate(button => {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          return [top + 6, bottom - 6].map(y => document.elementFromPoint((left + right) / 2, y) === button);
        });
      await eventually(seen, [true, true], `${width} x ${height}, ${locale}, while it searches`);
      await stop(page);
      await eventually(() => page.locator('#match-status').innerText(), /\.$/);
      await eventually(seen, [true, true], `${width} x ${height}, ${locale}`);
      assert.deepEqual(await cutTexts(page, '#match'), []);
      await close();
    }
  }
});
