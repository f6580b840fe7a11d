// The page without a network: after one visit it opens and plays below any path; a new version is announced and
// interrupts nothing; without offline storage the page plays, too. offline-broken.test.mjs has what breaks meanwhile.
// About 20 s.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { copySite, rebuild, withCopy } from './copies.mjs';
import { record } from './recorder.mjs';
import { pass } from './seen.mjs';
import { launchShell, newPage, openReady, READY_TIMEOUT_MS, serveSite } from './site.mjs';
import { reach } from './panels.mjs';

/** The page would store itself 2 s after it is ready. */
const AFTER_READY_MS = 2500;
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

test('after one visit it opens and plays without its server, from any folder, including everything loaded on demand', async context => {
  const { root, remove } = copySite('courses/sound');
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>another page</title>');
  const site = await serveSite(root);
  context.after(() => {
    site.close();
  });
  const { page, complaints, exceptions } = await newKeepingPage();
  const recorder = await record(page);
  await openReady(page, `${site.address}courses/sound/`);
  await kept(page);
  site.close();
  await assert.doesNotReject(async () => {
    while (
      await fetch(site.address).then(
        () => true,
        () => false,
      )
    );
  });
  remove();

  await openReady(page, `${site.address}courses/sound/?from=a-course`);
  await hold(page, recorder);
  await page.keyboard.up('Space');
  await (await reach(page, '#take-bank')).click();
  await page
    .locator('#share-status')
    .filter({ hasText: /No pins yet/ })
    .waitFor({ timeout: READY_TIMEOUT_MS });
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await hold(page, recorder);
  await page.keyboard.up('Space');
  // The browser looks for a new version, but there is no server.
  const others = complaints.filter(complaint => !/service-worker\.js|ERR_CONNECTION_REFUSED/.test(complaint));
  assert.deepEqual({ others, exceptions }, { others: [], exceptions: [] });
  await page.context().close();
});

test('a new version is announced, and loads when the user asks for it and nothing sounds', () =>
  withCopy(async (address, folder) => {
    const { page, exceptions } = await newKeepingPage();
    const recorder = await record(page);
    await openReady(page, address);
    await kept(page);
    assert.equal(await page.locator('#update').isVisible(), false);

    appendFileSync(join(folder, 'index.css'), ':root { --version: 2; }');
    rebuild('offline', folder);
    const version = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--version'));
    await openReady(page, address);
    await page.locator('#update').waitFor({ timeout: READY_TIMEOUT_MS });
    assert.equal(await version(), '', 'the stored version is complete');

    await page.keyboard.press('Shift+ArrowRight');
    await page.locator('#tab-sound').click();
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
    await hold(page, recorder);
    await page.evaluate(() => {
      Object.assign(globalThis, { stayed: true });
    });
    await page.locator('#update button').click();
    await hold(page, recorder);
    assert.ok(await page.evaluate(() => 'stayed' in globalThis), 'the page reloaded while it sounded');
    const reloaded = page.waitForEvent('load', { timeout: READY_TIMEOUT_MS });
    await page.keyboard.up('Space');
    await reloaded;
    assert.equal((await version()).trim(), '2');
    assert.equal(await page.locator('#update').isVisible(), false);
    await page.locator('#tab-sound[aria-selected=true]').waitFor();
    await page.locator('#tool-undo:not([aria-disabled=true])').waitFor();
    assert.deepEqual(exceptions, []);
    await page.context().close();
  }));

test('where it cannot be stored, in a frame or in a browser that refuses, it opens without a message, and plays', () =>
  withCopy(async (address, folder) => {
    writeFileSync(
      join(folder, 'course.html'),
      '<!doctype html><link rel="icon" href="icon.svg"><title>a course</title><iframe src="./" allow="autoplay" width="900" height="700"></iframe>',
    );
    const framed = await newKeepingPage();
    await framed.page.goto(`${address}course.html`);
    await framed.page
      .frameLocator('iframe')
      .locator('html[data-state=ready]')
      .waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
    await pass(framed.page, AFTER_READY_MS);
    assert.equal(await framed.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);

    const refused = await newPage(browser, { ...DESKTOP, serviceWorkers: 'allow' });
    await refused.page.addInitScript(() => {
      navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'));
    });
    const recorder = await record(refused.page);
    await openReady(refused.page, address);
    await pass(refused.page, AFTER_READY_MS);
    await hold(refused.page, recorder);
    for (const { page, complaints, exceptions } of [framed, refused]) {
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
      await page.context().close();
    }
  }));

test('it can be installed: the manifest has a name, a start address and icons of the stated sizes', () =>
  withCopy(async (address, folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.webmanifest'), 'utf8'));
    assert.deepEqual(
      [manifest.start_url, manifest.scope, manifest.display],
      ['./', './', 'standalone'],
      'it works below any address',
    );
    const { page } = await newKeepingPage();
    await page.goto(address);
    const session = await page.context().newCDPSession(page);
    const { errors } = await session.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // Playwright's pages are private windows, which cannot install anything.
    assert.deepEqual(
      installabilityErrors.map(error => error.errorId).filter(id => id !== 'in-incognito'),
      [],
    );
    /** @param {string} src @returns {Promise<number[]>} */
    const size = src =>
      page.evaluate(async src => {
        const image = new Image();
        image.src = src;
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      }, src);
    for (const { src, sizes } of manifest.icons.filter((/** @type {any} */ icon) => icon.sizes !== 'any')) {
      assert.equal((await size(src)).join('x'), sizes, src);
    }
    assert.deepEqual(await size('apple-touch-icon.png'), [180, 180]);
    await page.context().close();
  }));
