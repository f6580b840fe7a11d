// The target of a path: the contour of a sound, tones of an instrument, and the page in German. About 20 s.
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
/** A sound that becomes darker. @param {number} time_s */
const darker = time_s => note(time_s) * Math.exp(-3 * time_s) + 0.1 * Math.sin(2 * Math.PI * 110 * time_s);
const DARKER = { name: 'darker.wav', bytes: wav(2, darker) };

async function follow() {
  const { page, close } = await editPaths(visit);
  await page.locator('[data-way=curve]').click();
  await eventually(
    () => page.locator('#path-low').inputValue(),
    low => Number(low) > 0,
  );
  return { page, close };
}

/** @param {Page} page @param {string | RegExp} hasText */
const says = (page, hasText, timeout = 30_000) => page.locator('#path-verdict', { hasText }).waitFor({ timeout });

/** The shape that is chosen. @param {Page} page */
const shape = page => page.locator('[data-shape][aria-pressed=true]').getAttribute('data-shape');

/** The points of the target from 0 to 1, as a person reads them who goes on to draw. @param {Page} page */
async function target(page) {
  await page.locator('[data-shape=drawn]').click();
  const points = await page
    .locator('#path-plot .path-point')
    .evaluateAll(points => points.map(point => Number(point.getAttribute('aria-valuetext')?.replace('−', '-'))));
  const [least, most] = [Math.min(...points), Math.max(...points)];
  return points.map(value => (value - least) / (most - least));
}

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

test('in German a network that arrives damaged gets a sentence, the next search loads it again, and a place is added', async () => {
  const { page, close } = await editPaths(visit, { locale: 'de-DE' });
  await page.locator('[data-way=curve]').click();
  await eventually(
    () => page.locator('#path-low').inputValue(),
    low => Number(low) > 0,
  );
  await page.route('**/encoder.onnx', route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.locator('#path-find').click();
  await says(page, /^Die Klanganalyse ließ sich nicht laden: /);
  await page.locator('#path-find').click();
  await says(page, /Misst [1-9]/, MEASURED_TIMEOUT_MS);
  await page.locator('#path-more').click();
  await page.getByRole('button', { name: 'Hier hindurch' }).click();
  await page.locator('#path-condition', { hasText: '„Ort 1“ ist dazugekommen.' }).waitFor();
  await page.locator('#path-second').selectOption({ label: 'Wärme' });
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
  assert.equal(await page.locator('html').getAttribute('data-tab'), 'loops', 'no search for its patch begins');
  assert.ok(!(await page.locator('html').getAttribute('data-dragging')));
  const brightness = await target(page);
  assert.ok(brightness[0] > 0.6 && brightness[8] < 0.2, `it becomes darker: ${brightness}`);
  // Back to the sound without choosing it again.
  await page.locator('[data-shape=sound]').click();
  await page.locator('#path-descriptor').selectOption('warmth');
  await says(page, 'The target is the Warmth of darker.wav over time.');
  assert.equal(await shape(page), 'sound');
  const warmth = await target(page);
  assert.ok(
    warmth.some((value, point) => Math.abs(value - brightness[point]) > 0.2),
    `${warmth} and ${brightness}`,
  );
  await dropOn(page, '#path-plot', { name: 'noise.wav', bytes: 'no sound' });
  await says(page, 'noise.wav is not a sound');
  assert.equal(await shape(page), 'drawn');
  await close();
});
