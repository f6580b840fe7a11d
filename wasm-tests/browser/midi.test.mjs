// MIDI with fake devices: it is requested only on a press, input, learning and output work, and every refusal is
// reported. About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PARAMETER_COUNT } from '../parameters.mjs';
import { eventually } from './eventually.mjs';
import { fakeMidi } from './fake_midi.mjs';
import { decoded, record } from './recorder.mjs';
import { currentPoint, shown } from './seen.mjs';
import { semitones } from './sound.mjs';
import { visits } from './visits.mjs';
import { reach } from './panels.mjs';

const { visit } = visits();

/** @param {'allowed' | 'denied' | 'absent'} how */
async function open(how) {
  const { page, ready, close } = await visit();
  const recorder = await record(page);
  const cable = await fakeMidi(page, how);
  await ready();
  return {
    page,
    cable,
    recorder,
    close,
  };
}

/** @param {import('playwright-core').Page} page */
async function ask(page) {
  await (await reach(page, '#midi-section summary')).click();
  await (await reach(page, '#midi')).click();
}

test('MIDI is requested only on a press; then keys, bend, pedal, controllers and programs work', async () => {
  const { page, cable, recorder, close } = await open('allowed');
  assert.equal(await cable.asked(), 0);
  await (await reach(page, '#midi-section summary')).click();
  // While the browser asks, another press asks no more.
  await (await reach(page, '#midi')).evaluate((/** @type {HTMLElement} */ button) => {
    button.click();
    button.click();
  });
  await page.getByText('connect a keyboard').waitFor();
  assert.equal(await cable.asked(), 1);
  await cable.plug('Keystep');
  await page.getByText('Keystep plays here').waitFor();
  await cable.play('Keystep', 0x92, 64, 99);
  assert.ok(await recorder.heard());
  const straight = await recorder.steadyPitch_octaves();
  await cable.play('Keystep', 0xe2, 0, 0);
  await eventually(async () => semitones(await recorder.pitch_octaves(), straight), 10, 'two semitones down');
  await cable.play('Keystep', 0xe2, 0, 64);
  await cable.play('Keystep', 0xb2, 64, 127);
  await cable.play('Keystep', 0x92, 64, 0);
  await page.waitForTimeout(500);
  assert.ok(await recorder.heard(), 'the pedal is down');
  await cable.play('Keystep', 0xb2, 64, 0);
  assert.ok(await recorder.silent());
  await cable.play('Keystep', 0xb0, 16, 127);
  await eventually(async () => (await currentPoint(page))[0], 4);

  await (await reach(page, '#midi-learn-y')).click();
  await cable.play('Keystep', 0xb0, 74, 0);
  await eventually(async () => (await currentPoint(page))[1], -4);
  const learn = await reach(page, '#midi-learn-y');
  await eventually(() => learn.innerText(), /74/);

  for (const arrow of ['Right', 'Left']) {
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
    for (let step = 0; step < 4; step++) await page.keyboard.press(`Shift+Arrow${arrow}`);
    await (await reach(page, '#tool-mark')).click();
  }
  await shown(page);
  const second = await currentPoint(page);
  await cable.play('Keystep', 0xc0, 0);
  await eventually(
    () => currentPoint(page),
    first => first[0] > second[0],
    'the first program is the first landmark',
  );
  await cable.play('Keystep', 0xc0, 1);
  await eventually(() => currentPoint(page), second);
  await cable.play('Keystep', 0xc0, 99);
  await shown(page);
  assert.deepEqual(await currentPoint(page), second, 'a program without a landmark changes nothing');

  await cable.plug('Midi Through');
  await cable.play('Keystep', 0x90, 50, 80);
  assert.ok(await recorder.heard());
  await cable.unplug('Keystep');
  assert.ok(await recorder.silent(), 'disconnecting releases the note, while another device stays');
  await close();
});

test('a selected device follows the finger: all 41 parameters, the point, then only changes; a knob turns back; the controller map names every parameter', async () => {
  const { page, cable, close } = await open('allowed');
  await cable.plug('amsynth');
  await ask(page);
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.down('Space');
  await page.locator('#patch-empty[hidden]').waitFor({ state: 'attached' });
  await shown(page);
  await decoded(page);
  await page.keyboard.up('Space');
  await (await reach(page, '#midi-output')).selectOption({ label: 'amsynth' });
  /** @type {number[][]} */
  const first = [];
  await eventually(
    async () => {
      first.push(...(await cable.takeSent()));
      return new Set(first.map(([, controller]) => controller)).size;
    },
    PARAMETER_COUNT + 4,
    'each parameter has a controller of its own, the point has four',
  );
  await shown(page);
  first.push(...(await cable.takeSent()));
  assert.ok(first.every(([status, controller, value]) => status === 0xb0 && controller < 120 && value < 128));
  const controllers = new Set(first.map(([, controller]) => controller));
  assert.equal(controllers.size, PARAMETER_COUNT + 4, 'each parameter has a controller of its own, the point has four');
  assert.ok(controllers.has(1) && controllers.has(7), 'amSynth’s default controllers');
  assert.ok(!controllers.has(64), 'controller 64 is the pedal');

  await page.locator('#midi').evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await page.keyboard.press('ArrowUp');
  await shown(page);
  /** @type {number[][]} */
  const moved = [];
  await eventually(
    async () => {
      moved.push(...(await cable.takeSent()));
      return moved.some(([, controller]) => controller === 17);
    },
    true,
    'the point is sent',
  );
  assert.ok(moved.some(([, controller]) => controller === 17) && !moved.some(([, controller]) => controller === 16));
  assert.ok(moved.length < first.length, 'unchanged values are not sent again');

  // A knob of another device than that of the output turns back to the value that was sent last: that is no echo.
  await cable.plug('Keystep');
  const across = async () => (await currentPoint(page))[0];
  /** @type {number[][]} */
  const sent = [];
  // In quick succession: a controller that was sent long ago cannot come back.
  for (const value of [70, 90]) {
    await cable.play('Keystep', 0xb0, 16, value);
    await eventually(
      async () => {
        sent.push(...(await cable.takeSent()));
        return sent.some(([, controller, last]) => controller === 16 && last === value);
      },
      true,
      `${value} is sent`,
    );
  }
  await cable.play('Keystep', 0xb0, 16, 70);
  const back = await across();
  await cable.play('Keystep', 0xb0, 16, 90);
  await eventually(across, point => point > back, 'the knob was turned back');

  const button = await reach(page, '#midi-map');
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  assert.equal(download.suggestedFilename(), 'controllers');
  const text = await (await import('node:fs/promises')).readFile(await download.path(), 'utf8');
  const words = text.trim().split(/\s+/);
  assert.equal(words.length, 128);
  assert.equal(words.filter(word => word !== 'null').length, PARAMETER_COUNT);
  assert.deepEqual([words[1], words[7]], ['freq_mod_amount', 'master_vol']);
  await close();
});

test('where MIDI is denied or absent one sentence says so, and the page plays on', async () => {
  for (const [how, sentence] of /** @type {const} */ ([
    ['denied', /not allowed.*:/],
    ['absent', /no Web MIDI.*:/],
  ])) {
    const { page, recorder, close } = await open(how);
    await ask(page);
    await page.waitForFunction(() => !/asks|amSynth/.test(document.getElementById('midi-status')?.textContent ?? ''));
    const status = await reach(page, '#midi-status');
    await eventually(() => status.innerText(), sentence);
    await page.keyboard.down('KeyQ');
    assert.ok(await recorder.heard());
    await page.keyboard.up('KeyQ');
    await close();
  }
});

test('a loopback port brings nothing back: a preset stays exact while it is sent there', async () => {
  const { page, cable, close } = await open('allowed');
  await ask(page);
  await cable.plug('Loopback');
  await (await reach(page, '#midi-output')).selectOption({ label: 'Loopback' });
  await eventually(async () => (await cable.takeSent()).length, 0);
  await (await reach(page, '#find')).fill('oldie');
  const name = await page.locator('#found .result-name').first().innerText();
  await page.locator('#found .go').first().click();
  await eventually(
    async () => (await cable.takeSent()).length,
    count => count > 4,
  );
  // The sent messages come back with the next tasks.
  await shown(page);
  await shown(page);
  assert.equal(await page.locator('#near').innerText(), name);
  await close();
});
