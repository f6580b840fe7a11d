// Several fingers: five sound, and no lost finger leaves a sound. Native tests check which finger sounds in which part
// (crate/page/play, crate/sound/instrument). About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openKeys, sheetAt } from './panels.mjs';
import { fingers, wake } from './touches.mjs';
import { record } from './recorder.mjs';
import { currentPoint, shown } from './seen.mjs';
import { PHONE, visits } from './visits.mjs';

const FIVE = [
  [0.2, 0.2],
  [0.4, 0.3],
  [0.6, 0.4],
  [0.5, 0.7],
  [0.3, 0.8],
].map(([across, down]) => ({ across, down }));

const { visit } = visits();

/** A phone whose sound has started. */
async function open() {
  const { page, ready, close } = await visit(PHONE);
  const recorder = await record(page);
  await ready();
  const hand = await fingers(page);
  await wake(page, hand, recorder);
  return { page, hand, recorder, close };
}

test('five fingers sound, each at its own point; a sixth is silent', async () => {
  const { page, hand, recorder, close } = await open();
  for (const finger of FIVE) await hand.press(finger);
  await hand.press({ across: 0.7, down: 0.5 });
  assert.ok(await recorder.heard());
  const before = await currentPoint(page);
  await hand.move({ across: 0.8, down: 0.8 }, 2);
  assert.deepEqual(await currentPoint(page), before, 'the third finger moves its own sound');
  await hand.move({ across: 0.1, down: 0.1 }, 0);
  await eventually(
    () => currentPoint(page),
    ([x, y]) => x < -3 && y > 3,
    'the text lags behind the finger',
  );
  for (let finger = 0; finger < 4; finger++) {
    await hand.lift(0);
    assert.ok(await recorder.heard(), 'the remaining fingers sound on');
  }
  await hand.lift(0);
  assert.equal(hand.count(), 1);
  assert.ok(await recorder.silent(), 'the sixth finger is still down');
  await hand.lift();
  await close();
});

test('a second finger presses buttons while the first one plays', async () => {
  const { page, hand, recorder, close } = await open();
  await page.getByRole('tab', { name: 'Places' }).tap();
  await sheetAt(page, 'rest');
  await page.locator('#walk').scrollIntoViewIfNeeded();
  const [walk, play] = [page.locator('#walk'), page.getByRole('tab', { name: 'Play' })];
  await hand.press(FIVE[0]);
  assert.ok(await recorder.heard());
  for (const pressed of ['true', 'false']) {
    await hand.pressOn('#walk');
    await hand.lift(1);
    await page.waitForFunction(pressed => document.getElementById('walk')?.ariaPressed === pressed, pressed);
  }
  // A finger that slides off a button cancels the press.
  await hand.pressOn('#walk');
  await hand.move({ across: 0.5, down: 0.9 }, 1);
  await hand.lift(1);
  await shown(page);
  assert.equal(await walk.getAttribute('aria-pressed'), 'false');
  await hand.pressOn(`#${await play.getAttribute('id')}`);
  await hand.lift(1);
  await page.locator('#choose-note').waitFor();
  // The latch on the map, too.
  for (const pressed of ['true', 'false']) {
    await hand.pressOn('#tool-hold');
    await hand.lift(1);
    await page.waitForFunction(pressed => document.getElementById('tool-hold')?.ariaPressed === pressed, pressed);
  }
  assert.ok(await recorder.heard(), 'the first finger plays on');
  await hand.lift();
  assert.ok(await recorder.silent(), 'nothing sounds under the buttons');
  await close();
});

/** @typedef {Awaited<ReturnType<typeof open>>} Visit */
/** @type {[string, (visit: Pick<Visit, 'page' | 'hand'>) => Promise<unknown>][]} */
const LOSSES = [
  ['the system cancels the touches', ({ hand }) => hand.cancel()],
  ['the window loses the focus', ({ page }) => page.evaluate(() => window.dispatchEvent(new Event('blur')))],
  [
    'the page is hidden',
    ({ page }) =>
      page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
        Reflect.deleteProperty(document, 'visibilityState');
      }),
  ],
  [
    'what is touched loses the pointers',
    ({ page }) =>
      page.evaluate(() => {
        for (const touched of document.querySelectorAll('canvas#pad, #keyboard')) {
          for (let pointerId = 0; pointerId < 50; pointerId++) {
            touched.dispatchEvent(new PointerEvent('lostpointercapture', { pointerId }));
          }
        }
      }),
  ],
];

test('nothing sounds on when touches are lost in any way, on the pad or on the keys', async () => {
  const { page, hand, recorder, close } = await open();
  await openKeys(page);
  for (const [name, lose] of LOSSES) {
    await hand.press(FIVE[1]);
    await hand.press(FIVE[2]);
    await hand.pressOn('#keyboard .white >> nth=1');
    assert.ok(await recorder.heard(), name);
    await lose({ page, hand });
    assert.ok(await recorder.silent(), name);
    // A finger that the page no longer knows is still down.
    if (hand.count() > 0) await hand.lift();
  }
  await close();
});

test('whatever five fingers do and however they are lost, nothing sounds on', async () => {
  const { page, hand, recorder, close } = await open();
  // Chance with a fixed seed: the same steps in every run (Lehmer, multiplier 48271).
  let seed = 20;
  const chance = (/** @type {number} */ below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let step = 0; step < 60; step++) {
    const at = { across: 0.1 + chance(70) / 100, down: 0.3 + chance(60) / 100 };
    switch (chance(8)) {
      case 0:
      case 1:
      case 2:
        if (hand.count() < 6) await hand.press(at);
        break;
      case 3:
        if (hand.count() > 0) await hand.move(at, chance(hand.count()));
        break;
      case 4:
        if (hand.count() > 0) await hand.lift(chance(hand.count()));
        break;
      case 5:
        await page.locator('#tool-hold').evaluate(button => /** @type {HTMLElement} */ (button).click());
        break;
      case 6:
        if (hand.count() > 0) await LOSSES[chance(LOSSES.length - 1)][1]({ page, hand });
        break;
      default:
        await shown(page);
    }
  }
  if (hand.count() > 0) await hand.lift();
  await shown(page);
  if ((await page.locator('#tool-hold').getAttribute('aria-pressed')) === 'true')
    await page.locator('#tool-hold').tap();
  assert.ok(await recorder.silent());
  await close();
});
