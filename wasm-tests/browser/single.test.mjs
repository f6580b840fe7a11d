// The whole instrument as one HTML file, opened from the disk: it plays in Chromium, and in Firefox and WebKitGTK where
// they are installed; elsewhere they are said to be left out. Asks no network for anything. About 40 s.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { listen, renderAtOnce } from '../engines/answer.mjs';
import { chromium, firefox, webKit } from '../engines/engines.mjs';
import { copySite, rebuild } from './copies.mjs';
import { record } from './recorder.mjs';
import { launchBrowser, newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { AUDIBLE, level } from './sound.mjs';


/** @type {ReturnType<typeof copySite>} */
let copy;
let file = '';
before(() => {
  copy = copySite();
  rebuild('single', copy.folder);
  file = join(copy.folder, 'latent-pad.html');
});
after(() => copy?.remove());

test('it opens from the disk and plays, knows its map, and listens, without any other file', async () => {
  const browser = await launchBrowser();
  try {
    const { page, complaints, exceptions } = await newPage(browser, { viewport: { width: 1280, height: 900 } });
    /** @type {string[]} */
    const asked = [];
    page.on('request', request => asked.push(request.url().slice(0, 200)));
    const recorder = await record(page);
    await openReady(page, pathToFileURL(file).href);
    await page.keyboard.down('Space');
    const { samples } = await recorder.during(1000);
    assert.ok(level(samples) > AUDIBLE, `the level is ${level(samples)}`);
    await page.keyboard.up('Space');
    await page.locator('#take-bank').click();
    await page.locator('#share-status').filter({ hasText: /no landmarks yet/ }).waitFor({ timeout: READY_TIMEOUT_MS });
    const elsewhere = asked.filter(url => !/^(data|blob):/.test(url));
    assert.deepEqual(elsewhere, [pathToFileURL(file).href]);
    assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
  } finally {
    await browser.close();
  }
});

/** In the page: a key is pressed, and the level goes to whoever asks. @param {string} server */
function play(server) {
  const pause = (/** @type {number} */ ms) => new Promise(resolve => setTimeout(resolve, ms));
  /** @param {Record<string, string>} result */
  const tell = result => { new Image().src = `${server}?${new URLSearchParams(result)}`; };
  addEventListener('load', async () => {
    const { dataset } = document.documentElement;
    while (dataset.state === 'loading') await pause(100);
    if (dataset.state !== 'ready') return tell({ error: document.querySelector('.notes')?.textContent ?? '' });
    const { rendered } = /** @type {any} */ (globalThis);
    rendered.wake();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', code: 'Space', bubbles: true, cancelable: true }));
    await pause(500);
    const level = await rendered.level();
    document.getElementById('take-bank')?.click();
    const words = () => document.getElementById('share-status')?.textContent ?? '';
    for (let tries = 0; tries < 300 && !/no landmarks yet|could not/.test(words()); tries++) await pause(100);
    tell({ level: String(level), listens: words() });
  });
}

for (const engine of [chromium, firefox, webKit]) {
  test(`from the disk it sounds in ${engine.name}`, async context => {
    if (!engine.installed()) {
      context.skip(`not run: ${engine.name} is not installed (apt-get install ${engine.packages})`);
      return;
    }
    const server = await listen();
    const probed = join(copy.folder, 'probed.html');
    const scripts = `<script>(${renderAtOnce})(4)</script><script>(${play})(${JSON.stringify(server.address)})</script>`;
    writeFileSync(probed, readFileSync(file, 'utf8').replace('<head>', () => `<head>${scripts}`));
    try {
      const result = await server.ask(engine, pathToFileURL(probed).href);
      assert.equal(result.get('error'), null);
      assert.ok(Number(result.get('level')) > AUDIBLE, `the level is ${result.get('level')}`);
      assert.match(result.get('listens') ?? '', /no landmarks yet/, 'what is loaded on demand');
    } finally {
      server.close();
    }
  });
}
