// Between two sounds while a person changes something elsewhere: landmarks while a sound is chosen, an end while its
// grid is hidden. Also the steps of undo when keys and a pointer move the same slider. About 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betweenVisits, choose, drawnAround, FIRST, FOURTH, ready, SECOND, slider, squareReady, state, THIRD } from './between.mjs';
import { eventually } from './eventually.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { look } = betweenVisits();

test('a landmark that is deleted while a sound is chosen is no choice any more', async () => {
  const { page, close } = await look();
  for (const [index, name] of [FIRST, SECOND].entries()) {
    await choose(page, 'A', name);
    await page.locator('.between-keep button:visible').first().click();
    await eventually(() => page.locator('.landmark').count(), index + 1);
  }
  await page.locator('[data-end=B]').click();
  const found = page.locator('#between-found button');
  await eventually(() => found.count(), 2);
  await page.locator('.landmark').first().locator('.delete').click();
  await eventually(() => page.locator('.landmark').count(), 1);
  await eventually(() => found.evaluateAll(all => all.map(button => /** @type {HTMLElement} */ (button).dataset.name)), [SECOND]);
  await close();
});

test('what was around a sound that is no end any more, while its grid was hidden, is not named after the new one', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  await page.locator('#between-around').click();
  await drawnAround(page, 'A');
  const cell = page.locator('[data-around=A] .between-grid button').nth(13);
  await cell.click();
  await eventually(() => cell.getAttribute('aria-current'), 'true');
  await page.locator('#between-around').click();
  await choose(page, 'A', THIRD);
  await ready(page);
  await page.locator('#tool-undo').click();
  await eventually(() => state(page), 'The current sound is elsewhere: move the slider to come back.');
  assert.equal(await page.locator('.between-keep button:visible').first().getAttribute('aria-disabled'), 'true');
  await close();
});

/** Lets the pauses after which the moves of keys are a step of undo end when the answer is called. @param {Page} page */
async function holdPauses(page) {
  await page.evaluate(() => {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    /** @type {Map<unknown, () => void>} */
    const pauses = new Map();
    Object.assign(globalThis, {
      /** @param {() => void} act @param {number} ms @param {unknown[]} more */
      setTimeout(act, ms, ...more) {
        if (ms !== 700) return set(act, ms, ...more);
        const id = set(() => {}, 1e9);
        pauses.set(id, act);
        return id;
      },
      /** @param {number} id */
      clearTimeout(id) {
        pauses.delete(id);
        clear(id);
      },
      endPauses() {
        pauses.forEach(act => act());
        pauses.clear();
      },
    });
  });
  return () => page.evaluate(() => (/** @type {any} */ (globalThis)).endPauses());
}

/** Drags from one place to another, while the pauses end. @param {import('playwright-core').Locator} box @param {number[]} from @param {number[]} to @param {() => Promise<void>} endPauses */
async function drag(box, from, to, endPauses) {
  await box.scrollIntoViewIfNeeded();
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (await box.boundingBox());
  const { mouse } = box.page();
  await mouse.move(x + width * from[0], y + height * from[1]);
  await mouse.down();
  await endPauses();
  await mouse.move(x + width * to[0], y + height * to[1], { steps: 4 });
  await mouse.up();
}

test('keys that move the slider and a drag right after them are two steps of undo', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  await ready(page);
  const endPauses = await holdPauses(page);
  await slider(page).focus();
  await page.keyboard.press('ArrowLeft');
  await eventually(() => slider(page).inputValue(), '95');
  await drag(slider(page), [0.7, 0.5], [0.5, 0.5], endPauses);
  await eventually(() => slider(page).inputValue(), '48');
  await page.locator('#tool-undo').click();
  await eventually(() => slider(page).inputValue(), '95');
  await page.locator('#tool-undo').click();
  await eventually(() => slider(page).inputValue(), '96');
  await close();
});

test('keys that move the point in the square and a drag right after them are two steps of undo', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  await page.locator('#between-four').click();
  await choose(page, 'C', THIRD);
  await choose(page, 'D', FOURTH);
  const square = page.locator('#between-square'), across = square.locator('input').first();
  await squareReady(page);
  const endPauses = await holdPauses(page);
  await across.focus();
  await page.keyboard.press('ArrowLeft');
  await drag(square, [0.7, 0.3], [0.4, 0.6], endPauses);
  await eventually(() => across.getAttribute('aria-valuetext'), '40 % to the right');
  await page.locator('#between-square.is-here').waitFor();
  await page.locator('#tool-undo').click();
  await eventually(() => across.getAttribute('aria-valuetext'), '99 % to the right');
  await page.locator('#tool-undo').click();
  await eventually(() => across.getAttribute('aria-valuetext'), '100 % to the right');
  await close();
});
