// Pictures of the page for people to look at: every state, in four sizes and both themes.
// usage: node screenshots.mjs FOLDER [SIZE…] (after ./build.sh build). Never fails.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fakeMidi } from './fake_midi.mjs';
import { fingers, mouse } from './touches.mjs';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';
import { chooseLayout, reach } from './panels.mjs';

const SIZES = [
  { name: 'phone', viewport: { width: 390, height: 844 }, touch: true },
  { name: 'phone-landscape', viewport: { width: 844, height: 390 }, touch: true },
  { name: 'tablet', viewport: { width: 768, height: 1024 }, touch: true },
  { name: 'desktop', viewport: { width: 1440, height: 900 }, touch: false },
];

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ page: Page, touch: boolean, tab: (name: string) => Promise<void> }} Visit */
/**
 * @typedef {(visit: Visit) => Promise<(() => unknown) | void>} Arrange brings a page into a state; returns a function
 * that ends it
 */

const FIVE = [
  [0.25, 0.3],
  [0.45, 0.2],
  [0.62, 0.35],
  [0.7, 0.6],
  [0.35, 0.65],
].map(([across, down]) => ({ across, down }));

/** @param {Page} page @param {string} query */
const search = async (page, query) => {
  await (await reach(page, '#find')).fill(query);
  await page.waitForTimeout(150);
};

/** The states of a page that is ready and has started its sound. @type {Record<string, Arrange>} */
const STATES = {
  idle: async () => {},
  playing: async ({ page, touch }) => {
    const hand = touch ? await fingers(page) : mouse(page);
    await hand.press({ across: 0.35, down: 0.65 });
    await hand.move({ across: 0.62, down: 0.4 });
    await page.waitForTimeout(150);
    return () => hand.lift();
  },
  'five-fingers': async ({ page, touch }) => {
    if (!touch) return;
    const hand = await fingers(page);
    for (const place of FIVE) await hand.press(place);
    await page.waitForTimeout(150);
    return () => hand.lift();
  },
  held: async ({ page }) => {
    await page.locator('#tool-hold').click();
    await page.locator('canvas#pad').click({ position: { x: 150, y: 150 } });
    await page.waitForTimeout(150);
    return () => page.locator('#tool-hold').click();
  },
  'at-the-edge': async ({ page }) => {
    const box = await page.locator('canvas#pad').boundingBox();
    await page.locator('canvas#pad').click({ position: { x: 2, y: (box?.height ?? 4) - 24 } });
  },
  'map-menu': async ({ page }) => {
    await page.locator('#map-button').click();
    return () => page.keyboard.press('Escape');
  },
  'more-menu': async ({ page }) => {
    await page.locator('#more-button').click();
    return () => page.keyboard.press('Escape');
  },
  warmth: async ({ page }) => {
    await page.locator('#map-button').click();
    await page.getByLabel('Warmth').click();
    await page.getByLabel('Contours while playing').click();
    await page.keyboard.press('Escape');
  },
  sound: async ({ tab }) => tab('sound'),
  'patch-open': async ({ page, tab }) => {
    await tab('sound');
    await (await reach(page, '.group-opener')).nth(2).click();
  },
  edited: async ({ page, tab }) => {
    await tab('sound');
    await (await reach(page, '.group.open .slider')).nth(1).focus();
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft');
    await (await reach(page, '.group.open .slider')).nth(1).blur();
    return () => page.locator('#patch-decoded').click();
  },
  places: async ({ tab }) => tab('places'),
  landmarks: async ({ page, tab }) => {
    await tab('places');
    for (const position of [
      { x: 90, y: 100 },
      { x: 220, y: 170 },
    ]) {
      await page.locator('canvas#pad').click({ position });
      await (await reach(page, '#tool-mark')).click();
    }
    await page.locator('#landmarks').scrollIntoViewIfNeeded();
  },
  search: async ({ page, tab }) => {
    await tab('places');
    await search(page, 'bass');
    return () => search(page, '');
  },
  compared: async ({ page }) => {
    await (await reach(page, '#tool-compare')).click();
    await page.locator('canvas#pad').click({ position: { x: 230, y: 90 } });
  },
  zoomed: async ({ page }) => {
    await (await reach(page, '#tool-explore')).click();
    await page.evaluate(() => {
      const canvas = document.querySelector('canvas#pad');
      canvas?.dispatchEvent(new WheelEvent('wheel', { deltaY: -700, bubbles: true, cancelable: true }));
    });
    await page.waitForTimeout(100);
    return async () => {
      await page.locator('#tool-all').click();
      await (await reach(page, '#tool-explore')).click();
    };
  },
  share: async ({ tab }) => tab('share'),
  taken: async ({ page, tab }) => {
    await tab('share');
    const button = await reach(page, '#take-patch');
    await Promise.all([page.waitForEvent('download'), button.click()]);
  },
  play: async ({ tab }) => tab('play'),
  keys: async ({ page }) => {
    await page.keyboard.down('KeyQ');
    await page.keyboard.down('KeyT');
    await page.waitForTimeout(150);
    return async () => {
      await page.keyboard.up('KeyQ');
      await page.keyboard.up('KeyT');
    };
  },
  scale: async ({ page }) => {
    await chooseLayout(page, 'melody');
    await (await reach(page, '#arpeggio')).selectOption({ label: 'up' });
    await page.locator('#gate-row').scrollIntoViewIfNeeded();
    return async () => (await reach(page, '#arpeggio')).selectOption({ index: 0 });
  },
  hearing: async ({ page }) => {
    await (await reach(page, '#readout summary')).click();
    await page.keyboard.down('KeyQ');
    await (await reach(page, '#heard .heard-row'))
      .filter({ hasText: /\d · map/ })
      .first()
      .waitFor();
    await (await reach(page, '#heard')).scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
    return async () => {
      await page.keyboard.up('KeyQ');
      await (await reach(page, '#readout summary')).click();
    };
  },
  midi: async ({ page }) => {
    await (await reach(page, '#midi-section summary')).click();
    await (await reach(page, '#midi')).click();
    await page.waitForTimeout(200);
    return async () => (await reach(page, '#midi-section summary')).click();
  },
};

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node screenshots.mjs FOLDER [SIZE…]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const site = await serveSite();
const browser = await launchBrowser();
try {
  for (const { name, viewport, touch } of SIZES) {
    if (wanted.length && !wanted.includes(name)) continue;
    for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
      const options = { viewport, colorScheme, hasTouch: touch, isMobile: touch };
      /** @param {Page} page @param {string} state */
      const picture = (page, state) => page.screenshot({ path: join(folder, `${name}-${colorScheme}-${state}.png`) });
      await takeUnready(options, picture);
      const { page } = await newPage(browser, options);
      const cable = await fakeMidi(page, 'allowed');
      await openReady(page, site.address);
      await cable.plug('Keystep 37');
      await picture(page, 'wake');
      // The first tap starts the sound.
      await page.locator('canvas#pad').click({ position: { x: 180, y: 180 } });
      await page.waitForTimeout(800);
      /** @param {string} tab */
      const tab = async tab => {
        await page.locator(`#tab-${tab}`).click();
        await page.waitForTimeout(600);
      };
      for (const [state, arrange] of Object.entries(STATES)) {
        const end = await arrange({ page, touch, tab });
        await page.waitForTimeout(100);
        await picture(page, state);
        await end?.();
      }
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  site.close();
}

/**
 * Loading, and an error: states before the page is ready.
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {(page: Page, state: string) => unknown} picture
 */
async function takeUnready(options, picture) {
  for (const state of ['loading', 'error']) {
    const { page } = await newPage(browser, options);
    await page.route('**/decoder.onnx', route => (state === 'error' ? route.abort() : undefined));
    await page.goto(site.address);
    await page.waitForTimeout(1500);
    await picture(page, state);
    await page.context().close();
  }
}
