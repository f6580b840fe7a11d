// What axe, the accessibility checker, finds on a page as it is now, shadow roots and frames of its origin included.
import { createRequire } from 'node:module';

const SCRIPT = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** One line for each element that breaks a rule. @param {import('playwright-core').Page} page @returns {Promise<string[]>} */
export async function violations(page) {
  await page.addScriptTag({ path: SCRIPT });
  const { violations: broken } = await page.evaluate(() => (/** @type {any} */ (globalThis)).axe.run());
  return broken.flatMap((/** @type {any} */ { id, help, nodes }) => nodes.map((/** @type {any} */ node) => `${id}: ${help}: ${node.target}`));
}
