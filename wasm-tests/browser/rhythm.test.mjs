// The sketch of a beatboxed rhythm in “From a sound…”: its kinds of hits become patches, which are heard alone and together, kept
// and undone, and a MIDI file. About 40 s.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { says } from './matching.mjs';
import { openPanel } from './panels.mjs';
import { cutTexts, shown } from './seen.mjs';
import { currentPatch, drop, sharing } from './sharing.mjs';
import { allLoaded, MEASURED_TIMEOUT_MS } from './site.mjs';
import { PHONE, visits } from './visits.mjs';
import { BEATS, HISSES, hum } from './wav.mjs';
import { heldBack } from './workers.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();
const { visit } = visits();
const RHYTHM = { name: 'my beats.wav', bytes: BEATS };
// A sound so long that its search has not ended when it is stopped.
const HUM = { name: 'my hum.wav', bytes: hum(4) };

/** Opens “From a sound…” to sketch, and gives the rhythm. @param {Page} page */
async function sketchRhythm(page) {
  await openPanel(page, 'sound');
  await page.locator('#match-open').click();
  await page.locator('button[data-kind=rhythm]').click();
  await page.locator('button[data-kind=rhythm][aria-pressed=true]').waitFor();
  await drop(page, RHYTHM);
  await page.locator('#match-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });
}

/** @param {Page} page */
const kinds = page => page.locator('#match-answers button:visible').evaluateAll(buttons => buttons.map(button => button.textContent?.replace(/\s+/g, ' ')));

/**
 * The same, and checks the line of the sketch, which a short sketch does not have: it is held back until the line is
 * shown.
 * @param {Page} page @param {string} line
 */
async function sketchSlowly(page, line) {
  const release = await heldBack(page, 'step_rhythm', 1);
  await sketchRhythm(page);
  await page.locator('#job-name', { hasText: line }).waitFor();
  await release();
}

/** Waits until the sketch of a sound is done, and says a sentence. @param {Page} page @param {RegExp} sentence */
async function done(page, sentence) {
  // Does not wait for its line, which a sketch that is done at once does not have.
  const until = { timeout: MEASURED_TIMEOUT_MS };
  await page.waitForFunction(source => new RegExp(source).test(document.querySelector('#match-status')?.textContent ?? ''), sentence.source, until);
  await page.locator('#job').waitFor({ state: 'hidden' });
}

test('a beatboxed rhythm becomes a patch for each kind of hits, heard alone and together, kept and undone, and a MIDI file', async () => {
  const { page, recorder, close } = await open();
  await allLoaded(page);
  const before = await currentPatch(page);
  // A press on a kind that still waits changes nothing.
  await page.evaluate(() => {
    const early = new MutationObserver(() => {
      const waits = document.querySelector('[data-kind=rhythm] #match-found:not([hidden]) [data-strand="1"][aria-disabled=true]:not([hidden])');
      if (!(waits instanceof HTMLElement)) return;
      early.disconnect();
      waits.click();
      document.body.dataset.early = 'pressed';
    });
    early.observe(document, { subtree: true, childList: true, attributes: true });
  });
  await sketchSlowly(page, 'Sketching my beats.wav');
  assert.equal(await page.evaluate(() => document.body.dataset.early), 'pressed', 'a kind waited');
  assert.equal(await page.locator('#match-answer').getAttribute('aria-pressed'), 'true', 'all kinds are heard');
  assert.deepEqual(await kinds(page), ['1 4 hits', '2 4 hits']);
  await done(page, /^The sketch has 8 hits of 2 kinds\.$/);
  const drawing = page.locator('#match-contours');
  assert.equal(await drawing.getAttribute('aria-label'), 'Hits over time: kind 1: 4, kind 2: 4.');
  assert.equal(await drawing.locator('.match-hit').count(), 8);

  assert.equal(await page.locator('#match-keep').innerText(), 'Keep kind 1', 'no kind takes the place of another by itself');
  const name = page.locator('#match-answer-name');
  for (const [button, pressed, caption] of [
    ['#match-target', '#match-target', 'Sketch'], ['#match-answer', '#match-answer', 'Sketch'],
    ['#match-answers [data-strand="0"]', '#match-answers [data-strand="0"]', 'Kind 1'],
    ['.match-mark.mark-1', '#match-answers [data-strand="1"]', 'Kind 2'], ['#match-answer', '#match-answer', 'Sketch'],
  ]) {
    // Stopped, so that the next sound begins at its beginning: a sound that is pressed while another plays goes on at
    // the same moment.
    for (const isRepeating of ['true', 'false']) {
      await page.locator('#match-play').click();
      await eventually(() => page.locator('#match-play').getAttribute('aria-pressed'), isRepeating);
    }
    await recorder.silent();
    // A mark may lie under a tool of the map.
    await page.locator(button).dispatchEvent('click');
    assert.ok(await recorder.sounded(), `${button} sounds`);
    await eventually(() => page.locator(pressed).getAttribute('aria-pressed'), 'true', button);
    assert.equal(await page.locator('#match-answer').getAttribute('aria-pressed'), String(pressed === '#match-answer'), button);
    await eventually(() => name.innerText(), caption);
  }

  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#match-melody', { hasText: 'Save the rhythm' }).click()]);
  assert.equal(download.suggestedFilename(), 'my beats.mid');
  const bytes = await readFile(await download.path());
  const presses = [0x90, 0x91].map(status => [...bytes].filter((byte, at) => byte === status && bytes[at + 1] < 128 && bytes[at + 2] > 0).length);
  assert.deepEqual(presses, [4, 4], 'a channel for each kind');

  await page.locator('#match-answers [data-strand="1"]').click();
  await page.locator('#match-keep', { hasText: 'Keep kind 2' }).click();
  await says(page, /^Kind 2 is the patch now/);
  await page.locator('#edited').waitFor();
  await page.locator('#tool-undo').click();
  await page.locator('#edited').waitFor({ state: 'hidden' });
  await eventually(() => currentPatch(page), patch => patch.join() === before.join(), 'undone');
  await close();
});

test('from a rhythm to a melody, to the sound, and back: each shows its own', async () => {
  const { page, close } = await open();
  await sketchRhythm(page);
  await drop(page, HUM);
  await says(page, /^my hum\.wav has fewer than three hits: press “a melody” /);
  await page.locator('button[data-kind=voice]').click();
  await page.locator('#job').filter({ hasText: /Sketching my hum\.wav/ }).waitFor();
  await eventually(() => page.locator('#match-answers').isVisible(), false, 'a melody has one patch');
  // A rhythm without pitch is not a melody; the next sound is searched for as a melody again.
  await drop(page, { name: 'my hisses.wav', bytes: HISSES });
  await page.locator('button[data-kind=rhythm][aria-pressed=true]').waitFor();
  await says(page, /my hisses\.wav has no pitch that lasts: it is sketched as a rhythm\.$/);
  await eventually(async () => (await kinds(page)).length > 0, true, 'the kinds');
  await done(page, /^The sketch has \d+ hits of .* has no pitch that lasts: it is sketched as a rhythm\.$/);
  // Pressed again, the button says that it is done, and does not sketch the same sound again.
  const jobs = await page.locator('#job').evaluateHandle(job => {
    const texts = /** @type {string[]} */ ([]);
    new MutationObserver(() => texts.push(job.textContent ?? '')).observe(job, { subtree: true, childList: true, characterData: true });
    return texts;
  });
  await page.locator('button[data-kind=voice]').click();
  await says(page, /^my hisses\.wav has no pitch that lasts: it is sketched as a rhythm\.$/);
  await drop(page, HUM);
  await page.locator('#job').filter({ hasText: /Sketching my hum\.wav/ }).waitFor();
  assert.deepEqual((await jobs.jsonValue()).filter(text => text.includes('hisses')), []);
  await page.locator('button[data-kind=voice][aria-pressed=true]').waitFor();
  await page.locator('#match-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('button[data-kind=rhythm]').click();
  await says(page, /^my hum\.wav has fewer than three hits: /);
  assert.equal(await page.locator('button[data-kind=rhythm]').getAttribute('aria-pressed'), 'true', 'what counts for the next sound');
  await page.locator('#job-stop').click();
  await page.locator('#job').waitFor({ state: 'hidden' });
  // Refused again, it also gives the result of the stopped search.
  await page.locator('button[data-kind=rhythm]').click();
  await says(page, /^my hum\.wav has fewer than three hits: .* Stopped\. The sketch has the voice’s pitch \d+ % of the time\.$/);
  // The kind that was pressed last counts for the next sound, also if the sound before was refused.
  await drop(page, RHYTHM);
  await page.locator('button[data-kind=rhythm][aria-pressed=true]').waitFor();
  await eventually(() => kinds(page), list => list.join() === '1 4 hits,2 4 hits', 'the kinds of the other');
  await page.locator('button[data-kind=sound]').click();
  await page.locator('#job').filter({ hasText: /Matching my beats\.wav/ }).waitFor();
  await eventually(async () => (await kinds(page)).length, 4, 'the answers');
  assert.equal(await page.locator('#match-contours').isVisible(), false);
  await page.locator('button[data-kind=rhythm]').click();
  await eventually(() => kinds(page), list => list.join() === '1 4 hits,2 4 hits', 'the kinds again');
  await page.locator('#match-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await done(page, /^The sketch has 8 hits of 2 kinds\.$/);
  await close();
});

test('a rhythm that is sketched as a melody suggests the rhythm, a melody does not', async () => {
  const { page, close } = await open();
  await openPanel(page, 'sound');
  await page.locator('#match-open').click();
  await page.locator('button[data-kind=voice]').click();
  await drop(page, RHYTHM);
  await says(page, /^Much of it has no pitch: if it is a rhythm, press “a rhythm”\.$/);
  await page.locator('#match-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('#job-stop').click();
  await page.locator('#job').waitFor({ state: 'hidden' });
  await says(page, /^Stopped\. The sketch has the voice’s pitch \d+ % of the time\. Much of it has no pitch: if it is a rhythm, press “a rhythm”\.$/);
  await page.locator('button[data-kind=rhythm]').click();
  await eventually(() => kinds(page), list => list.join() === '1 4 hits,2 4 hits', 'the kinds');
  await page.locator('button[data-kind=voice]').click();
  await drop(page, HUM);
  await page.locator('#job').filter({ hasText: /Sketching my hum\.wav/ }).waitFor();
  await page.locator('#match-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await eventually(() => page.locator('#match-contours').getAttribute('aria-label'), /Voice: (A|G♯)3 to/);
  await page.locator('#job-stop').click();
  await page.locator('#job').waitFor({ state: 'hidden' });
  await says(page, /^Stopped\. The sketch has the voice’s pitch \d+ % of the time\.$/);
  await close();
});

for (const [where, options] of /** @type {const} */ ([['desktop', {}], ['phone', PHONE]])) {
  test(`axe finds nothing in a rhythm in German, and nothing is cut off, ${where}`, async () => {
    const { page, ready, close } = await visit({ locale: 'de', ...options });
    await ready();
    await sketchSlowly(page, 'my beats.wav');
    await done(page, /^Die Skizze hat 8 Schläge von 2 Arten\.$/);
    await shown(page);
    assert.deepEqual(await findingsInBothThemes(page), []);
    assert.deepEqual(await cutTexts(page, '#match'), []);
    await close();
  });
}
