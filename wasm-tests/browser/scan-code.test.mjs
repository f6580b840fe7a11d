// The code to scan in the dialog Share, read from a picture of the page by a reader that has nothing to do with the
// page: it gives exactly the copied link, also the longest one for which a code is offered. About 1 min.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { en } from '../words.mjs';
import { openPanel } from './panels.mjs';
import { newPage, openReady, READY_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { PHONE, stage } from './visits.mjs';

/** The reader, a module of CommonJS. @type {typeof import('jsqr').default} */
const jsQR = createRequire(import.meta.url)('jsqr');

const on = stage();
/** Points of a path with which the link is nearly as long as the longest one that has a code. */
const MOST_POINTS = 442;
/** The longest link that has a code, and how near to it a link is that counts as the longest. */
const LONGEST = 2953;
const NEAR = 60;

/** @typedef {import('playwright-core').Page} Page */

/** A path of so many points that no straight lines come near it. @param {number} count */
function wandering(count) {
  let seed = 1;
  const chance = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return (seed / 2_147_483_647) * 7 - 3.5;
  };
  return Array.from({ length: count }, (_, step) => [(59 * step) / count, [chance(), chance()]]);
}

/** A visitor whose loop has so many points. @param {import('playwright-core').BrowserContextOptions} options @param {number} points */
async function visit(options, points) {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const { page, complaints, exceptions } = await newPage(on.browser, { ...options, permissions });
  await withoutPatience(page, 5000);
  const list = [{ number: 1, length_s: 60, beats: 64, fingers: [{ strokes: [wandering(points)] }] }];
  const state = { place: [0, 0], title: 'Night bells', notes: { bpm: 64 }, loops: { in_bars: true, list } };
  const kept = JSON.stringify({ state, layer: 3, hints: { melody: true, beat: true, record: true } });
  await page.addInitScript(text => localStorage.setItem('latent-pad.session', text), kept);
  await openReady(page, on.site.address);
  await openPanel(page, 'share');
  await page.locator('#copy-link').click();
  await page.locator('#share-status', { hasText: en.link_copied }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  return {
    page,
    link,
    close: async () => {
      await page.context().close();
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
    },
  };
}

/** The text of the code that the page shows; undefined if no code can be read. @param {Page} page */
async function scanned(page) {
  const png = (await page.locator('#code').screenshot()).toString('base64');
  const { width, height, base64 } = await page.evaluate(async png => {
    const bytes = Uint8Array.from(atob(png), letter => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let text = '';
    for (let from = 0; from < data.length; from += 8192)
      text += String.fromCharCode(...data.subarray(from, from + 8192));
    return { width, height, base64: btoa(text) };
  }, png);
  return jsQR(new Uint8ClampedArray(Buffer.from(base64, 'base64')), width, height)?.data;
}

for (const [name, options] of /** @type {const} */ ([
  ['a phone', { ...PHONE, deviceScaleFactor: 3 }],
  ['a desktop', { viewport: { width: 1440, height: 900 } }],
])) {
  test(`on ${name} a reader of codes gets exactly the copied link, in both themes`, async () => {
    for (const points of [3, MOST_POINTS]) {
      const { page, link, close } = await visit(options, points);
      if (points === MOST_POINTS) {
        assert.ok(link.length > LONGEST - NEAR && link.length <= LONGEST, `${link.length} characters: other points`);
      }
      await page.locator('#scan-code').click();
      await page.locator('#code:not([hidden]) path[d^=M]').waitFor({ timeout: READY_TIMEOUT_MS });
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        assert.equal(await scanned(page), link, `${points} points, ${colorScheme}`);
      }
      await close();
    }
  });
}
