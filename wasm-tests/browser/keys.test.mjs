// The on-screen keyboard and the computer's: a pressed key sounds at its pitch, and ends. Native tests check the
// velocity and which note of a chord continues (crate/page/app, crate/page/play). About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { record } from './recorder.mjs';
import { shown } from './seen.mjs';
import { fundamental_hz, semitones } from './sound.mjs';
import { fingers } from './touches.mjs';
import { PHONE, visits } from './visits.mjs';
import { openKeys, reach } from './panels.mjs';

const { visit } = visits();

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(options) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  await openKeys(page);
  /** The centre line of a key, at a height 0…1 from its top. @param {string} name @param {number} down */
  const key = async (name, down) => {
    const box = await page.locator(`#keyboard [aria-label="${name}"]`).boundingBox();
    if (!box) throw new Error(`the key ${name} is not visible`);
    return { x: box.x + box.width / 2, y: box.y + box.height * down };
  };
  return { page, recorder, key, close };
}

/**
 * Chooses from a list by mouse.
 * @param {import('playwright-core').Page} page @param {string} selector @param {string} label
 */
async function choose(page, selector, label) {
  const list = await reach(page, selector);
  await list.click();
  await list.selectOption({ label });
}

test('a key sounds while a finger or a letter holds it, also where a system does not report its release', async () => {
  const { page, recorder, key, close } = await open();
  const pressed = await key('D4', 0.8);
  await page.mouse.move(pressed.x, pressed.y);
  await page.mouse.down();
  assert.ok(await recorder.heard());
  const d = await recorder.steadyPitch_octaves();
  const next = await key('E4', 0.8);
  await page.mouse.move(next.x, next.y, { steps: 8 });
  await eventually(async () => semitones(await recorder.pitch_octaves(), d), 2);
  await page.mouse.up();
  assert.ok(await recorder.silent());

  await page.keyboard.down('KeyQ');
  assert.ok(await recorder.heard());
  const released = (/** @type {string} */ key, /** @type {string} */ code) =>
    page.evaluate(
      ([key, code]) => {
        document.body.dispatchEvent(new KeyboardEvent('keyup', { key, code, bubbles: true }));
      },
      [key, code],
    );
  await released('Meta', 'MetaLeft');
  assert.ok(await recorder.silent(), 'the release of Q was not reported');
  await page.keyboard.up('KeyQ');
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard());
  await released('\u00a0', 'Space');
  assert.ok(await recorder.silent(), 'the space with the option key');
  await page.keyboard.up('Space');
  await page.locator('#tool-hold').click();
  await page.keyboard.press('KeyQ');
  await page.locator('#octave-up').click();
  await page.evaluate(() => {
    window.dispatchEvent(new Event('blur'));
  });
  assert.ok(await recorder.heard(), 'latched');
  await page.keyboard.press('Escape');
  assert.ok(await recorder.silent());
  await close();
});

test('black keys lie between white ones, and several fingers play a chord', async () => {
  const { page, recorder, key, close } = await open(PHONE);
  await eventually(() => page.locator('#keyboard .white').count(), 8);
  await eventually(() => page.locator('#keyboard .black').count(), 5);
  const session = await page.context().newCDPSession(page);
  /** @param {'touchStart' | 'touchEnd'} type @param {{ x: number, y: number }[]} touchPoints */
  const touch = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const fingers = [await key('C3', 0.9), await key('C♯3', 0.5)];
  await touch('touchStart', [fingers[0]]);
  await touch('touchStart', fingers);
  await touch('touchEnd', []);
  // On a phone the first tap starts the sound.
  await page.waitForFunction(() => document.documentElement.dataset.sound === 'awake');
  await touch('touchStart', [fingers[0]]);
  await touch('touchStart', fingers);
  assert.ok(await recorder.heard());
  await touch('touchEnd', [fingers[1]]);
  assert.ok(await recorder.heard(), 'the other finger is down');
  await touch('touchEnd', []);
  assert.ok(await recorder.silent());
  await (await reach(page, '#octave-up')).tap();
  await eventually(() => page.locator('#keys-range').innerText(), /^C4–C5$/);
  // One press more than there are octaves.
  for (let press = 0; press < 5; press++) await page.locator('#octave-up').tap();
  await eventually(() => page.locator('#keys-range').innerText(), /^C8–/);
  await page.locator('#octave-down').tap();
  await eventually(() => page.locator('#keys-range').innerText(), /^C7–/);
  await close();
});

test('letters play two octaves until the page is left; arpeggio, keyboard mode and mute reach the sound', async () => {
  const { page, recorder, close } = await open();
  await page.keyboard.down('KeyQ');
  assert.ok(await recorder.heard());
  const c = await recorder.steadyPitch_octaves();
  await page.keyboard.up('KeyQ');
  assert.ok(await recorder.silent());
  await page.keyboard.down('Digit2');
  assert.ok(await recorder.heard());
  await eventually(async () => semitones(await recorder.pitch_octaves(), c), 1);
  await page.keyboard.up('Digit2');
  assert.ok(await recorder.silent());
  await page.keyboard.press('BracketRight');
  await page.keyboard.down('KeyZ');
  assert.ok(await recorder.heard());
  await eventually(
    async () => (await recorder.pitch_octaves()) - c,
    octaves => Math.abs(octaves) < 0.02,
    'the lower row begins where the upper one did, not so many octaves off',
  );
  await page.evaluate(() => dispatchEvent(new Event('blur')));
  assert.ok(await recorder.silent());
  await (await reach(page, '#volume')).focus();
  await page.keyboard.press('KeyQ');
  assert.ok(await recorder.sounded(), 'letters play while a slider has the focus');

  await page.keyboard.down('KeyQ');
  assert.ok(await recorder.heard());
  const first = await recorder.steadyPitch_octaves();
  await page.keyboard.up('KeyQ');
  await choose(page, '#keyboard-mode', 'mono');
  await page.keyboard.down('KeyQ');
  await page.keyboard.down('KeyE');
  await eventually(async () => semitones(await recorder.pitch_octaves(), first), 4, 'one key alone sounds, the last');
  for (const key of ['KeyQ', 'KeyE']) await page.keyboard.up(key);

  await choose(page, '#arpeggio', 'up');
  await page.keyboard.down('KeyQ');
  await page.keyboard.down('KeyE');
  await eventually(
    async () => {
      const { samples, rate_hz } = await recorder.during(3000);
      const window = rate_hz / 10;
      return Array.from({ length: Math.floor(samples.length / window) }, (_, index) =>
        semitones(Math.log2(fundamental_hz(samples.subarray(index * window, (index + 1) * window), rate_hz)), first),
      );
    },
    pitches => [0, 4].every(step => pitches.filter(pitch => pitch === step).length >= 3),
    'both keys in turns',
  );
  await (await reach(page, '#mute')).click();
  assert.ok(await recorder.silent());
  assert.ok(await recorder.staysSilent(), 'it sounds while muted');
  for (const key of ['KeyQ', 'KeyE']) await page.keyboard.up(key);
  await close();
});

test('a finger drags the drawer down and closes it, and a short drag leaves it open', async () => {
  const { page, close } = await open(PHONE);
  const hand = await fingers(page, page.locator('#keys-row'));
  await hand.press({ across: 0.5, down: 0.3 });
  await hand.move({ across: 0.5, down: 0.6 });
  await hand.lift();
  await shown(page);
  assert.ok(await page.locator('#keys').isVisible());
  await hand.press({ across: 0.5, down: 0.3 });
  await hand.move({ across: 0.5, down: 2.5 });
  await hand.lift();
  await page.locator('#keys').waitFor({ state: 'hidden' });
  await page.locator('#keys-open[aria-expanded=false]').waitFor();
  await close();
});
