// A network that breaks off or falls silent in the middle of a file: the page says which one in a sentence, what was
// kept from the last visit is still there, and one tap goes on. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { newPage, READY_TIMEOUT_MS } from './site.mjs';
import { place, shown } from './spy.mjs';
import { stage } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'breaks off' | 'falls silent'} Fault */

const on = stage();
/** The page's patience is counted in seconds: so much its clock is put forward, again and again. */
const STEP_MS = 1000;

/** What does not come is asked for again after 10 s. */
const LATER_MS = 11_000;

/**
 * A host whose answers for a file end in its middle, until it is mended. (A browser may ask more than once.)
 * @param {string} name @param {Fault} fault
 */
async function badHost(name, fault) {
  let broken = true;
  /** @type {(value?: unknown) => void} */
  let tell;
  /** The file has been asked for, and will not come. */
  const begun = new Promise(resolve => { tell = resolve; });
  const site = await hostSite({
    answer(path, response, body) {
      if (path !== name || !broken) return false;
      tell();
      response.write(body.subarray(0, body.length / 2), () => {
        if (fault === 'breaks off') setTimeout(() => response.destroy(), 20);
      });
      return true;
    },
  });
  return { ...site, begun, mend: () => { broken = false; } };
}

/** Has been here before: somewhere, with a landmark. @param {Page} page */
const remember = page => page.addInitScript(() => {
  if (localStorage.getItem('latent-pad.session')) return;
  const landmark = { point: [1, 1], name: 'Kept', patch: null };
  localStorage.setItem('latent-pad.session', JSON.stringify({ state: { place: [2, -1], landmarks: [landmark] } }));
});

/** @param {Page} page @param {string} state */
const until = (page, state) => page.waitForFunction(state => document.documentElement.dataset.state === state, state, { timeout: READY_TIMEOUT_MS });

/** @type {[string, RegExp][]} what arrives in part, what the sentence must name */
const files = [
  ['worklet.wasm', /worklet\.wasm/],
  ['worklet.js', /worklet\.js/],
  ['decoder.onnx', /decoder\.onnx/],
  ['coordinates.json', /coordinates\.json/],
  ['app.js', /could not be loaded/],
  ['app_bg.wasm', /could not be loaded/],
  ['main.js', /could not be loaded/],
  ['start.js', /could not be loaded/],
  ['words/en.js', /could not be loaded/],
];
/** Where one of these does not come, the style sheet alone speaks, half a minute later. */
const FIRST_SCRIPTS = ['main.js', 'start.js', 'words/en.js'];

for (const fault of /** @type {Fault[]} */ (['breaks off', 'falls silent'])) {
  for (const [name, names] of files) {
    test(`the network ${fault} in the middle of ${name}: a sentence, and one tap goes on`, async () => {
      const site = await badHost(name, fault);
      const { page, exceptions } = await newPage(on.browser);
      await remember(page);
      if (fault === 'falls silent') await page.clock.install();
      await page.goto(site.address, { waitUntil: 'commit' });
      await site.begun;
      const alert = page.locator('[role=alert]:visible').filter({ hasText: /./ });
      if (FIRST_SCRIPTS.includes(name)) {
        await page.locator('#not-started').waitFor({ state: 'attached' });
        await page.evaluate(() => document.getAnimations().forEach(animation => animation.finish()));
      } else if (fault === 'falls silent') {
        for (const end_ms = Date.now() + READY_TIMEOUT_MS; await alert.count() === 0 && Date.now() < end_ms;) {
          await page.clock.fastForward(STEP_MS);
          await new Promise(resolve => setTimeout(resolve, 20));
        }
      }
      await alert.waitFor({ timeout: READY_TIMEOUT_MS });
      assert.equal(await alert.count(), 1, 'one thing at a time');
      assert.match(await alert.innerText(), names);
      assert.match(await alert.innerText(), /^[^\n]{20,160}\.$/, 'one sentence');
      site.mend();
      await page.getByRole('button', { name: /^(Try again|Load it again)$/ }).click();
      await until(page, 'ready');
      await shown(page);
      assert.equal(await alert.count(), 0);
      assert.deepEqual(await place(page), [2, -1]);
      assert.equal(await page.locator('#landmarks input').first().inputValue(), 'Kept');
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
  test(`when the network ${what} for the map’s colours, the page plays, says so, and they come by themselves`, async () => {
    const site = await hostSite(fault);
    const { page, exceptions } = await newPage(on.browser, { viewport: { width: 1280, height: 800 } });
    await page.clock.install();
    await page.goto(site.address);
    await until(page, 'ready');
    await page.locator('#remark').filter({ hasText: /colours/ }).waitFor({ timeout: READY_TIMEOUT_MS });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'ready');
    await page.clock.fastForward(LATER_MS);
    await page.locator('#map-list input').nth(3).waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
    assert.deepEqual(exceptions, []);
    await page.context().close();
    await site.close();
  });
}

/**
 * What happens to map.json the first time.
 * @template Result, Usual
 * @param {(path: string, ...given: any[]) => Result} act @param {Usual} otherwise
 */
function once(act, otherwise) {
  let times = 0;
  return (/** @type {string} */ path, /** @type {any[]} */ ...given) =>
    (path === 'map.json' && times++ === 0 ? act(path, ...given) : otherwise);
}
