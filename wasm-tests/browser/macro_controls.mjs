// The macro-controls of the page Sound, for tests: a visit with them open, their sliders,
// and the sound that they lead to.
import { openPanel, reach } from './panels.mjs';
import { networkDecoded, record } from './recorder.mjs';
import { shown } from './seen.mjs';
import { currentPatch } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { mouse } from './touches.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {ReturnType<typeof import('./visits.mjs').visits>['visit']} Visit */

// The time that the page waits for a worker before it takes it for lost.
export const WORKER_PATIENCE_MS = 20_000;

/**
 * A visit whose sound has played once, with the macro-controls open.
 * @param {Visit} visit
 * @param {object} [given]
 * @param {import('playwright-core').BrowserContextOptions} [given.options]
 * @param {() => void} [given.first] runs before the page's scripts
 * @param {(page: Page) => Promise<void>} [given.before] runs before the macro-controls open
 */
export async function openMacros(visit, { options, first, before } = {}) {
  const { page, ready, close } = await visit(options);
  if (first) await page.addInitScript(first);
  await withoutPatience(page, WORKER_PATIENCE_MS);
  await record(page);
  await ready();
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.4 });
  await pad.lift();
  await shown(page);
  await networkDecoded(page);
  await openPanel(page, 'sound');
  await before?.(page);
  await (await reach(page, '#macros-open')).click();
  await page.locator('#macros-more > summary').click();
  return { page, close };
}

/** A property's slider. */
export const slider = (/** @type {Page} */ page, /** @type {string} */ property) =>
  page.locator(`[data-property=${property}]`);

/** Waits for the first slider. @param {Page} page */
export const begun = page =>
  page.locator('[data-property=brightness]:enabled').waitFor({ timeout: MEASURED_TIMEOUT_MS });

/** Waits for all of them. @param {Page} page */
export async function measured(page) {
  await begun(page);
  await page.locator('#macros-progress').waitFor({ state: 'hidden', timeout: MEASURED_TIMEOUT_MS });
}

/** The 41 values that sound. The panel Sound is open again afterwards. @param {Page} page */
export async function heard(page) {
  const patch = await currentPatch(page);
  await openPanel(page, 'sound');
  return patch;
}
