// “From sounds…” of an instrument of recorded tones: a sound of one's own gets its timbre and keeps its pitch, sounds
// between two are made, and results are saved. About 40 s. The orders of events are tested in
// crate/page/play/src/panels/tone_sounds/tests/.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { initSync, ToneTransform } from '../../target/site/tone_transforms.js';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { record } from './recorder.mjs';
import { colors } from './seen.mjs';
import { take } from './sharing.mjs';
import { SITE_FOLDER } from './site.mjs';
import { computed, give, openSounds, slide, STEADY, STEADY_HZ } from './tone_sounds.mjs';
import { PHONE, visits } from './visits.mjs';
import { floatWav, tone } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
const RATE_HZ = 44_100;
/** The bytes before the samples of a saved file. */
const HEAD_BYTES = 68;
/** The page's own examples: the frequency in the first half second of the sung glide, in Hz. */
const GLIDE_HZ = 220;

/** True if an element is visible: nothing covers it or cuts it off. @param {Page} page @param {string} selector */
const isSeen = (page, selector) =>
  page.locator(selector).evaluate(element => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return [top + 2, bottom - 2].every(y => element.contains(document.elementFromPoint((left + right) / 2, y)));
  });

/** The samples of the result, as it is saved. @param {Page} page */
async function saved(page) {
  const { bytes, name } = await take(page, '#tone-sounds-save');
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset + HEAD_BYTES, bytes.byteOffset + bytes.length));
  return { name, bytes, samples };
}

/**
 * The fundamental frequency of steady samples in Hz, from the best lag of their autocorrelation.
 * @param {Float32Array} samples
 */
function frequency_hz(samples) {
  const part = samples.subarray(Math.floor(0.25 * RATE_HZ), Math.floor(0.45 * RATE_HZ));
  const likeness = (/** @type {number} */ lag) => {
    let sum = 0;
    for (let at = 0; at + 500 < part.length; at++) sum += part[at] * part[at + lag];
    return sum;
  };
  let best = 100;
  for (let lag = 100; lag < 500; lag++) if (likeness(lag) > likeness(best)) best = lag;
  // Two periods are as like as one; one counts if it is nearly as like.
  const half = [-1, 0, 1]
    .map(step => Math.round(best / 2) + step)
    .reduce((one, other) => (likeness(other) > likeness(one) ? other : one));
  if (half > 100 && likeness(half) > 0.9 * likeness(best)) best = half;
  const [before, here, after] = [best - 1, best, best + 1].map(likeness);
  return RATE_HZ / (best + (before - after) / (2 * (before - 2 * here + after)));
}

/** @param {number} hz @param {number} wanted_hz */
const cents = (hz, wanted_hz) => 1200 * Math.log2(hz / wanted_hz);

test('a chosen sound plays with the timbre of the instrument, keeps its pitch, and is saved the same every time; its map has the colours of the theme', async () => {
  const { page, ready, close } = await visit();
  const recorder = await record(page);
  await ready();
  await openSounds(page);
  assert.equal(await page.locator('#tone-sounds-result').isVisible(), false, 'before there is a sound');
  await give(page, 'a', STEADY);
  await computed(page);
  assert.match(await page.locator('[data-place=a] .tone-sound-head').innerText(), /Sound A steady\.wav/);
  assert.ok(await recorder.silent(), 'nothing plays by itself');
  for (const stop of [() => page.locator('#tone-sounds-play').click(), () => page.keyboard.press('Escape')]) {
    await page.locator('#tone-sounds-play').click();
    assert.ok(await recorder.sounded());
    await stop();
    assert.ok(await recorder.silent());
    assert.equal(await page.locator('#tone-sounds-play').getAttribute('aria-pressed'), 'false');
  }

  const strings = await saved(page);
  assert.equal(strings.name, 'steady.wav');
  assert.ok(Math.abs(cents(frequency_hz(strings.samples), STEADY_HZ)) < 20);
  assert.ok((await saved(page)).bytes.equals(strings.bytes), 'the same bytes every time');
  await slide(page, 'strength', 0);
  await computed(page);
  assert.ok(!(await saved(page)).bytes.equals(strings.bytes), 'strength changes it');
  await slide(page, 'strength', 1);
  await page.locator('#tone-sounds-domains [data-domain="3"]').click();
  await computed(page);
  const brass = await saved(page);
  assert.ok(Math.abs(cents(frequency_hz(brass.samples), STEADY_HZ)) < 20);
  assert.ok(!brass.bytes.equals(strings.bytes), 'brass is not strings');

  const picture = () =>
    page.locator('#tone-sounds-map').evaluate(canvas => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('#tone-sounds-map').scrollIntoViewIfNeeded();
  const light = await picture();
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually(async () => (await picture()) !== light, true, 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await eventually(async () => (await picture()) === light, true, 'light again');

  await page.locator('[data-hear="0"]').click();
  assert.ok(await recorder.sounded(), 'the sound itself');
  await page.locator('#instrument').selectOption({ label: 'amSynth' });
  assert.ok(await recorder.silent(), 'it ends with the instrument');
  await close();
});

test('between two sounds: the way, beyond, alignment, a map of the frames, and a curve drawn by pointer and by keys', async () => {
  const { page, ready, close } = await visit();
  await ready();
  await openSounds(page, 'Voices', 'voices');
  for (const place of ['a', 'b']) {
    await page.locator(`[data-place=${place}] [data-from=example]`).click();
    await computed(page);
  }
  assert.equal(await page.locator('#tone-sounds-strength').isVisible(), false);
  await slide(page, 'share', 0);
  await computed(page);
  const first = await saved(page);
  assert.ok(Math.abs(cents(frequency_hz(first.samples), GLIDE_HZ)) < 50, 'at 0 % it is A');
  for (let press = 0; press < 2; press++) {
    await page.locator('#tone-sounds-align').click();
    await computed(page);
    assert.ok((await saved(page)).bytes.equals(first.bytes), 'A keeps its own time');
  }
  for (const [share, text] of /** @type {const} */ ([
    [-0.5, '−50 %'],
    [1.5, '150 %'],
    [0.5, '50 %'],
  ])) {
    await slide(page, 'share', share);
    await computed(page);
    assert.equal(await page.locator('#tone-sounds-share output').innerText(), text);
    const { samples } = await saved(page);
    assert.ok(samples.every(Number.isFinite) && samples.some(sample => Math.abs(sample) > 0.01), text);
  }
  const stays = await saved(page);
  await page.locator('[data-way=goes]').click();
  await computed(page);
  assert.ok(!(await saved(page)).bytes.equals(stays.bytes), 'another way');
  assert.ok((await colors(page.locator('#tone-sounds-map'))) > 3, 'points in the colours of the sounds');
  await page.locator('[data-way=drawn]').click();
  assert.equal(await page.locator('#tone-sounds-share').isVisible(), false);
  const curve = page.locator('#tone-sounds-curve');
  const box = curve.locator('.tone-curve-box');
  const points = curve.locator('input');
  const values = () =>
    points.evaluateAll(all => all.map(point => Number(/** @type {HTMLInputElement} */ (point).value)));
  assert.deepEqual(
    await values(),
    Array.from({ length: 9 }, (_, at) => Math.round((100 * at) / 8) / 100),
    'from A to B at first',
  );
  /** Draws from a share of the width and height to another one at once. @param {number[][]} way */
  const draw = async way => {
    await box.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await box.boundingBox()) ?? assert.fail();
    for (const [at, [across, down]] of way.entries()) {
      await page.mouse.move(x + across * width, y + down * height);
      if (at === 0) await page.mouse.down();
    }
    await page.mouse.up();
  };
  // Past all points in one movement: none is left out.
  await draw([
    [0, 0.5],
    [1, 0.5],
  ]);
  await eventually(values, all => all.every(value => Math.abs(value - 0.5) < 0.02), 'a level line');
  // A pixel is 1.25 %: exactly the middle by a key or two.
  for (const point of await points.all()) await point.fill('0.5');
  await computed(page);
  const level = await saved(page);
  assert.ok(level.bytes.equals(stays.bytes), 'a level curve stays at its place');

  await draw([
    [0.01, 0.5],
    [0, 1.2],
    [0.5, -0.2],
    [1, 1.2],
  ]);
  await eventually(
    values,
    all => all[0] === -0.5 && all[4] === 1.5 && all[8] === -0.5 && Math.abs(all[2] - 0.5) < 0.02,
    'from beyond A to beyond B and back',
  );
  await computed(page);
  const drawn = await saved(page);
  assert.ok((await saved(page)).bytes.equals(drawn.bytes) && !drawn.bytes.equals(level.bytes));
  assert.ok(drawn.samples.every(Number.isFinite) && drawn.samples.some(sample => Math.abs(sample) > 0.01));
  const last = points.nth(8);
  assert.ok(await last.evaluate(point => point !== document.activeElement));
  await points.nth(7).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  assert.equal(await last.getAttribute('aria-valuetext'), '−49 %');
  assert.equal(await last.getAttribute('aria-label'), 'At 100 % of the time');
  await computed(page);
  assert.ok(!(await saved(page)).bytes.equals(drawn.bytes), 'a key changes it');
  await page.locator('#instrument').selectOption({ label: 'Winds' });
  await page.locator('#tone-sounds-domains [data-domain="2"][aria-pressed=true]').waitFor();
  await computed(page);
  await page.locator('[data-place=a] [data-from=nothing]').click();
  await computed(page);
  assert.match(
    await page.locator('[data-place=a] .tone-sound-head').innerText(),
    /Sound A\s+a plucked string/,
    'B takes the place of A',
  );
  assert.match(await page.locator('[data-place=b] .tone-sound-head').innerText(), /Sound B\s+none yet/);
  assert.ok(await page.locator('#tone-sounds-strength').isVisible());
  await page.locator('#tone-sounds-close').click();
  await page.locator('#tones-sounds').waitFor();
  assert.ok(await page.locator('#tones-sounds').evaluate(button => button === document.activeElement));
  await close();
});

/** A chord of two tones with a noise in its middle third, and a pluck, each 1.2 s long. */
const LENGTH = 1.2 * RATE_HZ;
const CHORD_HZ = [220, 311.13];
const CHORD = Float32Array.from({ length: LENGTH }, (_, at) => {
  const noise = at > LENGTH / 3 && at < (2 * LENGTH) / 3 ? 0.1 * Math.sin(1e5 * Math.sin(at)) : 0;
  return (tone(CHORD_HZ[0])(at / RATE_HZ) + tone(CHORD_HZ[1])(at / RATE_HZ)) / 2 + noise;
});
const PLUCKED = Float32Array.from(
  { length: LENGTH },
  (_, at) => tone(STEADY_HZ)(at / RATE_HZ) * Math.exp((-4 * at) / RATE_HZ),
);

/** The level of samples in dB. @param {Float32Array} samples */
const level_db = samples => 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

test('chords and noises have a model of their own, which loads when it is chosen: the samples are those of the module', async () => {
  const { page, ready, close } = await visit();
  await ready();
  /** @type {string[]} */
  const requested = [];
  page.on('request', request => requested.push(new URL(request.url()).pathname));
  const isLoaded = () => requested.some(path => path.endsWith('timbre/textures.frames'));
  await openSounds(page);
  await give(page, 'a', { name: 'chord.wav', mimeType: 'audio/wav', buffer: floatWav(CHORD) });
  await computed(page);
  const about = page.locator('#tone-sounds-textures');
  assert.equal(isLoaded(), false, 'not before');
  assert.equal(await about.isVisible(), false);
  await page.getByRole('button', { name: 'Chords, noises' }).click();
  await computed(page);
  assert.ok(isLoaded());
  assert.match(await about.innerText(), /of several pitches, or of none/);
  await page.getByRole('img', { name: /two main axes/ }).waitFor();
  const transferred = await saved(page);
  assert.equal(transferred.samples.length, LENGTH);
  assert.ok(Math.abs(level_db(transferred.samples) - level_db(CHORD)) < 3, 'the loudness stays');

  initSync({ module: readFileSync(join(SITE_FOLDER, 'tone_transforms_bg.wasm')) });
  const model = new ToneTransform(readFileSync(join(SITE_FOLDER, 'timbre/textures.frames')));
  const same = (/** @type {Float32Array} */ found, /** @type {Float32Array} */ wanted) =>
    assert.ok(Buffer.from(found.buffer).equals(Buffer.from(wanted.buffer)));
  same(transferred.samples, model.transfer(CHORD, RATE_HZ, 1));

  await give(page, 'b', { name: 'pluck.wav', mimeType: 'audio/wav', buffer: floatWav(PLUCKED) });
  await computed(page);
  const [a, b] = [CHORD, PLUCKED].map(sound => model.encode(sound, RATE_HZ));
  same((await saved(page)).samples, model.between(a, b, Float32Array.of(0.5), false, RATE_HZ).samples());
  for (const share of [-0.5, 1.5]) {
    await slide(page, 'share', share);
    await computed(page);
    const { samples } = await saved(page);
    assert.ok(samples.every(Number.isFinite) && samples.some(sample => Math.abs(sample) > 0.01), `${share}`);
  }
  await close();
});

test('on a phone and in German it is whole and passes axe', async () => {
  const { page, ready, close } = await visit({ ...PHONE, locale: 'de' });
  await ready();
  await openSounds(page, 'Streicher');
  await page.locator('#tone-sounds-close').tap();
  const [voice, sounds] = [page.locator('#live-open'), page.locator('#tones-sounds')];
  await sounds.waitFor();
  assert.equal(
    (await sounds.boundingBox())?.width,
    (await voice.boundingBox())?.width,
    'as wide as the button above it',
  );
  await sounds.tap();
  await page.locator('#tone-sounds-close').waitFor();
  assert.notEqual(await page.locator('html').getAttribute('data-sheet'), 'rest', 'the sheet opens');
  // As the buttons that close the other parts of the page.
  assert.deepEqual(
    await page.locator('#tone-sounds-close').evaluate(button => {
      const { borderTopColor, backgroundColor, width, height } = getComputedStyle(button);
      return [borderTopColor, backgroundColor, width, height];
    }),
    ['rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0)', '44px', '44px'],
  );
  await page.locator('[data-place=a] [data-from=example]').click();
  await computed(page);
  // The result is below the edge of the panel; the sentence beside it names the button to press.
  assert.equal(await page.locator('#tone-sounds-status').innerText(), 'Fertig. Zum Anhören „Wiederholen“ drücken.');
  for (const id of ['#tone-sounds-play', '#tone-sounds-status']) assert.ok(await isSeen(page, id), id);
  await page.locator('[data-place=b] [data-from=example]').click();
  await computed(page);
  assert.match(await page.locator('#tone-sounds-share').innerText(), /Von A nach B\s+50 %/);
  await page.getByRole('button', { name: 'wie gezeichnet' }).tap();
  await page.getByRole('slider', { name: 'Nach 50 % der Zeit' }).fill('1.5');
  await computed(page);
  const [width, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(width <= screen, 'nothing is wider than the screen');
  assert.deepEqual(await findingsInBothThemes(page), []);
  await close();
});
