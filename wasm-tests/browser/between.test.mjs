// Between two sounds, in Places: A and B are chosen, a slider plays the patches between them in three ways, and its
// ends are exact. By mouse, finger and keys. About 90 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import {
  betweenVisits,
  choose,
  drawnAround,
  FIRST,
  FOURTH,
  ready,
  SECOND,
  slider,
  squareReady,
  state,
  THIRD,
} from './between.mjs';
import { eventually } from './eventually.mjs';
import { openPanel, reach } from './panels.mjs';
import { currentPoint, drawn } from './seen.mjs';
import { currentPatch, playAt } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { PHONE } from './visits.mjs';
import { heldBack } from './workers.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { look } = betweenVisits();

/** The 41 values that sound. The panel Places is open again afterwards. @param {Page} page */
async function heard(page) {
  const patch = await currentPatch(page);
  await openPanel(page, 'places');
  return patch;
}

/** Presses a cell, once. @param {import('playwright-core').Locator} grid @param {number} index */
async function press(grid, index) {
  const cell = grid.locator('button').nth(index);
  await cell.click();
  await eventually(() => cell.getAttribute('aria-current'), 'true');
}
const keep = (/** @type {Page} */ page) => page.locator('.between-keep button:visible').first().click();

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
  await eventually(
    () => drawn(page),
    now => now !== before,
    'the map does not show them',
  );

  await slider(page).focus();
  await page.keyboard.press('Home');
  assert.deepEqual(await heard(page), a, 'A is exact');
  await slider(page).focus();
  await page.keyboard.press('End');
  assert.deepEqual(await heard(page), b, 'B is exact');

  await slider(page).scrollIntoViewIfNeeded();
  assert.ok(await recorder.silent());
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await slider(page).boundingBox()
  );
  await page.mouse.move(x + width * 0.9, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height / 2, { steps: 8 });
  assert.ok(await recorder.heard());
  await page.mouse.up();
  assert.ok(await recorder.silent());
  assert.equal(await slider(page).getAttribute('aria-valuetext'), '50 % of the way to B');
  await eventually(
    () => currentPoint(page),
    ([x, y]) => Math.hypot(x - (from[0] + to[0]) / 2, y - (from[1] + to[1]) / 2) < 0.05,
  );
  const half = await heard(page);
  assert.ok(
    half.some((value, index) => value !== a[index] && value !== b[index]),
    'neither A nor B',
  );
  await page.locator('#tool-undo').click();
  await eventually(() => slider(page).inputValue(), '96');
  assert.deepEqual(await heard(page), b);
  await page.locator('#tool-redo').click();
  await eventually(() => slider(page).inputValue(), '48');
  assert.deepEqual(await heard(page), half);
  await close();
});

test('the way is a choice, over the map or by sound, whose measurement a person can stop; A and B change places; what is kept is a landmark', async () => {
  let release = async () => {};
  const { page, close } = await look(undefined, async page => {
    release = await heldBack(page, 'measure_scales');
  });
  await choose(page, 'A', FIRST);
  const a = await heard(page);
  await choose(page, 'B', SECOND);
  const b = await heard(page);
  await ready(page);
  await slider(page).fill('24');
  const straight = await eventually(
    () => heard(page),
    now => now.join() !== b.join(),
  );
  await page.locator('[data-way=plane]').click();
  const plane = await eventually(
    () => heard(page),
    now => now.join() !== straight.join(),
  );
  assert.equal(await state(page), 'Through the sounds that the map has on the line from A to B.');
  await page.locator('[data-way=sound]').click();
  await eventually(() => state(page), /^Measuring the way by sound: \d+ %\. Until then the way is straight\.$/);
  assert.deepEqual(await heard(page), straight);
  await page.locator('#between-measure').click();
  await eventually(() => state(page), 'The way by sound is not measured; this one is straight.');
  await release();
  await page.locator('#between-measure').click();
  await page
    .locator('#between-state:text-is("Measured, so that what you hear changes evenly.")')
    .waitFor({ timeout: MEASURED_TIMEOUT_MS });
  const bySound = await eventually(
    () => heard(page),
    now => now.join() !== straight.join(),
  );
  assert.notDeepEqual(bySound, plane);
  for (const [key, end] of /** @type {const} */ ([
    ['Home', a],
    ['End', b],
  ])) {
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
  await keep(page);
  await eventually(
    () => page.locator('.between-keep p').first().innerText(),
    'Pinned as “Harpsy – Fragile Choir… 75 %”.',
  );
  await eventually(() => page.locator('.landmark').count(), 1);

  // The landmark can be chosen as a sound, but A cannot be chosen for both ends. Between other ends, the way by sound
  // would be measured again.
  await page.locator('[data-way=straight]').click();
  await page.locator('[data-end=A]').click();
  await page.locator('#between-found button').first().click();
  await eventually(() => page.locator('[data-end=A]').innerText(), /Harpsy – Fragile Choir… 75 %/);
  assert.deepEqual(await heard(page), bySound);
  await page.locator('[data-end=B]').click();
  await page.locator('#between-here').click();
  await eventually(
    () => state(page),
    new RegExp(
      `^That is sound A already, so nothing would lie between A and B: choose another one\\. B stays “${FIRST}.*”\\.$`,
    ),
  );
  assert.match(await page.locator('[data-end=B]').innerText(), new RegExp(FIRST), 'nothing changes');
  await playAt(page, 'Right', 'Up');
  await openPanel(page, 'places');
  await eventually(() => state(page), 'The current sound is elsewhere: move the slider to come back.');
  await page.locator('#between-close').click();
  assert.ok(await page.locator('.between-area').isHidden());
  assert.ok(await page.locator('#two-sounds-open').isVisible());
  await close();
});

test('a square mixes four sounds: its corners are exact, a drag is one step of undo, arrow keys move the point', async () => {
  const { page, recorder, close } = await look();
  await choose(page, 'A', FIRST);
  await choose(page, 'B', SECOND);
  await page.locator('#between-four').click();
  assert.equal(await state(page), 'Choose sound C.');
  /** @type {Record<string, number[]>} */
  const corners = {};
  for (const [end, name] of /** @type {const} */ ([
    ['C', THIRD],
    ['D', FOURTH],
  ])) {
    await choose(page, end, name);
    corners[end] = await heard(page);
  }
  const square = page.locator('#between-square');
  await squareReady(page);
  const d = await heard(page);
  assert.ok(await recorder.silent());
  /**
   * Presses at one point of the square and moves to another; stays down.
   * @param {number[]} from @param {number[]} to
   */
  const drag = async (from, to) => {
    await square.scrollIntoViewIfNeeded();
    const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
      await square.boundingBox()
    );
    await page.mouse.move(x + width * from[0], y + height * from[1]);
    await page.mouse.down();
    await page.mouse.move(x + width * to[0], y + height * to[1], { steps: 6 });
  };
  await drag([0.8, 0.2], [0.4, 0.6]);
  assert.ok(await recorder.heard());
  await page.mouse.up();
  assert.ok(await recorder.silent());
  const across = page.locator('#between-square input').first();
  await eventually(() => across.getAttribute('aria-valuetext'), '40 % to the right');
  const mixture = await eventually(
    () => heard(page),
    now => now.join() !== d.join(),
  );
  await page.locator('#tool-undo').click();
  await eventually(() => across.getAttribute('aria-valuetext'), '100 % to the right');
  await eventually(() => heard(page), d);
  await page.locator('#tool-redo').click();
  await eventually(() => heard(page), mixture);
  await keep(page);
  await eventually(() => page.locator('.between-keep p').first().innerText(), /^Pinned as “Fragil… · Harpsy · .+”\.$/);

  await across.focus();
  await page.keyboard.press('ArrowUp');
  await eventually(() => page.locator('#between-square input').last().getAttribute('aria-valuetext'), '41 % upwards');
  // A corner, by the mouse.
  await drag([0.1, 0.1], [-0.1, -0.1]);
  await page.mouse.up();
  await eventually(() => heard(page), corners.C, 'C is exact');
  await close();
});

test('around A and B are grids of sounds, each with a spectrogram and what moves: the middle is exact, a press plays one, keys choose', async () => {
  const { page, recorder, close } = await look();
  await choose(page, 'A', FIRST);
  const a = await heard(page);
  const [x, y] = await currentPoint(page);
  await choose(page, 'B', SECOND);
  await page.locator('#between-around').click();
  const grid = page.locator('[data-around=A] .between-grid');
  await drawnAround(page, 'A');
  await drawnAround(page, 'B');
  assert.equal(await grid.locator('button[aria-disabled=false]').count(), 25);
  const pictures = await grid
    .locator('canvas')
    .evaluateAll(all => new Set(all.map(canvas => /** @type {HTMLCanvasElement} */ (canvas).toDataURL())).size);
  assert.ok(pictures > 12, `${pictures} different pictures`);
  assert.ok(await recorder.silent());
  await press(grid, 13);
  assert.ok(await recorder.sounded());
  await eventually(
    () => currentPoint(page),
    ([across, upward]) => Math.hypot(across - x - 0.2, upward - y) < 0.03,
  );
  await eventually(
    () => page.locator('[data-around=A] .between-caption').innerText(),
    /^1 to the right: [A-Z][^,]+(, [A-Z][^,]+){0,2}$/,
  );
  await eventually(() => grid.locator('[aria-current=true]').count(), 1);
  await keep(page);
  await eventually(() => page.locator('.between-keep p').first().innerText(), `Pinned as “Around ${FIRST}”.`);
  await grid.locator('button').nth(12).focus();
  await page.keyboard.press('ArrowUp');
  await eventually(() => page.locator('[data-around=A] .between-caption').innerText(), /^1 up: /);
  assert.equal(
    await page.locator('[data-around=A] .between-caption').getAttribute('aria-live'),
    'off',
    'the focused picture is spoken by its name',
  );
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await eventually(() => heard(page), a, 'the middle is exact');
  await page.locator('#tool-undo').click();
  await eventually(() => grid.locator('button').nth(13).getAttribute('aria-current'), 'true');
  await page.locator('#between-spacing').fill('0.4');
  await drawnAround(page, 'A');
  await press(grid, 14);
  await eventually(
    () => currentPoint(page),
    ([across, upward]) => Math.hypot(across - x - 0.8, upward - y) < 0.03,
  );
  // Two steps below the second preset the map ends: these five cells are empty, and look so.
  await page.locator('#between-spacing').fill('0.6');
  await drawnAround(page, 'B');
  const cells = page.locator('[data-around=B] .between-grid button');
  const empty = await cells.evaluateAll(all =>
    all.flatMap((cell, at) => (getComputedStyle(cell).backgroundImage === 'none' ? [] : [at])),
  );
  assert.deepEqual(empty, [20, 21, 22, 23, 24]);
  assert.match((await cells.nth(22).getAttribute('aria-label')) ?? '', /beyond the map$/);
  await close();
});

test('around an edited sound, before B is chosen, each worker starts once and ends with the panel', async () => {
  let started = 0;
  const { page, close } = await look(undefined, async page => {
    await (await reach(page, '.group-opener')).nth(2).click();
    await page.locator('.slider[aria-label=Cutoff]').fill('1.2');
    page.on('worker', () => {
      started++;
    });
  });
  // As www/workers/worker.js counts them: these measure, and one answers.
  const workers =
    1 + (await page.evaluate(() => Math.min(4, Math.max(2, Math.floor(navigator.hardwareConcurrency / 2)))));
  await page.locator('#between-around').click();
  await drawnAround(page, 'A');
  assert.equal(await page.locator('[data-around=A] .between-caption').innerText(), 'Press a picture to hear it.');
  assert.equal(
    await page.locator('[data-around=A] .between-grid button:not(.beyond)[aria-disabled=true]').count(),
    0,
    'every sound is there',
  );
  // One more is the page's own, which may measure an edited sound.
  assert.ok(started >= workers && started <= workers + 1, `${started} workers`);
  await page.locator('#between-close').click();
  await eventually(
    async () => page.workers().length,
    left => left <= 1,
  );
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
  await page.locator('#between-chooser').waitFor({ state: 'hidden' });
  await choose(page, 'B', SECOND);
  await ready(page);
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.locator('#between-four').click();
  await page.locator('#between-around').click();
  await drawnAround(page, 'A');
  assert.ok(await page.locator('[data-around=B]').isHidden(), 'one grid at a time');
  await page.locator('[data-which=B]').click();
  await drawnAround(page, 'B');
  assert.ok(await page.locator('[data-around=A]').isHidden());
  const cells = await page
    .locator('[data-around=B] .between-grid button')
    .evaluateAll(all => all.map(cell => Math.min(cell.clientWidth, cell.clientHeight)));
  assert.ok(Math.min(...cells) >= 42, `a cell of ${Math.min(...cells)} px, without its border`);
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.locator('#between-four').click();
  await page.locator('#between-around').click();
  const { scrollWidth, clientWidth } = await page
    .locator('#panel-places')
    .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  assert.ok(scrollWidth <= clientWidth, 'nothing sticks out');
  const session = await page.context().newCDPSession(page);
  const touch = (/** @type {string} */ type, /** @type {number[][]} */ ...points) =>
    session.send('Input.dispatchTouchEvent', {
      type: /** @type {any} */ (type),
      touchPoints: points.map(([x, y]) => ({ x, y })),
    });
  const at = async (/** @type {number} */ share) => {
    await slider(page).scrollIntoViewIfNeeded();
    const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
      await slider(page).boundingBox()
    );
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
