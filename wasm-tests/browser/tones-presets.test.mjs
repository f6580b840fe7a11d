// The instrument whose tones are those of amSynth's presets: its name in the header of a phone, and its own texts.
// About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPanel } from './panels.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { PHONE, visits } from './visits.mjs';

const { visit } = visits();

for (const [locale, name, layer, about, hint] of /** @type {const} */ ([
  ['en', 'amSynth tones', 'Roughness', /^amSynth tones: amSynth’s presets .*have no patch here: choose amSynth/, /^Type the name of a preset/],
  ['de-DE', 'amSynth-Töne', 'Helligkeit', /^amSynth-Töne: die Presets von amSynth, .*kein Patch: amSynth wählen/, /^Den Namen eines Presets tippen/],
])) {
  test(`the tones of amSynth’s presets have their whole name on a phone, and sentences of their own (${locale})`, async () => {
    const { page, ready, close } = await visit({ ...PHONE, locale });
    await ready();
    await page.locator('#instrument').selectOption({ label: name });
    await page.locator('html[data-instrument=amsynth-tones]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
    await page.locator('#map-button').click();
    await page.locator('#map-menu').getByText(layer, { exact: true }).click();
    await page.keyboard.press('Escape');
    await page.locator('#map-name').filter({ hasText: layer }).waitFor();
    const { room, text, dot, isCut } = await page.evaluate(() => {
      const chooser = /** @type {HTMLSelectElement} */ (document.querySelector('#instrument'));
      const style = getComputedStyle(chooser), line = document.createElement('span');
      Object.assign(line.style, { position: 'absolute', whiteSpace: 'nowrap', font: style.font, letterSpacing: style.letterSpacing });
      line.textContent = chooser.selectedOptions[0].text;
      document.body.append(line);
      const text = line.getBoundingClientRect().width;
      line.remove();
      const map = /** @type {Element} */ (document.querySelector('#map-name')), { width, height } = /** @type {Element} */ (document.querySelector('#dot')).getBoundingClientRect();
      return { room: chooser.clientWidth - parseFloat(style.paddingRight), text, dot: [width, height], isCut: map.scrollWidth > map.clientWidth };
    });
    assert.ok(room >= text - 0.5, `${text} px of text have ${room} px`);
    assert.equal(dot[0], dot[1], 'the dot is round');
    assert.equal(isCut, false, 'the name of the map is whole, too');
    await openPanel(page, 'sound');
    await page.locator('#tones-about').filter({ hasText: about }).waitFor();
    await openPanel(page, 'places');
    await page.locator('#find-hint').filter({ hasText: hint }).waitFor();
    await close();
  });
}
