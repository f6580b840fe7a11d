// The keyboard on the screen and the computer's as one: what is pressed, how hard, and that it ends. About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexOf } from '../parameters.mjs';
import { record } from './recorder.mjs';
import { level } from './sound.mjs';
import { ARPEGGIO, HOLD_PARAMETER, NOTE_OFF, NOTE_ON, shown } from './spy.mjs';
import { PHONE, visits } from './visits.mjs';

const { visit } = visits();

const MIDDLE_C = 60;

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(options) {
  const { page, heard: messages, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  /** The middle of a key, so far down. @param {string} name @param {number} down */
  const key = async (name, down) => {
    const box = await page.locator(`#keyboard [aria-label="${name}"]`).boundingBox();
    if (!box) throw new Error(`the key ${name} is not visible`);
    return { x: box.x + box.width / 2, y: box.y + box.height * down };
  };
  return {
    page,
    recorder,
    key,
    notes: () => messages.take(NOTE_ON, NOTE_OFF),
    messages,
    close,
  };
}

test('a finger on a key sounds, harder near its end, and slides to the next', async () => {
  const { page, recorder, key, notes, close } = await open();
  const soft = await key('D4', 0.7);
  const hard = await key('D4', 0.99);
  await page.mouse.move(soft.x, soft.y);
  await page.mouse.down();
  const heard = await recorder.during(500);
  assert.ok(level(heard.samples) > 1e-3, `the level is ${level(heard.samples)}`);
  const [[, pressed, softly]] = await notes();
  const next = await key('E4', 0.8);
  await page.mouse.move(next.x, next.y, { steps: 8 });
  await page.mouse.up();
  const slid = await notes();
  assert.equal(pressed, MIDDLE_C + 2);
  assert.deepEqual(slid.map(([code, note]) => [code, note]),
    [[NOTE_OFF, 62], [NOTE_ON, 64], [NOTE_OFF, 64]]);
  await page.mouse.move(hard.x, hard.y);
  await page.mouse.down();
  await page.mouse.up();
  const [[, , loudly]] = await notes();
  assert.ok(loudly > softly && loudly > 120 && softly < 110, `${softly}, then ${loudly}`);
  await close();
});

test('black keys lie between white ones, and several fingers play a chord', async () => {
  const { page, key, notes, close } = await open(PHONE);
  assert.equal(await page.locator('#keyboard .white').count(), 11);
  assert.equal(await page.locator('#keyboard .black').count(), 7);
  const session = await page.context().newCDPSession(page);
  /** @param {'touchStart' | 'touchEnd'} type @param {{ x: number, y: number }[]} touchPoints */
  const touch = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const fingers = [await key('C4', 0.9), await key('D♯4', 0.8)];
  await touch('touchStart', [fingers[0]]);
  await touch('touchStart', fingers);
  await touch('touchEnd', []);
  assert.deepEqual((await notes()).map(([code, note]) => [code, note]).sort(),
    [[NOTE_ON, 60], [NOTE_ON, 63], [NOTE_OFF, 60], [NOTE_OFF, 63]]);
  await page.locator('#octave-up').tap();
  assert.match(await page.locator('#keys-range').innerText(), /^C4–F5$/);
  await close();
});

test('letters play two rows of keys, brackets change their octave, and leaving the page ends them', async () => {
  const { page, notes, close } = await open();
  await page.keyboard.down('KeyQ');
  await page.keyboard.down('Digit2');
  await page.keyboard.up('Digit2');
  await page.keyboard.up('KeyQ');
  await page.keyboard.press('BracketRight');
  await page.keyboard.down('KeyZ');
  await page.evaluate(() => dispatchEvent(new Event('blur')));
  assert.deepEqual((await notes()).map(([code, note]) => [code, note]), [
    [NOTE_ON, 60], [NOTE_ON, 61], [NOTE_OFF, 61], [NOTE_OFF, 60], [NOTE_ON, 60], [NOTE_OFF, 60],
  ]);
  await page.locator('#volume').focus();
  await page.keyboard.press('KeyQ');
  assert.equal((await notes()).length, 2, 'a slider needs no letters');
  await close();
});

test('a key that a finger sounds on the map, too, ends with the last of both', async () => {
  const { page, messages, close } = await open();
  for (const order of [['Space', 'KeyQ'], ['KeyQ', 'Space']]) {
    await page.keyboard.down(order[0]);
    await page.keyboard.down(order[1]);
    await page.keyboard.up(order[1]);
    await shown(page);
    assert.deepEqual(await messages.sounding(), ['0:60']);
    await page.keyboard.up(order[0]);
    await shown(page);
    assert.deepEqual(await messages.sounding(), []);
  }
  await close();
});

test('held keys sound on until the next chord', async () => {
  const { page, notes, close } = await open();
  await page.locator('#tool-hold').click();
  await shown(page);
  await page.keyboard.press('KeyQ');
  await page.keyboard.press('KeyE');
  assert.deepEqual((await notes()).map(([code, note]) => [code, note]),
    [[NOTE_ON, 60], [NOTE_OFF, 60], [NOTE_ON, 64]]);
  await page.locator('#tool-hold').click();
  await page.waitForTimeout(100);
  assert.deepEqual((await notes()).map(([code, note]) => [code, note]), [[NOTE_OFF, 64]]);
  await close();
});

test('choices reach the sound: arpeggio, keyboard mode, and the sound switched off', async () => {
  const { page, recorder, messages, close } = await open();
  await messages.take();
  await page.locator('#manner').selectOption({ label: 'arpeggio up' });
  await page.locator('#keyboard-mode').selectOption({ label: 'mono' });
  await page.waitForTimeout(200);
  const told = await messages.take(ARPEGGIO, HOLD_PARAMETER);
  assert.ok(told.some(([code, pattern]) => code === ARPEGGIO && pattern === 1), JSON.stringify(told));
  const mode = indexOf('keyboard_mode');
  assert.ok(told.some(([code, index, value]) => code === HOLD_PARAMETER && index === mode && value === 1), JSON.stringify(told));
  await page.keyboard.down('KeyQ');
  assert.ok(level((await recorder.during(500)).samples) > 1e-3);
  await page.locator('#mute').click();
  assert.ok(level((await recorder.during(500)).samples.slice(-9600)) < 1e-4, 'it is heard through the switch');
  await page.keyboard.up('KeyQ');
  await close();
});
