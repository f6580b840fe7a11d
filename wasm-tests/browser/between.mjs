// The steps of a person in Between two sounds: opening it, choosing sounds, and reading its texts.
import assert from 'node:assert/strict';
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { record } from './recorder.mjs';
import { allLoaded, MEASURED_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { mouse } from './touches.mjs';
import { visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Presets whose names no other name contains, far from each other. */
export const [FIRST, SECOND, THIRD, FOURTH] = ['Fragile Choir 2', 'Harpsy', 'Breath Organ', 'Haunting Vibrato'];

/** Visits with the panel. Call it once at the top of a test file. */
export function betweenVisits() {
  const { visit } = visits();
  /**
   * A visit whose sound has played once, with the panel open: A is the current sound.
   * @param {import('playwright-core').BrowserContextOptions} [options]
   * @param {(page: Page) => Promise<unknown>} [prepare] before the panel opens
   */
  const look = async (options, prepare) => {
    const { page, ready, close } = await visit(options);
    // A worker that is slow to answer must not be taken for lost.
    await withoutPatience(page, 20_000);
    const recorder = await record(page);
    await ready();
    // The map's colours must have loaded before a test compares them.
    await allLoaded(page);
    const pad = mouse(page);
    await pad.press({ across: 0.5, down: 0.2 });
    await pad.lift();
    await prepare?.(page);
    await openPanel(page, 'places');
    await page.locator('#two-sounds-open').click();
    await begun(page);
    return { page, recorder, close };
  };
  return { visit, look };
}

/** Chooses a preset for an end by keys. @param {Page} page @param {'A' | 'B' | 'C' | 'D'} end @param {string} name */
export async function choose(page, end, name) {
  await page.locator(`[data-end=${end}]`).click();
  await page.locator('#between-find').fill(name);
  await page.locator('#between-found button').first().waitFor();
  await page.locator('#between-find').press('Enter');
  await eventually(() => page.locator(`[data-end=${end}]`).innerText(), new RegExp(`${end}\\s+${name}`));
  assert.equal(await page.locator(`[data-end=${end}] > span`).getAttribute('title'), name);
}

/** Waits until A is the current sound, which needs the map's networks. @param {Page} page */
export const begun = page =>
  page
    .locator('[data-end=A] span:not(:text-is("Choose…")):not(:text-is("Wählen …"))')
    .waitFor({ timeout: MEASURED_TIMEOUT_MS });
/** Waits until the square plays the current sound. @param {Page} page */
export const squareReady = page =>
  page.locator('#between-square:not([aria-disabled=true]).is-here').waitFor({ timeout: MEASURED_TIMEOUT_MS });
export const slider = (/** @type {Page} */ page) => page.locator('#between-share');
export const state = (/** @type {Page} */ page) => page.locator('#between-state').innerText();
/** Waits for the pictures of a grid. @param {Page} page @param {'A' | 'B'} end */
export const drawnAround = (page, end) =>
  page.locator(`[data-around=${end}] .between-grid[aria-busy=false]`).waitFor({ timeout: MEASURED_TIMEOUT_MS });
export const ready = (/** @type {Page} */ page) =>
  page.locator('#between-share:enabled').waitFor({ timeout: MEASURED_TIMEOUT_MS });
