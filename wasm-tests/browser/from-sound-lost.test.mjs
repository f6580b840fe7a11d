// “From a sound…” when something is lost: the sound output of the page, a worker, or a file on its way.
// `./build.sh test --long` runs it: these faults are rare. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { comesNearer, off, openSearch, says, search, stop, watchAnswers } from './matching.mjs';
import { drop, sharing } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS, READY_TIMEOUT_MS } from './site.mjs';
import { PLUCK, tone, wav } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open, address } = sharing();

/**
 * A file of the site arrives damaged until the returned function is called, which returns how often it was.
 * @param {Page} page @param {string} file
 */
async function damaged(page, file) {
  let [isDamaged, times] = [true, 0];
  await page.route(`**/${file}`, route => {
    if (!isDamaged) return route.continue();
    times++;
    return route.fulfill({ body: 'spoilt' });
  });
  return () => {
    isDamaged = false;
    return times;
  };
}

/** Searches to the end. @param {Page} page */
async function searchToTheEnd(page) {
  await page.locator('#job').waitFor();
  await page.locator('#job').waitFor({ state: 'hidden', timeout: MEASURED_TIMEOUT_MS });
}

test('after the sound output was lost while a sound repeats, every button plays and stops as before', async () => {
  const { page, recorder, close } = await open();
  const repeat = page.locator('#match-play');
  const target = page.locator('#match-target');
  await search(page);
  await stop(page);
  await recorder.silent();
  await repeat.click();
  assert.ok(await recorder.heard());
  await page.evaluate(() => /** @type {any} */ (globalThis).recording.context.close());
  await page.getByRole('button', { name: 'Start the sound again' }).click();
  await page
    .locator('html[data-state=ready][data-sound=awake]')
    .waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await target.click();
  assert.ok(await recorder.sounded(), 'the target sounds');
  if ((await repeat.getAttribute('aria-pressed')) === 'true') await repeat.click();
  assert.ok(await recorder.silent());
  await repeat.click();
  await page.locator('#match-play[aria-pressed=true]').waitFor();
  assert.ok(await recorder.heard(), 'it repeats');
  await page.locator('#match-answer').click();
  await page.locator('#match-answer[aria-pressed=true]').waitFor();
  assert.ok(await recorder.heard(), 'the answer repeats');
  await repeat.click();
  assert.ok(await recorder.silent());
  await close();
});

test('known sounds that arrive damaged get a sentence in the language of the page, leave no worker, and load again', async () => {
  /** @type {() => number} */
  let repair = () => 0;
  const { page, close } = await open(`${address()}?lang=de`, async page => {
    repair = await damaged(page, 'preset_sounds.bin');
  });
  const before = page.workers().length;
  for (let again = 0; again < 2; again++) {
    await drop(page, PLUCK);
    await says(page, /^Die Suche konnte nicht geladen werden: /);
    await eventually(async () => page.workers().length, before, 'no worker is left');
  }
  repair();
  await search(page);
  await stop(page);
  await close();
});

test('without the network that guesses, because it arrives damaged, a search goes on; the next one has it', async () => {
  /** @type {() => number} */
  let repair = () => 0;
  const { page, close } = await open(undefined, async page => {
    repair = await damaged(page, 'sound_to_patch.onnx');
  });
  await watchAnswers(page);
  await search(page);
  await comesNearer(page);
  await says(page, (await stop(page)) ? /^Stopped\. The closest answer so far is / : /^Done\. The closest answer is /);
  assert.ok(repair() > 0);
  await Promise.all([page.waitForResponse('**/sound_to_patch.onnx'), page.locator('#match-again').click()]);
  await page.locator('#job').waitFor();
  await stop(page);
  await close();
});

test('workers that die in a search are replaced, with the sound: it goes on to its end, and again', async () => {
  const { page, close } = await open();
  await openSearch(page);
  const [one, other] = await eventually(
    async () => page.workers(),
    ({ length }) => length >= 2,
    'two workers',
  );
  await drop(page, { name: 'blip.wav', bytes: wav(0.2, tone(220)) });
  await eventually(() => off(page, 1), Number.isFinite);
  // Browsers report the end of the first worker, but not of the second.
  await one.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of memory');
    });
  });
  await other.evaluate(() => {
    setTimeout(() => self.close());
  });
  await searchToTheEnd(page);
  for (const number of [1, 2, 3, 4]) assert.ok((await off(page, number)) >= 0, `strand ${number} has an answer`);
  await says(page, /^Done\. The closest answer is \d+ % off\.$/);
  await page.locator('#match-again').click();
  await searchToTheEnd(page);
  await says(page, /^Done\. The closest answer is \d+ % off\.$/);
  await close();
});
