// The whole instrument as one HTML file, opened from the disk: it plays in Chromium, and in Firefox and WebKitGTK where
// they are installed; elsewhere they are said to be left out. Asks no network for anything. About 40 s.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium, firefox, webKit } from '../engines/engines.mjs';
import { copySite, rebuild } from './copies.mjs';
import { record } from './recorder.mjs';
import { launchBrowser, newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { level } from './sound.mjs';

// -60 dB below full scale: clearly played.
const AUDIBLE = 1e-3;

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

/**
 * In the page, before its own scripts: its sound is rendered at once instead of played, since a machine of tests may
 * have no loudspeaker; a key is pressed, and the level goes to whoever asks.
 * @param {string} server
 */
function probe(server) {
  const seconds = 4, rate_hz = 48_000;
  /** @type {any} */
  let sound;
  class Rendered extends OfflineAudioContext {
    awake = false;
    constructor() {
      super(2, seconds * rate_hz, rate_hz);
      sound = this;
    }
    get state() { return /** @type {AudioContextState} */ (this.awake ? 'running' : 'suspended'); }
    async resume() {}
    async close() {}
  }
  Object.assign(globalThis, { AudioContext: Rendered });
  const pause = (/** @type {number} */ ms) => new Promise(resolve => setTimeout(resolve, ms));
  /** @param {Record<string, string>} result */
  const tell = result => { new Image().src = `${server}?${new URLSearchParams(result)}`; };
  addEventListener('load', async () => {
    const { dataset } = document.documentElement;
    while (dataset.state === 'loading') await pause(100);
    if (dataset.state !== 'ready') return tell({ error: document.querySelector('.notes')?.textContent ?? '' });
    sound.awake = true;
    sound.dispatchEvent(new Event('statechange'));
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', code: 'Space', bubbles: true, cancelable: true }));
    await pause(500);
    const left = (await sound.startRendering()).getChannelData(0);
    const level = Math.sqrt(left.reduce((/** @type {number} */ sum, /** @type {number} */ sample) => sum + sample * sample, 0) / left.length);
    document.getElementById('take-bank')?.click();
    const words = () => document.getElementById('share-status')?.textContent ?? '';
    for (let tries = 0; tries < 300 && !/no landmarks yet|could not/.test(words()); tries++) await pause(100);
    tell({ level: String(level), listens: words() });
  });
}

/** Waits for the page's word. */
async function listen() {
  /** @type {(result: URLSearchParams) => void} */
  let deliver;
  /** @type {Promise<URLSearchParams>} */
  const result = new Promise(resolve => { deliver = resolve; });
  const server = createServer((request, response) => {
    response.end();
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (searchParams.size > 0) deliver(searchParams);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return { address: `http://127.0.0.1:${address.port}/`, result, close: () => { server.closeAllConnections(); server.close(); } };
}

for (const engine of [chromium, firefox, webKit]) {
  test(`from the disk it sounds in ${engine.name}`, async context => {
    if (!engine.installed()) {
      context.skip(`not run: ${engine.name} is not installed (apt-get install ${engine.packages})`);
      return;
    }
    const server = await listen();
    const probed = join(copy.folder, 'probed.html');
    writeFileSync(probed, readFileSync(file, 'utf8').replace('<head>', () => `<head><script>(${probe})(${JSON.stringify(server.address)})</script>`));
    const close = await engine.open(pathToFileURL(probed).href);
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    try {
      const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${engine.name} did not answer`)), 2 * READY_TIMEOUT_MS); });
      const result = /** @type {URLSearchParams} */ (await Promise.race([server.result, late]));
      assert.equal(result.get('error'), null);
      assert.ok(Number(result.get('level')) > AUDIBLE, `the level is ${result.get('level')}`);
      assert.match(result.get('listens') ?? '', /no landmarks yet/, 'what is loaded on demand');
    } finally {
      clearTimeout(timer);
      await close();
      server.close();
    }
  });
}
