// Pictures of the page for people to look at: four sizes, both themes, idle and playing.
// usage: node screenshots.mjs FOLDER (after ./build.sh build). Judges nothing.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finger, mouse } from './hands.mjs';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';

const SIZES = [
  { name: 'phone', viewport: { width: 390, height: 844 }, touch: true },
  { name: 'phone-landscape', viewport: { width: 844, height: 390 }, touch: true },
  { name: 'tablet', viewport: { width: 768, height: 1024 }, touch: true },
  { name: 'desktop', viewport: { width: 1440, height: 900 }, touch: false },
];

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node screenshots.mjs FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const site = await serveSite();
const browser = await launchBrowser();
try {
  for (const { name, viewport, touch } of SIZES) {
    for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
      const { page } = await newPage(browser, { viewport, colorScheme, hasTouch: touch, isMobile: touch });
      await openReady(page, site.address);
      /** @param {string} state */
      const picture = state => page.screenshot({ path: join(folder, `${name}-${colorScheme}-${state}.png`) });
      await picture('idle');
      const hand = touch ? await finger(page) : mouse(page);
      // The first tap wakes the sound.
      await hand.press({ across: 0.5, down: 0.5 });
      await hand.lift();
      await page.waitForTimeout(500);
      await hand.press({ across: 0.35, down: 0.65 });
      await hand.move({ across: 0.62, down: 0.4 });
      await page.waitForTimeout(150);
      await picture('playing');
      await hand.lift();
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  site.close();
}
