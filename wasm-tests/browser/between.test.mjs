// Between two sounds, in Places: A and B are chosen, a slider plays what lies between along three ways, and its ends are exact. By
// mouse, finger and keys. About 90 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { known } from './known.mjs';
import { openPanel } from './panels.mjs';
import { record } from './recorder.mjs';
import { currentPoint, drawn } from './seen.mjs';
import { currentPatch } from './sharing.mjs';
import { mouse } from './touches.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
/** A search takes 7 s on an idle machine. */
const PATIENCE_MS = 180_000;
/** Presets whose names no other name contains, far from each other. */
const [FIRST, SECOND] = ['Fragile Choir 2', 'Harpsy'];

/** A visit whose sound has played once, with the panel open: A is the current sound. @param {import('playwright-core').BrowserContextOptions} [options] */
async function look(options) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.2 });
  await pad.lift();
  await openPanel(page, 'places');
  await page.locator('#two-sounds-open').click();
  await page.locator('[data-end=A] span:not(:text-is("Choose…")):not(:text-is("Wählen …"))').waitFor();
  return { page, recorder, close };
}

/** Chooses a preset for an end by keys. @param {Page} page @param {'A' | 'B' | 'C' | 'D'} end @param {string} name */
async function choose(page, end, name) {
  await page.locator(`[data-end=${end}]`).click();
  await page.locator('#between-find').fill(name);
  await page.locator('#between-found button').first().waitFor();
  await page.locator('#between-find').press('Enter');
  await eventually(() => page.locator(`[data-end=${end}]`).innerText(), new RegExp(`${end}\\s+${name}`));
}

/** The 41 values that sound. The panel Places is open again afterwards. @param {Page} page */
async function heard(page) {
  const patch = await currentPatch(page);
  await openPanel(page, 'places');
  return patch;
}

const slider = (/** @type {Page} */ page) => page.locator('#between-share');
const state = (/** @type {Page} */ page) => page.locator('#between-state').innerText();
const ready = (/** @type {Page} */ page) => page.locator('#between-share:enabled').waitFor({ timeout: PATIENCE_MS });

test('a slider goes from A to B: heard while it is pressed, one step of undo, with exact ends, by mouse and by keys', async () => {
  const { page, recorder, close } = await look();
  assert.equal(await state(page), 'Choose sound B.');
  assert.ok(await slider(page).isDisabled());
  const before = await drawn(page);
  await choose(page, 'A', FIRST);
  const a = await heard(page);
  const from = await currentPoint(page);
  await choose(page, 'B', SECOND);
  const b = await heard(page);
  const to = await currentPoint(page);
  assert.notDeepEqual(a, b);
  await ready(page);
  assert.equal(await slider(page).inputValue(), '96', 'it is at B, which was chosen last');
  await eventually(() => drawn(page), now => now !== before, 'the map does not show them');

  await slider(page).focus();
  await page.keyboard.press('Home');
  assert.deepEqual(await heard(page), a, 'A is exact');
  await slider(page).focus();
  await page.keyboard.press('End');
  assert.deepEqual(await heard(page), b, 'B is exact');

  await slider(page).scrollIntoViewIfNeeded();
  assert.ok(await recorder.silent());
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (await slider(page).boundingBox());
  await page.mouse.move(x + width * 0.9, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height / 2, { steps: 8 });
  assert.ok(await recorder.heard());
  await page.mouse.up();
  assert.ok(await recorder.silent());
  assert.equal(await slider(page).getAttribute('aria-valuetext'), '50 % of the way to B');
  await eventually(() => currentPoint(page), ([x, y]) => Math.hypot(x - (from[0] + to[0]) / 2, y - (from[1] + to[1]) / 2) < 0.05);
  const half = await heard(page);
  assert.ok(half.some((value, index) => value !== a[index] && value !== b[index]), 'neither A nor B');
  await page.locator('#tool-undo').click();
  await eventually(() => slider(page).inputValue(), '96');
  assert.deepEqual(await heard(page), b);
  await page.locator('#tool-redo').click();
  await eventually(() => slider(page).inputValue(), '48');
  assert.deepEqual(await heard(page), half);
  await close();
});

test('the way is a choice, over the map or by sound, whose measurement a person can stop; A and B change places; what is kept is a landmark', async () => {
  const { page, close } = await look();
  await choose(page, 'A', FIRST);
  const a = await heard(page);
  await choose(page, 'B', SECOND);
  const b = await heard(page);
  await ready(page);
  await slider(page).fill('24');
  const straight = await eventually(() => heard(page), now => now.join() !== b.join());
  await page.locator('[data-way=plane]').click();
  const plane = await eventually(() => heard(page), now => now.join() !== straight.join());
  assert.equal(await state(page), 'Through the sounds that the map has on the line from A to B.');
  await page.locator('[data-way=sound]').click();
  await eventually(() => state(page), /^Measuring the way by sound: \d+ %\. Until then the way is straight\.$/);
  assert.deepEqual(await heard(page), straight);
  await page.locator('#between-measure').click();
  await eventually(() => state(page), 'The way by sound is not measured; this one is straight.');
  await page.locator('#between-measure').click();
  await page.locator('#between-state:text-is("Measured, so that what you hear changes evenly.")').waitFor({ timeout: PATIENCE_MS });
  const bySound = await eventually(() => heard(page), now => now.join() !== straight.join());
  assert.notDeepEqual(bySound, plane);
  for (const [key, end] of /** @type {const} */ ([['Home', a], ['End', b]])) {
    await slider(page).focus();
    await page.keyboard.press(key);
    assert.deepEqual(await heard(page), end, 'the ends are exact');
  }
  await slider(page).fill('24');
  await eventually(() => heard(page), bySound);

  await page.locator('#between-swap').click();
  await eventually(() => slider(page).inputValue(), '72');
  assert.deepEqual(await heard(page), bySound, 'what sounds stays');
  assert.match(await page.locator('[data-end=A]').innerText(), new RegExp(SECOND));
  await page.locator('#between-keep').click();
  await eventually(() => state(page), 'Kept as the landmark “Harpsy – Fragile Choir 75 %”.');
  assert.equal(await page.locator('.landmark').count(), 1);

  // The landmark is a sound to choose; A twice is none.
  await page.locator('[data-end=A]').click();
  await page.locator('#between-found button').first().click();
  await eventually(() => page.locator('[data-end=A]').innerText(), /Harpsy – Fragile Choir 75 %/);
  assert.deepEqual(await heard(page), bySound);
  await page.locator('[data-end=B]').click();
  await page.locator('#between-here').click();
  await eventually(() => state(page), 'A and B are the same sound, so nothing lies between them: choose another one.');
  assert.match(await page.locator('[data-end=B]').innerText(), new RegExp(FIRST), 'nothing changes');
  await page.locator('#between-close').click();
  assert.ok(await page.locator('.between-area').isHidden());
  assert.ok(await page.locator('#two-sounds-open').isVisible());
  await close();
});

test('on a phone, in German, a swipe over the slider changes nothing, and axe finds nothing', async () => {
  const { page, close } = await look({ ...PHONE, locale: 'de-DE' });
  await eventually(() => state(page), 'Klang B wählen.');
  await page.locator('[data-end=B]').click();
  await eventually(() => page.locator('#between-found-hint').innerText(), 'Einen Teil des Namens eingeben.');
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.locator('#between-find').fill('kein Preset heißt so');
  await eventually(() => page.locator('#between-found-hint').innerText(), 'Kein Preset heißt so.');
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('#between-chooser').isHidden());
  await choose(page, 'B', SECOND);
  await ready(page);
  assert.deepEqual(await findingsInBothThemes(page), []);
  const { scrollWidth, clientWidth } = await page.locator('#panel-places').evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  assert.ok(scrollWidth <= clientWidth, 'nothing sticks out');
  const session = await page.context().newCDPSession(page);
  const touch = (/** @type {string} */ type, /** @type {number[][]} */ ...points) =>
    session.send('Input.dispatchTouchEvent', { type: /** @type {any} */ (type), touchPoints: points.map(([x, y]) => ({ x, y })) });
  const at = async (/** @type {number} */ share) => {
    await slider(page).scrollIntoViewIfNeeded();
    const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (await slider(page).boundingBox());
    return [x + width * share, y + height / 2];
  };
  const b = await heard(page);
  const [x, y] = await at(0.3);
  await touch('touchStart', [x, y]);
  for (let step = 1; step <= 10; step++) await touch('touchMove', [x, y - 8 * step]);
  await touch('touchEnd');
  await eventually(() => slider(page).inputValue(), '96');
  assert.deepEqual(await heard(page), b);
  const tap = await at(0.5);
  await touch('touchStart', tap);
  await touch('touchEnd');
  await eventually(() => slider(page).getAttribute('aria-valuetext'), /^(49|50|51) % des Wegs nach B$/);
  await close();
});
