// The steps of a person in “From a sound…”: opening it, giving a sound, stopping the search, and reading its texts.
import { eventually } from './eventually.mjs';
import { openPanel, reach } from './panels.mjs';
import { sentenceOf } from './seen.mjs';
import { drop } from './sharing.mjs';
import { launchBrowser, MEASURED_TIMEOUT_MS, newPage, openReady, serveSite } from './site.mjs';
import { PLUCK } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * A visit in a browser of its own, which closes with its test.
 * @param {import('node:test').TestContext} t @param {string[]} more the browser's arguments
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @param {(page: Page) => Promise<unknown>} [prepare]
 */
export async function visitor(t, more, options = {}, prepare = async () => {}) {
  const [site, browser] = [await serveSite(), await launchBrowser(more)];
  t.after(async () => {
    await browser.close();
    site.close();
  });
  const visited = await newPage(browser, options);
  await prepare(visited.page);
  await openReady(visited.page, site.address);
  return visited;
}

/** Opens “From a sound…”. @param {Page} page */
export async function openSearch(page) {
  await openPanel(page, 'sound');
  await (await reach(page, '#match-open')).click();
  await page.locator('#match-choose').waitFor();
}

/** Waits for the first answer. @param {Page} page */
export const answered = page =>
  page.locator('#match-answers button:not([aria-disabled=true])').first().waitFor({ timeout: MEASURED_TIMEOUT_MS });

/**
 * Drops a sound and waits for the first answer; answers of an earlier search may still be shown when the new one
 * begins.
 * @param {Page} page
 */
export async function search(page) {
  const begun = page.evaluate(
    () =>
      new Promise(resolve => {
        const job = /** @type {HTMLElement} */ (document.getElementById('job'));
        new MutationObserver((_, observer) => {
          if (job.hidden) return;
          observer.disconnect();
          resolve(undefined);
        }).observe(job, { attributes: true, childList: true, characterData: true, subtree: true });
      }),
  );
  await drop(page, PLUCK);
  await begun;
  await answered(page);
}

/** Stops the search; returns true if it still ran, since a short search may be over before. @param {Page} page */
export async function stop(page) {
  const ran = await page.locator('#job-stop').evaluate((/** @type {HTMLElement} */ button) => {
    const isShown = button.checkVisibility();
    button.click();
    return isShown;
  });
  await page.locator('#job').waitFor({ state: 'hidden' });
  return ran;
}

/** @param {Page} page @param {RegExp} sentence */
export const says = (page, sentence) => eventually(() => sentenceOf(page, '#match-status'), sentence);

/** The difference of an answer from the target, in per cent. @param {Page} page @param {number} number */
export const off = async (page, number) =>
  Number(
    /(\d+) %/.exec(
      await page
        .locator('#match-answers button')
        .nth(number - 1)
        .innerText(),
    )?.[1] ?? NaN,
  );

/**
 * Records the first answer's difference each time that the page shows it, because the driver may be late. Call it
 * before the search.
 * @param {Page} page
 */
export const watchAnswers = page =>
  page.evaluate(() => {
    const offs = /** @type {number[]} */ ([]);
    Object.assign(globalThis, { offs });
    new MutationObserver(() => {
      const answer = /** @type {HTMLElement | null} */ (document.querySelector('#match-answers button'));
      const percent = /(\d+) %/.exec(answer?.innerText ?? '')?.[1];
      if (percent) offs.push(Number(percent));
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
/** Waits until the first answer is nearer than at first. @param {Page} page whose answers are watched */
export const comesNearer = page =>
  eventually(
    () => page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (globalThis).offs)),
    offs => offs.some(off => off < offs[0]),
    'it does not come nearer',
  );
