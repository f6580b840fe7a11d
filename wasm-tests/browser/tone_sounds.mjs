// “From sounds…” of an instrument of recorded tones as the tests use it: opens it, gives it sounds, moves its sliders,
// and waits for results.
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { tone, wav } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A steady tone of a semitone above A3. */
export const STEADY_HZ = 233.08;
export const STEADY = {
  name: 'steady.wav',
  mimeType: 'audio/wav',
  buffer: wav(1.2, time_s => tone(STEADY_HZ)(time_s) * Math.min(1, 50 * time_s)),
};

/**
 * Chooses an instrument by its name in the chooser and opens “From sounds…”.
 * @param {Page} page @param {string} label @param {string} name
 */
export async function openSounds(page, label = 'Strings', name = 'strings') {
  await page.locator('#instrument').selectOption({ label });
  await page.locator(`html[data-instrument=${name}]`).waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await openPanel(page, 'sound');
  await page.locator('#tones-sounds').click();
  await page.locator('[data-place=a] [data-from=file]').waitFor();
}

/** Waits until the result belongs to the present settings. @param {Page} page */
export async function computed(page) {
  await page.locator('#tone-sounds-save[aria-disabled=false]').waitFor({ timeout: READY_TIMEOUT_MS });
  await eventually(
    () => page.locator('#tone-sounds-status').textContent(),
    text => /^$|^Done\.|^Fertig\./.test(text ?? ''),
    'a result',
  );
}

/** @param {Page} page @param {string} place @param {{ name: string, mimeType: string, buffer: Buffer }} file */
export async function give(page, place, file) {
  const chooser = page.waitForEvent('filechooser');
  await page.locator(`[data-place=${place}] [data-from=file]`).click();
  await (await chooser).setFiles(file);
}

/** @param {Page} page @param {string} row @param {number} value */
export const slide = (page, row, value) =>
  page.locator(`#tone-sounds-${row} input`).evaluate((slider, to) => {
    if (!(slider instanceof HTMLInputElement)) return;
    slider.value = String(to);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }, value);
