// The controls of the page's panels, of which one is shown at a time.

/** @typedef {import('playwright-core').Page} Page */

/** Shows a panel as a person does, by its tab. @param {Page} page @param {string} name */
export async function openPanel(page, name) {
  const tab = page.locator(`#tab-${name}`);
  // A second press would open the sheet of a phone.
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  await page.locator(`html[data-tab=${name}]`).waitFor({ state: 'attached' });
}

/** A control, once the panel that has it is shown. @param {Page} page @param {string} selector */
export async function reach(page, selector) {
  const control = page.locator(selector);
  const panel = await control.first().evaluate(element => element.closest('.panel')?.id);
  if (panel) await openPanel(page, panel.replace('panel-', ''));
  return control;
}

/** The menu of banks, once the other kinds of sound are shown. @param {Page} page */
export async function bankMenu(page) {
  const more = await reach(page, '#kinds-more');
  if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click();
  return page.locator('#find-bank');
}

/** Waits until the sheet of a phone rests at a stop. @param {Page} page @param {'rest' | 'half' | 'full'} stop */
export async function sheetAt(page, stop) {
  await page.locator(`html[data-sheet=${stop}]:not([data-drag=up], [data-drag=down])`).waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.getElementById('sheet')?.getAnimations().length === 0);
}

/**
 * Closes the sheet of a phone by its handle; resolves once the browser has gone back in its history.
 * @param {Page} page
 */
export async function closeSheet(page) {
  const back = page.evaluate(
    () =>
      new Promise(resolve => {
        // A change of the fragment is told after it.
        addEventListener('popstate', () => setTimeout(() => requestAnimationFrame(resolve)), { once: true });
      }),
  );
  await page.locator('#handle').press('Home');
  await back;
}
