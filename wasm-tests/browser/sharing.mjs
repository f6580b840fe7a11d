// The steps of a person in the panel Share: saving files, dropping files on the page, and reading the status.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { closeMenus, reach } from './panels.mjs';
import { decoded, record } from './recorder.mjs';
import { shown } from './seen.mjs';
import { PATIENCE_MS, READY_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { level } from './sound.mjs';
import { visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

export const viewport = { width: 1280, height: 900 };

/** Visits with a recorder. Call it once at the top of a test file. */
export function sharing() {
  const { visit, address } = visits();
  return {
    address,
    /** @param {string} [at] @param {(page: Page) => Promise<unknown>} [prepare] */
    async open(at, prepare) {
      const { page, ready, close } = await visit({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
      // A returning visitor: the point is one that the sliders show exactly.
      await page.addInitScript(() => {
        if (localStorage.getItem('latent-pad.session') === null) {
          localStorage.setItem('latent-pad.session', JSON.stringify({ state: { place: [0, 0] }, layer: 3 }));
        }
      });
      // The page must wait for the database of imports for any time.
      await withoutPatience(page, 2000);
      await prepare?.(page);
      const recorder = await record(page);
      await ready(at);
      return { page, recorder, close };
    },
  };
}

/** Moves the point with arrow keys and plays there briefly. @param {Page} page @param {string[]} arrows */
export async function playAt(page, ...arrows) {
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  for (const arrow of arrows) await page.keyboard.press(`Shift+Arrow${arrow}`);
  await page.keyboard.down('Space');
  await page.locator('html[data-playing=on]').waitFor({ state: 'attached' });
  await page.keyboard.up('Space');
  await shown(page);
}

/** @param {Page} page @param {string} button @returns {Promise<{ name: string, bytes: Buffer }>} */
export async function take(page, button) {
  const control = await reach(page, button);
  if (button === '#take-patch') {
    await page.locator('#patch-empty[hidden]').waitFor({ state: 'attached' });
    await shown(page);
    await decoded(page);
  }
  const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
  // The dialog would cover the page; when it closes it forgets a file's sentence.
  if (button === '#take-patch') await closeMenus(page);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The parameters of a preset file, without its name. @param {Buffer} bytes */
export const parameters = bytes =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter(line => line.startsWith('<parameter>'));

/** Drops files on the page. @param {Page} page @param {{ name: string, bytes: Buffer | string }[]} files */
export const drop = (page, ...files) => dropOn(page, 'main', ...files);

/**
 * Drops files on an element.
 * @param {Page} page @param {string} place @param {{ name: string, bytes: Buffer | string }[]} files
 */
export async function dropOn(page, place, ...files) {
  const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  const transfer = await page.evaluateHandle(given => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], name));
    }
    return transfer;
  }, given);
  await page.dispatchEvent(place, 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent(place, 'drop', { dataTransfer: transfer });
}

/** Waits until the panel Share says a sentence. @param {Page} page @param {RegExp} sentence */
export async function said(page, sentence, timeout = PATIENCE_MS) {
  const status = page.locator('#share-status');
  await status
    .filter({ hasText: sentence })
    .waitFor({ state: 'attached', timeout })
    .catch(async error => {
      throw new Error(`in place of ${sentence} the page says: ${await status.textContent()}`, { cause: error });
    });
}

/** The values in a file, by patch. @param {Buffer} bytes */
export const patches = bytes => {
  const values = parameters(bytes).map(line => Math.fround(Number(line.split(' ')[2])));
  return Array.from({ length: values.length / 41 }, (_, patch) => values.slice(41 * patch, 41 * patch + 41));
};

/** The 41 values of the patch that plays, as a person saves them. @param {Page} page */
export const currentPatch = async page => patches((await take(page, '#take-patch')).bytes)[0];

/**
 * Asserts that two sounds have the same samples.
 * @param {Float32Array} one @param {Float32Array} other @param {string} what
 */
export function assertSame(one, other, what) {
  assert.ok(level(one) > 1e-4, `${what}: it is silent`);
  assert.equal(one.length, other.length);
  const differs = one.findIndex((sample, index) => sample !== other[index]);
  assert.equal(differs, -1, `${what}: sample ${differs} is ${one[differs]}, then ${other[differs]}`);
}

/** @param {Page} page */
export const readyAgain = page =>
  page.waitForFunction(() => document.documentElement.dataset.state === 'ready', undefined, {
    timeout: READY_TIMEOUT_MS,
  });
