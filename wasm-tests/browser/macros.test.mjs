// The macro-controls of Sound: measured once the sound rests, each slider changes one property, undone in one step.
// About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { indexOf } from '../parameters.mjs';
import { eventually } from './eventually.mjs';
import { fakeMidi } from './fake_midi.mjs';
import { openPanel, reach } from './panels.mjs';
import { begun, heard, measured, openMacros, slider, WORKER_PATIENCE_MS } from './macro_controls.mjs';
import { currentPoint, shown } from './seen.mjs';
import { playAt } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { listen, spoken } from './speech.mjs';
import { mouse } from './touches.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();

/** The text of a slider. @param {Page} page @param {string} property */
const said = (page, property) => slider(page, property).getAttribute('aria-valuetext');

/**
 * Tests the sentence of a slider about a property that changes more, and a key and a drag at
 * once, which are two steps of undo. Afterwards the sound is the one of before. @param {Page} page @param {number[]}
 * before
 */
async function sentencesAndSteps(page, before) {
  const state = page.locator('#macros-state');
  const outputs = () => page.locator('.macro output').allInnerTexts();
  const starts = await outputs();
  const beside = (/** @type {string} */ property) =>
    page.locator(`.macro:has([data-property=${property}]) .macro-ends`).innerText();
  await slider(page, 'brightness').focus();
  await page.keyboard.press('Home');
  await eventually(() => state.innerText(), /^Brightness also changes here: (\w+ [+−]\d+(, )?)+\.$/);
  assert.match(await beside('brightness'), /^also \w+ [+−]\d+$/);
  const changed = await outputs();
  assert.ok(
    changed.every(text => !text.startsWith('≈')),
    'all are measured',
  );
  assert.ok(
    changed
      .slice(1)
      .some(
        (text, at) => text.startsWith(`${parseInt(text, 10)} (`) && parseInt(text, 10) !== parseInt(starts[at + 1], 10),
      ),
    changed.join(', '),
  );
  const dark = await heard(page);
  await page.locator('#tool-undo').click();
  await eventually(() => heard(page), before);
  await eventually(outputs, starts);
  assert.match(await state.innerText(), /^Measur/, 'it says no more of what was undone');

  const brightness = slider(page, 'brightness');
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await brightness.boundingBox()
  );
  await brightness.focus();
  await page.keyboard.press('Home');
  await page.mouse.move(x + width * 0.05, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, y + height / 2, { steps: 8 });
  await page.mouse.up();
  await eventually(() => said(page, 'brightness'), /^\d+ points, \+\d+$/);
  await page.locator('#tool-undo').click();
  await eventually(() => heard(page), dark);
  await page.locator('#tool-undo').click();
  await eventually(() => heard(page), before);
}

test('a slider changes the sound by one step of undo, by mouse and by keys, and says what it cannot and what else it changes; another sound is measured anew, which a person can stop', async () => {
  const { page, close } = await openMacros(visit, { before: page => listen(page, '#macros-state', '#macros') });
  const top = () => slider(page, 'hardness').evaluate(element => element.getBoundingClientRect().top);
  const picture = page.locator('#macros-picture');
  await slider(page, 'hardness').scrollIntoViewIfNeeded();
  // Read in one moment: soon a slider is measured.
  const waiting = await page.waitForFunction(() => {
    const [state, picture, canvas, slider] = [
      '#macros-state',
      '#macros-picture',
      '#macros-picture canvas',
      '[data-property=hardness]',
    ].map(part => document.querySelector(part));
    if (!canvas || !slider || !/\d %/.test(state?.textContent ?? '')) return undefined;
    return {
      text: /** @type {HTMLElement} */ (picture).innerText,
      border: getComputedStyle(canvas).borderTopStyle,
      px: slider.getBoundingClientRect().top,
    };
  });
  const {
    text: placeholder,
    border,
    px: waiting_px,
  } = /** @type {{ text: string, border: string, px: number }} */ (await waiting.jsonValue());
  assert.equal(placeholder, 'Spectrograms, once a slider is measured', 'its place is not empty');
  assert.equal(border, 'dashed');
  await begun(page);
  await eventually(() => picture.innerText(), /^\w+ from \w+ to \w+: spectrograms$/);
  const top_px = await top();
  assert.equal(top_px, waiting_px, 'nor when the picture is drawn');
  await page.locator('#macros-measure').evaluate(button => button.focus({ preventScroll: true }));
  await measured(page);
  await page.locator('.macro .slider:enabled').first().and(page.locator(':focus')).waitFor();
  await eventually(() => page.locator('#macros-state').innerText(), 'Measured: move a slider.');
  const sentences = await spoken(page);
  assert.equal(sentences.filter(sentence => sentence.startsWith('Measuring')).length, 1, sentences.join('\n'));
  assert.ok(sentences.length <= 3, sentences.join('\n'));
  assert.equal(await top(), top_px, 'no slider moves under the finger when the measurement ends');
  const before = await heard(page);
  await sentencesAndSteps(page, before);
  const brightness = slider(page, 'brightness');
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await brightness.boundingBox()
  );
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, y + height / 2, { steps: 8 });
  await page.mouse.move(x + width * 0.8, y + height / 2);
  await page.mouse.up();
  await eventually(() => said(page, 'brightness'), /^\d+ points, \+\d+$/);
  await eventually(
    () => heard(page),
    now => now.join() !== before.join(),
  );
  const moved = await heard(page);
  const text = await said(page, 'brightness');
  await page.locator('#tool-undo').click();
  await eventually(() => heard(page), before);
  await eventually(() => said(page, 'brightness'), /^\d+ points$/);
  await page.locator('#tool-redo').click();
  await eventually(() => heard(page), moved);
  await eventually(() => said(page, 'brightness'), String(text));
  await page.locator('#macros-close').click();
  await (await reach(page, '#macros-open')).click();
  await eventually(() => said(page, 'brightness'), String(text));
  assert.ok(await page.locator('#macros-measure').isHidden(), 'opened again, they are measured already');
  await eventually(() => picture.innerText(), /^Brightness from \w+ to \w+: spectrograms$/);
  await page.locator('#macros-reset').click();
  await eventually(() => heard(page), before);
  assert.equal(await slider(page, 'brightness').inputValue(), '0');

  const property = await page.locator('.macro .slider:enabled').last().getAttribute('data-property');
  await page.locator('#macros-picture canvas').waitFor();
  await slider(page, String(property)).focus();
  const label = await page.locator('.macro:has(:enabled) > span').last().innerText();
  // The value stands behind the name.
  const name = label.replace(/ [−\d–].*$/, '');
  await eventually(
    () => page.locator('#macros-picture').innerText(),
    new RegExp(`^${name} from \\w+ to \\w+: spectrograms$`),
  );
  // The effect of 20 presses, in one moment: a pause between two of them would end a step.
  await slider(page, String(property)).evaluate(slider => {
    for (let press = 0; press < 20; press++) {
      slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      /** @type {HTMLInputElement} */ (slider).stepUp();
      for (const type of ['input', 'change']) slider.dispatchEvent(new Event(type, { bubbles: true }));
    }
  });
  await eventually(() => slider(page, String(property)).inputValue(), '0.2');
  const reached = await eventually(
    () => heard(page),
    now => now.join() !== before.join(),
  );
  let steps = 0;
  for (let now = reached; now.join() !== before.join() && steps < 20; steps++) {
    const last = now;
    await page.locator('#tool-undo').click();
    now = await eventually(
      () => heard(page),
      next => next.join() !== last.join(),
    );
  }
  assert.ok(steps < 4, `20 presses are ${steps} steps`);

  await slider(page, 'brightness').focus();
  // Back to the sound before the first touch, which is not measured.
  while ((await page.locator('#tool-undo:not([aria-disabled=true]):enabled').count()) > 0)
    await page.keyboard.press('Control+z');
  await page.locator('[data-property=brightness]:disabled').waitFor();
  await page.locator('#macros-more > summary:focus').waitFor();

  await playAt(page, 'Right', 'Up');
  await openPanel(page, 'sound');
  await page.locator('.macro .slider:disabled').first().waitFor();
  await eventually(() => page.locator('#macros-state').innerText(), /^Measuring what changes this sound: \d+ %$/);
  await page.locator('#macros-measure').click();
  await eventually(() => page.locator('#macros-measure').innerText(), 'Measure this sound');
  // Sliders are grey only until the sound itself is measured, which takes one render.
  await eventually(() => page.locator('#macros-state').innerText(), /^Measuring was stopped/);
  await page.locator('#macros-measure').click();
  await eventually(() => page.locator('#macros-measure').innerText(), 'Stop');
  await page.locator('#macros-close').click();
  assert.ok(await page.locator('#macros-open').isVisible());
  assert.ok(await page.locator('.macro-area').isHidden());
  await close();
});

test('on a phone a double tap puts a slider back to zero, and a swipe that scrolls changes nothing', async () => {
  const { page, close } = await openMacros(visit, { options: PHONE });
  await begun(page);
  const session = await page.context().newCDPSession(page);
  /**
   * @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {number[][]} [points]
   * @param {number} [timestamp] now, unless it is given, in seconds
   */
  const touch = (type, points = [], timestamp) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })), timestamp });
  const brightness = slider(page, 'brightness');
  const place = async (/** @type {number} */ share) => {
    await brightness.scrollIntoViewIfNeeded();
    const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
      await brightness.boundingBox()
    );
    return [x + width * share, y + height / 2];
  };
  const at = await place(0.75);
  await touch('touchStart', [at]);
  await touch('touchEnd');
  await eventually(() => said(page, 'brightness'), /^\d+ points, \+\d+$/);
  const text = await said(page, 'brightness');
  const [x, y] = await place(0.3);
  await touch('touchStart', [[x, y]]);
  for (let step = 1; step <= 10; step++) await touch('touchMove', [[x, y - 8 * step]]);
  await touch('touchEnd');
  await eventually(() => said(page, 'brightness'), String(text));
  const again = [await place(0.75)];
  const now_s = Date.now() / 1000;
  await Promise.all([
    touch('touchStart', again, now_s),
    touch('touchEnd', [], now_s + 0.03),
    touch('touchStart', again, now_s + 0.06),
    touch('touchEnd', [], now_s + 0.09),
  ]);
  await eventually(() => said(page, 'brightness'), /^\d+ points$/);
  await close();
});

/**
 * Turns MIDI on, and plugs a device with knobs in.
 * @param {import('playwright-core').Page} page @param {Awaited<ReturnType<typeof fakeMidi>>} cable
 */
async function plugKnobs(page, cable) {
  await (await reach(page, '#midi-section summary')).click();
  await (await reach(page, '#midi')).click();
  await cable.plug('Knobs');
  await page.getByText('Knobs plays here').waitFor();
}

test('the first slider works while the others are measured; a locked group keeps its values; a MIDI controller moves the slider it is assigned to', async () => {
  const { page, ready, close } = await visit();
  await withoutPatience(page, WORKER_PATIENCE_MS);
  const cable = await fakeMidi(page, 'allowed');
  await ready();
  await plugKnobs(page, cable);
  await playAt(page, 'Right');
  await openPanel(page, 'sound');
  await reach(page, '.group');
  await page.getByRole('button', { name: 'Lock Filter', exact: true }).click();
  await (await reach(page, '#macros-open')).click();
  await begun(page);
  assert.ok(await page.locator('#macros-progress').isVisible(), 'it still measures');
  const before = await heard(page);
  const filter = (/** @type {number[]} */ patch) =>
    ['filter_cutoff', 'filter_resonance'].map(name => patch[indexOf(name)]);

  await (await reach(page, '#macros-learn')).click();
  await slider(page, 'brightness').focus();
  await eventually(() => page.locator('#macros-learn-state').innerText(), /Now move a controller/);
  await cable.play('Knobs', 0xb0, 16, 127);
  await eventually(() => page.locator('.macro:has([data-property=brightness])').innerText(), /CC 16/);
  await eventually(() => slider(page, 'brightness').inputValue(), '1');
  const moved = await eventually(
    () => heard(page),
    now => now.join() !== before.join(),
  );
  assert.deepEqual(filter(moved), filter(before));
  await cable.play('Knobs', 0xb0, 16, 64);
  await eventually(() => heard(page), before);

  // An axis of the map that learns a controller gets it in any case.
  const learn = await reach(page, '#midi-learn-x');
  await learn.click();
  await page.locator('#midi-learn-x[aria-pressed=true]').waitFor();
  await cable.play('Knobs', 0xb0, 16, 64);
  await page.locator('#midi-learn-x[aria-pressed=false]').waitFor();
  assert.match(await learn.innerText(), /16/);
  await openPanel(page, 'sound');
  await page.locator('#macros-unlearn').click();
  assert.ok(!/CC/.test((await page.locator('.macro-rows').allInnerTexts()).join()));
  await page.locator('#macros-close').click();
  await cable.play('Knobs', 0xb0, 16, 127);
  await eventually(async () => (await currentPoint(page))[0], 4, 'it is the controller of the map again');
  await close();
});

test('in German, on a phone, without findings of axe', async () => {
  const { page, close } = await openMacros(visit, { options: { ...PHONE, locale: 'de-DE' } });
  await eventually(() => page.locator('#macros-state').innerText(), /^Misst, was diesen Klang ändert: \d+ %$/);
  assert.match(await page.locator('.macro > span').first().innerText(), /^Helligkeit/);
  assert.deepEqual(await findingsInBothThemes(page), []);
  const { scrollWidth, clientWidth } = await page
    .locator('#panel-sound')
    .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  assert.ok(scrollWidth <= clientWidth, 'nothing sticks out');
  await close();
});

test('of a silent patch the page says in its language that nothing of it can be changed', async () => {
  const { page, ready, close } = await visit({ locale: 'de-DE' });
  await withoutPatience(page, WORKER_PATIENCE_MS);
  await ready();
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.4 });
  await pad.lift();
  await shown(page);
  const amplifier = (await reach(page, '.group')).nth(4);
  await amplifier.locator('.group-opener').click();
  await amplifier.getByRole('slider', { name: 'Lautstärke', exact: true }).press('Home');
  await (await reach(page, '#macros-open')).click();
  await page.locator('#macros-state', { hasText: /^Das Patch ist stumm/ }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await close();
});
