// The instruments of recorded tones on a phone: a finger plays them, their names and texts are whole, and axe finds
// nothing. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { openPanel, reach } from './panels.mjs';
import { record } from './recorder.mjs';
import { shown } from './seen.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { fingers } from './touches.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();

/**
 * Chooses an instrument and waits until it plays.
 * @param {Page} page @param {string} label @param {string} name of its data
 */
async function choose(page, label, name) {
  await page.locator('#instrument').selectOption({ label });
  await page.locator(`html[data-instrument=${name}]`).waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await shown(page);
}

/**
 * The instrument whose tones are those of amSynth's presets has its whole name in the header, and sentences of its own.
 * @param {Page} page @param {string} name @param {string} layer a layer of the map @param {RegExp} about
 * @param {RegExp} hint
 */
async function expectPresets(page, name, layer, about, hint) {
  await choose(page, name, 'amsynth-tones');
  await page.locator('#map-button').click();
  await page.locator('#map-menu').getByText(layer, { exact: true }).click();
  await page.keyboard.press('Escape');
  await page.locator('#map-name').filter({ hasText: layer }).waitFor();
  const { room, text, dot } = await page.evaluate(() => {
    const chooser = /** @type {HTMLSelectElement} */ (document.querySelector('#instrument'));
    const style = getComputedStyle(chooser);
    const line = document.createElement('span');
    Object.assign(line.style, {
      position: 'absolute',
      whiteSpace: 'nowrap',
      font: style.font,
      letterSpacing: style.letterSpacing,
    });
    line.textContent = chooser.selectedOptions[0].text;
    document.body.append(line);
    const text = line.getBoundingClientRect().width;
    line.remove();
    const { width, height } = /** @type {Element} */ (document.querySelector('#dot')).getBoundingClientRect();
    return {
      room: chooser.clientWidth - parseFloat(style.paddingRight),
      text,
      dot: [width, height],
    };
  });
  assert.ok(room >= text - 0.5, `${text} px of text have ${room} px`);
  assert.equal(dot[0], dot[1], 'the dot is round');
  await openPanel(page, 'sound');
  await page.locator('#tones-about').filter({ hasText: about }).waitFor();
  await openPanel(page, 'places');
  await page.locator('#find-hint').filter({ hasText: hint }).waitFor();
}

test('in German a finger plays it, every name is whole, what is said stands apart, and axe finds nothing', async () => {
  const { page, ready, close } = await visit({ ...PHONE, locale: 'de-DE' });
  const recorder = await record(page);
  await ready();
  await choose(page, 'Holzbläser', 'winds');
  const hand = await fingers(page);
  await hand.press({ across: 0.5, down: 0.5 });
  await hand.lift();
  await page.waitForFunction(() => document.documentElement.dataset.sound === 'awake');
  await hand.press({ across: 0.5, down: 0.5 });
  assert.ok(await recorder.heard());
  await hand.lift();
  assert.ok(await recorder.silent());
  await (await reach(page, '#find')).fill('Klarinette H');
  const names = await eventually(
    () => page.locator('#found .result-name').allInnerTexts(),
    list => list.length > 0,
  );
  // Results with fewer of the words come after it.
  assert.match(names[0], /^Klarinette H\d/);
  for (const panel of ['sound', 'places']) {
    await openPanel(page, panel);
    assert.deepEqual(await findingsInBothThemes(page), []);
  }

  await choose(page, 'Streicher', 'strings');
  await openPanel(page, 'sound');
  const list = page.locator('#tones-live');
  await list.scrollIntoViewIfNeeded();
  const cut = await list.evaluate(list => {
    const { fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(list);
    const context = document.createElement('canvas').getContext('2d');
    if (!context) throw new Error('no canvas');
    context.font = `${fontSize} ${fontFamily}`;
    const room = list.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return [.../** @type {HTMLSelectElement} */ (list).options]
      .map(({ text }) => text)
      .filter(text => context.measureText(text).width > room);
  });
  assert.deepEqual(cut, []);
  await list.selectOption({ label: 'amSynth' });
  await page.locator('#tones-live-about:visible').filter({ hasText: /\S/ }).waitFor();

  await expectPresets(
    page,
    'amSynth-Töne',
    'Helligkeit',
    /^amSynth-Töne: die Presets von amSynth, .*kein Patch: amSynth wählen/,
    /^Den Namen eines Presets tippen/,
  );
  await close();
});

test('the tones of amSynth’s presets have their whole name in English, too, and sentences of their own', async () => {
  const { page, ready, close } = await visit(PHONE);
  await ready();
  await expectPresets(
    page,
    'amSynth tones',
    'Roughness',
    /^amSynth tones: amSynth’s presets .*have no patch here: choose amSynth/,
    /^Type the name of a preset/,
  );
  await close();
});
