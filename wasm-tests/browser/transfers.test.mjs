// Transfers that break off or stall in the middle of a file: a message names the file, the saved session is intact, and
// one tap continues; also for files loaded on demand and for elements. About 60 s.
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

/** Without a request for so long after a press, it was lost. */
const REQUESTED_MS = 15_000;
/** The page repeats a stalled request after 10 s. */
const LATER_MS = 11_000;

/**
 * A host whose responses for some files end in the middle, until each of them is fixed. (A browser may request a file
 * more than once.)
 * @param {Fault} fault @param {string[]} names
 */
async function badHost(fault, ...names) {
  const broken = new Set(names);
  /** The broken files that were requested since the last question for one. @type {Set<string>} */
  const requested = new Set();
  /** The other answers that are on their way. */
  const others = new Set();
  const site = await hostSite({
    answer(path, response, body) {
      if (!broken.has(path)) {
        others.add(response);
        response.once('close', () => others.delete(response));
        return false;
      }
      requested.add(path);
      response.write(body.subarray(0, body.length / 2), () => {
        if (fault === 'breaks off') setTimeout(() => response.destroy(), 20);
      });
      return true;
    },
  });
  return {
    ...site,
    /** The files that are still broken. */
    broken: () => [...broken],
    isBusy: () => others.size > 0,
    isRequested: () => requested.size > 0,
    /** Waits until a broken file is requested. */
    async begun() {
      await eventually(
        async () => requested.size,
        size => size > 0,
        `a request for ${[...broken]}`,
      );
      requested.clear();
    },
    /** @param {string} name */
    mend: name => broken.delete(name),
    /** @param {string} name */
    spoil: name => broken.add(name),
  };
}

/**
 * Advances the page's clock until something is so; not while other files arrive, which takes real time.
 * @param {Page} page @param {{ isBusy: () => boolean }} site @param {() => Promise<boolean>} isSo
 */
async function advance(page, site, isSo) {
  for (const end_ms = Date.now() + PATIENCE_MS; !(await isSo()) && Date.now() < end_ms; ) {
    if (!site.isBusy()) await page.clock.fastForward(STEP_MS);
    await new Promise(resolve => setTimeout(resolve, 30));
  }
}

/** @param {Page} page @param {string} state */
const until = (page, state) =>
  page.waitForFunction(state => document.documentElement.dataset.state === state, state, { timeout: READY_TIMEOUT_MS });

const FAULTS = /** @type {Fault[]} */ (['breaks off', 'falls silent']);
/** The files of the sound and of the known sounds, which their messages name. */
const SOUND_FILES = ['worklet.wasm', 'worklet.js', 'decoder.wasm', 'decoder.onnx', 'coordinates.json'];
/** The files of the program, in the order in which they start each other. */
const PROGRAM_FILES = ['main.js', 'start.js', 'words/language.js', 'words/en.js', 'app.js', 'app_bg.wasm'];
/** Without one of these, only the style sheet can show a message, after half a minute. */
const FIRST_SCRIPTS = ['main.js', 'start.js', 'words/language.js'];

const alertOf = (/** @type {Page} */ page) => page.locator('[role=alert]:visible').filter({ hasText: /./ });

/** The message that is shown: one sentence. @param {Page} page @param {RegExp} pattern */
async function message(page, pattern) {
  const alert = alertOf(page);
  await alert.waitFor({ timeout: READY_TIMEOUT_MS });
  // A page that reloads at a tap may have shown its last message until now.
  await eventually(() => alert.count(), 1, 'one message at a time');
  const sentence = await eventually(() => alert.innerText(), pattern);
  assert.match(sentence, /^[^\n]{20,160}\.$/, 'one sentence');
  return sentence;
}

/** Presses “Try again” or “Reload”. @param {Page} page @param {Fault} fault */
async function tap(page, fault) {
  if (fault === 'breaks off') await page.waitForLoadState('networkidle');
  const button = page.locator('.main:visible').filter({ hasText: /^(Try again|Reload)$/ });
  const isPressed = () =>
    button.click({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  // A browser that repeats the request on its own needs no tap: then there is no button any more.
  const isReady = () => page.evaluate(() => document.documentElement.dataset.state === 'ready').catch(() => false);
  await eventually(async () => (await isPressed()) || isReady(), true, 'a tap, or a page that goes on');
}

/**
 * Presses until a broken file is requested: a page that is being replaced loses a press.
 * @param {Page} page @param {Fault} fault @param {{ isRequested: () => boolean }} site
 */
const tapUntilRequested = (page, fault, site) =>
  eventually(
    async () => {
      await tap(page, fault);
      for (const end_ms = Date.now() + REQUESTED_MS; !site.isRequested() && Date.now() < end_ms; )
        await new Promise(resolve => setTimeout(resolve, 30));
      return site.isRequested();
    },
    true,
    'no press leads to a request',
  );

/** Resolves once a text changes; it may change back at once. @param {import('playwright-core').Locator} text */
const changed = text =>
  text.evaluate(
    text =>
      new Promise(resolve => {
        new MutationObserver(() => resolve(undefined)).observe(text, {
          childList: true,
          characterData: true,
          subtree: true,
        });
      }),
  );

/** The page is ready with the session of the last visit. @param {Page} page */
async function intact(page) {
  await until(page, 'ready');
  await shown(page);
  assert.equal(new URL(page.url()).search, '?lang=en', 'the query stays');
  await eventually(() => alertOf(page).count(), 0);
  await eventually(() => currentPoint(page), [2, -1]);
  const landmark = (await reach(page, '#landmarks input')).first();
  await eventually(() => landmark.inputValue(), 'Kept');
}

/** A page that remembers an earlier visit. @param {Fault} fault */
async function visitor(fault) {
  const visited = await newPage(on.browser, DESKTOP);
  await remember(visited.page);
  if (fault === 'falls silent') await visited.page.clock.install();
  return visited;
}

for (const fault of FAULTS) {
  test(`the transfer of each file of the sound ${fault}: a message names it, and one tap continues`, async () => {
    const site = await badHost(fault, ...SOUND_FILES);
    const { page, exceptions } = await visitor(fault);
    await page.goto(`${site.address}?lang=en`, { waitUntil: 'commit' });
    for (let named = ''; site.broken().length > 0; named = '') {
      await site.begun();
      const pattern = new RegExp(site.broken().join('|'));
      // A program that is compiled meanwhile may say that it is late.
      const isSaid = async () => (await alertOf(page).filter({ hasText: pattern }).count()) > 0;
      if (fault === 'falls silent') await advance(page, site, isSaid);
      [named] = pattern.exec(await message(page, pattern)) ?? assert.fail();
      site.mend(named);
      await tap(page, fault);
    }
    await intact(page);
    assert.deepEqual(exceptions, []);
    await page.context().close();
    await site.close();
  });

  test(`the transfer of each file of the program ${fault}: a message, and one tap continues`, async () => {
    const site = await badHost(fault);
    const { page, exceptions } = await visitor(fault);
    for (const [at, name] of PROGRAM_FILES.entries()) {
      site.spoil(name);
      if (at === 0) await page.goto(`${site.address}?lang=en`, { waitUntil: 'commit' });
      else await tapUntilRequested(page, fault, site);
      await site.begun();
      if (FIRST_SCRIPTS.includes(name)) {
        await page.locator('#not-started').waitFor({ state: 'attached' });
        await page.evaluate(() => document.getAnimations().forEach(animation => animation.finish()));
      } else if (fault === 'falls silent') {
        await advance(page, site, async () => (await alertOf(page).count()) > 0);
      }
      await message(page, /could not be loaded/);
      site.mend(name);
    }
    await tap(page, fault);
    await intact(page);
    assert.deepEqual(exceptions, []);
    await page.context().close();
    await site.close();
  });

  test(`the transfer of each file that Share loads ${fault}: the panel says so, and the next press continues`, async () => {
    const site = await badHost(fault, 'analysis_bg.wasm', 'analysis.js', 'analysis-worker.js', 'encoder.onnx');
    const { page, exceptions } = await newPage(on.browser, DESKTOP);
    await remember(page);
    await page.clock.install();
    await page.goto(site.address);
    await until(page, 'ready');
    const status = page.locator('#share-status');
    const button = await reach(page, '#take-bank');
    await allLoaded(page);
    const sentence = /could not be loaded: .*connection.*\.$/;
    for (const name of site.broken()) {
      const isSaid = sentence.test(await status.innerText());
      await Promise.all([isSaid && changed(status), button.click()]);
      await advance(page, site, async () => sentence.test(await status.innerText()));
      await eventually(() => status.innerText(), sentence);
      await site.begun();
      assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'ready');
      site.mend(name);
    }
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: READY_TIMEOUT_MS }),
      button.click(),
    ]);
    assert.match(download.suggestedFilename(), /\.bank$/);
    assert.deepEqual(exceptions, []);
    await page.context().close();
    await site.close();
  });

  test(`the transfer of each file of an element ${fault}: it says so, and one tap continues`, async () => {
    const programs = ['app.js', 'app_bg.wasm'];
    const site = await badHost(fault, ...programs, ...SOUND_FILES);
    const { page, exceptions } = await newPage(on.browser);
    const recorder = await record(page);
    if (fault === 'falls silent') await page.clock.install();
    await page.goto(`${site.address}embed.html?x=1.5&y=-0.5`, { waitUntil: 'commit' });
    const pad = page.locator('latent-pad');
    const said = () => pad.evaluate(pad => pad.shadowRoot?.querySelector('#trouble-text')?.textContent ?? '');
    while (site.broken().length > 0) {
      await site.begun();
      const isProgram = programs.includes(site.broken()[0]);
      const name = isProgram ? '' : `(${site.broken().join('|')})`;
      const sentence = new RegExp(`^${name}.*could not be loaded: please .{20,120}\\.$`);
      // A program that is compiled meanwhile may say that it is late.
      if (fault === 'falls silent') await advance(page, site, async () => sentence.test(await said()));
      const [, named] = sentence.exec(await eventually(said, sentence)) ?? assert.fail();
      assert.equal(await pad.evaluate(pad => /** @type {any} */ (pad).state), 'error');
      site.mend(named ?? site.broken()[0]);
      await pad.getByRole('button', { name: 'Try again' }).click();
    }
    await page.waitForFunction(
      () => /** @type {any} */ (document.querySelector('latent-pad')).state === 'awake',
      undefined,
      { timeout: READY_TIMEOUT_MS },
    );
    await eventually(() => pad.evaluate(pad => [/** @type {any} */ (pad).x, /** @type {any} */ (pad).y]), [1.5, -0.5]);
    await pad.evaluate(pad => /** @type {any} */ (pad).play());
    assert.ok(await recorder.heard(), 'it sounds');
    assert.deepEqual(exceptions, []);
    await page.context().close();
    await site.close();
  });

  test(`the transfer of each file of the page in an iframe ${fault}: it says so, and one tap continues`, async () => {
    const site = await badHost(fault);
    const { page, exceptions } = await newPage(on.browser);
    const files = ['embed.js', 'latent-pad.js', 'element/element.js', 'words/language.js', 'words/all.js'];
    const reload = async () => {
      if (fault === 'breaks off') await page.waitForLoadState('networkidle');
      await page.getByRole('link', { name: 'Reload' }).click();
    };
    for (const [at, name] of files.entries()) {
      site.spoil(name);
      if (at === 0) await page.goto(`${site.address}embed.html?x=1.5&y=-0.5`, { waitUntil: 'commit' });
      else await reload();
      await site.begun();
      await page.locator('#not-started').waitFor({ state: 'attached' });
      assert.equal(await page.getByRole('alert').isVisible(), false, 'not at once');
      await page.evaluate(() => document.getAnimations().forEach(animation => animation.finish()));
      await eventually(() => page.getByRole('alert').innerText(), /^[^\n]{20,160}\.$/, 'one sentence');
      site.mend(name);
    }
    await reload();
    await page.waitForFunction(
      () => ['asleep', 'awake'].includes(/** @type {any} */ (document.querySelector('latent-pad'))?.state),
      undefined,
      { timeout: READY_TIMEOUT_MS },
    );
    await eventually(
      () => page.locator('latent-pad').evaluate(pad => [/** @type {any} */ (pad).x, /** @type {any} */ (pad).y]),
      [1.5, -0.5],
    );
    assert.equal(await page.locator('#not-started').count(), 0, 'it would say so later');
    assert.equal(await page.getByRole('alert').filter({ hasText: /./ }).count(), 0);
    assert.deepEqual(exceptions, []);
    await page.context().close();
    await site.close();
  });
}

test('when the map’s colours do not arrive, or arrive damaged, the page plays, says so, and loads them later on its own', async () => {
  let requests = 0;
  const site = await hostSite({
    answer(path, response, body) {
      if (path !== 'map.json' || ++requests !== 1) return false;
      response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 20));
      return true;
    },
    change: path =>
      path === 'map.json' && requests === 1 ? Buffer.from('{"version": 1, "grid": 5000, "layers": []}') : undefined,
  });
  const { page, exceptions } = await newPage(on.browser, { viewport: { width: 1280, height: 800 } });
  await page.clock.install();
  // It is shown for some seconds, and may come before the page is ready.
  const remark = page.locator('#remark').filter({ hasText: /of the map have not loaded/ });
  await Promise.all([remark.waitFor(), page.goto(site.address).then(() => until(page, 'ready'))]);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'ready');
  await page.clock.fastForward(LATER_MS);
  await eventually(async () => requests, 2, 'the damaged file');
  const layer = page.locator('#map-list input').nth(3);
  await advance(page, { isBusy: () => false }, async () => (await layer.count()) > 0);
  await layer.waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  assert.equal(requests, 3);
  assert.deepEqual(exceptions, []);
  await page.context().close();
  await site.close();
});
