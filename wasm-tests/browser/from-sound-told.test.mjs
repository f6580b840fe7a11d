// “From a sound…” tells the kind of the given sound, offers a way, and says how an answer differs; a person chooses a part
// of a sound. The decisions have native tests in crate/page/play/src/panels/sound_match/tests/. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { answered, says, search, stop } from './matching.mjs';
import { drop, sharing } from './sharing.mjs';
import { allLoaded } from './site.mjs';
import { BEATS, tone, wav } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();

/** Tones one after another, each of half a second. @param {number[]} frequencies_hz */
const melody = frequencies_hz =>
  wav(0.5 * frequencies_hz.length, time_s => {
    const since_s = time_s % 0.5;
    const own = tone(frequencies_hz[Math.floor(time_s / 0.5)] ?? 0);
    return 0.6 * own(time_s) * Math.min(1, since_s / 0.01, Math.max(0, (0.45 - since_s) / 0.02));
  });

/** @param {Page} page */
const offer = async page => (await page.locator('#match-offer').textContent()) ?? '';

/** @param {Page} page */
const about = async page => (await page.locator('#match-pitch').textContent()) ?? '';

test('an answer has a percentage, at most three sentences, and the time for which its key is held', async () => {
  const { page, close } = await open();
  await allLoaded(page);
  await search(page);
  const first = page.locator('#match-answers button').first();
  await eventually(() => first.innerText(), /\d+ %/);
  await stop(page);
  await says(page, /closest answer( so far)? is \d+ % off\.$/);
  await eventually(() => page.locator('#match-key').innerText(), /held (for [\d.]+ s|to the end)\.$/);
  const remarks = (await page.locator('#match-remarks').textContent()) ?? '';
  assert.match(remarks, /^(It[^.]*(\.\d[^.]*)?\. ?){0,3}$/, 'at most three sentences');
  await close();
});

test('a melody and a rhythm are named, and one press sketches them', async () => {
  const { page, close } = await open();
  await allLoaded(page);
  await drop(page, { name: 'tune.wav', bytes: melody([262, 330, 294, 392]) });
  await eventually(() => offer(page), /^This is a melody of 4 notes\.$/);
  await page.locator('#match-take-offer', { hasText: 'Sketch the melody' }).click();
  await page.locator('button[data-kind=voice][aria-pressed=true]').waitFor();
  await eventually(() => offer(page), /^$/);
  await page.locator('button[data-kind=sound]').click();
  await drop(page, { name: 'beats.wav', bytes: BEATS });
  await eventually(() => offer(page), /^This is a rhythm of \d+ hits\.$/);
  await page.locator('#match-take-offer', { hasText: 'Sketch the rhythm' }).click();
  await page.locator('button[data-kind=rhythm][aria-pressed=true]').waitFor();
  await close();
});

test('a part of a sound is chosen by a drag and by a slider', async () => {
  const { page, close } = await open();
  await allLoaded(page);
  await drop(page, { name: 'two.wav', bytes: melody([220, 440]) });
  await answered(page);
  const wave = page.locator('#match-given');
  await wave.scrollIntoViewIfNeeded();
  const box = await wave.boundingBox();
  assert.ok(box && box.width > 100);
  const at = (/** @type {number} */ share) => box.x + share * box.width;
  await page.mouse.move(at(0.52), box.y + 20);
  await page.mouse.down();
  await page.mouse.move(at(0.9), box.y + 20, { steps: 5 });
  await page.mouse.up();
  await eventually(() => page.locator('#match-part-text').innerText(), /^0\.5\d to 0\.\d+ s$/);
  await eventually(() => about(page), /^A4/);
  await page.locator('#match-part-from').fill('0');
  await page.locator('#match-part-to').fill('0.4');
  await eventually(() => about(page), /^A3/);
  await page.locator('#match-whole').click();
  await eventually(() => page.locator('#match-part-text').innerText(), /^all of it, 1\.00 s/);
  await close();
});
