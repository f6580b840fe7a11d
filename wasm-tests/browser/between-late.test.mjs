// Between two sounds while it loads or measures: a person plays elsewhere, chooses again, or closes it; and pointers that do not
// play, or are lost. About 25 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, betweenVisits, choose, drawnAround, FIRST, FOURTH, ready, SECOND, slider, squareReady, state, THIRD } from './between.mjs';
import { eventually } from './eventually.mjs';
import { openPanel, reach } from './panels.mjs';
import { record } from './recorder.mjs';
import { currentPoint } from './seen.mjs';
import { currentPatch, playAt } from './sharing.mjs';
import { fingers, mouse } from './touches.mjs';
import { DESKTOP } from './visits.mjs';
import { heldBack } from './workers.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit, look } = betweenVisits();

/** Keeps the map's networks from the panel until the answer is called. @param {Page} page */
async function holdNetworks(page) {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const released = new Promise(resolve => { release = resolve; });
  await page.route('**/encoder.onnx', route => released.then(() => route.continue()));
  return release;
}

test('a person who plays elsewhere while the panel loads stays there, and nothing sounds', async () => {
  const { page, ready: open, close } = await visit();
  const recorder = await record(page);
  await open();
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.2 });
  await pad.lift();
  const release = await holdNetworks(page);
  await openPanel(page, 'places');
  await Promise.all([page.waitForRequest('**/encoder.onnx'), page.locator('#two-sounds-open').click()]);
  await pad.press({ across: 0.8, down: 0.7 });
  await pad.lift();
  const here = await currentPoint(page);
  assert.ok(await recorder.silent());
  await recorder.take();
  release();
  await begun(page);
  assert.deepEqual(await currentPoint(page), here, 'the point stays');
  assert.ok(await recorder.staysSilent());
  await close();
});

test('with a locked group the panel opens silently, and neither the sound nor undo changes', async () => {
  const { page, ready: open, close } = await visit();
  const recorder = await record(page);
  await open();
  await playAt(page, 'Right');
  await reach(page, '.group');
  await page.getByRole('button', { name: 'Lock Filter', exact: true }).click();
  const before = await currentPatch(page);
  assert.ok(await recorder.silent());
  await openPanel(page, 'places');
  await page.locator('#two-sounds-open').click();
  await begun(page);
  assert.ok(await recorder.staysSilent());
  await page.locator('.between-keep button[aria-disabled=false]').first().waitFor();
  // Choosing B computes the interpolations, whose end A stays as it is.
  await choose(page, 'B', SECOND);
  await ready(page);
  await slider(page).fill('0');
  assert.deepEqual(await currentPatch(page), before);
  await openPanel(page, 'places');
  for (let steps = 0; steps < 2; steps++) await page.locator('#tool-undo').click();
  await eventually(() => page.locator('.between-keep button').first().getAttribute('aria-disabled'), 'false', 'it is A again');
  assert.deepEqual(await currentPatch(page), before);
  assert.equal(await page.locator('#edited').isVisible(), false, 'no step of undo is left that has edited the sound');
  await close();
});

test('a choice that loads does not replace a later one', async () => {
  const { page, close } = await look();
  // The workers that have the networks end with the panel.
  await page.locator('#between-close').click();
  const release = await holdNetworks(page);
  await page.locator('#two-sounds-open').click();
  await page.locator('[data-end=A]').click();
  // A point of the map waits for the networks, a preset has its patch.
  await Promise.all([page.waitForRequest('**/encoder.onnx'), page.locator('#between-here').click()]);
  await choose(page, 'A', FIRST);
  release();
  // These come from the networks, too, after the point's.
  await page.locator('#between-around').click();
  await drawnAround(page, 'A');
  assert.equal(await page.locator('[data-end=A] > span').getAttribute('title'), FIRST);
  await close();
});

/** Chooses the current sound of another place as A, with a network that loads until the answer is called. @param {import('playwright-core').Page} page */
async function chooseHere(page) {
  await page.locator('#between-close').click();
  const release = await holdNetworks(page);
  await page.locator('#two-sounds-open').click();
  const pad = mouse(page);
  await pad.press({ across: 0.8, down: 0.7 });
  await pad.lift();
  await page.locator('[data-end=A]').click();
  await Promise.all([page.waitForRequest('**/encoder.onnx'), page.locator('#between-here').click()]);
  return release;
}

test('B is compared with the A that still loads, not with the A before', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  const release = await chooseHere(page);
  // B becomes the preset that A was until now; once the networks have loaded, A is another sound.
  await page.locator('[data-end=B]').click();
  await page.locator('#between-find').fill(FIRST);
  await page.locator('#between-found button').first().waitFor();
  await page.locator('#between-find').press('Enter');
  release();
  await eventually(() => page.locator('[data-end=B] > span').innerText(), FIRST);
  await ready(page);
  assert.notEqual(await page.locator('[data-end=A] > span').getAttribute('title'), FIRST);
  assert.doesNotMatch(await state(page), /already/);
  await close();
});

test('a choice that loads takes part when A and B change places', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  const release = await chooseHere(page);
  await page.locator('#between-swap').click();
  await eventually(() => page.locator('[data-end=A] > span').innerText(), SECOND);
  release();
  await eventually(() => page.locator('[data-end=B] > span').innerText(), name => name !== FIRST, 'the choice takes the place of what A was');
  assert.equal(await page.locator('[data-end=A] > span').innerText(), SECOND);
  await close();
});

test('a panel that is closed while it measures says nothing of it when it opens again', async () => {
  let release = async () => {};
  const { page, close } = await look(undefined, async page => { release = await heldBack(page, 'measure_scales', 1); });
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  await ready(page);
  await page.locator('[data-way=sound]').click();
  await eventually(() => state(page), /^Measuring the way by sound: [1-9]/);
  await page.locator('#between-close').click();
  await page.locator('#two-sounds-open').click();
  await eventually(() => state(page), /^Measuring the way by sound/);
  await page.locator('#between-measure').click();
  await eventually(() => state(page), 'The way by sound is not measured; this one is straight.');
  await release();
  await close();
});

test('the button that measures gives its focus to the slider when it hides', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  await ready(page);
  await page.locator('[data-way=sound]').click();
  await page.locator('#between-measure').focus();
  // As it hides when all is measured, which takes longer.
  await page.locator('[data-way=straight]').evaluate(button => (/** @type {HTMLElement} */ (button)).click());
  await page.locator('#between-measure').waitFor({ state: 'hidden' });
  await page.locator('#between-share:focus').waitFor();
  await close();
});

/** A visit with all four sounds, and the square. */
async function lookAtSquare() {
  const { page, recorder, close } = await look({ ...DESKTOP, hasTouch: true });
  for (const [end, name] of /** @type {const} */ ([['A', FIRST], ['B', SECOND]])) await choose(page, end, name);
  await ready(page);
  await page.locator('#between-four').click();
  for (const [end, name] of /** @type {const} */ ([['C', THIRD], ['D', FOURTH]])) await choose(page, end, name);
  const square = page.locator('#between-square');
  await squareReady(page);
  await square.scrollIntoViewIfNeeded();
  assert.ok(await recorder.silent());
  return { page, recorder, square, close };
}

test('a button that opens a menu plays neither the slider nor the square', async () => {
  const { page, recorder, square, close } = await lookAtSquare();
  for (const played of [square, slider(page)]) {
    for (const [button, key] of /** @type {const} */ ([['right', 'Shift'], ['left', 'Control']])) {
      await page.keyboard.down(key);
      await played.hover();
      await page.mouse.down({ button });
      // Ctrl moves the slider all the same, which plays its sound for a moment.
      assert.ok(await recorder.silent(), `${button} with ${key}`);
      await page.mouse.up({ button });
      await page.keyboard.up(key);
      if (played === square) assert.equal(await square.locator('input').first().getAttribute('aria-valuetext'), '100 % to the right');
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

test('only the first finger moves the square', async () => {
  const { page, recorder, square, close } = await lookAtSquare();
  const across = square.locator('input').first();
  const touch = await fingers(page, square);
  await touch.press({ across: 0.3, down: 0.3 });
  await eventually(() => across.getAttribute('aria-valuetext'), '30 % to the right');
  await touch.press({ across: 0.8, down: 0.8 });
  await touch.lift(1);
  await touch.move({ across: 0.6, down: 0.3 });
  await eventually(() => across.getAttribute('aria-valuetext'), '60 % to the right');
  assert.ok(await recorder.heard());
  await touch.lift();
  assert.ok(await recorder.silent());
  await close();
});
