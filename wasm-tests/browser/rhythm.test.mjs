// The sketch of a beatboxed rhythm in “From a sound…”: its kinds of hits become patches, which are heard alone and
// together, kept and undone, and a MIDI file. About 40 s.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { says } from './matching.mjs';
import { openPanel, reach } from './panels.mjs';
import { cutTexts, shown } from './seen.mjs';
import { currentPatch, drop, sharing } from './sharing.mjs';
import { allLoaded, MEASURED_TIMEOUT_MS } from './site.mjs';
import { PHONE, visits } from './visits.mjs';
import { BEATS } from './wav.mjs';
import { heldBack } from './workers.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();
const { visit } = visits();
const RHYTHM = { name: 'my beats.wav', bytes: BEATS };

/** Opens “From a sound…” to sketch, and gives the rhythm. @param {Page} page */
async function sketchRhythm(page) {
  await openPanel(page, 'sound');
  await (await reach(page, '#match-open')).click();
  await page.locator('button[data-kind=rhythm]').click();
  await page.locator('button[data-kind=rhythm][aria-pressed=true]').waitFor();
  await drop(page, RHYTHM);
  await page.locator('#match-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });
}

/** @param {Page} page */
const kinds = page =>
  page
    .locator('#match-answers button:visible')
    .evaluateAll(buttons => buttons.map(button => button.textContent?.replace(/\s+/g, ' ')));

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
  await page.waitForFunction(
    source => new RegExp(source).test(document.querySelector('#match-status')?.textContent ?? ''),
    sentence.source,
    until,
  );
  await page.locator('#job').waitFor({ state: 'hidden' });
}

test('a beatboxed rhythm becomes a patch for each kind of hits, heard alone and together, kept and undone, and a MIDI file', async () => {
  const { page, recorder, close } = await open();
  await allLoaded(page);
  const before = await currentPatch(page);
  // A press on a kind that still waits changes nothing.
  await page.evaluate(() => {
    const early = new MutationObserver(() => {
      const waits = document.querySelector(
        '[data-kind=rhythm] #match-found:not([hidden]) [data-strand="1"][aria-disabled=true]:not([hidden])',
      );
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

  assert.equal(
    await page.locator('#match-keep').innerText(),
    'Keep kind 1',
    'no kind takes the place of another by itself',
  );
  const name = page.locator('#match-answer-name');
  for (const [button, pressed, caption] of [
    ['#match-target', '#match-target', 'Sketch'],
    ['#match-answer', '#match-answer', 'Sketch'],
    ['#match-answers [data-strand="0"]', '#match-answers [data-strand="0"]', 'Kind 1'],
    ['.match-mark.mark-1', '#match-answers [data-strand="1"]', 'Kind 2'],
    ['#match-answer', '#match-answer', 'Sketch'],
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
    assert.equal(
      await page.locator('#match-answer').getAttribute('aria-pressed'),
      String(pressed === '#match-answer'),
      button,
    );
    await eventually(() => name.innerText(), caption);
  }

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#match-melody', { hasText: 'Save the rhythm' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'my beats.mid');
  const bytes = await readFile(await download.path());
  const presses = [0x90, 0x91].map(
    status => [...bytes].filter((byte, at) => byte === status && bytes[at + 1] < 128 && bytes[at + 2] > 0).length,
  );
  assert.deepEqual(presses, [4, 4], 'a channel for each kind');

  await page.locator('#match-answers [data-strand="1"]').click();
  await page.locator('#match-keep', { hasText: 'Keep kind 2' }).click();
  await says(page, /^Kind 2 is the patch now/);
  await page.locator('#tool-undo').click();
  await eventually(
    () => currentPatch(page),
    patch => patch.join() === before.join(),
    'undone',
  );
  await close();
});

test('axe finds nothing in a rhythm in German, and nothing is cut off, on a phone', async () => {
  const { page, ready, close } = await visit({ locale: 'de', ...PHONE });
  await ready();
  await sketchSlowly(page, 'my beats.wav');
  await done(page, /^Die Skizze hat 8 Schläge von 2 Arten\.$/);
  await shown(page);
  assert.deepEqual(await findingsInBothThemes(page), []);
  assert.deepEqual(await cutTexts(page, '#match'), []);
  await close();
});
