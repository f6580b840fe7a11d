// The controls of the page's places, of which one is shown at a time, and of its menus and drawers.

/** @typedef {import('playwright-core').Page} Page */

/** Shows a place as a person does, by its tab, or the dialog Share by its button. @param {Page} page @param {string} name */
export async function openPanel(page, name) {
  if (name === 'share') {
    await openMenu(page, 'share-menu');
    return;
  }
  await closeMenus(page);
  const tab = page.locator(`#tab-${name}`);
  // A second press would open the sheet of a phone.
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  await page.locator(`html[data-tab=${name}]`).waitFor({ state: 'attached' });
}

/** Closes every open menu, as a press beside it does. @param {Page} page */
export async function closeMenus(page) {
  while ((await page.locator('.menu:popover-open').count()) > 0) {
    await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.menu:popover-open')).hidePopover());
  }
}

/** Opens a menu by its button. @param {Page} page @param {string} id */
export async function openMenu(page, id) {
  if ((await page.locator(`#${id}:popover-open`).count()) > 0) return;
  await closeMenus(page);
  if (id === 'tempo-menu') await page.locator('#beat').click({ button: 'right' });
  else await page.locator(`[popovertarget=${id}]:not(.menu *)`).click();
  await page.locator(`#${id}:popover-open`).waitFor();
}

/**
 * A control, once the place, the menu or the section that has it is shown.
 * @param {Page} page @param {string} selector
 */
export async function reach(page, selector) {
  const control = page.locator(selector);
  const within = await control.first().evaluate(element => ({
    menu: element.closest('.menu')?.id,
    panel: element.closest('.panel')?.id,
    isSetting: element.closest('#touch-settings, .touch-row') !== null,
    isKeys: element.closest('#keys') !== null,
    closed: [
      ...(function* () {
        for (let at = element.parentElement; at; at = at.parentElement)
          if (at instanceof HTMLDetailsElement && !at.open) yield at.id;
      })(),
    ].filter(id => element.tagName !== 'SUMMARY' || element.parentElement?.id !== id),
  }));
  if (within.menu) await openMenu(page, within.menu);
  else if (within.panel) await openPanel(page, within.panel.replace('panel-', ''));
  else await closeMenus(page);
  if (within.isKeys) await openKeys(page);
  if (within.isSetting) await openNotes(page);
  for (const id of within.closed.reverse()) await page.locator(`#${id} > summary`).click();
  return control;
}

/** Opens the drawer of the keys. @param {Page} page */
export async function openKeys(page) {
  const opener = page.locator('#keys-open');
  if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
  await page.locator('#keyboard .white').first().waitFor();
  // The space plays again.
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
}

/** Opens the settings of the notes. @param {Page} page */
export async function openNotes(page) {
  const chosen = page.locator('.switch [aria-pressed=true]');
  if ((await chosen.getAttribute('aria-expanded')) !== 'true') await chosen.click();
  await page.locator('#touch-settings').waitFor();
}

/** Chooses what a touch plays. @param {Page} page @param {'note' | 'melody'} layout */
export async function chooseLayout(page, layout) {
  await openPanel(page, 'play');
  const half = page.locator(`#choose-${layout}`);
  if ((await half.getAttribute('aria-pressed')) !== 'true') await half.click();
  await page.locator(`#choose-${layout}[aria-pressed=true]`).waitFor();
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
