// The target of a path: its typed values, the contour of a sound, and the sentence about a search that was ended. About
// 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editPaths } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { dropOn } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS, READY_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';
import { tone, wav } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
const note = tone(220);
/** A sound that becomes darker. */
const DARKER = { name: 'darker.wav', bytes: wav(2, time_s => darker(time_s, 3)) };

/** @param {number} time_s @param {number} speed */
function darker(time_s, speed) {
  return note(time_s) * Math.exp(-speed * time_s) + 0.1 * Math.sin(2 * Math.PI * 110 * time_s);
}

async function follow() {
  const { page, close } = await editPaths(visit);
  await page.locator('[data-way=curve]').click();
  await eventually(() => page.locator('#path-low').inputValue(), low => Number(low) > 0);
  return { page, close };
}

/** @param {Page} page @param {string | RegExp} hasText */
const says = (page, hasText, timeout = 30_000) => page.locator('#path-verdict', { hasText }).waitFor({ timeout });

/** The shape that is chosen. @param {Page} page */
const shape = page => page.locator('[data-shape][aria-pressed=true]').getAttribute('data-shape');

/** The points of the target from 0 to 1, as a person reads them who goes on to draw. @param {Page} page */
async function target(page) {
  await page.locator('[data-shape=drawn]').click();
  const points = await page.locator('#path-plot .path-point').evaluateAll(points => points.map(point => Number(point.getAttribute('aria-valuetext')?.replace('−', '-'))));
  const [least, most] = [Math.min(...points), Math.max(...points)];
  return points.map(value => (value - least) / (most - least));
}

test('a typed value that is none is replaced by the one before, with a sentence', async () => {
  const { page, close } = await follow();
  for (const typed of ['0', '-3', 'abc', '', '9999']) {
    await page.locator('#path-length').fill(typed);
    await page.keyboard.press('Enter');
    await says(page, 'A path lasts 0.1 to 600 seconds: 8 is kept.');
    assert.equal(await page.locator('#path-length').inputValue(), '8');
  }
  await page.locator('#path-low').fill('35.5');
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('#path-verdict').textContent(), '');
  await page.locator('#path-low').fill('abc');
  await page.keyboard.press('Enter');
  await says(page, 'That is not a value: 35.5 is kept.');
  assert.equal(await page.locator('#path-low').inputValue(), '35.5');
  await close();
});

test('on an instrument of recorded tones the path is on its map, and its tones are measured', async () => {
  const { page, close } = await follow();
  const range = () => page.locator('#path-low').inputValue();
  const before = await range();
  await page.locator('#instrument').selectOption({ label: 'Brass' });
  await page.locator('html[data-instrument=brass]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await eventually(range, low => low !== before);
  await page.locator('#path-find').click();
  await says(page, /Within \d+\.\d points on average\. Farthest off at [\d.]+ s: Brightness/, MEASURED_TIMEOUT_MS);
  await page.locator('#path-find').filter({ hasText: 'Find again' }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  const error = Number(/Within ([\d.]+)/.exec(await page.locator('#path-verdict').innerText())?.[1]);
  assert.ok(error < 3, `${error} points`);
  await page.locator('#instrument').selectOption({ label: 'amSynth' });
  await eventually(range, before);
  await eventually(() => page.locator('#path-verdict').textContent(), '');
  await close();
});

test('after a map that could not be loaded, the search loads it', async () => {
  const { page, close } = await editPaths(visit);
  await page.route('**/map.json', route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.locator('[data-way=curve]').click();
  await says(page, /could not be loaded/);
  await page.locator('#path-find').click();
  await says(page, /Within \d+\.\d points on average/, MEASURED_TIMEOUT_MS);
  await close();
});

test('a network that arrives damaged gets a sentence in the language of the page, and the next search loads it again', async () => {
  const { page, close } = await editPaths(visit, { locale: 'de-DE' });
  await page.locator('[data-way=curve]').click();
  await eventually(() => page.locator('#path-low').inputValue(), low => Number(low) > 0);
  await page.route('**/encoder.onnx', route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.locator('#path-find').click();
  await says(page, /^Die Klanganalyse ließ sich nicht laden: /);
  await page.locator('#path-find').click();
  await says(page, /Misst [1-9]/, MEASURED_TIMEOUT_MS);
  await close();
});

test('a sound dropped on the picture is the target: its contour of the descriptor that is chosen', async () => {
  const { page, close } = await follow();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('[data-shape=sound]').click()]);
  assert.ok(chooser);
  assert.equal(await shape(page), 'sine', 'without a sound nothing has changed');
  await dropOn(page, '#path-plot', DARKER);
  await says(page, 'The target is the Brightness of darker.wav over time.', MEASURED_TIMEOUT_MS);
  assert.deepEqual([await shape(page), await page.locator('#path-length').inputValue()], ['sound', '2']);
  assert.equal(await page.locator('html').getAttribute('data-tab'), 'paths', 'no search for its patch begins');
  assert.ok(!await page.locator('html').getAttribute('data-dragging'));
  const brightness = await target(page);
  assert.ok(brightness[0] > 0.6 && brightness[8] < 0.2, `it becomes darker: ${brightness}`);
  // Back to the sound without choosing it again.
  await page.locator('[data-shape=sound]').click();
  await page.locator('#path-descriptor').selectOption('warmth');
  await says(page, 'The target is the Warmth of darker.wav over time.');
  assert.equal(await shape(page), 'sound');
  const warmth = await target(page);
  assert.ok(warmth.some((value, point) => Math.abs(value - brightness[point]) > 0.2), `${warmth} and ${brightness}`);
  await dropOn(page, '#path-plot', { name: 'noise.wav', bytes: 'no sound' });
  await says(page, 'noise.wav is not a sound');
  assert.equal(await shape(page), 'drawn');
  await close();
});

test('a sound whose descriptor stays as it is makes no target, and the page says so', async () => {
  const { page, close } = await follow();
  await dropOn(page, '#path-plot', { name: 'steady.wav', bytes: wav(2, note) });
  await says(page, 'steady.wav is too short, too quiet or too steady', MEASURED_TIMEOUT_MS);
  assert.equal(await shape(page), 'line');
  await close();
});

test('a sound of exactly a minute is the target as a whole', async () => {
  const { page, close } = await follow();
  await dropOn(page, '#path-plot', { name: 'minute.wav', bytes: wav(60, time_s => darker(time_s, 0.05), 8000) });
  await says(page, 'The target is the Brightness of minute.wav over time.', MEASURED_TIMEOUT_MS);
  assert.equal(await page.locator('#path-length').inputValue(), '60');
  await close();
});

test('of a long sound the first minute is the target, which the page says', async () => {
  const { page, close } = await follow();
  await dropOn(page, '#path-plot', { name: 'long.wav', bytes: wav(61, time_s => darker(time_s, 0.05), 8000) });
  await says(page, 'The target is the Brightness of long.wav (first 60 s) over time.', MEASURED_TIMEOUT_MS);
  assert.equal(await page.locator('#path-length').inputValue(), '60');
  await close();
});

test('a search that is stopped, or whose path is kept meanwhile, says what it has found', async () => {
  const { page, close } = await follow();
  for (const end of ['#path-find', '#path-keep']) {
    await page.locator('#path-find').click();
    await says(page, /Measuring [2-9]/, MEASURED_TIMEOUT_MS);
    await page.locator(end).click();
    await says(page, /Nothing is measured yet|Within/);
    assert.doesNotMatch(await page.locator('#path-verdict').innerText(), /Measuring/);
  }
  await page.locator('#path-status', { hasText: 'is kept.' }).waitFor();
  await page.locator('#path-find:focus').waitFor();
  await close();
});

for (const [what, chosen, act] of /** @type {[string, string, (page: Page) => Promise<unknown>][]} */ ([
  ['a shape that is chosen', 'line', page => page.locator('[data-shape=line]').click()],
  ['a search that begins', 'sine', page => page.locator('#path-find').click()],
  ['a target that is drawn', 'drawn', page => page.locator('#path-plot').click({ position: { x: 60, y: 20 } })],
  ['a point of a target that is moved', 'drawn', page => page.locator('#path-plot .path-point').first().press('ArrowUp')],
])) test(`${what} while a sound is still read is not replaced by the sound`, async () => {
  const { page, close } = await follow();
  await page.evaluate(() => {
    const Own = OfflineAudioContext;
    Object.assign(globalThis, {
      OfflineAudioContext: class extends Own {
        /** @param {ArrayBuffer} file */
        async decodeAudioData(file) {
          await new Promise(resolve => { Object.assign(globalThis, { release: resolve }); });
          return super.decodeAudioData(file);
        }
      },
    });
  });
  if (chosen === 'drawn') await page.locator('[data-shape=drawn]').click();
  await page.locator('#path-sound').setInputFiles({ name: DARKER.name, mimeType: 'audio/wav', buffer: DARKER.bytes });
  await eventually(() => page.evaluate(() => 'release' in globalThis), true);
  await act(page);
  await page.evaluate(() => { (/** @type {any} */ (globalThis)).release(); });
  // The page forgets the file once it is read, and measured if it is to be followed.
  await eventually(() => page.locator('#path-sound').evaluate(input => (/** @type {HTMLInputElement} */ (input)).files?.length), 0);
  assert.equal(await shape(page), chosen);
  assert.equal(await page.locator('#path-length').inputValue(), '8', 'nor is the length that of the sound');
  if (chosen === 'sine') await says(page, /Within \d+\.\d points/, MEASURED_TIMEOUT_MS);
  await close();
});
