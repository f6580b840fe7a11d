// Records what a status of the page says to a screen reader.

/** @typedef {import('playwright-core').Page} Page */

/**
 * Records the spoken texts of a status from now on; `around` is an element that exists before a status that a script
 * makes.
 * @param {Page} page @param {string} status @param {string} [around]
 */
export const listen = (page, status, around = status) =>
  page.locator(around).evaluate((around, selector) => {
    /** @type {string[]} */
    const spoken = [];
    Object.assign(globalThis, { spoken });
    new MutationObserver(records => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const status = element?.closest('[aria-live=off]') ? null : element?.closest(selector);
        if (status) spoken.push(status.textContent ?? '');
      }
    }).observe(around, { childList: true, characterData: true, subtree: true });
  }, status);

/** The texts recorded since. @param {Page} page @returns {Promise<string[]>} */
export const spoken = page => page.evaluate(() => /** @type {any} */ (globalThis).spoken);
