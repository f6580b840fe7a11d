// The findings of axe, the accessibility checker, for a page in its current state, including shadow roots.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One line for each element that breaks a rule. @param {import('playwright-core').Page} page @returns {Promise<string[]>} */
export async function findings(page) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(AXE);
  return page.evaluate(async () => {
    // Colours in the middle of a transition have no contrast of their own.
    const roots = [document, ...[...document.querySelectorAll('*')].flatMap(element => element.shadowRoot ?? [])];
    const running = roots.flatMap(root => root.getAnimations()).filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 5000);
    await Promise.allSettled(running.map(animation => animation.finished));
    const { violations } = await /** @type {any} */ (globalThis).axe.run();
    return violations.flatMap((/** @type {any} */ { id, nodes }) => nodes.map((/** @type {any} */ { target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
  });
}
