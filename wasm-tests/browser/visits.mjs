// One server and one browser for each test file, and visits to the site: any console message or error fails the test.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launchShell, newContext, openReady, serveSite, watched } from './site.mjs';

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The server and the browser of a test file while its tests run. Call it once at the top of the file. */
export function stage() {
  /** @typedef {{ site: Awaited<ReturnType<typeof serveSite>>, browser: Awaited<ReturnType<typeof launchShell>> }} Stage */
  const on = /** @type {Stage} */ ({});
  before(async () => {
    on.site = await serveSite();
    on.browser = await launchShell();
  });
  after(async () => {
    await on.browser?.close();
    on.site?.close();
  });
  return on;
}

/** Runs in a new tab before its scripts: a visitor who was never here. */
function forget() {
  try {
    if (top !== self || sessionStorage.visits) return;
    localStorage.clear();
    indexedDB.deleteDatabase('latent-pad');
    sessionStorage.visits = '1';
  } catch {
    // An empty page has no storage.
  }
}

/**
 * Contexts for the visits of a file, one after another. A tab that another tab opens runs in its process, where the
 * programs are compiled already. This saves three quarters of the processor time of a visit.
 * @param {{ site: { address: string }, browser: import('playwright-core').Browser }} on
 */
function contexts(on) {
  /**
   * @typedef {{
   *   context: import('playwright-core').BrowserContext, opener: import('playwright-core').Page, isBusy: boolean,
   * }} Shared
   */
  /** @type {Map<string, Shared>} */
  const all = new Map();
  /** @param {import('playwright-core').BrowserContextOptions} options @returns {Promise<Shared>} */
  const open = async options => {
    const context = await newContext(on.browser, options);
    const opener = await context.newPage();
    // Any file of the site.
    await opener.goto(`${on.site.address}embed.css`);
    return { context, opener, isBusy: false };
  };
  /**
   * A new tab, and how to close it with all others that its test has opened.
   * @param {import('playwright-core').BrowserContextOptions} options
   */
  return async ({ viewport, ...options }) => {
    const key = JSON.stringify(options);
    const idle = all.get(key);
    // Two visits at a time are two visitors.
    const shared = idle && !idle.isBusy ? idle : await open({ viewport, ...options });
    const { context, opener } = shared;
    if (!all.has(key)) {
      all.set(key, shared);
      context.on('close', () => all.delete(key));
    }
    shared.isBusy = true;
    const [page] = await Promise.all([
      opener.waitForEvent('popup'),
      opener.evaluate(() => {
        window.open('about:blank');
      }),
    ]);
    if (viewport) await page.setViewportSize(viewport);
    // Going back leads here.
    await page.goto('about:blank');
    await page.addInitScript(forget);
    const close = async () => {
      if (all.get(key) !== shared) return context.close();
      for (const tab of context.pages().filter(tab => tab !== opener)) {
        // A page that is left stores its session.
        await tab.goto(opener.url());
        await tab.close();
      }
      shared.isBusy = false;
    };
    return { page, close };
  };
}

/** Visits with their own server and browser. Call it once at the top of a test file. */
export function visits() {
  const on = stage();
  const newTab = contexts(on);
  return {
    address: () => on.site.address,
    /**
     * An empty page, so that a test can install scripts before the site's own.
     * @param {import('playwright-core').BrowserContextOptions} [options]
     */
    async visit(options = DESKTOP) {
      const tab = await newTab(options);
      const { page, complaints, exceptions } = watched(tab.page);
      return {
        page,
        /** Uncaught exceptions. */
        exceptions,
        /** Opens the site and waits until it is ready. @param {string} [address] */
        ready: (address = on.site.address) => openReady(page, address),
        /** Closes the page and checks that nothing was reported. */
        async close() {
          await tab.close();
          assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
        },
      };
    },
  };
}

/** Makes an earlier visit with a point and a landmark. @param {import('playwright-core').Page} page */
export const remember = page =>
  page.addInitScript(() => {
    if (localStorage.getItem('latent-pad.session')) return;
    const landmark = { point: [1, 1], name: 'Kept', patch: null };
    localStorage.setItem('latent-pad.session', JSON.stringify({ state: { place: [2, -1], landmarks: [landmark] } }));
  });
