// A new version for offline use that arrives late, in part, mixed with the one before, or at a page that does not play:
// the stored version stays complete. `./build.sh test --long` runs it: these are faults of hosts and networks.
// About 20 s.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { copySite, rebuild, withCopy } from './copies.mjs';
import { eventually } from './eventually.mjs';
import { record } from './recorder.mjs';
import { launchShell, newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';

const DESKTOP = { viewport: { width: 1280, height: 900 } };

/** @type {Awaited<ReturnType<typeof launchShell>>} */
let browser;
before(async () => {
  browser = await launchShell();
});
after(() => browser?.close());

/** @typedef {import('playwright-core').Page} Page */

/** A page with service workers allowed. */
const newKeepingPage = () => newPage(browser, { ...DESKTOP, serviceWorkers: 'allow' });

/** @param {Page} page */
const kept = page => page.locator('#kept:not([hidden])').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });

/** Holds Space and checks that it sounds. @param {Page} page @param {Awaited<ReturnType<typeof record>>} recorder */
async function hold(page, recorder) {
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard());
}

/** @type {[string, () => void][]} */
const failures = [
  [
    'plays nothing',
    () => {
      Reflect.deleteProperty(globalThis, 'AudioWorkletNode');
    },
  ],
  [
    'does not begin',
    () => {
      Reflect.deleteProperty(HTMLElement.prototype, 'popover');
    },
  ],
];
test('a page that plays nothing or does not begin announces a new version, too, and loads it', async () => {
  for (const [how, fail] of failures)
    await withCopy(async (address, folder) => {
      const { page } = await newKeepingPage();
      await openReady(page, address);
      await kept(page);
      appendFileSync(join(folder, 'index.css'), ':root { --version: 2; }');
      rebuild('offline', folder);
      await page.addInitScript(fail);
      await page.goto(address);
      await page.locator('html[data-state=error]').waitFor({ state: 'attached' });
      await page.locator('#update').waitFor({ timeout: READY_TIMEOUT_MS });
      const reloaded = page.waitForEvent('load', { timeout: READY_TIMEOUT_MS });
      await page.locator('#update button').click();
      await reloaded;
      assert.equal(
        await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--version').trim()),
        '2',
        how,
      );
      await page.context().close();
    });
});

test('a new version whose download began before the page registered its listeners is announced, too', async context => {
  const { folder, remove } = copySite();
  let slow = false;
  /** @type {() => void} */
  let deliver = () => {};
  /** @type {Promise<void>} */
  const delivered = new Promise(resolve => {
    deliver = resolve;
  });
  const site = await hostSite({
    folder,
    answer(path, response, body) {
      if (path !== 'index.css' || !slow) return false;
      delivered.then(() => response.end(body));
      return true;
    },
  });
  context.after(async () => {
    await site.close();
    remove();
  });
  const { page, exceptions } = await newKeepingPage();
  await openReady(page, site.address);
  await kept(page);
  appendFileSync(join(folder, 'index.css'), ':root { --version: 2; }');
  rebuild('offline', folder);
  slow = true;
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update();
  });
  await openReady(page, site.address);
  assert.equal(
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.installing?.state),
    'installing',
  );
  deliver();
  await page.locator('#update').waitFor({ timeout: READY_TIMEOUT_MS });
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

for (const [what, interrupted] of /** @type {[string, boolean][]} */ ([
  ['an interrupted download of a new version', true],
  ['a new version with a file of the one before', false],
]))
  test(`${what} leaves the old one complete, and the next download succeeds`, async context => {
    const { root, remove } = copySite('courses/sound');
    const folder = join(root, 'courses/sound');
    const old = readFileSync(join(folder, 'index.css'));
    let broken = 0;
    let whole = true;
    const isBroken = (/** @type {string} */ path) => path === 'index.css' && !whole && ++broken > 0;
    const site = await hostSite({
      folder,
      change: path => (!interrupted && isBroken(path) ? old : undefined),
      answer(path, response, body) {
        if (!interrupted || !isBroken(path)) return false;
        response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 20));
        return true;
      },
    });
    context.after(async () => {
      await site.close();
      remove();
    });
    const { page, exceptions } = await newKeepingPage();
    const recorder = await record(page);
    await openReady(page, site.address);
    await kept(page);
    appendFileSync(join(folder, 'index.css'), ':root { --version: 2; }');
    rebuild('offline', folder);
    whole = false;
    await openReady(page, site.address);
    for (const end_ms = Date.now() + READY_TIMEOUT_MS; !broken && Date.now() < end_ms; ) await page.waitForTimeout(50);
    assert.ok(broken > 0, 'the new version has been requested');
    await eventually(
      () => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.installing)),
      false,
    );
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting), null);
    assert.equal(await page.locator('#update').isVisible(), false);
    await openReady(page, site.address);
    await hold(page, recorder);
    await page.keyboard.up('Space');
    whole = true;
    await openReady(page, site.address);
    await page.locator('#update').waitFor({ timeout: READY_TIMEOUT_MS });
    const reloaded = page.waitForEvent('load', { timeout: READY_TIMEOUT_MS });
    await page.locator('#update button').click();
    await reloaded;
    assert.equal(
      await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--version').trim()),
      '2',
    );
    assert.deepEqual(exceptions, []);
    await page.context().close();
  });
