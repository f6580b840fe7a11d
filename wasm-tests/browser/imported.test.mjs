// Imported models and presets: they play, and survive a reload. imported-rare.test.mjs has what is lost, refused or
// goes on meanwhile. About 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { importModel, knowFew } from './importing.mjs';
import { currentPatch, drop, parameters, patches, playAt, readyAgain, sharing, take, said } from './sharing.mjs';
import { allLoaded, MEASURED_TIMEOUT_MS, READY_TIMEOUT_MS, withoutPatience } from './site.mjs';
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

test('an imported model plays, and removing it restores ours', async () => {
  const { page, close } = await open(undefined, knowFew);
  await playAt(page, 'Left', 'Left', 'Up');
  const ours = parameters((await take(page, '#take-patch')).bytes);
  await importModel(page);
  // It analyzes all presets of the map; all 3,303 would take 15 s on an idle machine and a minute on a busy one.
  await said(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  await readyAgain(page);
  // From two left and one up to two right and one down, where the rotated plane has the same sound.
  await playAt(page, 'Right', 'Right', 'Right', 'Right', 'Down', 'Down');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), ours);

  // A restarted analysis worker must use the current model.
  await (await reach(page, '#tool-mark')).click();
  for (const lose of [false, true]) {
    if (lose) await breakWorker(page);
    const [patch] = patches((await take(page, '#take-bank')).bytes);
    patches(Buffer.from(ours.join('\n')))[0].forEach((value, index) =>
      assert.ok(Math.abs(value - patch[index]) < 1e-4, ours[index]),
    );
  }

  await page.reload();
  await readyAgain(page);
  await page.locator('#remove-imports:not([hidden])').waitFor({ state: 'attached' });
  await playAt(page);
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), ours, 'it still plays after a reload');

  await (await reach(page, '#remove-imports')).click();
  await said(page, /built-in map plays again/);
  await readyAgain(page);
  await playAt(page, 'Left', 'Left', 'Left', 'Left', 'Up', 'Up');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), ours);
  await close();
});

/** Causes an uncaught error in the analysis worker, which the page receives. @param {Page} page */
async function breakWorker(page) {
  const [worker] = page.workers();
  const gone = worker.waitForEvent('close');
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('as the test wants it');
    });
  });
  await gone;
}

test('imported presets are on the map after a reload, until they are removed', async () => {
  const { page, close } = await open();
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  const renamed = bytes.toString('utf8').replace(/<name> .*/, '<name> Zyklop along');
  const before = await currentPoint(page);
  await drop(page, { name: 'mine.amSynthPreset', bytes: renamed });
  await said(page, /is on the map/);
  await shown(page);
  const there = await currentPoint(page);
  await page.keyboard.press('Control+z');
  await eventually(() => currentPoint(page), before, 'one step of undo');
  await page.keyboard.press('Control+Shift+z');
  await eventually(() => currentPoint(page), there);
  await page.reload();
  await readyAgain(page);
  await page.locator('#remove-imports:not([hidden])').waitFor({ state: 'attached' });
  await (await reach(page, '#find')).fill('zyklop along');
  await (await reach(page, '#found .go:has-text("zyklop along")')).click();
  await eventually(() => currentPoint(page), there);
  await eventually(() => currentPatch(page), patches(bytes)[0]);
  await (await reach(page, '#remove-imports')).click();
  await said(page, /built-in map plays again/);
  await page.reload();
  await readyAgain(page);
  await allLoaded(page);
  await (await reach(page, '#find')).fill('zyklop along');
  await shown(page);
  await page.locator('#found .go:has-text("zyklop")').waitFor({ state: 'detached' });
  assert.ok(await page.locator('#remove-imports').isHidden());
  await close();
});

test('a preset is listed once its place is found, so that whoever goes there stands at its dot', async () => {
  const { page, close } = await open(undefined, knowFew);
  await playAt(page, 'Left', 'Up');
  const [, ...lines] = (await take(page, '#take-patch')).bytes.toString('utf8').trim().split('\n');
  // Three sounds that differ a little; the last is placed last.
  const presets = ['first', 'second', 'third'].map((name, number) =>
    lines
      .join('\n')
      .replace(/<name> .*/, `<name> Zyklop ${name}`)
      .replace(/(<parameter> lfo_freq) .*/, `$1 ${number + 1}`),
  );
  await drop(page, { name: 'mine.bank', bytes: `amSynth\n${presets.join('\n')}\nEOF\n` });
  await playAt(page, 'Right', 'Right');
  const before = await currentPoint(page);
  await (await reach(page, '#find')).fill('zyklop third');
  // The search for a place may take long.
  const go = async () =>
    (await reach(page, '#found .go:has-text("zyklop third")')).click({ timeout: MEASURED_TIMEOUT_MS });
  await go();
  const there = await eventually(
    () => currentPoint(page),
    point => point.join() !== before.join(),
  );
  await said(page, /is on amSynth’s map/);
  await page.keyboard.press('Control+z');
  await eventually(() => currentPoint(page), before);
  await go();
  await eventually(() => currentPoint(page), there);
  await close();
});
