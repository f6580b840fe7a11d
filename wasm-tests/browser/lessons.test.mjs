// Works through the three lessons as a student would: every task can be done and is ticked. About 25 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './axe.mjs';
import { pads } from './host.mjs';
import { record } from './recorder.mjs';
import { AUDIBLE, level } from './sound.mjs';
import { visits } from './visits.mjs';


const { address, visit } = visits();

/** @param {string} lesson */
async function open(lesson) {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  const recorder = await record(page);
  await page.goto(`${address()}lessons/${lesson}.html`);
  const pad = pads(page, 'latent-pad#pad');
  await pad.ready();
  return {
    page, pad, recorder,
    /** @param {string} task */
    done: task => page.locator(`#task-${task}.done`).waitFor(),
    /** A press that sounds. @param {{ across: number, down: number }} place */
    async touch(place) {
      await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
      await pad.press(place);
      await pad.sounding(true);
      await pad.lift();
      await pad.sounding(false);
    },
    /** Checks that every task is done, the page is accessible, and the console is empty. */
    async close() {
      assert.deepEqual(await findings(page), []);
      assert.equal(await page.locator('.tasks li:not(.done)').count(), 0, 'a task is left');
      await close();
    },
  };
}

test('lesson 1: touch, near, far, slide', async () => {
  const { page, pad, touch, done, close } = await open('latent-space');
  assert.equal(await page.locator('.tasks li.done').count(), 0);
  await touch({ across: 0.2, down: 0.3 });
  await done('touch');
  await touch({ across: 0.22, down: 0.3 });
  await done('near');
  assert.equal(await page.locator('#task-far.done').count(), 0);
  await touch({ across: 0.9, down: 0.9 });
  await done('far');
  assert.match(await page.locator('#found').innerText(), /: \d\.\d\d units apart\.$/);
  await pad.press({ across: 0.2, down: 0.5 });
  await pad.sounding(true);
  await pad.move({ across: 0.9, down: 0.5 });
  await done('slide');
  await pad.lift();
  await close();
});

test('lesson 2: store, compare, other qualities, move with hold', async () => {
  const { page, pad, touch, done, close } = await open('timbre');
  assert.deepEqual(await pad.get('layer'), ['brightness']);
  // A running AudioContext does not count as a sound.
  await page.evaluate(() => (/** @type {any} */ (document.querySelector('#pad'))).audioContext.resume());
  await page.waitForFunction(() => (/** @type {any} */ (document.querySelector('#pad'))).patch);
  assert.equal(await page.locator('#store').isDisabled(), true);
  const compare = async () => {
    await touch({ across: 0.2, down: 0.3 });
    await page.locator('#store').click();
    await touch({ across: 0.8, down: 0.8 });
  };
  await compare();
  await done('mark');
  await done('other');
  const row = page.locator('#changes tr', { hasText: ': ' }).first();
  await row.waitFor();
  assert.match((await row.locator('th, td').allInnerTexts()).join('|'), /^[A-Z][^|]+: [A-Z][^|]+\|[^|]+\|[^|]+$/, 'a parameter, then, now');
  for (const layer of ['Warmth', 'Roughness']) {
    await page.locator('#pad select').selectOption({ label: layer });
    await compare();
  }
  await done('layers');
  await pad.button('Latch').click();
  await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
  await pad.press({ across: 0.1, down: 0.5 });
  await pad.sounding(true);
  await pad.move({ across: 0.9, down: 0.5 });
  await pad.lift();
  await done('hold');
  await close();
});

test('lesson 3: A and B, half-way in three ways, all the way on the plane', async () => {
  const { page, touch, done, recorder, close } = await open('interpolation');
  /** @param {number} share 0…100 */
  const go = share => page.locator('#share').evaluate((slider, share) => {
    Object.assign(slider, { value: String(share) });
    slider.dispatchEvent(new Event('input'));
  }, share);
  assert.equal(await page.locator('.bench #play').isDisabled(), true);
  for (const [end, across] of /** @type {const} */ ([['a', 0.2], ['b', 0.8]])) {
    await touch({ across, down: 0.4 });
    await page.locator(`#set-${end}`).click();
  }
  await done('choose');
  const play = page.locator('.bench #play');
  await play.click();
  // A hidden page falls silent, and the button shows it.
  await page.waitForFunction(() => (/** @type {any} */ (document.querySelector('#pad'))).sounding);
  await page.evaluate(() => {
    for (const visibilityState of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }
  });
  await play.filter({ hasText: 'Play' }).waitFor();
  await play.click();
  for (const way of ['mix', 'numbers', 'plane']) {
    await page.getByLabel(new RegExp(`^${way}:`, 'i')).check();
    await go(50);
    await done(way);
    const heard = level((await recorder.during(500)).samples);
    assert.ok(heard > AUDIBLE / 10, `${way}: the level is ${heard}`);
  }
  await page.locator('#difference', { hasText: /^\d+ of the 41 parameters/ }).waitFor();
  for (let share = 0; share <= 100; share += 10) await go(share);
  await done('order');
  await page.locator('.bench #play').click();
  assert.equal(await page.locator('.bench #play').innerText(), 'Play');
  await close();
});
