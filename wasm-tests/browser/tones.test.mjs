// The instruments of recorded tones: one is chosen in the header, loads, shows its plane and plays; amSynth returns as
// it was. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openKeys, openPanel, reach } from './panels.mjs';
import { record } from './recorder.mjs';
import { currentPoint, pass, shown } from './seen.mjs';
import { visits } from './visits.mjs';
import { drop, said } from './sharing.mjs';
import { mouse } from './touches.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { PLUCK } from './wav.mjs';
import { en } from '../words.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();

/** The octaves above 1 Hz of a key of MIDI. @param {number} key */
const octaves = key => Math.log2(440) + (key - 69) / 12;

/**
 * Chooses an instrument and waits until it plays.
 * @param {Page} page @param {string} label @param {string} name of its data
 */
async function choose(page, label, name) {
  await page.locator('#instrument').selectOption({ label });
  await page.locator(`html[data-instrument=${name}]`).waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await shown(page);
}

/** The text of the first line under the pad. @param {Page} page */
const near = page => page.locator('#near').innerText();

test('Strings are chosen, play a key and a finger at its pitch, and amSynth returns with its plane and its point; a held key goes on', async () => {
  const { page, ready, close } = await visit();
  const recorder = await record(page);
  /** @type {string[]} */
  const asked = [];
  page.on('request', request => asked.push(request.url()));
  await ready();
  assert.deepEqual(
    asked.filter(url => /timbre|ton/.test(url)),
    [],
    'nothing of it loads before it is chosen',
  );
  const hand = mouse(page);
  await hand.press({ across: 0.3, down: 0.3 });
  await hand.lift();
  await shown(page);
  const before = {
    near: await near(page),
    point: await currentPoint(page),
    layer: await page.locator('#map-name').innerText(),
  };
  await choose(page, 'Strings', 'strings');
  assert.match(await near(page), /^near .*(Violin|Viola|Cell|bass)/i);
  await page
    .locator('#spoken')
    .filter({ hasText: /^Strings: near / })
    .waitFor({ state: 'attached' });
  assert.ok(await recorder.silent());

  // The key below Z is C of the keyboard's octave: the key of the screen with this name sounds at its pitch.
  await openKeys(page);
  const box = await page.locator('#keyboard [aria-label="A4"]').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + 0.8 * box.height);
  await page.mouse.down();
  assert.ok(await recorder.heard());
  const cents = 1200 * ((await recorder.steadyPitch_octaves()) - octaves(69));
  // The estimate may take a multiple of the period.
  assert.ok(Math.abs(cents - 1200 * Math.round(cents / 1200)) < 10, `A4 sounds ${cents} cents away`);
  await page.mouse.up();
  assert.ok(await recorder.silent());

  await hand.press({ across: 0.6, down: 0.4 });
  assert.ok(await recorder.heard());
  await hand.move({ across: 0.4, down: 0.6 });
  assert.ok(await recorder.heard());
  await hand.lift();
  assert.ok(await recorder.silent());

  await choose(page, 'amSynth', 'amsynth');
  assert.deepEqual(
    { near: await near(page), point: await currentPoint(page), layer: await page.locator('#map-name').innerText() },
    before,
  );
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard());
  await page.keyboard.up('Space');
  const files = () => asked.filter(url => /\.frames|tone-source/.test(url)).length;
  const loaded = files();
  await choose(page, 'Strings', 'strings');
  assert.equal(files(), loaded, 'what is loaded stays');

  const chooser = page.locator('#instrument');
  await chooser.focus();
  await page.keyboard.press('ArrowUp');
  await page.locator('html[data-instrument=amsynth]').waitFor({ state: 'attached' });
  assert.equal(
    await page.evaluate(() => document.activeElement?.id),
    'instrument',
    'the chooser keeps the keys of who chooses by them',
  );
  await chooser.click();
  await choose(page, 'Strings', 'strings');
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard(), 'after a choice by mouse the space plays');
  await choose(page, 'Brass', 'brass');
  assert.ok(await recorder.heard(), 'a held key goes on with the other instrument');
  await choose(page, 'amSynth tones', 'amsynth-tones');
  assert.ok(await recorder.heard());
  await page.keyboard.up('Space');
  assert.ok(await recorder.silent());
  await close();
});

test('Sound has the other axes, which change what is heard, and says what only amSynth has; dropped sounds become sounds A and B', async () => {
  const { page, ready, close } = await visit();
  const recorder = await record(page);
  await ready();
  await choose(page, 'Strings', 'strings');
  await openPanel(page, 'sound');
  await page
    .locator('#tones-about')
    .filter({ hasText: /^Strings: recorded tones .*have no patch: choose amSynth/ })
    .waitFor();
  for (const hidden of ['#match', '#macros', '#breed', '#groups', '.patch-tools'])
    assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  // Each slider names its measured effect (models/timbre/strings.axes.json).
  const changes = page.locator('#tones .tone-axis > span');
  assert.deepEqual((await changes.allInnerTexts()).slice(2, 4), ['axis 5: no single property', 'rougher, harder']);
  // By its number a teacher can name it, to a screen reader, too.
  const slider = page.getByRole('slider', { name: 'axis 5: no single property' });
  await slider.focus();
  await page.keyboard.press('End');
  await eventually(() => slider.getAttribute('aria-valuetext'), '+1.00');
  await slider.dblclick();
  await eventually(() => slider.getAttribute('aria-valuetext'), '0.00');
  // How much the tones live is said in per cent; the name is that of the manual.
  const life = page.getByRole('slider', { name: 'Life' });
  assert.equal(await life.getAttribute('aria-valuetext'), '100 %');
  await life.fill('0.4');
  await eventually(() => life.getAttribute('aria-valuetext'), '40 %');
  await life.fill('1');
  await slider.focus();
  await page.keyboard.press('Home');
  await eventually(() => slider.getAttribute('aria-valuetext'), '−1.00');
  await (await reach(page, '#tones-reset')).click();
  await eventually(() => slider.inputValue(), '0');
  const find = await reach(page, '#find');
  assert.equal(await find.getAttribute('placeholder'), 'Find a tone');
  await find.fill('zzz');
  await page
    .locator('#found-count')
    .filter({ hasText: /^No tone matches$/ })
    .waitFor();
  await find.fill('');
  for (const hidden of ['#two-sounds', '#favourite'])
    assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  await openPanel(page, 'share');
  assert.equal(await page.locator('#take-patch').isVisible(), false);
  await (await reach(page, '#midi-section > summary')).click();
  assert.doesNotMatch(await page.locator('#midi-section').innerText(), /preset|bank|amSynth/i);
  await openPanel(page, 'sound');
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.5 });
  assert.ok(await recorder.heard());
  await pad.lift();
  assert.ok(await recorder.silent());
  for (const [button, key] of /** @type {const} */ ([
    ['right', 'Shift'],
    ['left', 'Control'],
  ])) {
    await page.keyboard.down(key);
    await slider.hover();
    await page.mouse.down({ button });
    assert.ok(await recorder.silent(), `${button} with ${key}`);
    await page.mouse.up({ button });
    await page.keyboard.up(key);
  }
  await slider.hover();
  await page.mouse.down();
  assert.ok(await recorder.heard());
  // As when the window loses the focus, after which the button may be let go elsewhere.
  await slider.evaluate(slider => slider.blur());
  assert.ok(await recorder.silent());
  await page.mouse.up();

  await (await reach(page, '#readout summary')).click();
  await page.locator('.heard-row').first().waitFor();
  assert.equal(
    await page.locator('.heard-row').count(),
    8,
    'also if it was first opened with strings, whose map has seven properties',
  );
  await page.locator('.heard-row').filter({ hasText: 'Reverb' }).waitFor();

  await drop(page, PLUCK, { ...PLUCK, name: 'other.wav' });
  await page.locator('[data-place=a]').filter({ hasText: 'pluck.wav' }).waitFor();
  await page.locator('[data-place=b]').filter({ hasText: 'other.wav' }).waitFor();
  await page.locator('#tone-sounds-save[aria-disabled=false]').waitFor({ timeout: READY_TIMEOUT_MS });
  await drop(page, { name: 'notes.txt', bytes: 'no patch' });
  await said(page, /notes\.txt/);
  assert.equal(await page.locator('html').getAttribute('data-instrument'), 'strings');
  await openPanel(page, 'sound');
  await page.locator('#tones-back').click();
  await page.locator('html[data-instrument=amsynth]').waitFor({ state: 'attached' });
  await page.locator('#all').waitFor();
  assert.equal(await (await reach(page, '#find')).getAttribute('placeholder'), 'warm pad …');
  await close();
});

test('an AudioParam of the node moves its axis; a landmark leads to its instrument and its axes, undo and A/B back to the other one', async () => {
  const { page, ready, close } = await visit();
  const recorder = await record(page);
  await page.addInitScript(() => {
    const Node = AudioWorkletNode;
    Object.assign(globalThis, {
      AudioWorkletNode: class extends Node {
        /** @param {BaseAudioContext} context @param {string} name @param {AudioWorkletNodeOptions} [options] */
        constructor(context, name, options) {
          super(context, name, options);
          if (name === 'latent-pad') Object.assign(globalThis, { pad: this });
        }
      },
    });
  });
  await ready();
  await choose(page, 'Strings', 'strings');
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard());
  const brightness = async () => {
    const { samples } = await recorder.during(400);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0);
    return samples.reduce((sum, sample, index) => sum + (sample - samples[Math.max(index - 1, 0)]) ** 2, 0) / power;
  };
  const moved = (/** @type {number} */ to) =>
    page.evaluate(to => {
      const { pad } = /** @type {{ pad: AudioWorkletNode }} */ (/** @type {unknown} */ (globalThis));
      const axis = /** @type {AudioParam} */ (pad.parameters.get('axis3'));
      axis.setValueAtTime(axis.value, pad.context.currentTime);
      axis.linearRampToValueAtTime(to, pad.context.currentTime + 0.5);
    }, to);
  const before = await brightness();
  const change = async () => Math.abs(Math.log((await brightness()) / before));
  await moved(1);
  await eventually(change, change => change > 0.2, 'the axis is not heard');
  await moved(0);
  await eventually(change, change => change < 0.1, 'it does not come back');
  await page.keyboard.up('Space');

  const plays = (/** @type {string} */ instrument) =>
    page.locator(`html[data-instrument=${instrument}]`).waitFor({ state: 'attached' });
  await openPanel(page, 'sound');
  const slider = page.locator('#tones .tone-axis .slider').first();
  await slider.focus();
  await page.keyboard.press('End');
  await (await reach(page, '#tool-mark')).click();
  await (await reach(page, '#tones-reset')).click();
  await eventually(() => slider.inputValue(), '0');
  await choose(page, 'amSynth', 'amsynth');
  await openPanel(page, 'places');
  const landmark = page.locator('#landmarks > .landmark');
  assert.equal(await landmark.getAttribute('data-tones'), 'Strings');
  assert.match((await landmark.locator('.go').getAttribute('aria-label')) ?? '', /, Strings$/);
  await landmark.locator('.go').click();
  await plays('strings');
  await openPanel(page, 'sound');
  await eventually(() => slider.inputValue(), '1');
  await page.locator('#tool-undo').click();
  await plays('amsynth');
  await page.locator('#tool-redo').click();
  await plays('strings');
  await (await reach(page, '#tool-compare')).click();
  await choose(page, 'amSynth', 'amsynth');
  await (await reach(page, '#tool-compare')).click();
  await plays('strings');
  await eventually(() => slider.inputValue(), '1');
  await close();
});

test('the next visit plays the instrument of the last one; a link opens to its instrument; a loop says on which other one it was made', async () => {
  const { page, ready, close } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  const stored = () =>
    page.evaluate(() => JSON.parse(localStorage.getItem('latent-pad.session') ?? '{}').instrument ?? 0);
  const recorder = await record(page);
  await ready();
  await choose(page, 'Strings', 'strings');
  await (await reach(page, '#copy-link')).click();
  await page.locator('#share-status').filter({ hasText: en.link_copied }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await eventually(stored, instrument => instrument > 0, 'Strings are not stored');
  await page.reload();
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await choose(page, 'amSynth', 'amsynth');
  await eventually(stored, 0, 'amSynth is not stored');
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await shown(page);

  await openPanel(page, 'loops');
  await page.locator('#record').click();
  const hand = mouse(page);
  await hand.press({ across: 0.3, down: 0.3 });
  await hand.move({ across: 0.6, down: 0.5 });
  await hand.lift();
  await page.locator('#record').click();
  const row = page.locator('#loops .loop');
  await row.waitFor();
  await row.locator('.more', { hasText: 'Strings' }).waitFor();
  await choose(page, 'amSynth', 'amsynth');
  await row.locator('.more', { hasText: 'Strings' }).waitFor();
  assert.ok(await recorder.heard(), 'it plays on beside amSynth');
  await page.locator('#path-open').click();
  await page.locator('#path-chosen option', { hasText: / · made on Strings$/ }).waitFor({ state: 'attached' });
  await page.locator('#path-link').click();
  await page.locator('#path-status', { hasText: 'A link to' }).waitFor();
  const pathLink = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(pathLink);
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await eventually(() => page.locator('#loops .loop').count(), 2);
  assert.equal(await page.locator('#loops .loop .more', { hasText: 'Strings' }).count(), 2);
  await close();
});

test('a file that does not arrive is explained; an instrument that loads shows a line, which another choice ends; its sliders stay', async () => {
  const { page, ready, exceptions } = await visit();
  const recorder = await record(page);
  await ready();
  let tries = 0;
  await page.route('**/strings.frames', route => (tries++ === 0 ? route.abort() : route.continue()));
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  const alert = page
    .locator('#trouble-text')
    .filter({ hasText: /^The instrument Strings could not be loaded: please/ });
  await alert.waitFor({ timeout: READY_TIMEOUT_MS });
  assert.equal(await page.locator('#instrument').inputValue(), 'amSynth');
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard());
  await page.keyboard.up('Space');
  await page.locator('#retry').click();
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await eventually(() => page.locator('#trouble').isVisible(), false);

  await openPanel(page, 'sound');
  const slider = page.locator('#tones .tone-axis .slider').first();
  await slider.focus();
  await page.keyboard.press('End');
  let arrive = () => {};
  const arrives = new Promise(resolve => {
    arrive = () => resolve(undefined);
  });
  await page.route('**/winds*', async route => {
    await arrives;
    await route.continue();
  });
  for (const end of ['Strings', 'stop', 'amSynth']) {
    const chooser = page.locator('#instrument');
    await chooser.selectOption({ label: 'Winds' });
    await page.locator('#job-name').filter({ hasText: 'Winds' }).waitFor();
    if (end === 'stop') await page.locator('#job-stop').click();
    else await chooser.selectOption({ label: end });
    await page.locator('#job').waitFor({ state: 'hidden' });
    assert.equal(
      await chooser.evaluate(chooser => /** @type {HTMLSelectElement} */ (chooser).selectedOptions[0].text),
      end === 'stop' ? 'Strings' : end,
    );
  }
  arrive();
  await choose(page, 'Brass', 'brass');
  await eventually(() => slider.getAttribute('aria-valuetext'), '0.00');
  await choose(page, 'Strings', 'strings');
  await eventually(() => slider.getAttribute('aria-valuetext'), '+1.00');
  await pass(page, 1500);
  await page.reload();
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await openPanel(page, 'sound');
  await eventually(() => slider.getAttribute('aria-valuetext'), '+1.00');
  assert.deepEqual(exceptions, []);
  await page.context().close();
});
