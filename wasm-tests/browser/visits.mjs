// One server and one browser for each test file, and visits to the site: any console message or error fails the test.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The server and the browser of a test file while its tests run. Call it once at the top of the file. */
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

/** Visits with their own server and browser. Call it once at the top of a test file. */
export function visits() {
  const on = stage();
  return {
    address: () => on.site.address,
    /**
     * An empty page, so that a test can install scripts before the site's own.
     * @param {import('playwright-core').BrowserContextOptions} [options]
     */
    async visit(options = DESKTOP) {
      const { page, complaints, exceptions } = await newPage(on.browser, options);
      return {
        page,
        /** Uncaught exceptions. */
        exceptions,
        /** Opens the site and waits until it is ready. @param {string} [address] */
        ready: (address = on.site.address) => openReady(page, address),
        /** Closes the page and checks that nothing was reported. */
        async close() {
          await page.context().close();
          assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
        },
      };
    },
  };
}

/** Makes an earlier visit with a point and a landmark. @param {import('playwright-core').Page} page */
export const remember = page => page.addInitScript(() => {
  if (localStorage.getItem('latent-pad.session')) return;
  const landmark = { point: [1, 1], name: 'Kept', patch: null };
  localStorage.setItem('latent-pad.session', JSON.stringify({ state: { place: [2, -1], landmarks: [landmark] } }));
});
