// A sketch of a voice in “From a sound…”: a hummed melody becomes a patch and the notes that play it. Both are played,
// the patch is kept, and the melody is saved. A sound that is not a voice has its sentence and changes nothing. About
// 90 s.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { cutTexts, shown } from './seen.mjs';
import { currentPatch, drop, sharing } from './sharing.mjs';
import { allLoaded, MEASURED_TIMEOUT_MS } from './site.mjs';
import { semitones } from './sound.mjs';
import { PHONE, visits } from './visits.mjs';
import { hum, noise, PLUCK, tone, wav } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();
const { visit } = visits();
const HUM = { name: 'my hum.wav', bytes: hum() };
// A sound so long that its search has not ended when it is stopped.
const LONG_HUM = { name: 'my hum.wav', bytes: hum(4) };

/** Opens “From a sound…” and chooses what to find. @param {Page} page @param {'sound' | 'voice'} [kind] */
async function openSketch(page, kind = 'voice') {
  await openPanel(page, 'sound');
  await page.locator('#match-open').click();
  await page.locator('#match-choose').waitFor();
  if (kind === 'voice') await choose(page, kind);
}

/** @param {Page} page @param {'sound' | 'voice'} kind */
async function choose(page, kind) {
  await page.locator(`button[data-kind=${kind}]`).click();
  await page.locator(`button[data-kind=${kind}][aria-pressed=true]`).waitFor();
}

/** @param {Page} page @param {RegExp} sentence */
const says = (page, sentence) => eventually(async () => await page.locator('#match-status').textContent() ?? '', sentence);

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
const tuned = async page => Number(/pitch (\d+) % of the time/.exec(await page.locator('#match-status').innerText())?.[1]);

/** The keys of a MIDI file's notes, in their order. @param {Buffer} bytes */
const pressedKeys = bytes => [...bytes.subarray(0, bytes.length - 1)].flatMap((byte, at) => (byte === 0x90 && bytes[at + 2] > 0 ? [bytes[at + 1]] : []));

test('a hummed melody becomes a patch that is heard beside it, kept and undone, and a MIDI file', async () => {
  const { page, recorder, close } = await open();
  await allLoaded(page);
  await page.keyboard.press('Space');
  await recorder.silent();
  const before = await currentPatch(page);
  await openSketch(page);
  await drop(page, HUM);
  await page.locator('#job').filter({ hasText: /Sketching my hum\.wav/ }).waitFor();
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
  await page.locator('#edited').waitFor();
  assert.notDeepEqual(await currentPatch(page), before);
  await recorder.silent();
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.keyboard.down('KeyQ');
  await eventually(async () => semitones(await recorder.pitch_octaves(), Math.log2(261.63)), 0, 'C plays C');
  await page.keyboard.up('KeyQ');
  await page.locator('#tool-undo').click();
  await page.locator('#edited').waitFor({ state: 'hidden' });
  await eventually(() => currentPatch(page), patch => patch.join() === before.join(), 'undone');
  await openPanel(page, 'sound');
  assert.equal(await tuned(page), share, 'what is true of the sketch is there again');
  await page.locator('#tool-redo').click();
  await says(page, /The sketch is the patch now/);
  await page.locator('#match-close').click();
  await page.locator('#match-open').click();
  await says(page, /The sketch is the patch now/);
  await close();
});

test('a sketch stopped half way is there to be heard and kept; back to the sound, that is searched for', async () => {
  const { page, close } = await open();
  await openSketch(page);
  await drop(page, LONG_HUM);
  await first(page);
  await stop(page);
  await says(page, /^Stopped\. The sketch has the voice’s pitch [1-9]\d* % of the time\.$/);
  assert.equal(await page.locator('#match-strands').isVisible(), false);
  await choose(page, 'sound');
  await page.locator('#job').filter({ hasText: /Matching my hum\.wav/ }).waitFor();
  await page.locator('#match-strands').waitFor();
  assert.equal(await page.locator('#match-contours').isVisible(), false);
  assert.match(await page.locator('#match-pitch').innerText(), /^(A3|E4|no single pitch).* · my hum\.wav$/);
  await choose(page, 'voice');
  await page.locator('#job').filter({ hasText: /Sketching my hum\.wav/ }).waitFor();
  await stop(page);
  await close();
});

test('what is no voice has its sentence, and the search for the last sound goes on', async () => {
  const { page, close } = await open();
  await openSketch(page);
  await drop(page, LONG_HUM);
  const job = page.locator('#job').filter({ hasText: /Sketching my hum\.wav/ });
  await job.waitFor();
  for (const [name, bytes, sentence] of /** @type {[string, Buffer, RegExp][]} */ ([
    ['silent.wav', wav(1, () => 0), /silent\.wav is silent: .*\.$/],
    ['short.wav', wav(0.02, tone(220)), /short\.wav is too short: .*\.$/],
    ['hiss.wav', wav(3, noise()), /hiss\.wav has no pitch: .*\.$/],
  ])) {
    await drop(page, { name, bytes });
    await says(page, sentence);
    assert.match(await page.locator('#match-pitch').innerText(), /my hum\.wav/);
  }
  assert.ok(await job.isVisible(), 'it goes on');
  // The sentence names the way out, which takes the same sound.
  await choose(page, 'sound');
  await page.locator('#job').filter({ hasText: /Matching hiss\.wav/ }).waitFor();
  await first(page);
  await stop(page);
  await says(page, /^Stopped\. The closest answer so far is \d+ % off\.$/);
  await close();
});

test('a sound without pitch stays a sound when a sketch of it is asked for', async () => {
  const { page, close } = await open();
  await openSketch(page, 'sound');
  const random = noise();
  // So long that its search has not ended when the sketch is asked for.
  await drop(page, { name: 'click.wav', bytes: wav(3, time_s => random() * Math.exp(-6 * time_s)) });
  const job = page.locator('#job').filter({ hasText: /Matching click\.wav/ });
  await job.waitFor();
  await page.locator('[data-kind=voice]').click();
  await says(page, /click\.wav has no pitch: .*\.$/);
  // The next sound is sketched; this one is still searched for.
  assert.equal(await page.locator('button[data-kind=voice]').getAttribute('aria-pressed'), 'true');
  assert.equal(await page.locator('.match-area').getAttribute('data-kind'), 'sound');
  await choose(page, 'sound');
  await end(page);
  await says(page, /^Done\. The closest answer is /);
  // If the sketch is asked for again after its end, its result is shown again with its sound.
  await page.locator('[data-kind=voice]').click();
  await says(page, /click\.wav has no pitch: /);
  await choose(page, 'sound');
  await says(page, /^Done\. The closest answer is /);
  await close();
});

test('workers that die in a sketch are replaced, with all that was judged: it goes on to its end', async () => {
  const { page, close } = await open();
  await openSketch(page);
  const [one, other] = await eventually(async () => page.workers(), ({ length }) => length >= 2, 'two workers');
  await drop(page, { name: 'short hum.wav', bytes: hum(0.7) });
  await first(page);
  await one.evaluate(() => { setTimeout(() => { throw new Error('out of memory'); }); });
  await other.evaluate(() => { setTimeout(() => { throw new Error('out of memory'); }); });
  await end(page);
  const share = await eventually(() => tuned(page), Number.isFinite);
  assert.ok(share >= 80, `the voice’s pitch ${share} % of the time`);
  await close();
});

test('the keyboard chooses a sketch, and a file given meanwhile is sketched', async () => {
  const { page, close } = await open();
  await openSketch(page, 'sound');
  await drop(page, PLUCK);
  await page.locator('#match-keep').waitFor();
  await page.locator('button[data-kind=sound]').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('button[data-kind=voice][aria-pressed=true]').waitFor();
  await page.locator('#job').filter({ hasText: /Sketching pluck\.wav/ }).waitFor();
  await drop(page, LONG_HUM);
  await page.locator('#job').filter({ hasText: /Sketching my hum\.wav/ }).waitFor();
  await stop(page);
  await close();
});

for (const [where, options] of /** @type {const} */ ([['desktop', {}], ['phone', PHONE]])) {
  test(`axe finds nothing in a sketch in German, and nothing is cut off, ${where}`, async () => {
    const { page, ready, close } = await visit({ locale: 'de', ...options });
    await ready();
    await openSketch(page);
    await drop(page, LONG_HUM);
    await first(page);
    await stop(page);
    await shown(page);
    assert.match(await page.locator('#match-status').innerText(), /Die Skizze hat \d+ % der Zeit die Tonhöhe der Stimme\./);
    assert.deepEqual(await findingsInBothThemes(page), []);
    assert.deepEqual(await cutTexts(page, '#match'), []);
    await close();
  });
}
