// Transfers that break off or stall in the middle of a file: a message names the file, the saved session is intact, and one
// tap continues; also for files loaded on demand and for elements. About 120 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { eventually } from './eventually.mjs';
import { record } from './recorder.mjs';
import { allLoaded, newPage, PATIENCE_MS, READY_TIMEOUT_MS } from './site.mjs';
import { currentPoint, shown } from './seen.mjs';
import { DESKTOP, remember, stage } from './visits.mjs';
import { reach } from './panels.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'breaks off' | 'falls silent'} Fault */

const on = stage();
/** The step by which the tests advance the page's clock, again and again. */
const STEP_MS = 1000;

/** The page repeats a stalled request after 10 s. */
const LATER_MS = 11_000;

/**
 * A host whose responses for a file end in the middle until it is fixed. (A browser may request it more than once.)
 * @param {string} name @param {Fault} fault
 */
async function badHost(name, fault) {
  let broken = true;
  /** The other answers that are on their way. */
  const others = new Set();
  /** @type {(value?: unknown) => void} */
  let tell;
  /** The file has been requested and will not arrive. */
  const begun = new Promise(resolve => { tell = resolve; });
  const site = await hostSite({
    answer(path, response, body) {
      if (path !== name || !broken) {
        others.add(response);
        response.once('close', () => others.delete(response));
        return false;
      }
      tell();
      response.write(body.subarray(0, body.length / 2), () => {
        if (fault === 'breaks off') setTimeout(() => response.destroy(), 20);
      });
      return true;
    },
  });
  return { ...site, begun, isBusy: () => others.size > 0, mend: () => { broken = false; } };
}

/**
 * Advances the page's clock until something is so; not while other files arrive, which takes real time.
 * @param {Page} page @param {{ isBusy: () => boolean }} site @param {() => Promise<boolean>} isSo
 */
async function advance(page, site, isSo) {
  for (const end_ms = Date.now() + PATIENCE_MS; !await isSo() && Date.now() < end_ms;) {
    if (!site.isBusy()) await page.clock.fastForward(STEP_MS);
    await new Promise(resolve => setTimeout(resolve, 30));
  }
}

/** @param {Page} page @param {string} state */
const until = (page, state) => page.waitForFunction(state => document.documentElement.dataset.state === state, state, { timeout: READY_TIMEOUT_MS });

/** @type {[string, RegExp][]} what arrives in part, what the sentence must name */
const files = [
  ['worklet.wasm', /worklet\.wasm/],
  ['worklet.js', /worklet\.js/],
  ['decoder.wasm', /decoder\.wasm/],
  ['decoder.onnx', /decoder\.onnx/],
  ['coordinates.json', /coordinates\.json/],
  ['app.js', /could not be loaded/],
  ['app_bg.wasm', /could not be loaded/],
  ['main.js', /could not be loaded/],
  ['start.js', /could not be loaded/],
  ['words/language.js', /could not be loaded/],
  ['words/en.js', /could not be loaded/],
];
/** Without one of these, only the style sheet can show a message, after half a minute. */
const FIRST_SCRIPTS = ['main.js', 'start.js', 'words/language.js'];

for (const fault of /** @type {Fault[]} */ (['breaks off', 'falls silent'])) {
  for (const [name, names] of files) {
    test(`the transfer of ${name} ${fault}: a message, and one tap continues`, async () => {
      const site = await badHost(name, fault);
      const { page, exceptions } = await newPage(on.browser);
      await remember(page);
      if (fault === 'falls silent') await page.clock.install();
      await page.goto(`${site.address}?lang=en`, { waitUntil: 'commit' });
      await site.begun;
      const alert = page.locator('[role=alert]:visible').filter({ hasText: /./ });
      if (FIRST_SCRIPTS.includes(name)) {
        await page.locator('#not-started').waitFor({ state: 'attached' });
        await page.evaluate(() => document.getAnimations().forEach(animation => animation.finish()));
      } else if (fault === 'falls silent') {
        // A program that is compiled meanwhile may say that it is late.
        await advance(page, site, async () => await alert.filter({ hasText: names }).count() > 0);
      }
      await alert.waitFor({ timeout: READY_TIMEOUT_MS });
      assert.equal(await alert.count(), 1, 'one message at a time');
      await eventually(() => alert.innerText(), names);
      assert.match(await alert.innerText(), /^[^\n]{20,160}\.$/, 'one sentence');
      // A browser that repeats the request on its own needs no tap.
      if (fault === 'breaks off') await page.waitForLoadState('networkidle');
      site.mend();
      await page.locator('.main:visible').filter({ hasText: /^(Try again|Reload)$/ }).click();
      await until(page, 'ready');
      await shown(page);
      assert.equal(new URL(page.url()).search, '?lang=en', 'the query stays');
      await eventually(() => alert.count(), 0);
      await eventually(() => currentPoint(page), [2, -1]);
      const landmark = (await reach(page, '#landmarks input')).first();
      await eventually(() => landmark.inputValue(), 'Kept');
      assert.deepEqual(exceptions, []);
      await page.context().close();
      await site.close();
    });
  }
}

for (const fault of /** @type {Fault[]} */ (['breaks off', 'falls silent'])) {
  for (const name of ['analysis_bg.wasm', 'analysis.js', 'analysis-worker.js', 'encoder.onnx']) {
    test(`the transfer of ${name} ${fault}: the panel Share says so, and the next press continues`, async () => {
      const site = await badHost(name, fault);
      const { page, exceptions } = await newPage(on.browser, DESKTOP);
      await remember(page);
      await page.clock.install();
      await page.goto(site.address);
      await until(page, 'ready');
      const status = page.locator('#share-status');
      const button = await reach(page, '#take-bank');
      await allLoaded(page);
      await button.click();
      await site.begun;
      const sentence = /could not be loaded: .*connection.*\.$/;
      await advance(page, site, async () => sentence.test(await status.innerText()));
      await eventually(() => status.innerText(), sentence);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'ready');
      site.mend();
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: READY_TIMEOUT_MS }), button.click()]);
      assert.match(download.suggestedFilename(), /\.bank$/);
      assert.deepEqual(exceptions, []);
      await page.context().close();
      await site.close();
    });
  }

  for (const name of ['app.js', 'app_bg.wasm', 'worklet.js', 'worklet.wasm', 'decoder.wasm', 'decoder.onnx', 'coordinates.json']) {
    test(`the transfer of ${name} ${fault}: an element says so, and one tap continues`, async () => {
      const site = await badHost(name, fault);
      const { page, exceptions } = await newPage(on.browser);
      const recorder = await record(page);
      if (fault === 'falls silent') await page.clock.install();
      await page.goto(`${site.address}embed.html?x=1.5&y=-0.5`, { waitUntil: 'commit' });
      await site.begun;
      const pad = page.locator('latent-pad');
      const sentence = new RegExp(`^${name.startsWith('app') ? '' : name.replace('.', '\\.')}.*could not be loaded: please .{20,120}\\.$`);
      // A program that is compiled meanwhile may say that it is late.
      const isSaid = () => pad.evaluate((pad, sentence) => sentence.test(pad.shadowRoot?.querySelector('#trouble-text')?.textContent ?? ''), sentence);
      if (fault === 'falls silent') await advance(page, site, isSaid);
      await eventually(() => pad.locator('#trouble-text').innerText(), sentence);
      assert.equal(await pad.evaluate(pad => (/** @type {any} */ (pad)).state), 'error');
      site.mend();
      await pad.getByRole('button', { name: 'Try again' }).click();
      await page.waitForFunction(() => (/** @type {any} */ (document.querySelector('latent-pad'))).state === 'awake', undefined, { timeout: READY_TIMEOUT_MS });
      await eventually(() => pad.evaluate(pad => [(/** @type {any} */ (pad)).x, (/** @type {any} */ (pad)).y]), [1.5, -0.5]);
      await pad.evaluate(pad => (/** @type {any} */ (pad)).play());
      assert.ok(await recorder.heard(), 'it sounds');
      assert.deepEqual(exceptions, []);
      await page.context().close();
      await site.close();
    });
  }

  for (const name of ['embed.js', 'latent-pad.js', 'element/element.js', 'words/language.js', 'words/all.js']) {
    test(`the transfer of ${name} ${fault}: the page in an iframe says so, and one tap continues`, async () => {
      const site = await badHost(name, fault);
      const { page, exceptions } = await newPage(on.browser);
      await page.goto(`${site.address}embed.html?x=1.5&y=-0.5`, { waitUntil: 'commit' });
      await site.begun;
      await page.locator('#not-started').waitFor({ state: 'attached' });
      assert.equal(await page.getByRole('alert').isVisible(), false, 'not at once');
      await page.evaluate(() => document.getAnimations().forEach(animation => animation.finish()));
      await eventually(() => page.getByRole('alert').innerText(), /^[^\n]{20,160}\.$/, 'one sentence');
      if (fault === 'breaks off') await page.waitForLoadState('networkidle');
      site.mend();
      await page.getByRole('link', { name: 'Reload' }).click();
      await page.waitForFunction(() => ['asleep', 'awake'].includes((/** @type {any} */ (document.querySelector('latent-pad')))?.state), undefined, { timeout: READY_TIMEOUT_MS });
      await eventually(() => page.locator('latent-pad').evaluate(pad => [(/** @type {any} */ (pad)).x, (/** @type {any} */ (pad)).y]), [1.5, -0.5]);
      assert.equal(await page.locator('#not-started').count(), 0, 'it would say so later');
      assert.equal(await page.getByRole('alert').filter({ hasText: /./ }).count(), 0);
      assert.deepEqual(exceptions, []);
      await page.context().close();
      await site.close();
    });
  }
}

for (const [what, fault] of /** @type {[string, Pick<import('../engines/hosting.mjs').Hosting, 'answer' | 'change'>][]} */ ([
  ['breaks off', { answer: once((_, response, body) => {
    response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 20));
    return true;
  }, false) }],
  ['brings something else', { change: once(() => Buffer.from('{"version": 1, "grid": 5000, "layers": []}'), undefined) }],
])) {
  test(`when the network ${what} for the map’s colours, the page plays, says so, and loads them later on its own`, async () => {
    const site = await hostSite(fault);
    const { page, exceptions } = await newPage(on.browser, { viewport: { width: 1280, height: 800 } });
    await page.clock.install();
    // It is shown for some seconds, and may come before the page is ready.
    const remark = page.locator('#remark').filter({ hasText: /of the map have not loaded/ });
    await Promise.all([remark.waitFor(), page.goto(site.address).then(() => until(page, 'ready'))]);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'ready');
    await page.clock.fastForward(LATER_MS);
    await page.locator('#map-list input').nth(3).waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
    assert.deepEqual(exceptions, []);
    await page.context().close();
    await site.close();
  });
}

/**
 * Applies a fault to the first request for map.json.
 * @template Result, Usual
 * @param {(path: string, ...given: any[]) => Result} act @param {Usual} otherwise
 */
function once(act, otherwise) {
  let times = 0;
  return (/** @type {string} */ path, /** @type {any[]} */ ...given) =>
    (path === 'map.json' && times++ === 0 ? act(path, ...given) : otherwise);
}
