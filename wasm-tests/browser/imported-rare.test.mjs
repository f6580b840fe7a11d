// Imports that are refused or lost, and what goes on while a model is imported: a held key, a path that follows a
// curve, two sounds. `./build.sh test --long` runs it: few people train a model, and each import measures its presets.
// About 60 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { begun, drawnAround } from './between.mjs';
import { eventually } from './eventually.mjs';
import { importModel, knowFew } from './importing.mjs';
import { currentPatch, drop, parameters, patches, playAt, readyAgain, sharing, take, said } from './sharing.mjs';
import { openReady, READY_TIMEOUT_MS, SITE_FOLDER, withoutPatience } from './site.mjs';
import { currentPoint, shown } from './seen.mjs';
import { reach } from './panels.mjs';

const { open: visit } = sharing();
/**
 * A visit whose analysis worker may take long to begin.
 * @param {string} [at] @param {(page: Page) => Promise<unknown>} [prepare]
 */
const open = (at, prepare) =>
  visit(at, async page => {
    await withoutPatience(page, 20_000);
    await prepare?.(page);
  });

/** @typedef {import('playwright-core').Page} Page */

/**
 * Makes the worklet refuse the first decoder, as an update with another model version would: the page starts with the
 * imported one.
 */
const REFUSE = `
const register = registerProcessor;
let refused = false;
globalThis.registerProcessor = (name, Processor) => register(name, class extends Processor {
  constructor(options) {
    const { decoder } = options.processorOptions;
    if (decoder && !refused) new Uint8Array(decoder).fill(0);
    refused ||= Boolean(decoder);
    super(options);
  }
});
`;

test('a latched sound continues when a model is imported, and a model that the worklet refuses later leaves ours', async () => {
  let refuses = false;
  const site = await hostSite({
    change: (name, body) => (name === 'worklet.js' && refuses ? Buffer.concat([Buffer.from(REFUSE), body]) : body),
  });
  const { page, recorder, close } = await open(site.address, knowFew);
  await page.locator('#tool-hold').click();
  await playAt(page);
  assert.ok(await recorder.heard());
  await importModel(page);
  await said(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  await readyAgain(page);
  assert.ok(await recorder.heard(), 'it sounds all the time');
  await page.locator('#tool-hold').click();

  refuses = true;
  await page.reload();
  await readyAgain(page);
  await said(page, /cannot be played/);
  await recorder.take();
  await playAt(page);
  assert.ok(await recorder.sounded(), 'ours plays');
  await (await reach(page, '#remove-imports')).click();
  await said(page, /built-in map plays again/);
  await close();
  await site.close();
});

test('a held key sounds again after a model is imported, and ends on release', async () => {
  const { page, recorder, close } = await open(undefined, knowFew);
  await page.keyboard.down('KeyQ');
  assert.ok(await recorder.heard());
  await importModel(page);
  await said(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  await readyAgain(page);
  assert.ok(await recorder.heard());
  await page.keyboard.up('KeyQ');
  assert.ok(await recorder.silent());
  await close();
});

test('a model that only the worklet refuses leaves our map, presets and sound, and imported banks stay', async () => {
  const site = await hostSite({
    change: (name, body) => (name === 'worklet.js' ? Buffer.concat([Buffer.from(REFUSE), body]) : body),
  });
  const { page, recorder, close } = await open(site.address, knowFew);
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  await drop(page, {
    name: 'mine.amSynthPreset',
    bytes: bytes.toString('utf8').replace(/<name> .*/, '<name> Zyklop along'),
  });
  await said(page, /is on the map/);
  await shown(page);
  const there = await currentPoint(page);
  await importModel(page);
  await said(page, /cannot be played/, 4 * READY_TIMEOUT_MS);
  await readyAgain(page);
  await eventually(() => page.locator('[role=alert]:visible').filter({ hasText: /./ }).count(), 0);
  await recorder.take();
  await playAt(page, 'Right');
  assert.ok(await recorder.sounded(), 'ours plays');
  await (await reach(page, '#find')).fill('zyklop along');
  await (await reach(page, '#found .go:has-text("zyklop along")')).click();
  await eventually(() => currentPoint(page), there, 'it is at the point of our model');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), parameters(bytes));
  await close();
  await site.close();
});

test('a path that follows a curve is on the map of the imported model; without one a sentence says what is missing', async () => {
  const { page, close } = await open(undefined, knowFew);
  const openCurve = async () => (await reach(page, '[data-way=curve]')).click();
  const low = page.locator('#path-low');
  const verdict = page.locator('#path-verdict');
  await (await reach(page, '#path-open')).click();
  await openCurve();
  const before = await eventually(() => low.inputValue(), /\d/);
  await importModel(page);
  await said(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  await openCurve();
  await verdict.filter({ hasText: /^Your model came without its map: import map\.json together with it/ }).waitFor();
  await page.locator('#path-find').click();
  await verdict.filter({ hasText: /^Your model came without its map/ }).waitFor();
  const map = JSON.parse(readFileSync(join(SITE_FOLDER, 'map.json'), 'utf8'));
  const importWith = async () => {
    await importModel(page, { name: 'map.json', bytes: Buffer.from(JSON.stringify(map)) });
    await said(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
    await openCurve();
  };
  const { 2: brightness, 6: boominess } = map.layers;
  [map.layers[2], map.layers[6]] = [boominess, brightness];
  await importWith();
  await verdict.filter({ hasText: /^The map of your model has other layers/ }).waitFor();
  // Boominess has another range.
  map.layers[2] = { ...boominess, name: brightness.name };
  map.layers[6] = { ...brightness, name: boominess.name };
  await importWith();
  await eventually(
    () => low.inputValue(),
    now => now !== '' && now !== before,
  );
  await page.locator('#path-find').click();
  await verdict.filter({ hasText: /Within \d+\.\d points on average/ }).waitFor({ timeout: 4 * READY_TIMEOUT_MS });
  await close();
});

test('points of the map that two sounds were chosen at are those of a model that is imported later', async () => {
  const { page, close } = await open(undefined, knowFew);
  /** Presses a button of the panel, which is open then. @param {string} button */
  const press = async button => (await reach(page, button)).click();
  /** @param {string} step */
  const slide = async step => {
    await reach(page, '[data-end=B]');
    await page.locator('#between-share:enabled').fill(step);
  };
  const half = async () => {
    await slide('48');
    return currentPatch(page);
  };
  const around = async () => {
    await reach(page, '[data-end=B]');
    await drawnAround(page, 'B');
    return page
      .locator('[data-around=B] .between-grid canvas')
      .nth(12)
      .evaluate(picture => /** @type {HTMLCanvasElement} */ (picture).toDataURL());
  };
  await playAt(page);
  await press('#two-sounds-open');
  await begun(page);
  await playAt(page, 'Left', 'Left', 'Up');
  await press('[data-end=B]');
  await press('#between-here');
  await press('#between-around');
  const picture = await around();
  const ours = await half();
  await slide('96');
  await importModel(page);
  await said(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  await readyAgain(page);
  const theirs = await eventually(half, patch => patch.join() !== ours.join());
  await eventually(around, now => now !== picture);
  // The patch is the same as if a person chooses this point now.
  await slide('96');
  await press('[data-end=B]');
  await press('#between-here');
  assert.deepEqual(await eventually(half, patch => patch.join() !== ours.join()), theirs);
  await close();
});

/** Makes the analysis worker fail where a preset's place is searched for. */
const LOSE_THE_SEARCH = `
addEventListener('message', event => {
  if (event.data.method !== 'search_nearby') return;
  event.stopImmediatePropagation();
  setTimeout(() => { throw new Error('as the test wants it'); });
});
`;

test('imported presets whose search fails stay where the encoder has placed them, also after a reload, and can be removed', async () => {
  const site = await hostSite({
    change: (name, body) =>
      name === 'analysis-worker.js' ? Buffer.concat([Buffer.from(LOSE_THE_SEARCH), body]) : body,
  });
  const { page, close } = await open(site.address);
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  const renamed = bytes
    .toString('utf8')
    .replace(/<name> .*/, '<name> Zyklop alone')
    .replace(/(<parameter> lfo_freq) .*/, '$1 1');
  await drop(page, { name: 'mine.amSynthPreset', bytes: renamed });
  await said(page, /is on the map/);
  const found = async () => {
    await (await reach(page, '#find')).fill('zyklop alone');
    await shown(page);
    return page.locator('#found .go:has-text("zyklop")').count();
  };
  await eventually(found, 1);
  await page.reload();
  await readyAgain(page);
  await page.locator('#remove-imports:not([hidden])').waitFor({ state: 'attached' });
  await eventually(found, 1);
  await (await reach(page, '#remove-imports')).click();
  await said(page, /built-in map plays again/);
  await eventually(found, 0);
  await close();
  await site.close();
});

test('imports survive a new model of the page, a missing file, and another tab', async () => {
  const { page } = await open();
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  let sounds = 0;
  /** Each is another sound, since a known one is not listed twice. @param {string} name */
  const named = name => ({
    name: `${name}.amSynthPreset`,
    bytes: bytes
      .toString('utf8')
      .replace(/<name> .*/, `<name> ${name}`)
      .replace(/(<parameter> lfo_freq) .*/, `$1 ${++sounds}`),
  });
  const names = async (/** @type {Page} */ tab) => {
    await (await reach(tab, '#find')).fill('zyklop ');
    await shown(tab);
    return tab.locator('#found .go').allInnerTexts();
  };
  // The second one while the first is still being analyzed.
  await drop(page, named('Zyklop first'));
  await drop(page, named('Zyklop second'));
  await said(page, /second.*is on the map/);
  await eventually(async () => (await names(page)).length, 2);

  const other = await page.context().newPage();
  await withoutPatience(other, 2000, 20_000);
  await openReady(other, page.url());
  await other.locator('#remove-imports:not([hidden])').waitFor({ state: 'attached' });
  await drop(page, named('Zyklop third'));
  await said(page, /third.*is on the map/);
  await drop(other, named('Zyklop fourth'));
  await said(other, /fourth.*is on the map/);
  await other.close();

  const known = JSON.parse(readFileSync(new URL('../../models/coordinates.json', import.meta.url), 'utf8'));
  await page.context().route('**/coordinates.json', route => route.fulfill({ json: { ...known, model: 'another' } }));
  await page.context().route('**/analysis_bg.wasm', route => route.fulfill({ status: 404 }));
  await page.reload();
  await said(page, /sound analysis could not be loaded/);
  await page.context().unroute('**/analysis_bg.wasm');
  await drop(page, named('Zyklop fifth'));
  await said(page, /fifth.*is on the map/);
  await page.reload();
  await page.locator('#remove-imports:not([hidden])').waitFor({ state: 'attached' });
  await eventually(async () => {
    await (await reach(page, '#find')).fill('');
    return (await names(page)).length;
  }, 5);
  await page.context().close();
});

test('without storage the page says that an import is not saved, and plays it', async () => {
  const { page, close } = await open(undefined, page =>
    page.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', {
        value: {
          open() {
            throw new DOMException('denied', 'SecurityError');
          },
        },
      });
    }),
  );
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  await playAt(page, 'Right', 'Right');
  await drop(page, { name: 'mine.amSynthPreset', bytes });
  await said(page, /is on the map.* gone after a reload/);
  await eventually(() => currentPatch(page), patches(bytes)[0]);
  await (await reach(page, '[data-bank]')).click();
  // Nothing is saved that could return.
  await said(page, /is removed$/);
  await close();
});
