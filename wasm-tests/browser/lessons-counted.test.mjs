// A task of a lesson is ticked only for actions of the student: jumps do not count as slides, and silent points not as
// heard. Also the pictures and texts of lessons 3 and 5 meanwhile. About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from './eventually.mjs';
import { pads } from './host.mjs';
import { openLesson, slideKnobs, slowly } from './lessons.mjs';
import { pass, sayings, shown } from './seen.mjs';
import { PATIENCE_MS } from './site.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** @param {string} lesson */
async function open(lesson) {
  const { page, pad, ...others } = await openLesson({ address, visit }, lesson);
  await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
  const press = async (/** @type {{ across: number, down: number }} */ place) => {
    await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
    await pad.press(place);
    await pad.sounding(true);
    await pad.lift();
  };
  return {
    page,
    pad,
    ...others,
    press,
    /** A press that sounds only while it lasts. @param {{ across: number, down: number }} place */
    async touch(place) {
      await press(place);
      await pad.sounding(false);
    },
    isDone: (/** @type {number} */ task) => page.locator(`#task-${task}.done`).count(),
    /**
     * Waits until the point is this far to the right, in units, and all that follows has been told.
     * @param {number} x
     */
    async isAt(x) {
      await eventually(
        () => pad.get('x'),
        ([at]) => Math.abs(at - x) < 0.05,
        `not at ${x}`,
      );
      await shown(page);
    },
  };
}

test('lesson 1: the button Play presses no point', async () => {
  const { page, pad, press, done, isDone, close } = await open('latent-space.html');
  await pad.button('Play').click();
  await pad.sounding(true);
  assert.equal(await isDone(1), 0, 'nobody has pressed the map');
  assert.equal(await page.locator('#found').innerText(), 'Nothing pressed yet.');
  await press({ across: 0.25, down: 0.5 });
  await done(1);
  await close();
});

test('lesson 1: with Hold each press counts, and the way from one to the next is no slide', async () => {
  const { page, pad, press, take, done, isDone, isAt, close } = await open('latent-space.html');
  await take(3);
  await pad.button('Hold').click();
  await press({ across: 0.25, down: 0.5 });
  await eventually(() => page.locator('#found').innerText(), /^You pressed [^ ]+ [^ ]+: two numbers/);
  await press({ across: 0.9, down: 0.5 });
  await done(3);
  await take(4);
  await page.getByLabel('x', { exact: true }).fill('-3');
  await page.getByLabel('x', { exact: true }).press('Enter');
  await isAt(-3);
  await page.locator('latent-pad#pad #across').focus();
  for (const [key, x] of /** @type {const} */ ([
    ['End', 4],
    ['Home', -4],
    ['End', 4],
  ])) {
    await page.keyboard.press(key);
    await isAt(x);
  }
  assert.equal(await isDone(4), 0, 'nobody has slid');
  await take(2);
  await page.locator('latent-pad#pad #across').focus();
  await page.keyboard.press('Space');
  await eventually(() => page.locator('#found').innerText(), /^You pressed \(4\.00/);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await isDone(2), 0, 'the second point was slid to, not pressed');
  await take(4);
  await page.locator('latent-pad#pad #across').focus();
  for (let step = 0; step < 120 && (await isDone(4)) === 0; step++) await page.keyboard.down('ArrowLeft');
  await done(4);
  await close();
});

test('lesson 2: with Hold presses are no movement; a point that was not heard is not compared', async () => {
  const { page, pad, press, touch, take, done, isDone, isAt, close } = await open('timbre.html');
  await take(4);
  await pad.button('Hold').click();
  for (const across of [0.05, 0.95, 0.05]) {
    await press({ across, down: 0.5 });
    await isAt(8 * across - 4);
  }
  assert.equal(await isDone(4), 0, 'nobody has moved slowly');
  await pad.button('Hold').click();
  await pad.sounding(false);
  await take(1);
  await page.locator('#store').click();
  await done(1);
  await take(2);
  await page.getByLabel('x', { exact: true }).fill('2');
  await page.getByLabel('x', { exact: true }).press('Enter');
  await isAt(2);
  assert.equal(await isDone(2), 0, 'it was silent');
  await touch({ across: 0.1, down: 0.4 });
  assert.equal(await isDone(2), 0, 'it is dark');
  await touch({ across: 0.75, down: 0.4 });
  await done(2);
  await close();
});

test('lesson 3: what differs from Numbers, all the way between the same ends, and what is said after Reset and of a link', async () => {
  const { page, pad, touch, take, done, isDone, close } = await open('interpolation.html');
  await touch({ across: 0.4, down: 0.4 });
  await page.getByRole('button', { name: 'Reset' }).click();
  await eventually(() => page.locator('#chosen').innerText(), 'Set this sound as A or B, or press another point.');
  // Two ends that differ in a choice alone.
  await touch({ across: 0.2, down: 0.4 });
  const [patch] = await pad.get('patch');
  for (const [end, across] of /** @type {const} */ ([
    ['a', 0.2],
    ['b', 0.8],
  ])) {
    if (end === 'b') await touch({ across, down: 0.4 });
    const osc1_waveform = Number(end === 'b');
    await pad.set({ patch: { ...patch, osc1_waveform } });
    await page.waitForFunction(
      ({ waveform, sustain }) => {
        const { patch } = /** @type {any} */ (document.querySelector('#pad'));
        return patch.osc1_waveform === waveform && patch.amp_sustain === sustain;
      },
      { waveform: osc1_waveform, sustain: patch.amp_sustain },
    );
    await page.locator(`#set-${end}`).click();
  }
  const go = async (/** @type {number[]} */ ...shares) => {
    for (const share of shares) await page.locator('#share').fill(String(share));
  };
  await page.getByLabel(/^Plane:/).check();
  await page.locator('.bench #play').click();
  await pad.sounding(true);
  await go(50);
  await pad.set({ patch: { ...patch, osc1_waveform: 1 } });
  await eventually(() => page.locator('#difference').innerText(), /^0 of the 41/);
  await take(5);
  await go(0, 10, 20, 30, 40, 50);
  await page.locator('#set-b').click();
  await go(60, 70, 80, 90, 100);
  assert.equal(await isDone(5), 0, 'half of each way');
  await go(0, 10, 20, 30, 40, 50);
  await done(5);
  const said = await sayings(page, '#progress');
  await page.getByRole('link', { name: 'Copy the link to task 4' }).click();
  await eventually(said, all => all.some(text => /[Ll]ink/.test(text)));
  await page.locator('#progress', { hasText: 'of 5 tasks done' }).waitFor();
  await close();
});

test('lesson 3: the pad that stays hidden takes no place before it has loaded', async () => {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  /** @type {(value?: unknown) => void} */
  let arrive = () => {};
  const arrival = new Promise(resolve => {
    arrive = resolve;
  });
  await page.route('**/latent-pad.js', route => arrival.then(() => route.continue()));
  await page.goto(`${address()}lessons/interpolation.html`, { waitUntil: 'commit' });
  await eventually(
    async () => (await page.locator('#pad').boundingBox())?.height,
    height => Number(height) > 300,
    'the styles have not loaded',
  );
  await page.locator('.tasks').waitFor();
  assert.equal(await page.locator('#other').boundingBox(), null);
  arrive();
  await pads(page, 'latent-pad#pad').ready();
  await close();
});

test('lesson 5: the curve is drawn before anything plays, Escape ends a rule, a measurement says nothing while a hand begins', async () => {
  const { page, pad, recorder, isDone, close } = await open('curve.html');
  const verdict = page.locator('#verdict');
  /** The number of pixels drawn between the scale and the seconds. */
  const drawn = () =>
    page.locator('#plot canvas').evaluate(element => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const [width, height] = [canvas.width - 60 * devicePixelRatio, canvas.height - 24 * devicePixelRatio];
      const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (
        new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')
      );
      copy.drawImage(canvas, 0, 0);
      return copy
        .getImageData(40 * devicePixelRatio, 0, width, height)
        .data.filter((value, at) => at % 4 === 3 && value > 0).length;
    });
  await eventually(drawn, count => count > 1000, 'nothing is drawn');
  await slowly(page);
  await page.locator('#nearest').click();
  await page.locator('#nearest[aria-pressed=true]').waitFor();
  await pad.sounding(true);
  await recorder.heard();
  await page.locator('latent-pad#pad #across').focus();
  await page.keyboard.press('Escape');
  await page.locator('#nearest[aria-pressed=false]').waitFor();
  assert.ok(await recorder.silent());
  assert.equal(await isDone(2), 0, 'it was not heard to its end');
  await page.locator('#measure').click();
  await verdict.filter({ hasText: /^Measuring/ }).waitFor();
  await page.locator('#hand').click();
  await verdict.filter({ hasText: /^Press the map/ }).waitFor();
  assert.equal(await page.locator('#measure').isDisabled(), false, 'it still measures');
  await close();
});

/** Lesson 5 at the two sliders of its map of the knobs. */
async function openKnobs() {
  const opened = await open('curve.html');
  const square = opened.page.locator('#principal');
  const axes = square.locator('input');
  await square.scrollIntoViewIfNeeded();
  await axes.first().focus();
  await opened.page.evaluate(() => {
    Object.assign(globalThis, { soundings: 0 });
    document.querySelector('#pad')?.addEventListener('statechange', event => {
      if (/** @type {CustomEvent} */ (event).detail.sounding) /** @type {any} */ (globalThis).soundings++;
    });
  });
  return {
    ...opened,
    square,
    axes,
    said: () => axes.evaluateAll(all => all.map(axis => axis.getAttribute('aria-valuetext'))),
    /**
     * Moves the first slider without keys, as assistive technology does, and waits for its sound, which is short.
     * @param {number} percent
     */
    moveUnheld: percent =>
      axes.first().evaluate(
        (axis, [percent, patience_ms]) =>
          new Promise((resolve, reject) => {
            document.querySelector('#pad')?.addEventListener('statechange', event => {
              if (/** @type {CustomEvent} */ (event).detail.sounding) resolve(undefined);
            });
            setTimeout(() => reject(new Error('nothing sounds')), patience_ms);
            /** @type {HTMLInputElement} */ (axis).value = String(percent);
            axis.dispatchEvent(new Event('input', { bubbles: true }));
          }),
        /** @type {const} */ ([percent, PATIENCE_MS]),
      ),
    /** The number of times that the pad has reported a sound, however short. */
    soundings: () => opened.page.evaluate(() => Number(/** @type {any} */ (globalThis).soundings)),
  };
}

test('lesson 5: the map of the knobs says where it is, and plays what is pressed and what a screen reader moves; jumps are no slide', async () => {
  const { page, pad, square, axes, said, moveUnheld, soundings, isDone, close } = await openKnobs();
  await eventually(said, ['50 % to the right', '50 % upwards']);
  await page.route('**/presets.bin', async route => {
    // Longer than the moved slider's sound.
    await wait(1500);
    await route.continue();
  });
  // However long the map of the knobs loads, the first movement by a screen reader is heard.
  await moveUnheld(55);
  await pad.sounding(false);

  await page.keyboard.down('ArrowUp');
  await pad.sounding(true);
  await page.keyboard.up('ArrowUp');
  await pad.sounding(false);
  await eventually(said, ['55 % to the right', '55 % upwards']);
  await moveUnheld(80);
  await eventually(said, ['80 % to the right', '55 % upwards']);
  await pad.sounding(false);

  for (const at of [1, 0]) {
    await axes.nth(at).focus();
    assert.deepEqual(
      await axes.nth(at).evaluate(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]),
      [1, 1],
    );
    assert.equal(await square.evaluate(({ scrollTop }) => scrollTop), 0, 'the drawing has moved');
  }
  await moveUnheld(60);
  const box = await square.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.8 * box.height);
  await page.mouse.down();
  await eventually(said, ['30 % to the right', '20 % upwards']);
  await pad.sounding(true);
  // Longer than the sound of the slider that was moved before.
  await pass(page, 1500);
  await pad.sounding(true);
  await page.mouse.up();
  await pad.sounding(false);

  await axes.first().focus();
  for (const [key, percent] of /** @type {const} */ ([
    ['End', 100],
    ['PageDown', 90],
    ['Home', 0],
    ['End', 100],
  ])) {
    const before = await soundings();
    await page.keyboard.down(key);
    await eventually(soundings, times => times > before, `${key} does not sound`);
    await eventually(said, [`${percent} % to the right`, '20 % upwards']);
    await page.keyboard.up(key);
    await pad.sounding(false);
  }
  await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
  await pad.press({ across: 0.1, down: 0.5 });
  await pad.sounding(true);
  for (const across of [0.3, 0.5, 0.7, 0.9]) await pad.move({ across, down: 0.5 });
  await pad.lift();
  await pad.sounding(false);
  assert.equal(await isDone(5), 0, 'nobody has slid over the map of the knobs');
  await close();
});

test('lesson 5: two taps on the large map are no slide', async () => {
  const { page, pad, touch, isDone, isAt, close } = await openKnobs();
  await slideKnobs(page, pad);
  for (const across of [0.2, 0.8, 0.2]) {
    await touch({ across, down: 0.5 });
    await isAt(8 * across - 4);
  }
  assert.equal(await isDone(5), 0, 'nobody has slid over the large map');
  await close();
});
