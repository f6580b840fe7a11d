// Live sound of an instrument of recorded tones: a sung file in place of the microphone, amSynth, and the tones
// themselves become tones, until a person or the page ends it. About 40 s.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { openPanel, reach } from './panels.mjs';
import { record } from './recorder.mjs';
import { launchBrowser, newPage, openReady, READY_TIMEOUT_MS, serveSite } from './site.mjs';
import { keepContext, sung } from './voices.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** The longest recording, in seconds, as in www/match/microphone.js. */
const LONGEST_S = 10;
const FAKE_MICROPHONE = '--use-fake-device-for-media-stream';
/** The note that is sung again and again: A3. */
const KEY = 57;
const KEY_HZ = 220;

/**
 * A visit that plays strings, in a browser whose microphone sings.
 * @param {import('node:test').TestContext} t @param {string} answer to the question for the microphone
 */
async function strings(t, answer) {
  const folder = mkdtempSync(join(tmpdir(), 'voice-'));
  const file = join(folder, 'voice.wav');
  writeFileSync(file, sung([KEY], 5, 0.7));
  const [site, browser] = [
    await serveSite(),
    await launchBrowser([`--use-file-for-fake-audio-capture=${file}`, FAKE_MICROPHONE, answer]),
  ];
  t.after(async () => {
    await browser.close();
    site.close();
    rmSync(folder, { recursive: true });
  });
  const visited = await newPage(browser, { viewport: { width: 1440, height: 900 } });
  const { page } = visited;
  const recorder = await record(page);
  await page.addInitScript(keepContext);
  await openReady(page, site.address);
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  // The first press starts the sound.
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard());
  await page.keyboard.up('Space');
  assert.ok(await recorder.silent());
  return { ...visited, recorder };
}

const choose = async (/** @type {Page} */ page, /** @type {string} */ label) => {
  await (await reach(page, '#tones-live')).selectOption({ label });
  // The space is for what has the focus.
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
};
const chosen = (/** @type {Page} */ page) => page.locator('#tones-live').inputValue();
const about = (/** @type {Page} */ page) => page.locator('#tones-live-about').innerText();

test('the microphone, amSynth and feedback become strings, each with its level and its sentence in sight, until Silence or another instrument', async t => {
  const { page, recorder, complaints, exceptions } = await strings(t, '--use-fake-ui-for-media-stream');
  await choose(page, 'microphone');
  await eventually(() => about(page), /Latency: 2[79] ms \+ device/);
  assert.ok(await recorder.heard());
  const level = page.locator('#tones-level');
  await eventually(
    async () => Number(await level.getAttribute('aria-valuenow')),
    now => now > 10,
    'the level moves',
  );
  assert.ok((await level.boundingBox())?.width, 'it is shown');
  await eventually(
    async () => {
      const cents = 1200 * ((await recorder.pitch_octaves()) - Math.log2(KEY_HZ));
      return Math.abs(cents - 1200 * Math.round(cents / 1200));
    },
    cents => cents < 40,
    'it does not sing A',
  );

  const percent = async () => Number(await level.getAttribute('aria-valuenow'));
  await choose(page, 'amSynth');
  await eventually(() => level.getAttribute('aria-label'), 'Level of the tones');
  await level.waitFor();
  await page.keyboard.down('Space');
  await eventually(percent, now => now > 10, 'it rises with the key');
  await page.keyboard.up('Space');
  await eventually(percent, 0, 'it falls with the key');
  await choose(page, 'feedback');
  await level.waitFor();
  await eventually(percent, now => now > 10, 'feedback sounds by itself');
  await choose(page, 'microphone');
  await eventually(() => level.getAttribute('aria-label'), 'Level of the microphone');
  await page.locator('#play-stop').click();
  await level.waitFor({ state: 'hidden' });
  assert.equal(await percent(), 0);
  assert.equal(await chosen(page), 'off');
  assert.ok(await recorder.silent());
  // The space is for a button that has the focus.
  await page.locator('#play-stop').evaluate(button => button.blur());

  /** True if the settings that only amSynth follows are among the others. */
  const settings = () =>
    page.evaluate(() =>
      ['#keyboard-mode', '#portamento'].map(setting => {
        const row = /** @type {Element} */ (document.querySelector(setting)?.closest('.setting'));
        return getComputedStyle(row).display !== 'none';
      }),
    );
  assert.deepEqual(await settings(), [false, false]);
  await choose(page, 'amSynth');
  await eventually(settings, [true, true], 'the keys play amSynth');
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard());
  await page.keyboard.up('Space');
  assert.ok(await recorder.silent());
  await choose(page, 'feedback');
  await eventually(settings, [false, false]);
  assert.ok(await recorder.heard());
  await page.locator('#tones-frequency').focus();
  await page.keyboard.press('End');
  await eventually(() => page.locator('#tones-frequency').getAttribute('aria-valuetext'), '4,000 Hz');
  assert.ok(await recorder.heard());
  await openPanel(page, 'sound');
  assert.deepEqual(await findingsInBothThemes(page), []);
  await choose(page, 'microphone');
  await page.locator('#tones-level').waitFor();
  assert.deepEqual(await findingsInBothThemes(page), []);
  await openPanel(page, 'places');
  await page.locator('#find').focus();
  await page.keyboard.press('Escape');
  assert.equal(await chosen(page), 'microphone', 'in a field the key is for the field');
  await page.keyboard.press('Escape');
  await eventually(() => chosen(page), 'off');
  assert.ok(await recorder.silent());

  await openPanel(page, 'sound');
  await page.setViewportSize({ width: 1280, height: 640 });
  for (const label of ['amSynth', 'microphone', 'feedback']) {
    await page.locator('#tones-live-row').evaluate(row => row.closest('.panel')?.scrollTo(0, 0));
    await choose(page, label);
    await eventually(
      () =>
        page.evaluate(() => {
          const [area, row] = ['#tones-live-area', '#tones-live-row'].map(part =>
            /** @type {Element} */ (document.querySelector(part)).getBoundingClientRect(),
          );
          return area.height > 40 && area.top >= row.bottom && area.top < row.bottom + 40;
        }),
      true,
      label,
    );
  }
  await page.locator('#play-stop').click();
  await eventually(() => chosen(page), 'off');

  await choose(page, 'microphone');
  assert.ok(await recorder.heard());
  await page.locator('#instrument').selectOption({ label: 'amSynth' });
  assert.ok(await recorder.silent());
  assert.equal(await page.locator('#tones-live').isVisible(), false);
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
});

test('a microphone is closed while the sound output is lost, and if it is granted too late', async t => {
  const { page, recorder, exceptions } = await strings(t, '--use-fake-ui-for-media-stream');
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const own = mediaDevices.getUserMedia.bind(mediaDevices);
    /** @type {MediaStream[]} */
    const streams = [];
    /** @type {(() => void)[]} */
    const answers = [];
    Object.assign(globalThis, { streams, answers, waits: false });
    // As iOS has it.
    Object.defineProperty(navigator, 'audioSession', { value: { type: 'playback' } });
    mediaDevices.getUserMedia = async wishes => {
      const stream = await own(wishes);
      streams.push(stream);
      if (/** @type {any} */ (globalThis).waits)
        await new Promise(resolve => {
          answers.push(() => resolve(undefined));
        });
      return stream;
    };
  });
  /** For each stream so far, true if it is open. */
  const open = () =>
    page.evaluate(() =>
      /** @type {any} */ (globalThis).streams.map((/** @type {MediaStream} */ stream) =>
        stream.getTracks().some(({ readyState }) => readyState === 'live'),
      ),
    );
  const session = () => page.evaluate(() => /** @type {any} */ (navigator).audioSession.type);
  const lose = () => page.evaluate(() => /** @type {any} */ (globalThis).context.close());
  const asked = (/** @type {number} */ count) =>
    page.waitForFunction(count => /** @type {any} */ (globalThis).answers.length === count, count);
  const answer = (/** @type {number} */ number) =>
    page.evaluate(number => /** @type {any} */ (globalThis).answers[number](), number);

  await choose(page, 'microphone');
  assert.ok(await recorder.heard());
  assert.deepEqual(await open(), [true]);
  await lose();
  await eventually(open, [false]);
  await eventually(() => about(page), /^The sound of the page does not run: /);
  assert.equal(await session(), 'playback');
  await page.evaluate(() => {
    /** @type {any} */ (globalThis).waits = true;
  });
  await page.getByRole('button', { name: 'Start the sound again' }).click();
  await asked(1);
  await choose(page, 'off');
  await choose(page, 'microphone');
  await asked(2);
  await answer(1);
  assert.ok(await recorder.heard());
  await answer(0);
  await eventually(open, [false, false, true]);
  assert.equal(await session(), 'play-and-record', 'the microphone that plays keeps it');

  await choose(page, 'off');
  await choose(page, 'microphone');
  await asked(3);
  await lose();
  await eventually(() => about(page), /^The sound of the page does not run: /);
  await answer(2);
  await eventually(open, [false, false, false, false]);
  assert.deepEqual(exceptions, []);
});

test('one listener to the microphone at a time: playing by voice, the live sound and a recording end each other', async t => {
  const { page, recorder, complaints, exceptions } = await strings(t, '--use-fake-ui-for-media-stream');
  await choose(page, 'microphone');
  await eventually(() => about(page), /Latency: /);
  assert.ok(await recorder.heard());
  await openPanel(page, 'sound');
  const byVoice = page.locator('#live-open');
  await byVoice.click();
  await page.locator('#live-open[data-live=true]').waitFor();
  await eventually(() => chosen(page), 'off');
  await openPanel(page, 'play');
  await choose(page, 'microphone');
  await page.locator('#live-open[data-live=false]').waitFor({ state: 'attached' });
  assert.equal(await chosen(page), 'microphone');

  await page.evaluate(longest_ms => {
    // As iOS has it: a session of another kind would end the microphone.
    Object.defineProperty(navigator, 'audioSession', { value: { type: 'playback' } });
    // A recording must not end by itself.
    const own = setTimeout;
    Object.assign(globalThis, {
      setTimeout: (/** @type {() => void} */ run, /** @type {number} */ after_ms) =>
        after_ms < longest_ms && own(run, after_ms),
    });
  }, 1000 * LONGEST_S);
  await openPanel(page, 'sound');
  await page.locator('#tones-sounds').click();
  const recording = page.locator('[data-place=a] [data-from=microphone]');
  await recording.click();
  await page.locator('#tone-sounds-level').waitFor();
  await eventually(() => chosen(page), 'off');
  await openPanel(page, 'play');
  await choose(page, 'microphone');
  await eventually(() => recording.getAttribute('data-recording'), 'false');
  assert.equal(await page.evaluate(() => /** @type {any} */ (navigator).audioSession.type), 'play-and-record');
  assert.equal(await chosen(page), 'microphone');
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
});
