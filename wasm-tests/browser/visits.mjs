// One server and one browser for a file of tests, and visits to the site: pages whose every complaint fails the test.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';
import { spy } from './spy.mjs';

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Call it once at the top of a file of tests. */
export function visits() {
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;
  /** @type {Awaited<ReturnType<typeof launchBrowser>>} */
  let browser;
  before(async () => {
    site = await serveSite();
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    site?.close();
  });

  return {
    address: () => site.address,
    /**
     * A visitor's page, still empty: what must be there before the site's own scripts can be put into it.
     * @param {import('playwright-core').BrowserContextOptions} [options]
     */
    async visit(options = DESKTOP) {
      const { page, complaints, exceptions } = await newPage(browser, options);
      return {
        page,
        /** What the page says to its sound. */
        heard: await spy(page),
        /** The site is there and ready. @param {string} [address] */
        ready: (address = site.address) => openReady(page, address),
        /** The page is gone, and nothing was complained about. */
        async close() {
          await page.context().close();
          assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
        },
      };
    },
  };
}
