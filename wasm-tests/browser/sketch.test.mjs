// A sketch of a voice in “From a sound…”: a hummed melody becomes a patch and the notes that play it; both are heard,
// the patch is kept, the melody is saved. The decisions have native tests in
// crate/page/play/src/panels/sound_match/tests/. About 60 s.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { openPanel, reach } from './panels.mjs';
import { cutTexts, sentenceOf, shown } from './seen.mjs';
import { currentPatch, drop, sharing } from './sharing.mjs';
import { allLoaded, MEASURED_TIMEOUT_MS } from './site.mjs';
import { semitones } from './sound.mjs';
import { PHONE, visits } from './visits.mjs';
import { hum } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();
const { visit } = visits();
const HUM = { name: 'my hum.wav', bytes: hum() };
// A sound so long that its search has not ended when it is stopped.
const LONG_HUM = { name: 'my hum.wav', bytes: hum(4) };

/** Opens “From a sound…” and chooses a melody. @param {Page} page */
async function openSketch(page) {
  await openPanel(page, 'sound');
  await (await reach(page, '#match-open')).click();
  await page.locator('button[data-kind=voice]').click();
  await page.locator('button[data-kind=voice][aria-pressed=true]').waitFor();
}

/** @param {Page} page @param {RegExp} sentence */
const says = (page, sentence) => eventually(() => sentenceOf(page, '#match-status'), sentence);

/** Waits for the first sketch. @param {Page} page */
const first = page => page.locator('#match-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });

/** Waits for the end of the search. @param {Page} page */
const end = page => page.locator('#job').waitFor({ state: 'hidden', timeout: MEASURED_TIMEOUT_MS });

/** Stops the search. @param {Page} page */
async function stop(page) {
  await page.locator('#job-stop').click();
  await page.locator('#job').waitFor({ state: 'hidden' });
}

/** The share of the voice that is in tune, in per cent. @param {Page} page */
const tuned = async page =>
  Number(/pitch (\d+) % of the time/.exec(await page.locator('#match-status').innerText())?.[1]);

/** The keys of a MIDI file's notes, in their order. @param {Buffer} bytes */
const pressedKeys = bytes =>
  [...bytes.subarray(0, bytes.length - 1)].flatMap((byte, at) =>
    byte === 0x90 && bytes[at + 2] > 0 ? [bytes[at + 1]] : [],
  );

test('a hummed melody becomes a patch that is heard beside it, kept and undone, and a MIDI file', async () => {
  const { page, recorder, close } = await open();
  await allLoaded(page);
  await page.keyboard.press('Space');
  await recorder.silent();
  const before = await currentPatch(page);
  await openSketch(page);
  await drop(page, HUM);
  await page
    .locator('#job')
    .filter({ hasText: /Sketching my hum\.wav/ })
    .waitFor();
  await first(page);
  assert.ok(await recorder.sounded(), 'the first sketch sounds at once');
  await end(page);
  const share = await eventually(() => tuned(page), Number.isFinite);
  assert.ok(share >= 85, `the voice’s pitch ${share} % of the time`);
  const contours = page.locator('#match-contours');
  await eventually(() => contours.getAttribute('aria-label'), /Voice: (A|G♯)3 to (E|F)4\. Sketch: (A|G♯)3 to (E|F)4\./);
  assert.equal(await contours.locator('.match-contour').count(), 6, 'pitch and loudness of both, and what is which');
  await eventually(() => page.locator('#match-notes').innerText(), /2 notes, A3 to E4/);
  assert.match(await page.locator('#match-pitch').innerText(), /^\d\.\d s · my hum\.wav$/);

  await recorder.silent();
  await page.locator('#match-target').click();
  assert.ok(await recorder.sounded(), 'the voice sounds');
  await recorder.silent();
  await page.locator('#match-answer', { hasText: 'Sketch' }).click();
  assert.ok(await recorder.sounded(), 'so does the sketch');

  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#match-melody').click()]);
  assert.equal(download.suggestedFilename(), 'my hum.mid');
  assert.deepEqual(pressedKeys(await readFile(await download.path())), [57, 64]);

  await page.locator('#match-keep').click();
  await says(page, /The sketch is the patch now/);
  await page.locator('#near', { hasText: /^my hum$/ }).waitFor();
  assert.notDeepEqual(await currentPatch(page), before);
  await recorder.silent();
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.keyboard.down('KeyQ');
  await eventually(async () => semitones(await recorder.pitch_octaves(), Math.log2(261.63)), 0, 'C plays C');
  await page.keyboard.up('KeyQ');
  await page.locator('#tool-undo').click();
  await page.locator('#near', { hasText: /^my hum$/ }).waitFor({ state: 'hidden' });
  await eventually(
    () => currentPatch(page),
    patch => patch.join() === before.join(),
    'undone',
  );
  await openPanel(page, 'sound');
  assert.equal(await tuned(page), share, 'what is true of the sketch is there again');
  await page.locator('#tool-redo').click();
  await says(page, /The sketch is the patch now/);
  await page.locator('#match-close').click();
  await (await reach(page, '#match-open')).click();
  await says(page, /The sketch is the patch now/);
  await close();
});

test('workers that die in a sketch are replaced, with all that was judged: it goes on to its end', async () => {
  const { page, close } = await open();
  await openSketch(page);
  const [one, other] = await eventually(
    async () => page.workers(),
    ({ length }) => length >= 2,
    'two workers',
  );
  await drop(page, { name: 'short hum.wav', bytes: hum(0.7) });
  await first(page);
  await one.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of memory');
    });
  });
  await other.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of memory');
    });
  });
  await end(page);
  const share = await eventually(() => tuned(page), Number.isFinite);
  assert.ok(share >= 80, `the voice’s pitch ${share} % of the time`);
  await close();
});

test('axe finds nothing in a sketch in German, and nothing is cut off, on a phone', async () => {
  const { page, ready, close } = await visit({ locale: 'de', ...PHONE });
  await ready();
  await openSketch(page);
  await drop(page, LONG_HUM);
  await first(page);
  await stop(page);
  await shown(page);
  assert.match(
    await page.locator('#match-status').innerText(),
    /Die Skizze hat \d+ % der Zeit die Tonhöhe der Stimme\./,
  );
  assert.deepEqual(await findingsInBothThemes(page), []);
  assert.deepEqual(await cutTexts(page, '#match'), []);
  await close();
});
