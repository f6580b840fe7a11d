// Works through the lessons with a pad as a student would: every task can be done and is ticked. About 45 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { openLesson, slideKnobs, slowly } from './lessons.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { AUDIBLE, level } from './sound.mjs';
import { visits } from './visits.mjs';

const visiting = visits();

/** @param {string} lesson */
async function open(lesson) {
  const { page, close, ...others } = await openLesson(visiting, lesson);
  return {
    page,
    ...others,
    leave: close,
    /** Checks that every task is done, the page is accessible, and the console is empty. */
    async close() {
      assert.deepEqual(await findings(page), []);
      await eventually(() => page.locator('.tasks li:not(.done)').count(), 0, 'a task is left');
      await close();
    },
  };
}

test('lesson 1: touch, near, far, slide; the ruler shows the current point in numbers, and typed numbers move it', async () => {
  const { page, pad, touch, take, done, close } = await open('latent-space.html');
  assert.equal(await page.locator('.tasks li.done').count(), 0);
  await touch({ across: 0.2, down: 0.3 });
  await done(1);
  await touch({ across: 0.22, down: 0.3 });
  await take(2);
  await touch({ across: 0.21, down: 0.3 });
  assert.equal(await page.locator('#task-2.done').count(), 0, 'one of the two points was pressed before the task');
  await touch({ across: 0.22, down: 0.3 });
  await done(2);
  assert.equal(await page.locator('#task-3.done').count(), 0);
  await take(3);
  await touch({ across: 0.1, down: 0.1 });
  await touch({ across: 0.9, down: 0.9 });
  await done(3);
  await eventually(() => page.locator('#found').innerText(), /: \d\.\d\d units apart\.$/);
  await take(4);
  await pad.press({ across: 0.2, down: 0.5 });
  await pad.sounding(true);
  await pad.move({ across: 0.9, down: 0.5 });
  await done(4);
  await pad.lift();

  await touch({ across: 0.75, down: 0.5 });
  const x = page.getByLabel('x', { exact: true });
  await page.waitForFunction(
    () =>
      Math.abs(Number(/** @type {any} */ (document.querySelector('#pad')).shadowRoot.getElementById('at-x').value) - 2)
      < 0.03,
  );
  await x.fill('-1.5');
  await x.press('Enter');
  await page.getByLabel('y', { exact: true }).fill('9');
  await page.getByLabel('y', { exact: true }).press('Enter');
  await eventually(() => pad.get('x', 'y'), [-1.5, 4], 'clamped to the plane');
  await page.waitForFunction(
    () => /** @type {any} */ (document.querySelector('#pad')).shadowRoot.getElementById('at-y').value === '4.00',
  );
  await eventually(
    () => page.locator('latent-pad#pad .ruler text').allTextContents(),
    ticks => ['−3', '0', '3', 'x', 'y'].every(tick => ticks.includes(tick)),
    'the ticks',
  );
  await close();
});

test('lesson 2: store, compare, other qualities, move with hold', async () => {
  const { page, pad, touch, take, done, close } = await open('timbre.html');
  assert.deepEqual(await pad.get('layer'), ['brightness']);
  // A running AudioContext does not count as a sound.
  await page.evaluate(() => /** @type {any} */ (document.querySelector('#pad')).audioContext.resume());
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#pad')).patch);
  assert.equal(await page.locator('#store').isDisabled(), true);
  const compare = async () => {
    await touch({ across: 0.2, down: 0.3 });
    await page.locator('#store').click();
    await touch({ across: 0.8, down: 0.8 });
  };
  await compare();
  await done(1);
  assert.equal(await page.locator('#task-2.done').count(), 0, 'nobody was asked to play a bright point yet');
  await take(2);
  await touch({ across: 0.8, down: 0.75 });
  await done(2);
  const row = page.locator('#changes tr', { hasText: ': ' }).first();
  await row.waitFor();
  await eventually(
    async () => (await row.locator('th, td').allInnerTexts()).join('|'),
    /^[A-Z][^|]+: [A-Z][^|]+\|[^|]+\|[^|]+$/,
    'a parameter, then, now',
  );
  await take(3);
  for (const layer of ['Warmth', 'Roughness']) {
    await page.locator('#pad select').selectOption({ label: layer });
    await compare();
  }
  await done(3);
  await take(4);
  await pad.button('Hold').click();
  await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
  await pad.press({ across: 0.1, down: 0.5 });
  await pad.sounding(true);
  await pad.move({ across: 0.9, down: 0.5 });
  await pad.lift();
  await done(4);
  await close();
});

test('lesson 3: A and B, half-way in three ways, all the way on the plane', async () => {
  const { page, touch, take, done, recorder, close } = await open('interpolation.html');
  /** @param {number} share 0…100 */
  const go = share =>
    page.locator('#share').evaluate((slider, share) => {
      Object.assign(slider, { value: String(share) });
      slider.dispatchEvent(new Event('input'));
    }, share);
  assert.equal(await page.locator('.bench #play').isDisabled(), true);
  for (const [end, across] of /** @type {const} */ ([
    ['a', 0.2],
    ['b', 0.8],
  ])) {
    await touch({ across, down: 0.4 });
    await page.locator(`#set-${end}`).click();
  }
  await done(1);
  const play = page.locator('.bench #play');
  await play.click();
  // A hidden page falls silent, and the button shows it.
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#pad')).sounding);
  await page.evaluate(() => {
    for (const visibilityState of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }
  });
  await play.filter({ hasText: 'Play' }).waitFor();
  await play.click();
  for (const [index, way] of ['mix', 'numbers', 'plane'].entries()) {
    await take(2 + index);
    await page.getByLabel(new RegExp(`^${way}:`, 'i')).check();
    await go(50);
    await done(2 + index);
    await eventually(
      async () => level((await recorder.during(300)).samples),
      heard => heard > AUDIBLE / 10,
      `${way}: the level`,
    );
  }
  await page.locator('#difference', { hasText: /^\d+ of the 41 parameters/ }).waitFor();
  await take(5);
  for (let share = 0; share <= 100; share += 10) await go(share);
  await done(5);
  await page.locator('.bench #play').click();
  await eventually(() => page.locator('.bench #play').innerText(), 'Play');
  await close();
});

test('lesson 3: A and B stand on the map, and a patch that fades away is played again', async () => {
  const { page, pad, touch, recorder, leave } = await open('interpolation.html');
  const marks = page.locator('latent-pad#pad .marks text');
  assert.equal(await marks.count(), 0);
  for (const [end, across] of /** @type {const} */ ([
    ['a', 0.2],
    ['b', 0.8],
  ])) {
    await touch({ across, down: 0.4 });
    await pad.set({ patch: { amp_attack: 0, amp_decay: 0.2, amp_sustain: 0, amp_release: 0.1, reverb_wet: 0 } });
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#pad')).patch.amp_sustain === 0);
    await page.locator(`#set-${end}`).click();
  }
  await eventually(() => marks.allTextContents(), ['A', 'B']);
  const [a, b] = await Promise.all([marks.nth(0), marks.nth(1)].map(mark => mark.boundingBox()));
  const map = await page.locator('latent-pad#pad canvas#map').boundingBox();
  assert.ok(a && b && map);
  assert.ok(Math.abs((a.x + a.width / 2 - map.x) / map.width - 0.2) < 0.02, 'A is where it was set');
  assert.ok(Math.abs((b.x + b.width / 2 - map.x) / map.width - 0.8) < 0.02, 'B is where it was set');
  await page.locator('.bench #play').click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#pad')).sounding);
  assert.ok(await recorder.heard());
  // Without repetition the notes would fade within a second.
  // A busy page may repeat a note late, once.
  let loud = 0;
  for (let window = 0; window < 4; window++)
    loud += Number(level((await recorder.during(2500)).samples) > AUDIBLE / 10);
  assert.ok(loud >= 3, `it fell silent: it sounds in ${loud} of 4 windows`);
  await page.locator('.bench #play').click();
  assert.ok(await recorder.silent());
  await leave();
});

test('lesson 4: guess, hear and compare, the first tries, the knobs, a bell', async () => {
  const { page, touch, take, done, recorder, close } = await open('guess.html');
  const state = page.locator('#state');
  /** Plays a sound until it counts as heard. @param {number} sound */
  const hear = async sound => {
    await page.locator(`[data-sound="${sound}"]:not([disabled])`).click();
    await page.locator(`[data-sound="${sound}"][data-heard]`).waitFor();
  };
  assert.equal(await page.locator('#guess').isDisabled(), true);
  await touch({ across: 0.3, down: 0.4 });
  await page.locator('#guess').click();
  await done(1);
  await take(2);
  await hear(0);
  assert.equal(await page.locator('#task-2.done').count(), 0, 'the target is still to be heard');
  await hear(-1);
  await done(2);
  assert.ok(await recorder.sounded(), 'the target sounds');
  await state.filter({ hasText: 'Done: a thousand tries.' }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await take(3);
  const tried = page.locator('#tried');
  await hear(0);
  const last = await tried.innerText();
  await page.locator('#tries').fill('0');
  await eventually(
    () => tried.innerText(),
    text => text !== last && /^Guess 1 after \d+ tries: \d+ % off$/.test(text),
    'an early try',
  );
  await page.locator('#tries[data-heard]').waitFor();
  await page.locator('#tries').fill('1');
  await done(3);
  await eventually(() => tried.innerText(), last);
  await take(4);
  await hear(0);
  await hear(2);
  await done(4);
  await eventually(() => page.locator('#knobs-about').innerText(), /^\d+ of the 41 knobs differ/);
  await eventually(() => page.locator('#left').innerText(), /\.$/);
  await take(5);
  await page.locator('#bell').click();
  await eventually(() => tried.innerText(), /% off$/);
  assert.equal(await page.locator('#task-5.done').count(), 0, 'the bell and its guesses are still to be heard');
  await hear(-1);
  await hear(1);
  await done(5);
  await eventually(() => page.locator('#knobs-about').innerText(), /^A bell has no knobs/);
  await close();
});

test('lesson 5: by hand, nearest, planned, measured, two planes; a task is ticked when it was really done', async () => {
  const { page, pad, touch, take, done, recorder, close } = await open('curve.html');
  const verdict = page.locator('#verdict');
  const isDone = (/** @type {number} */ task) => page.locator(`#task-${task}.done`).count();
  /** A rule is heard to its end. @param {'nearest' | 'planned'} rule */
  const listen = async rule => {
    await page.locator(`#${rule}[aria-pressed=false]`).click();
    await page.locator(`#${rule}[aria-pressed=true]`).waitFor();
  };
  /** The length of a step that the page tells. */
  const units = async () => Number(/each step is ([\d.]+) units/.exec(await verdict.innerText())?.[1]);
  await page.locator('#hand').click();
  await verdict.filter({ hasText: 'Press the map' }).waitFor();
  await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
  let asBefore = await slowly(page);
  await pad.press({ across: 0.4, down: 0.4 });
  await pad.sounding(true);
  await verdict.filter({ hasText: 'Slide' }).waitFor();
  assert.equal(await isDone(1), 0, 'eight seconds have not passed');
  await pad.move({ across: 0.6, down: 0.6 });
  await asBefore();
  await verdict.filter({ hasText: 'points off the curve' }).waitFor();
  await pad.lift();
  await done(1);
  await take(2);
  asBefore = await slowly(page);
  await listen('nearest');
  await eventually(units, way => way > 1, 'the nearest rule jumps');
  // A stopped round does not count.
  await page.locator('#nearest[aria-pressed=true]').click();
  await pad.sounding(false);
  await asBefore();
  assert.equal(await isDone(2), 0);
  await listen('nearest');
  assert.ok(await recorder.heard());
  await done(2);
  await take(3);
  await listen('planned');
  await eventually(units, way => way < 0.4, 'the plan walks');
  await done(3);
  await verdict.filter({ hasText: 'A step of the nearest rule is' }).waitFor();
  await take(4);
  await page.locator('#measure').click();
  await page.locator('#measure[aria-disabled=true]:focus').waitFor();
  // 64 sounds are rendered and analysed: up to a minute on a busy machine with two cores.
  await verdict.filter({ hasText: /^Measured: [\d.]+ points off/ }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  const [, error] = /Measured: ([\d.]+) points off on average/.exec(await verdict.innerText()) ?? [];
  assert.ok(Number(error) < 3, `${error} points`);
  assert.equal(await isDone(4), 0, 'nobody has pressed the mark');
  const mark = await page.locator('latent-pad#pad .marks text').filter({ hasText: '!' }).boundingBox();
  const map = await page.locator('latent-pad#pad canvas#pad').boundingBox();
  assert.ok(mark && map);
  await touch({
    across: (mark.x + mark.width / 2 - map.x) / map.width,
    down: (mark.y + mark.height / 2 - map.y) / map.height,
  });
  await done(4);
  await take(5);
  const square = page.locator('#principal');
  await square.scrollIntoViewIfNeeded();
  await square.locator('input').first().focus();
  await slideKnobs(page, pad);
  await page.locator('#principal-about', { hasText: '3,303 presets. The first component explains 9 %' }).waitFor();
  assert.equal(await isDone(5), 0, 'the other plane is to come');
  await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
  await pad.press({ across: 0.1, down: 0.5 });
  await pad.sounding(true);
  for (const across of [0.3, 0.5, 0.7, 0.9]) await pad.move({ across, down: 0.5 });
  await done(5);
  await pad.lift();
  await close();
});
