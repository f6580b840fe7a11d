// The findings of axe, the accessibility checker, for a page in its current state, including shadow roots.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules that depend on colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * One line for each element that breaks a rule in the dark or in the light theme.
 * (All other rules give the same in both.)
 * @param {import('playwright-core').Page} page @returns {Promise<string[]>}
 */
export async function findingsInBothThemes(page) {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await findings(page, COLOUR_RULES);
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...light.map(finding => `light: ${finding}`), ...(await findings(page))];
}

/**
 * One line for each element that breaks a rule.
 * @param {import('playwright-core').Page} page @param {string[]} [rules] default: all @returns {Promise<string[]>}
 */
export async function findings(page, rules) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async rules => {
    // Colours in the middle of a transition have no contrast of their own.
    const roots = [document, ...[...document.querySelectorAll('*')].flatMap(element => element.shadowRoot ?? [])];
    const running = roots
      .flatMap(root => root.getAnimations())
      .filter(({ effect, playState }) => playState === 'running' && Number(effect?.getComputedTiming().endTime) < 5000);
    await Promise.allSettled(running.map(animation => animation.finished));
    const { violations } = await /** @type {any} */ (globalThis).axe.run(rules ? { runOnly: rules } : {});
    return violations.flatMap((/** @type {any} */ { id, nodes }) =>
      nodes.map((/** @type {any} */ { target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
  }, rules);
}
