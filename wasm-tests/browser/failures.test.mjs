// If any file or part of the browser is missing, the page shows one sentence that says what to do, and handles every
// exception.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withCopy } from './copies.mjs';
import { eventually } from './eventually.mjs';
import { pass } from './seen.mjs';
import { launchShell, newPage, openReady, READY_TIMEOUT_MS, SITE_FOLDER, untilRoot } from './site.mjs';
import { reach } from './panels.mjs';
import { remember } from './visits.mjs';

/** @type {Awaited<ReturnType<typeof launchShell>>} */
let browser;
before(async () => {
  browser = await launchShell();
});
after(() => browser?.close());

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {(folder: string, page: Page) => unknown} Fault breaks a copy of the site, or the browser */

/** @param {string} file @returns {Fault} */
const missing = file => folder => rmSync(join(folder, file));

/** @param {string} file @returns {Fault} */
const corrupt = file => folder => writeFileSync(join(folder, file), Buffer.alloc(5000, 0x5a));

/** @param {string} name of a part of the browser @returns {Fault} */
const without = name => (_folder, page) =>
  page.addInitScript(part => {
    Reflect.deleteProperty(globalThis, part);
  }, name);

/** @param {string} file @returns {Fault} */
const unreachable = file => (_folder, page) => page.route(`**/${file}`, route => route.abort());

/** @type {[string, Fault, RegExp][]} what fails, how, what the sentence must name */
const failures = [
  ['worklet.wasm is missing', missing('worklet.wasm'), /worklet\.wasm/],
  ['worklet.wasm is corrupt', corrupt('worklet.wasm'), /worklet\.wasm/],
  ['worklet.js is missing', missing('worklet.js'), /worklet\.js/],
  ['worklet.js is corrupt', corrupt('worklet.js'), /worklet\.js/],
  ['decoder.wasm is missing', missing('decoder.wasm'), /decoder\.wasm/],
  ['decoder.wasm is corrupt', corrupt('decoder.wasm'), /decoder\.wasm/],
  ['decoder.onnx is missing', missing('decoder.onnx'), /decoder\.onnx/],
  ['decoder.onnx is corrupt', corrupt('decoder.onnx'), /model|decoder/],
  ['decoder.onnx does not arrive', unreachable('decoder.onnx'), /decoder\.onnx/],
  ['coordinates.json is missing', missing('coordinates.json'), /coordinates\.json/],
  ['coordinates.json is corrupt', corrupt('coordinates.json'), /coordinates\.json/],
  ['the page’s own program is missing', missing('app_bg.wasm'), /reload it/],
  ['there is no AudioWorklet', without('AudioWorkletNode'), /AudioWorklet/],
  ['there is no Web Audio', without('AudioContext'), /browser/],
  ['there is no WebAssembly', without('WebAssembly'), /too old/],
  [
    'no menu would close',
    (_, page) =>
      page.addInitScript(() => {
        Reflect.deleteProperty(HTMLElement.prototype, 'popover');
      }),
    /too old/,
  ],
  [
    'there are no colours for both themes',
    (_, page) =>
      page.addInitScript(() => {
        CSS.supports = () => false;
      }),
    /too old/,
  ],
];

for (const [name, fail, names] of failures) {
  test(`${name}: the page says so in one sentence`, () =>
    withCopy(async (address, folder) => {
      const { page, exceptions } = await newPage(browser);
      await fail(folder, page);
      await page.goto(address);
      const alert = page.locator('[role=alert]:visible').filter({ hasText: /./ });
      await alert.first().waitFor({ timeout: READY_TIMEOUT_MS });
      assert.equal(await alert.count(), 1, 'one message at a time');
      const sentence = (await alert.innerText()).trim();
      assert.match(sentence, names);
      assert.match(sentence, /^[^\n]{20,160}\.$/, 'one sentence');
      assert.match(sentence, /please/, 'what to do');
      await eventually(() => page.evaluate(() => document.documentElement.dataset.state), 'error');
      assert.deepEqual(exceptions, []);
      await page.context().close();
    }));
}

test('a page that lacks an element says to reload it, and offers nothing that would start the rest of it', () =>
  withCopy(async (address, folder) => {
    const file = join(folder, 'index.html');
    writeFileSync(file, readFileSync(file, 'utf8').replace('id="tool-undo"', 'id="tool-undone"'));
    const { page } = await newPage(browser);
    await page.goto(address);
    await page
      .locator('#trouble-text')
      .filter({ hasText: /different versions.*reload/ })
      .waitFor({ timeout: READY_TIMEOUT_MS });
    assert.equal(await page.locator('#retry').isVisible(), false);
    await page.context().close();
  }));

test('the map and the presets are requested again however long they are away', () =>
  withCopy(async address => {
    for (const name of ['map.json', 'presets.bin']) {
      const { page } = await newPage(browser);
      await page.clock.install();
      let requests = 0;
      await page.route(`**/${name}`, route => {
        requests++;
        return route.abort();
      });
      await openReady(page, address);
      await page
        .locator('#remark')
        .filter({ hasText: /of the map have not loaded/ })
        .waitFor({ timeout: READY_TIMEOUT_MS });
      await eventually(
        async () => {
          await page.clock.fastForward(900_000);
          return requests;
        },
        requests => requests > 6,
      );
      await page.context().close();
    }
  }));

test('without a sound its place on the map is not looked for, and a sentence says why', () =>
  withCopy(async (address, folder) => {
    rmSync(join(folder, 'decoder.onnx'));
    const { page, exceptions } = await newPage(browser, { viewport: { width: 1280, height: 900 } });
    // A first visit has the patch of its preset.
    await remember(page);
    await page.goto(address);
    await page.locator('[role=alert]:visible').filter({ hasText: /./ }).first().waitFor({ timeout: READY_TIMEOUT_MS });
    await (await reach(page, '#patch-find')).click();
    await page
      .locator('#share-status')
      .filter({ hasText: 'No sound yet. Try again in a moment.' })
      .waitFor({ state: 'attached' });
    assert.deepEqual(exceptions, []);
    await page.context().close();
  }));

test('the page plays when a file arrives at the second try', () =>
  withCopy(async address => {
    const { page, exceptions } = await newPage(browser);
    let tries = 0;
    await page.route('**/decoder.onnx', route => (tries++ === 0 ? route.abort() : route.continue()));
    await page.goto(address);
    // As slowly as a finger: the first press also starts the sound, and the note about that disappears.
    await page.locator('#retry').hover({ timeout: READY_TIMEOUT_MS });
    await page.mouse.down();
    await pass(page, 300);
    await page.mouse.up();
    await untilRoot(page, 'state', ['ready']);
    await eventually(() => page.locator('[role=alert]:visible').count(), 0);
    assert.deepEqual(exceptions, []);
    await page.context().close();
  }));

test('without the analysis worker the page plays, and says what is missing until it loads', () =>
  withCopy(async (address, folder) => {
    rmSync(join(folder, 'analysis_bg.wasm'));
    const { page, exceptions } = await newPage(browser, { viewport: { width: 1280, height: 900 } });
    await openReady(page, address);
    const press = async (/** @type {RegExp} */ sentence) => {
      await (await reach(page, '#take-bank')).click();
      await page.locator('#share-status').filter({ hasText: sentence }).waitFor({ timeout: READY_TIMEOUT_MS });
    };
    await press(/could not be loaded: check/);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'ready');
    cpSync(join(SITE_FOLDER, 'analysis_bg.wasm'), join(folder, 'analysis_bg.wasm'));
    await press(/No pins yet/);
    assert.deepEqual(exceptions, []);
    await page.context().close();
  }));

test('a part of a panel whose script does not arrive is named, and opens at the next try', async () => {
  const { page, exceptions } = await newPage(browser, { viewport: { width: 1280, height: 900 } });
  for (const part of ['codebook', 'macros', 'live'])
    await page.route(`**/${part}.js*`, route => route.abort(), { times: 1 });
  await withCopy(async address => {
    await openReady(page, address);
    for (const part of ['codebook', 'macros', 'live']) {
      await (await reach(page, `#${part}-open`)).click();
      await page
        .locator(`#${part}-status`)
        .filter({ hasText: `${part}.js could not be loaded: please check the connection and try again.` })
        .waitFor();
    }
    await (await reach(page, '#codebook-open')).click();
    await eventually(
      () => page.locator('#codebook-status').textContent(),
      text => !text?.includes('could not be loaded'),
      'it opens',
    );
  });
  assert.deepEqual(exceptions, []);
  await page.context().close();
});
