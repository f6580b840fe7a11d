// “Sing a loop”: a hummed file in place of the microphone becomes a track in time with the beat; a blocked microphone
// is explained; a beatboxed rhythm becomes a track for each kind of hits. About 90 s.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { record } from './recorder.mjs';
import {
  allLoaded,
  launchBrowser,
  MEASURED_TIMEOUT_MS,
  newPage,
  openReady,
  READY_TIMEOUT_MS,
  serveSite,
} from './site.mjs';
import { PHONE } from './visits.mjs';
import { ahOh, beatboxed, sung } from './voices.mjs';

/** @typedef {import('playwright-core').Page} Page */

const FAKE_MICROPHONE = '--use-fake-device-for-media-stream';
const ALLOWED = '--use-fake-ui-for-media-stream';
/** The tempo of a first visit. */
const BPM = 112;
/** A note and its rest: one and a half beats. */
const NOTE_S = 0.6;
const REST_S = (1.5 * 60) / BPM - NOTE_S;
/** C, E and G. They begin two seconds after the microphone and end before the loop does. */
const KEYS = [60, 64, 67];
/** The width of the picture, and that of a sixteenth of four bars in it. */
const WIDTH = 360;
const SIXTEENTH = WIDTH / 64;

/**
 * A visit in a browser of its own whose microphone hears a file again and again: without one, three hummed notes with
 * the lead before them.
 * @param {import('node:test').TestContext} t @param {string[]} more
 * @param {import('playwright-core').BrowserContextOptions} [options] @param {Buffer} [heard]
 */
async function visitor(t, more, options = {}, heard = sung(KEYS, NOTE_S, REST_S)) {
  const folder = mkdtempSync(join(tmpdir(), 'hum-'));
  const file = join(folder, 'hum.wav');
  writeFileSync(file, heard);
  const [site, browser] = [
    await serveSite(),
    await launchBrowser([`--use-file-for-fake-audio-capture=${file}`, ...more]),
  ];
  t.after(async () => {
    await browser.close();
    site.close();
    rmSync(folder, { recursive: true });
  });
  const visited = await newPage(browser, { viewport: { width: 1280, height: 800 }, ...options });
  const recorder = await record(visited.page);
  await openReady(visited.page, site.address);
  await allLoaded(visited.page);
  return { ...visited, recorder };
}

/** The panel is at this stage. @param {Page} page @param {string} name */
const stage = (page, name) => page.locator(`.sing-area[data-stage=${name}]`).waitFor({ timeout: MEASURED_TIMEOUT_MS });

/** The track of a loop. @param {Page} page @param {number} number */
const track = (page, number) => page.locator(`#loops > [data-number="${number}"]`);

/** Opens the panel and sings until there is a loop on trial. @param {Page} page */
async function sing(page) {
  await page.locator('#sing').click();
  await stage(page, 'ready');
  await page.locator('#sing-main').click();
  await stage(page, 'recording');
  await stage(page, 'found');
}

/** Where the notes begin in the picture, in sixteenths. @param {Page} page @param {string} [kind] a class of theirs */
const beginnings = (page, kind = '') =>
  page
    .locator(`.sing-note${kind}`)
    .evaluateAll((notes, width) => notes.map(note => Number(note.getAttribute('x')) / width), SIXTEENTH);

test('three hummed notes become a track with these notes in time with the beat, and undo removes it', async t => {
  const { page, recorder, complaints, exceptions } = await visitor(t, [FAKE_MICROPHONE, ALLOWED]);
  await page.locator('#beat').click();
  await page.locator('#beat[aria-pressed=true]').waitFor();
  await sing(page);
  // Counted in, and closed after four bars by itself.
  await eventually(() => page.locator('#sing-facts').innerText(), /^\d+ notes · 4 bars · /);
  const at = await beginnings(page);
  for (const begin of at) assert.ok(Math.abs(begin - Math.round(begin)) < 0.05, `in sixteenths: ${at}`);
  const names = (await page.locator('.sing-name').allTextContents()).join(' ');
  assert.match(`${names} ${names}`, /C E G/, 'the notes that were hummed');
  const steps = at.slice(1).map((begin, place) => Math.round(begin - at[place]));
  assert.ok(steps.filter(step => Math.abs(step - 6) <= 1).length >= 2, `a beat and a half apart: ${steps}`);
  await page.locator('#sing-free').click();
  await page.locator('#sing-free[aria-pressed=true]').waitFor();
  await page.locator('#sing-tune').click();
  await page.locator('#sing-voice').click();
  await page.locator('#sing-voice[aria-pressed=true]').waitFor();
  assert.ok(await recorder.heard(), 'the voice sounds');
  await page.locator('#sing-instrument').click();
  assert.deepEqual(await findingsInBothThemes(page), []);

  await page.locator('#sing-main', { hasText: 'Keep as loop 1' }).click();
  await track(page, 1).waitFor({ timeout: READY_TIMEOUT_MS });
  await page.locator('.sing-area').waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'sing');
  assert.match(await track(page, 1).innerText(), /Sung/);
  await page.locator('#play-stop[aria-pressed=true]').waitFor();
  assert.ok(await recorder.heard(), 'the loop sounds');
  await page.keyboard.press('Control+z');
  await track(page, 1).waitFor({ state: 'detached' });
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
});

test('a blocked microphone is explained on a phone, and a file is another way', async t => {
  const { page, exceptions } = await visitor(t, [FAKE_MICROPHONE], PHONE);
  await page.locator('#sing').click();
  await stage(page, 'ready');
  await page.locator('#sing-main').click();
  await page.locator('#sing-why', { hasText: 'This page may not use the microphone.' }).waitFor();
  assert.equal(await page.locator('#sing-main').innerText(), 'Try again');
  assert.ok(await page.locator('#sing-choose').isVisible());
  const cut = await page
    .locator('.sing-area :is(button, p, h3):visible')
    .evaluateAll(elements =>
      elements.filter(element => element.scrollWidth > element.clientWidth + 1).map(element => element.textContent),
    );
  assert.deepEqual(cut, []);
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.locator('#sing-file').setInputFiles({
    name: 'hum.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.from(sung(KEYS, NOTE_S, REST_S)),
  });
  await stage(page, 'found');
  await page.locator('#sing-main', { hasText: 'Keep as loop 1' }).click();
  await track(page, 1).waitFor({ timeout: READY_TIMEOUT_MS });
  await page.locator('#play-stop[aria-pressed=true]').waitFor();
  assert.deepEqual(exceptions, []);
});

/** The points of the strokes of a loop in the kept session, once it is there. @param {Page} page @param {number} number */
async function points(page, number) {
  const kept = await page.waitForFunction(
    number => {
      const { state } = JSON.parse(localStorage.getItem('latent-pad.session') ?? '{}');
      const own = state?.loops?.list?.find((/** @type {{ number: number }} */ own) => own.number === number);
      return own?.fingers[0].strokes;
    },
    number,
    { timeout: READY_TIMEOUT_MS },
  );
  const strokes = /** @type {[number, number[]][][]} */ (await kept.jsonValue());
  return strokes.map(stroke => stroke.map(([, point]) => point));
}

/** The distance of the farthest point of a stroke from its first one. @param {number[][]} stroke */
const extent = stroke => Math.max(...stroke.map(([x, y]) => Math.hypot(x - stroke[0][0], y - stroke[0][1])));

test('a voice that darkens within a note leads its loop along the map, which a steady one does not', async t => {
  const { page, complaints, exceptions } = await visitor(t, [FAKE_MICROPHONE]);
  /** @type {number[]} */
  const extents = [];
  for (const heard of [ahOh(57, 3), sung([57], 3, 0.5)]) {
    await page.locator('#sing').click();
    await stage(page, 'ready');
    await page
      .locator('#sing-file')
      .setInputFiles({ name: 'voice.wav', mimeType: 'audio/wav', buffer: Buffer.from(heard) });
    await stage(page, 'found');
    // The whole search: the first sounds do not follow the voice yet.
    await page
      .locator('#sing-said', { hasText: 'This is the closest sound.' })
      .waitFor({ timeout: MEASURED_TIMEOUT_MS });
    await page.locator('#sing-main').click();
    const number = extents.length + 1;
    await track(page, number).waitFor({ timeout: READY_TIMEOUT_MS });
    extents.push(Math.max(...(await points(page, number)).map(extent)));
  }
  const [moved, steady] = extents;
  assert.ok(moved > 0.3, `an ah and an oh lead the finger away: ${moved}`);
  assert.ok(steady === 0, `a steady voice stays at its point: ${steady}`);
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
});

test('a beatboxed rhythm becomes a track for each kind of hits in time with the beat, and one undo removes all', async t => {
  /** @type {Parameters<typeof beatboxed>[0]} */
  const bar = ['b', 'ts', 'kh', 'ts', 'b', 'ts', 'kh', 'ts'];
  const heard = beatboxed([...bar, ...bar], BPM);
  const { page, recorder, complaints, exceptions } = await visitor(t, [FAKE_MICROPHONE, ALLOWED], {}, heard);
  await page.locator('#beat').click();
  await page.locator('#beat[aria-pressed=true]').waitFor();
  await sing(page);
  await page.locator('#sing-main', { hasText: 'Keep as loops 1–3' }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await eventually(() => page.locator('#sing-facts').innerText(), /^\d+ hits · 4 bars/);
  // Each kind has a row of its own. Of the repeated file those hits count that follow each other without a rest.
  const rows = await Promise.all([0, 1, 2].map(part => beginnings(page, `.part-${part}`)));
  for (const at of rows) for (const begin of at) assert.ok(Math.abs(begin - Math.round(begin)) < 0.05, `${at}`);
  const steps = rows.map(at => at.slice(1).map((begin, place) => Math.round(begin - at[place])));
  const usual = steps.map(row => row.sort((one, other) => one - other)[Math.floor(row.length / 2)]);
  assert.deepEqual(usual.sort(), [4, 8, 8], `a hiss on each second eighth, thuds and claps a half bar apart: ${rows}`);

  await page.locator('#sing-main').click();
  await track(page, 3).waitFor({ timeout: READY_TIMEOUT_MS });
  await page.locator('#play-stop[aria-pressed=true]').waitFor();
  assert.ok(await recorder.heard(), 'the rhythm sounds');
  await page.keyboard.press('Control+z');
  await page.locator('#loops > [data-number]').first().waitFor({ state: 'detached' });
  assert.equal(await page.locator('#loops > [data-number]').count(), 0);
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
});
