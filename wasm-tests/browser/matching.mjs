// What a person does in “From a sound…”: opens it, gives a sound, stops the search, and reads what it says.
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { drop } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { PLUCK } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Opens “From a sound…”. @param {Page} page */
export async function openSearch(page) {
  await openPanel(page, 'sound');
  await page.locator('#match-open').click();
  await page.locator('#match-choose').waitFor();
}

/** Drops a sound and waits for the first answer. @param {Page} page */
export async function search(page) {
  await drop(page, PLUCK);
  await page.locator('#match-answers button:not([aria-disabled=true])').first().waitFor({ timeout: MEASURED_TIMEOUT_MS });
}

/** Stops the search. @param {Page} page */
export async function stop(page) {
  await page.locator('#job-stop').click();
  await page.locator('#job').waitFor({ state: 'hidden' });
}

/** @param {Page} page @param {RegExp} sentence */
export const says = (page, sentence) => eventually(async () => await page.locator('#match-status').textContent() ?? '', sentence);

/** How far an answer is off, in per cent. @param {Page} page @param {number} number */
export const off = async (page, number) => Number(/(\d+) %/.exec(await page.locator('#match-answers button').nth(number - 1).innerText())?.[1] ?? NaN);

/** Lets the browser decode the next sound only once it has failed to decode the one after that. @param {Page} page */
export const decodeAfterFailure = page => page.evaluate(() => {
  let count = 0;
  /** @type {(reason?: unknown) => void} */
  let goOn = () => {};
  const failed = new Promise(resolve => { goOn = resolve; });
  globalThis.OfflineAudioContext = class extends OfflineAudioContext {
    /** @override @param {ArrayBuffer} bytes */
    async decodeAudioData(bytes) {
      count++;
      if (count === 1) await failed;
      const decoded = super.decodeAudioData(bytes);
      if (count === 2) decoded.catch(goOn);
      return decoded;
    }
  };
});
