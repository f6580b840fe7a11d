// The editor of paths in a visit, and the loops that the page stores.
import { openPanel } from './panels.mjs';
import { record } from './recorder.mjs';

/** @typedef {import('playwright-core').Page} Page */
/**
 * @typedef {{
 *   number: number, name?: string, length_s: number,
 *   fingers: { strokes: [number, [number, number]][][], keys?: (number | null)[], levels?: [number, number][] }[],
 * }} Loop
 */

/**
 * A visit with the editor open.
 * @param {ReturnType<typeof import('./visits.mjs').visits>['visit']} visit
 * @param {import('playwright-core').BrowserContextOptions} [options] @param {string} [at]
 */
export async function editPaths(visit, options, at) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready(at);
  await openPanel(page, 'loops');
  await page.locator('#path-open').click();
  await page.locator('#path-close').waitFor();
  return { page, recorder, close };
}

/** The stored loops. @param {Page} page @returns {Promise<Loop[]>} */
export const loops = page =>
  page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    return JSON.parse(localStorage.getItem('latent-pad.session') ?? '{}').state.loops.list;
  });
