// Between two sounds and the hands on it: pointers that do not play, or are lost, and the focus of a button that hides.
// About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betweenVisits, choose, FIRST, FOURTH, ready, SECOND, slider, squareReady, THIRD } from './between.mjs';
import { mouse } from './touches.mjs';
import { DESKTOP } from './visits.mjs';

const { look } = betweenVisits();

test('the button that measures gives its focus to the slider when it hides', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  await ready(page);
  await page.locator('[data-way=sound]').click();
  await page.locator('#between-measure').focus();
  // As it hides when all is measured, which takes longer.
  await page.locator('[data-way=straight]').evaluate(button => /** @type {HTMLElement} */ (button).click());
  await page.locator('#between-measure').waitFor({ state: 'hidden' });
  await page.locator('#between-share:focus').waitFor();
  await close();
});

/** A visit with all four sounds, and the square. */
async function lookAtSquare() {
  const { page, recorder, close } = await look(DESKTOP);
  for (const [end, name] of /** @type {const} */ ([
    ['A', FIRST],
    ['B', SECOND],
  ]))
    await choose(page, end, name);
  await ready(page);
  await page.locator('#between-four').click();
  for (const [end, name] of /** @type {const} */ ([
    ['C', THIRD],
    ['D', FOURTH],
  ]))
    await choose(page, end, name);
  const square = page.locator('#between-square');
  await squareReady(page);
  await square.scrollIntoViewIfNeeded();
  assert.ok(await recorder.silent());
  return { page, recorder, square, close };
}

test('a button that opens a menu plays neither the slider nor the square', async () => {
  const { page, recorder, square, close } = await lookAtSquare();
  for (const played of [square, slider(page)]) {
    for (const [button, key] of /** @type {const} */ ([
      ['right', 'Shift'],
      ['left', 'Control'],
    ])) {
      await page.keyboard.down(key);
      await played.hover();
      await page.mouse.down({ button });
      // Ctrl moves the slider all the same, which plays its sound for a moment.
      assert.ok(await recorder.silent(), `${button} with ${key}`);
      await page.mouse.up({ button });
      await page.keyboard.up(key);
      if (played === square)
        assert.equal(await square.locator('input').first().getAttribute('aria-valuetext'), '100 % to the right');
    }
  }
  await close();
});

test('a pointer that the square loses ends its note', async () => {
  const { page, recorder, square, close } = await lookAtSquare();
  const hand = mouse(page, square);
  await hand.press({ across: 0.2, down: 0.2 });
  assert.ok(await recorder.heard());
  // The mouse is always pointer 1.
  await square.evaluate(square => square.releasePointerCapture(1));
  assert.ok(await recorder.silent());
  await hand.lift();
  await close();
});
