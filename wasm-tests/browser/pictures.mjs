// Takes the pictures of the manual in its languages and of the README from the built site: www/help/*.webp,
// www/help/de/*.webp and page.png. `./build.sh pictures` runs it; run it whenever the page looks different.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drop } from './sharing.mjs';
import { launchBrowser, newPage, openReady, READY_TIMEOUT_MS, serveSite } from './site.mjs';
import { fingers, mouse } from './touches.mjs';
import { reach, sheetAt } from './panels.mjs';
import { PLUCK } from './wav.mjs';

const FOLDER = new URL('../../www/help/', import.meta.url);
/** The languages of the manual, the folder of each language's pictures, and the page's texts in them. */
const LANGUAGES = {
  en: { folder: FOLDER, brightness: 'Brightness', planned: /units a step/ },
  de: { folder: new URL('de/', FOLDER), brightness: 'Helligkeit', planned: /Ein Schritt bewegt sich/ },
};
/** The lowest quality at which text stays sharp (Chromium's WebP, 0 to 1). */
const QUALITY = 0.33;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1.25 };
const DESKTOP = { viewport: { width: 1280, height: 800 }, colorScheme: /** @type {const} */ ('dark') };
const FIVE = [
  [0.2, 0.32],
  [0.42, 0.2],
  [0.62, 0.33],
  [0.72, 0.62],
  [0.34, 0.7],
].map(([across, down]) => ({ across, down }));

/** @typedef {import('playwright-core').Page} Page */

/** The language of the pictures. @type {keyof typeof LANGUAGES} */
let language = 'en';

const site = await serveSite();
const browser = await launchBrowser();

/**
 * Takes a screenshot as WebP, encoded by the browser.
 * @param {Page} page @param {string} name @param {string} [selector]
 */
async function picture(page, name, selector = 'body') {
  const png = (await page.locator(selector).screenshot()).toString('base64');
  const webp = await page.evaluate(
    async ([png, quality]) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      const bytes = new Uint8Array(
        await (await canvas.convertToBlob({ type: 'image/webp', quality: Number(quality) })).arrayBuffer(),
      );
      return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
    },
    [png, QUALITY],
  );
  const file = fileURLToPath(new URL(`${name}.webp`, LANGUAGES[language].folder));
  writeFileSync(file, Buffer.from(webp, 'base64'));
  console.log(file);
}

/** The whole page with a sounding touch, as PNG, because not every viewer of a README shows WebP. */
async function readmePicture() {
  const { page } = await newPage(browser, DESKTOP);
  await openReady(page, site.address);
  await page.locator('#bars').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  const hand = mouse(page);
  await hand.press({ across: 0.35, down: 0.65 });
  await hand.move({ across: 0.62, down: 0.4 });
  await page.waitForTimeout(600);
  const file = fileURLToPath(new URL('page.png', FOLDER));
  await page.screenshot({ path: file });
  console.log(file);
  await hand.lift();
}

/** A search for a sound, over. */
async function matchPicture() {
  const { page } = await open('light');
  // Taller than a phone, to show all of it.
  await page.setViewportSize({ width: PHONE.viewport.width, height: 1400 });
  await drop(page, PLUCK);
  await page.locator('#job').waitFor();
  await page.locator('#job').waitFor({ state: 'hidden', timeout: READY_TIMEOUT_MS });
  // The picture of the last answer follows a second later.
  await page.waitForTimeout(2000);
  await page.addStyleTag({ content: '.match-spectrograms ~ * { display: none !important }' });
  await picture(page, 'match', '#match-found');
  await page.context().close();
}

/** Adds a path that turns around the middle this many times, outward. @param {Page} page @param {number} turns */
async function addPath(page, turns) {
  const lane = (/** @type {(angle: number) => number} */ wave) =>
    Array.from(
      { length: 81 },
      (_, step) => Math.round(3 * (0.3 + (0.7 * step) / 80) * wave((step / 80) * turns * 2 * Math.PI) * 1e4) / 1e4,
    );
  const file = {
    format: 'latent-pad path',
    version: 1,
    name: `Spiral ${turns}`,
    rate_hz: 20,
    loop: true,
    lanes: { x: lane(Math.cos), y: lane(Math.sin) },
    notes: [],
  };
  await page.locator('#path-file').setInputFiles({
    name: `spiral-${turns}.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await page.locator('#path-chosen', { hasText: file.name }).waitFor({ state: 'attached' });
}

/** A path in lanes with the path before an operator, four paths to mix, and a curve that brightness follows. */
async function pathPictures() {
  const { page } = await open('light');
  await page.setViewportSize({ width: PHONE.viewport.width, height: 1700 });
  await page.locator('#tab-loops').tap();
  await page.locator('#path-open').tap();
  await page.locator('#path-first').tap();
  await page.locator('[data-operator=random]').tap();
  await page.locator('#path-amount').fill('0.6');
  await page.locator('#path-amount').dispatchEvent('change');
  await page.waitForTimeout(600);
  await picture(page, 'lanes', '#path-lanes');
  await page.locator('#path-done').tap();
  for (const turns of [1, 2, 3]) await addPath(page, turns);
  await page.locator('[data-way=four]').tap();
  for (let corner = 1; corner < 4; corner++) {
    await page.locator(`[data-corner="${corner}"]`).selectOption({ index: corner + 1 });
  }
  await page.locator('#path-across').fill('0.4');
  await page.waitForTimeout(600);
  await picture(page, 'four', '#path-square');
  await page.locator('[data-way=curve]').tap();
  await page.locator('#path-find').tap();
  await page
    .locator('#path-verdict', { hasText: LANGUAGES[language].planned })
    .waitFor({ timeout: 2 * READY_TIMEOUT_MS });
  await picture(page, 'curve', '#path-plot');
  await page.context().close();
}

/** The picture of the codebook. */
async function codebookPicture() {
  const { page } = await open('light');
  await page.setViewportSize({ width: PHONE.viewport.width, height: 1500 });
  await page.locator('#tab-places').tap();
  await page.locator('#codebook-open').tap();
  await page.locator('#code-across:not(:empty)').waitFor();
  await page.locator('#code-cloud').evaluate(cloud => cloud.scrollIntoView({ block: 'center' }));
  await page.waitForTimeout(600);
  await picture(page, 'codebook', '#code-cloud');
  await page.context().close();
}

/** Moves the sheet by its handle, and waits for its contents. @param {Page} page @param {'rest' | 'full'} stop */
async function moveSheet(page, stop) {
  await page.locator('#handle').press(stop === 'full' ? 'End' : 'Home');
  await sheetAt(page, stop);
  await page.waitForTimeout(400);
}

/** @param {'dark' | 'light'} colorScheme */
async function open(colorScheme) {
  const { page } = await newPage(browser, { ...PHONE, colorScheme });
  await openReady(page, `${site.address}?lang=${language}`);
  const hand = await fingers(page);
  // The first tap starts the sound.
  await page.locator('canvas#pad').tap({ position: { x: 150, y: 150 } });
  await page.waitForTimeout(1000);
  return { page, hand };
}

/** All pictures of the manual in the language. */
async function manualPictures() {
  for (const theme of /** @type {const} */ (['dark', 'light'])) {
    const { page, hand } = await open(theme);
    await hand.press({ across: 0.35, down: 0.65 });
    await hand.move({ across: 0.62, down: 0.4 });
    await page.waitForTimeout(400);
    await picture(page, `page-${theme}`);
    await hand.lift();
    // A whole panel would be a heavy picture.
    await page.addStyleTag({ content: '.panel { max-height: 348px }' });
    await page.locator('#tab-sound').tap();
    await (await reach(page, '.group-opener')).first().tap();
    await moveSheet(page, 'full');
    await picture(page, `patch-${theme}`, '#panel-sound');
    await page.locator('#tab-places').tap();
    await moveSheet(page, 'rest');
    for (const position of [
      { x: 90, y: 100 },
      { x: 250, y: 220 },
    ]) {
      await page.locator('canvas#pad').tap({ position });
      await page.waitForTimeout(400);
      await (await reach(page, '#tool-mark')).tap();
    }
    await moveSheet(page, 'full');
    await picture(page, `places-${theme}`, '#panel-places');
    await page.context().close();
  }
  await matchPicture();
  await pathPictures();
  await codebookPicture();
  // The map has the same colours in both themes.
  const { page, hand } = await open('dark');
  for (const place of FIVE) await hand.press(place);
  await page.waitForTimeout(400);
  await picture(page, 'five-fingers', '#plane');
  await hand.lift();
  await page.waitForTimeout(1500);
  await page.locator('#map-button').tap();
  await page.getByLabel(LANGUAGES[language].brightness, { exact: true }).tap();
  await page.locator('#show-dots').tap();
  await page.locator('#show-contours').tap();
  await page.keyboard.press('Escape');
  await page.waitForTimeout(600);
  await picture(page, 'brightness', '#plane');
  await page.context().close();
}

try {
  for (language of /** @type {const} */ (['en', 'de'])) await manualPictures();
  await readmePicture();
} finally {
  await browser.close();
  site.close();
}
