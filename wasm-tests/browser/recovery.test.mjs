// If anything stops the sound, the page shows one sentence, and one tap restores the sound with the point, the
// landmarks, the notes' settings, the volume and the edits. About 40 s.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { hostSite } from '../engines/hosting.mjs';
import { eventually } from './eventually.mjs';
import { FAULTS, keepContexts } from './faults.mjs';
import { record } from './recorder.mjs';
import { allLoaded, READY_TIMEOUT_MS } from './site.mjs';
import { currentPoint, shown } from './seen.mjs';
import { currentPatch } from './sharing.mjs';
import { DESKTOP, visits } from './visits.mjs';
import { reach } from './panels.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
/** @type {Awaited<ReturnType<typeof hostSite>>} */
let site;
before(async () => {
  site = await hostSite({
    change: (name, body) => (name === 'worklet.js' ? Buffer.concat([Buffer.from(FAULTS), body]) : body),
  });
});
after(() => site?.close());

/** A visit with a point, a landmark, edits and settings. @param {(page: Page) => Promise<unknown>} [prepare] */
async function busyVisit(prepare) {
  const visited = await visit(DESKTOP);
  const { page } = visited;
  const recorder = await record(page);
  await page.addInitScript(keepContexts);
  await prepare?.(page);
  return { ...visited, recorder, sounds: () => sounds(page, recorder) };
}

/** @param {Page} page @param {Awaited<ReturnType<typeof record>>} recorder */
async function sounds(page, recorder) {
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.keyboard.down('Space');
  const heard = await recorder.heard();
  await page.keyboard.up('Space');
  return heard;
}

/** Moves the point, drops a landmark, edits the patch, sets notes and volume. @param {Page} page */
async function wait(page) {
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowUp']) await page.keyboard.press(key);
  await (await reach(page, '#tool-mark')).click();
  await (await reach(page, '#keyboard-mode')).selectOption({ index: 1 });
  const volume = await reach(page, '#volume');
  await volume.focus();
  await page.keyboard.press('ArrowLeft');
  await (await reach(page, '.group-opener')).nth(2).click();
  await cutoff(page).fill('1.2');
  await shown(page);
}

/** @param {Page} page */
const cutoff = page => page.locator('.slider[aria-label=Cutoff]');

/** The state that must be restored. @param {Page} page */
const belongings = async page => ({
  place: await currentPoint(page),
  landmarks: await page.locator('#landmarks > li').count(),
  volume: await page.locator('#volume').inputValue(),
  mode: await page.locator('#keyboard-mode').inputValue(),
  cutoff: await cutoff(page).inputValue(),
});

/**
 * Checks the message and taps the button that the page offers.
 * @param {Page} page @param {RegExp} sentence @param {string} button
 */
async function recover(page, sentence, button) {
  const alert = page.locator('[role=alert]:visible').filter({ hasText: /./ });
  await alert.waitFor({ timeout: READY_TIMEOUT_MS });
  await eventually(() => alert.innerText(), sentence);
  assert.match(await alert.innerText(), /^[^\n]{20,160}\.$/, 'one sentence');
  await page.getByRole('button', { name: button }).click();
  await page.waitForFunction(
    () => document.documentElement.dataset.state === 'ready' && document.documentElement.dataset.sound === 'awake',
    undefined,
    { timeout: READY_TIMEOUT_MS },
  );
  await eventually(() => page.locator('[role=alert]:visible').filter({ hasText: /./ }).count(), 0);
}

/** Waits for the page's state, on which the wake lock and updates depend. @param {Page} page @param {string} state */
const playing = (page, state) =>
  page.waitForFunction(state => document.documentElement.dataset.playing === state, state);

/** @type {[string, (page: Page) => Promise<unknown>, RegExp][]} what happens, how, what the message must contain */
const faults = [
  ['the module traps', page => page.evaluate(() => /** @type {any} */ (globalThis).breakDown('trap')), /sound stopped/],
  [
    'the processor throws',
    page => page.evaluate(() => /** @type {any} */ (globalThis).breakDown('throw')),
    /sound stopped/,
  ],
  [
    'the browser closes the context',
    page => page.evaluate(() => /** @type {any} */ (globalThis).contexts.at(-1).close()),
    /sound output/,
  ],
  [
    'the device is gone',
    page => page.evaluate(() => /** @type {any} */ (globalThis).contexts.at(-1).dispatchEvent(new Event('error'))),
    /sound output/,
  ],
];

for (const [name, happen, sentence] of faults) {
  test(`${name}: one sentence, and one tap restores the sound with everything`, async () => {
    const { page, ready, close, sounds } = await busyVisit();
    await ready(site.address);
    assert.ok(await sounds());
    await wait(page);
    const before = await belongings(page);
    const patch = await currentPatch(page);
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
    await page.keyboard.down('KeyQ');
    await playing(page, 'on');
    await happen(page);
    await playing(page, 'off');
    await page.keyboard.up('KeyQ');
    await recover(page, sentence, 'Start the sound again');
    assert.ok(await sounds(), 'it sounds again');
    await eventually(() => belongings(page), before);
    await eventually(() => currentPatch(page), patch);
    await close();
  });
}

test('a context that the browser refuses at first works at the next try', async () => {
  const { page, exceptions, ready, sounds } = await busyVisit(page =>
    page.addInitScript(() => {
      const Context = AudioContext;
      let refusals = 1;
      Object.assign(globalThis, {
        AudioContext: class extends Context {
          /** @param {AudioContextOptions} [options] */
          constructor(options) {
            if (refusals-- > 0) throw new DOMException('too many', 'NotSupportedError');
            super(options);
          }
        },
      });
    }),
  );
  await assert.rejects(ready(site.address), /no sound output/);
  await recover(page, /no sound output/, 'Try again');
  assert.ok(await sounds());
  // Chromium warns about preloads that are not used at once, so console messages do not count here.
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

test('a device with another sample rate plays the same pitch, and the recording states the new rate', async () => {
  const { page, recorder, ready, close, sounds } = await busyVisit(page =>
    page.addInitScript(() => {
      const Context = AudioContext;
      const rates = [48_000, 32_000];
      Object.assign(globalThis, {
        AudioContext: class extends Context {
          /** @param {AudioContextOptions} [options] */
          constructor(options) {
            super({ ...options, sampleRate: rates.shift() });
          }
        },
      });
    }),
  );
  await ready(site.address);
  const pitch_hz = async () => {
    assert.ok(await sounds());
    await page.keyboard.down('Space');
    assert.ok(await recorder.heard());
    const octaves = await recorder.steadyPitch_octaves();
    const { rate_hz } = await recorder.take();
    await page.keyboard.up('Space');
    // Compare the pitch class, without the octave.
    return { rate_hz, class: octaves };
  };
  const before = await pitch_hz();
  await page.evaluate(() => /** @type {any} */ (globalThis).contexts.at(-1).close());
  await recover(page, /sound output/, 'Start the sound again');
  const after = await pitch_hz();
  assert.deepEqual([before.rate_hz, after.rate_hz], [48_000, 32_000]);
  const octaves = after.class - before.class;
  assert.ok(Math.abs(octaves - Math.round(octaves)) < 0.02, `${octaves} octaves apart`);
  const button = await reach(page, '#take-recording');
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const wave = await readFile(await download.path());
  // The rate in the format chunk of a WAVE file.
  assert.equal(wave.readUInt32LE(24), 32_000);
  await close();
});

test('after a restart on recorded tones the audio thread plays amSynth again when that is chosen', async () => {
  const { page, ready, close } = await busyVisit(page =>
    page.addInitScript(() => {
      /** @type {boolean[]} */
      const domains = [];
      const Node = AudioWorkletNode;
      Object.assign(globalThis, {
        domains,
        AudioWorkletNode: class extends Node {
          /** @param {AudioContext} context @param {string} name @param {AudioWorkletNodeOptions} [options] */
          constructor(context, name, options) {
            super(context, name, options);
            this.port.addEventListener('message', ({ data }) => {
              if (data.type === 'source') domains.push(data.domain);
            });
          }
        },
      });
    }),
  );
  await ready();
  const domains = () => page.evaluate(() => /** @type {any} */ (globalThis).domains);
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  await eventually(domains, [true]);
  await page.evaluate(() => /** @type {any} */ (globalThis).contexts.at(-1).close());
  await recover(page, /sound output/, 'Start the sound again');
  await eventually(domains, [true, true]);
  await page.locator('#instrument').selectOption({ index: 0 });
  await eventually(domains, [true, true, false]);
  await close();
});

test('an output above 192 kHz plays amSynth, says so of recorded tones, and asks for them no more', async () => {
  const { page, ready, close, sounds } = await busyVisit(page =>
    page.addInitScript(() => {
      const Context = AudioContext;
      Object.assign(globalThis, {
        AudioContext: class extends Context {
          /** @param {AudioContextOptions} [options] */
          constructor(options) {
            super({ ...options, sampleRate: 384_000 });
          }
        },
      });
    }),
  );
  /** @type {string[]} */
  const asked = [];
  page.on('request', request => asked.push(request.url()));
  await ready(site.address);
  assert.ok(await sounds());
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  await page
    .locator('#remark')
    .filter({ hasText: /Strings needs a sound output of at most 192 kHz/ })
    .waitFor();
  assert.deepEqual(
    asked.filter(url => url.includes('strings')),
    [],
  );
  assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'ready');
  assert.ok(await sounds());
  await page.waitForFunction(() => localStorage.getItem('latent-pad.session') !== null);
  await ready(site.address);
  await page
    .locator('html[data-state=ready][data-instrument=amsynth]')
    .waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  assert.ok(await sounds());
  assert.equal(await page.locator('#remark').isVisible(), false);
  await close();
});

test('a page that was in the background for long plays on', async () => {
  const { page, ready, close, sounds } = await busyVisit();
  await ready(site.address);
  assert.ok(await sounds());
  const before = await belongings(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise(resolve => setTimeout(resolve, 1000));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  assert.ok(await sounds());
  await eventually(() => belongings(page), before);
  await close();
});

test('a lost drawing surface is repainted', async () => {
  const { page, ready, close } = await busyVisit();
  await ready(site.address);
  await allLoaded(page);
  await shown(page);
  /** The number of painted pixels of the static canvas, the moving canvas and the legend. */
  const painted = () =>
    page.evaluate(() =>
      ['map', 'pad', 'scale'].map(id => {
        const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById(id));
        // Read a copy, because reading moves a canvas out of the graphics memory.
        const copy = /** @type {CanvasRenderingContext2D} */ (
          Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).getContext(
            '2d',
            { willReadFrequently: true },
          )
        );
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, index) => index % 4 === 3 && value > 0).length;
      }),
    );
  let before = await painted();
  // The page is at rest after its opening once two pictures are equal.
  await eventually(async () => {
    const last = before;
    await shown(page);
    before = await painted();
    return isDeepStrictEqual(before, last);
  }, true);
  assert.ok(before.every(count => count > 0));
  // After a crash of the graphics process, a browser clears the surfaces and dispatches the event.
  await page.evaluate(() => {
    for (const id of ['map', 'pad', 'scale']) {
      const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById(id));
      const [width, height] = [canvas.width, canvas.height];
      // A change of size clears a canvas.
      Object.assign(canvas, { width: 1, height: 1 });
      Object.assign(canvas, { width, height });
      canvas.dispatchEvent(new Event('contextlost', { cancelable: true }));
      canvas.dispatchEvent(new Event('contextrestored'));
    }
  });
  await shown(page);
  await eventually(painted, before);
  await close();
});
