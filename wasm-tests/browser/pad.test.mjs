// The promise of the page: a touch sounds, a move changes the sound, a lift ends it. Checks the audio that the page
// really plays, in Chromium.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { fingers, mouse } from './touches.mjs';
import { networkDecoded, record } from './recorder.mjs';
import { AUDIBLE, difference_db, level, SILENT, spectrum } from './sound.mjs';
import { shown } from './seen.mjs';
import { PATIENCE_MS, withoutPatience } from './site.mjs';
import { PHONE, visits } from './visits.mjs';
import { reach } from './panels.mjs';

// Points far apart whose patches have steady tones. For a new model, choose other points if necessary.
const PLACES = [
  { across: 0.5, down: 0.3 },
  { across: 0.3, down: 0.3 },
  { across: 0.5, down: 0.7 },
];

const LISTEN_MS = 1000;
// The longest release and reverb of the patches at these points.
const DECAY_S = 20;
// The time that a tap waits for the sound to start before it is dropped.
const WAKE_PATIENCE_MS = 5000;
// A generous bound; the promise is 100 ms on an idle machine. The test prints the values.
// A busy machine delays single taps.
const LATENCY_BOUND_MS = 1000;
const MOST_TAPS = 10;
// Two sounds differ if they differ clearly more than one of them varies, and audibly.
const LEAST_DB = 1;

const { visit } = visits();

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(options) {
  const { page, ready, close } = await visit(options);
  await withoutPatience(page, WAKE_PATIENCE_MS);
  const recorder = await record(page);
  await ready();
  return { page, recorder, close };
}

/** @param {Awaited<ReturnType<typeof record>>} recorder */
async function assertDecays(recorder) {
  let heard = 0;
  for (let decayed_s = 0; decayed_s < DECAY_S; ) {
    const { samples, rate_hz } = await recorder.during(250);
    heard = level(samples);
    if (heard <= SILENT) return;
    decayed_s += samples.length / rate_hz;
  }
  assert.fail(`still at ${heard} after ${DECAY_S} s of sound`);
}

/**
 * The spectrum of a new sound from its first audible sample, however late it comes on a busy machine: two presses are
 * compared at the same age.
 * @param {Awaited<ReturnType<typeof record>>} recorder since whose last call there was silence
 */
async function listenToPress(recorder) {
  /** @type {number[]} */
  const heard = [];
  for (const end_ms = Date.now() + PATIENCE_MS; Date.now() < end_ms; ) {
    const { samples, rate_hz } = await recorder.take();
    for (const sample of samples) heard.push(sample);
    const begin = heard.findIndex(sample => Math.abs(sample) > AUDIBLE);
    const wanted = (LISTEN_MS / 1000) * rate_hz;
    if (begin >= 0 && heard.length - begin >= wanted)
      return spectrum(Float32Array.from(heard.slice(begin, begin + wanted)));
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return assert.fail('nothing sounds');
}

/** @param {Awaited<ReturnType<typeof record>>} recorder */
async function listen(recorder) {
  const { samples } = await recorder.during(LISTEN_MS);
  assert.ok(level(samples) > AUDIBLE, `the level is ${level(samples)}`);
  return spectrum(samples);
}

/**
 * The spectrum of a held sound once it is steady: right after a move the sound is still part of the way there.
 * @param {Awaited<ReturnType<typeof record>>} recorder
 */
async function listenOnceSteady(recorder) {
  let last = await listen(recorder);
  await eventually(
    async () => {
      const before = last;
      last = await listen(recorder);
      return difference_db(before, last);
    },
    change_db => change_db < LEAST_DB,
    'the sound does not stay',
  );
  return last;
}

/** @param {number} heard_db @param {number} unrest_db */
const isDifferent = (heard_db, unrest_db) => heard_db > LEAST_DB && heard_db > 2 * unrest_db;

/** @param {number[]} one @param {number[]} other @param {number} unrest_db @param {string} what */
function assertDifferent(one, other, unrest_db, what) {
  const heard_db = difference_db(one, other);
  assert.ok(
    isDifferent(heard_db, unrest_db),
    `${what}: ${heard_db.toFixed(1)} dB, and ${unrest_db.toFixed(1)} dB without any reason`,
  );
}

/**
 * Waits until a held sound is another than before its point moved.
 * @param {Awaited<ReturnType<typeof record>>} recorder @param {number[]} held @param {number} unrest_db
 */
const listenOnceMoved = (recorder, held, unrest_db) =>
  eventually(
    async () => difference_db(held, await listen(recorder)),
    heard_db => isDifferent(heard_db, unrest_db),
    'the move changes nothing',
  );

/**
 * Presses each of three points twice, then slides over the pad.
 * @param {Awaited<ReturnType<typeof record>>} recorder
 * @param {ReturnType<typeof mouse> | Awaited<ReturnType<typeof fingers>>} hand
 */
async function play(recorder, hand) {
  /** @param {typeof PLACES[number]} place */
  const tap = async place => {
    await hand.press(place);
    const heard = await listenToPress(recorder);
    await hand.lift();
    await assertDecays(recorder);
    return heard;
  };
  const heard = [];
  for (const place of PLACES) {
    const first = await tap(place);
    heard.push({ spectrum: first, unrest_db: difference_db(first, await tap(place)) });
  }
  for (const [one, other] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ]) {
    const unrest_db = Math.max(heard[one].unrest_db, heard[other].unrest_db);
    assertDifferent(heard[one].spectrum, heard[other].spectrum, unrest_db, `places ${one} and ${other}`);
  }

  await hand.press(PLACES[0]);
  await listenToPress(recorder);
  const held = await listen(recorder);
  const stillHeld = await listen(recorder);
  await hand.move(PLACES[1]);
  await listenOnceMoved(recorder, held, difference_db(held, stillHeld));
  await hand.lift();
  await assertDecays(recorder);
}

test('a mouse plays the pad: silence, sound at once, other sounds at other points, silence', async () => {
  let visit = await open();
  /** Taps, until a tap sounds in time: the first one wakes the sound, once a visit. @param {'first' | 'next'} tap */
  const tapInTime = async tap => {
    for (let tried = 1; ; tried++) {
      await mouse(visit.page).press(PLACES[0]);
      const latency_ms = await eventually(visit.recorder.latency_ms, latency_ms => latency_ms >= 0, 'nothing sounds');
      console.log(
        `${tap} tap to sound: ${latency_ms.toFixed(1)} ms, and ${(await visit.recorder.outputLatency_ms()).toFixed(1)} ms of output`,
      );
      await mouse(visit.page).lift();
      await assertDecays(visit.recorder);
      if (latency_ms < LATENCY_BOUND_MS) return;
      assert.ok(tried < MOST_TAPS, `${tap} tap: ${latency_ms} ms to sound`);
      if (tap === 'first') {
        await visit.close();
        visit = await open();
      }
    }
  };
  assert.equal(level((await visit.recorder.during(500)).samples), 0, 'it sounds before the first touch');
  await tapInTime('first');
  await tapInTime('next');
  await networkDecoded(visit.page);
  await play(visit.recorder, mouse(visit.page));
  await visit.close();
});

test('on a phone the first tap starts the sound, and fingers play from then on', async () => {
  const visit = await open(PHONE);
  const hand = await fingers(visit.page);
  await visit.recorder.take();
  await hand.press(PLACES[0]);
  await hand.lift();
  await visit.page.waitForFunction(() => document.documentElement.dataset.sound === 'awake');
  assert.ok(await visit.recorder.sounded(), 'the first tap sounds');
  await assertDecays(visit.recorder);
  await networkDecoded(visit.page);
  await play(visit.recorder, hand);
  await visit.close();
});

test('the keyboard plays: Space sounds while held, also after the volume was set, arrows move the point, Escape and the panic button end it', async () => {
  const { page, recorder, close } = await open();
  // Else the page chooses the octave of each new note by the sound, and a held one keeps its own.
  await page.locator('#root-octave').evaluate(octaves => {
    /** @type {HTMLSelectElement} */ (octaves).selectedIndex = 5;
    octaves.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.keyboard.down('Space');
  await listenToPress(recorder);
  await networkDecoded(page);
  const held = await listen(recorder);
  const stillHeld = await listen(recorder);
  for (let step = 0; step < 4; step++) await page.keyboard.press('Shift+ArrowLeft');
  await shown(page);
  await listenOnceMoved(recorder, held, difference_db(held, stillHeld));
  const followed = await listenOnceSteady(recorder);
  assertDifferent(held, followed, difference_db(held, stillHeld), 'before and after the arrows');
  await page.keyboard.up('Space');
  await assertDecays(recorder);
  await page.keyboard.down('Space');
  await listenToPress(recorder);
  const moved_db = difference_db(held, followed);
  await eventually(
    async () => difference_db(followed, await listen(recorder)),
    anew_db => anew_db < moved_db / 2,
    'a held note follows to what a new one becomes after its attack',
  );
  await page.keyboard.up('Space');
  await assertDecays(recorder);

  await page.keyboard.down('Space');
  await listenToPress(recorder);
  await page.keyboard.press('Escape');
  await assertDecays(recorder);
  await page.keyboard.up('Space');

  await (await reach(page, '#volume')).click();
  await page.keyboard.down('Space');
  await listenToPress(recorder);
  await page.keyboard.up('Space');
  await assertDecays(recorder);

  await page.keyboard.down('Space');
  await listenToPress(recorder);
  await (await reach(page, '#play-stop')).click();
  assert.ok(level((await recorder.during(1000)).samples.slice(-4800)) <= SILENT, 'it sounds on');
  await page.keyboard.up('Space');
  await close();
});
