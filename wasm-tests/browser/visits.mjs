// One server and one browser for a file of tests, and visits to the site: pages whose every complaint fails the test.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Server and browser of a file of tests, there as long as its tests run. Call it once at the top of the file. */
export function stage() {
  const on = /** @type {{ site: Awaited<ReturnType<typeof serveSite>>, browser: Awaited<ReturnType<typeof launchBrowser>> }} */ ({});
  before(async () => {
    on.site = await serveSite();
    on.browser = await launchBrowser();
  });
  after(async () => {
    await on.browser?.close();
    on.site?.close();
  });
  return on;
}

/** Visits on a stage of their own. Call it once at the top of a file of tests. */
export function visits() {
  const on = stage();
  return {
    address: () => on.site.address,
    /**
     * A visitor's page, still empty: what must be there before the site's own scripts can be put into it.
     * @param {import('playwright-core').BrowserContextOptions} [options]
     */
    async visit(options = DESKTOP) {
      const { page, complaints, exceptions } = await newPage(on.browser, options);
      return {
        page,
        /** What nobody caught. */
        exceptions,
        /** The site is there and ready. @param {string} [address] */
        ready: (address = on.site.address) => openReady(page, address),
        /** The page is gone, and nothing was complained about. */
        async close() {
          await page.context().close();
          assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
        },
      };
    },
  };
}

/** Has been here before: somewhere, with a landmark. @param {import('playwright-core').Page} page */
export const remember = page => page.addInitScript(() => {
  if (localStorage.getItem('latent-pad.session')) return;
  const landmark = { point: [1, 1], name: 'Kept', patch: null };
  localStorage.setItem('latent-pad.session', JSON.stringify({ state: { place: [2, -1], landmarks: [landmark] } }));
});
