// Imports that the browser refuses to store or to remove: the page says which ones a reload loses and which may return.
// `./build.sh test --long` runs it: a fault of storage. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { reach } from './panels.mjs';
import { drop, playAt, readyAgain, said, sharing, take } from './sharing.mjs';

const { open } = sharing();

/** @typedef {import('playwright-core').Page} Page */

/**
 * While `globalThis.full` is set, the database refuses the page's writes at their end, as a browser without room does.
 */
function watchDatabase() {
  const open = indexedDB.open.bind(indexedDB);
  indexedDB.open = (name, version) => {
    const request = open(name, version);
    request.addEventListener('success', () => {
      const database = request.result;
      const begin = database.transaction.bind(database);
      database.transaction = (...given) => {
        const transaction = begin(...given);
        if (given[1] !== 'readwrite') return transaction;
        if ('full' in globalThis) transaction.commit = () => transaction.abort();
        return transaction;
      };
    });
    return request;
  };
}

/**
 * The patch that plays, as a preset of this name and another sound each.
 * @param {Page} page @param {string} name @param {number} sound
 */
async function preset(page, name, sound) {
  const { bytes } = await take(page, '#take-patch');
  const text = bytes
    .toString('utf8')
    .replace(/<name> .*/, `<name> ${name}`)
    .replace(/(<parameter> lfo_freq) .*/, `$1 ${sound}`);
  return { name: `${name}.amSynthPreset`, bytes: text };
}

/** The buttons that remove imported files. @param {Page} page */
const removals = page => reach(page, '[data-bank]');

test('what the browser refuses at the end of writing is gone after a reload, and what it does not remove may return: the page says so', async () => {
  const { page, close } = await open(undefined, page => page.addInitScript(watchDatabase));
  const fill = (/** @type {boolean} */ isFull) =>
    page.evaluate(isFull => {
      if (isFull) Object.assign(globalThis, { full: true });
      else Reflect.deleteProperty(globalThis, 'full');
    }, isFull);
  await playAt(page, 'Left', 'Up');
  const mine = await preset(page, 'Zither along', 1);
  await fill(true);
  await drop(page, mine);
  await said(page, /is on the map.* gone after a reload/);
  await (await removals(page)).click();
  await said(page, /is removed\.?$/);
  await fill(false);
  await drop(page, mine);
  await said(page, /is on the map/);
  assert.doesNotMatch(await page.locator('#share-status').innerText(), /gone/);
  await fill(true);
  await (await removals(page)).click();
  await said(page, /is removed, but it may return after a reload\.$/);
  await page.reload();
  await readyAgain(page);
  await eventually(async () => (await removals(page)).count(), 1);
  await (await removals(page)).click();
  await said(page, /is removed$/);
  await page.reload();
  await readyAgain(page);
  await page.locator('html[data-presets=yes]').waitFor({ state: 'attached' });
  assert.equal(await page.locator('[data-bank]').count(), 0);
  await close();
});
