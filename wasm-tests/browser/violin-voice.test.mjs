// Works through the lesson “Between a violin and a voice” as a student would. Every task can be done, and is ticked
// only when it was done. The result lies between the sounds. Also the table of phases, a link, and files that could not
// be loaded. About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { record } from './recorder.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { address, visit } = visits();
const WAYS = ['griffin_lim_1', 'griffin_lim_64', 'rtpghi'];

/** Waits until the result belongs to the slider. @param {Page} page */
const computed = page => eventually(() => page.locator('#state').innerText(), '', 'a result');

/**
 * Presses a button and listens until it shows that the sound was heard: only a sound that repeats lasts until the
 * button shows both.
 * @param {Page} page @param {string} sound
 */
async function hear(page, sound) {
  await page.locator('#repeat').check();
  await page.locator(`[data-sound=${sound}]`).first().click();
  await counted(page, sound);
}

/** @param {Page} page @param {string} sound */
const counted = (page, sound) =>
  page.locator(`[data-sound=${sound}][aria-pressed=true][data-heard]`).first().waitFor({ timeout: READY_TIMEOUT_MS });

/** @param {string} [path] */
async function open(path = 'violin-voice.html') {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  const recorder = await record(page);
  await page.goto(`${address()}lessons/${path}`);
  return {
    page,
    close,
    recorder,
    take: (/** @type {number} */ task) => page.locator(`#task-${task} .take`).click(),
    isDone: (/** @type {number} */ task) => page.locator(`#task-${task}.done`).count(),
    done: (/** @type {number} */ task) => page.locator(`#task-${task}.done`).waitFor({ timeout: READY_TIMEOUT_MS }),
  };
}

test('both ends, the middle, beyond, where their frames lie, the phases, and which one it is', async () => {
  const { page, close, recorder, take, done, isDone } = await open();
  /** The mean of the dots of each colour, across, in pixels. */
  const means = () =>
    page.evaluate(() => {
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('#frames'));
      const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (
        new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })
      );
      pen.drawImage(canvas, 0, 0);
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
      return ['a', 'b', 'result'].map(name => {
        const [r, g, b] = (
          getComputedStyle(
            /** @type {Element} */ (document.querySelector(`.frame-${name}`)),
            '::before',
          ).backgroundColor.match(/[\d.]+/g) ?? []
        ).map(Number);
        let [sum, count] = [0, 0];
        for (let at = 0; at < data.length; at += 4) {
          if (
            data[at + 3] < 255
            || Math.abs(data[at] - r) + Math.abs(data[at + 1] - g) + Math.abs(data[at + 2] - b) > 6
          )
            continue;
          sum += (at / 4) % canvas.width;
          count++;
        }
        return count > 0 ? sum / count : NaN;
      });
    });
  await eventually(means, all => all.every(Number.isFinite), 'three clouds');
  await computed(page);
  const [a, b, middle] = await means();
  assert.ok(Math.abs((middle - a) / (b - a) - 0.5) < 0.25, `${a}, ${middle}, ${b}`);
  for (const [share, side] of [
    [-50, -1],
    [150, 1],
  ]) {
    await page.locator('#share').fill(String(share));
    await eventually(means, ([a, b, result]) => (side * (2 * result - a - b)) / (b - a) > 1, `${share} % lies beyond`);
  }
  await page.locator('#share').fill('50');
  await computed(page);

  await hear(page, 'a');
  assert.ok(await recorder.heard());
  assert.equal(await isDone(1), 0, 'the voice is still to be heard');
  await hear(page, 'b');
  await done(1);
  await take(2);
  assert.equal(await isDone(2), 0);
  await hear(page, 'own');
  await done(2);
  await take(3);
  for (const share of [-50, 150]) {
    assert.equal(await isDone(3), 0);
    await page.locator('#share').fill(String(share));
    await eventually(() => page.locator('#share-text').innerText(), `${String(share).replace('-', '−')} %`);
    await computed(page);
    await counted(page, 'own');
  }
  await done(3);
  await page.locator('#share').fill('50');
  await computed(page);
  await page.locator('.map [data-sound=own][aria-pressed=true]').click();
  assert.ok(await recorder.silent());
  const cells = () => page.locator('tbody td').allInnerTexts();
  assert.deepEqual((await cells()).filter(Boolean), [], 'nothing found yet');
  await take(4);
  await hear(page, 'own');
  for (const way of WAYS) {
    assert.equal(await isDone(4), 0, way);
    await hear(page, way);
    await eventually(
      () => page.locator(`[data-way=${way}] td`).first().innerText(),
      /^−\d+\.\d dB \([\d.]+ % of the energy\)$/,
    );
    assert.ok(await recorder.heard());
  }
  await done(4);
  const [one, , many, , gradient] = (await cells()).map(text => Number(/^−([\d.]+) dB/.exec(text)?.[1]));
  assert.ok(one < 12 && many > 20 && gradient > 30, `${one}, ${many}, ${gradient} dB`);
  const [, , , slow, , quick] = (await cells()).map(text => Number(/^([\d]+) ms/.exec(text)?.[1]));
  assert.ok(quick < slow, `${quick} and ${slow} ms`);

  await take(5);
  // The student gives the same answer every time, which is right in a third of the cases.
  const verdict = page.locator('#verdict');
  for (let asked = 1; (await isDone(5)) === 0; asked++) {
    assert.ok(asked < 80, 'never right three times');
    await page.locator('#hidden').click();
    await verdict.filter({ hasText: 'Which one is it?' }).waitFor();
    assert.equal(await page.locator('.bench [data-sound][aria-pressed=true]').count(), 0, 'no button tells');
    await page.locator('[data-answer=rtpghi]').click();
    await verdict
      .filter({
        hasText: new RegExp(`^(Right: RTPGHI|No: Griffin–Lim, \\d+ rounds?)\\. \\d of ${asked} right so far\\.$`),
      })
      .waitFor();
  }
  await verdict.filter({ hasText: /\b3 of \d+ right/ }).waitFor();
  await page.keyboard.press('Escape');
  assert.ok(await recorder.silent());
  assert.deepEqual(await findingsInBothThemes(page), []);
  await close();
});

test('a link opens it as it stood; what could not be loaded is loaded at the next try; Reset', async () => {
  const { page, close, take, done } = await open('violin-voice.html#task-4?share=120&domain=voices');
  await page.locator('#task-4.opened').waitFor();
  await computed(page);
  assert.equal(await page.locator('#share').inputValue(), '120');
  assert.ok(await page.locator('[value=voices]').isChecked());
  await page.locator('#share').fill('40');
  await computed(page);
  await take(2);
  await hear(page, 'own');
  await done(2);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByText('0 of 5 tasks done').waitFor();
  assert.equal(await page.locator('#share-text').innerText(), '50 %');
  assert.ok(await page.locator('[value=amsynth]').isChecked());

  await page.route('**/tone_transforms_bg.wasm', route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.goto(`${address()}lessons/de/violin-voice.html`);
  await page.locator('#state', { hasText: 'Etwas ließ sich nicht laden' }).waitFor();
  await take(2);
  await hear(page, 'own');
  await computed(page);
  await done(2);
  await close();
});
