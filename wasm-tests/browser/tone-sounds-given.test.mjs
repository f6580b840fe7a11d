// The sounds that a person gives “From sounds…”: files that cannot be used, recordings, and modules and workers that
// fail. About 30 s. The orders of events are tested in crate/page/play/src/panels/tone_sounds/tests/.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { withoutPatience } from './site.mjs';
import { computed, give, openSounds, slide, STEADY, STEADY_HZ } from './tone_sounds.mjs';
import { visits } from './visits.mjs';
import { later, PLUCK, tone, wav } from './wav.mjs';

const { visit } = visits();

/** Runs before the page's scripts: keeps the last worker. */
function keepWorker() {
  const Own = Worker;
  Object.assign(globalThis, {
    Worker: class extends Own {
      /** @param {string} script @param {WorkerOptions} options */
      constructor(script, options) {
        super(script, options);
        Object.assign(globalThis, { worker: this });
      }
    },
  });
}

/** Runs before the worker's own script: the module traps when it transfers a sound. */
const TRAPPING = `
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (module, imports) => {
    const { exports } = await instantiate(module, imports);
    const trap = () => { throw new WebAssembly.RuntimeError('unreachable'); };
    return { module, instance: { exports: { ...exports, tonetransform_transfer: trap } } };
  };`;

/** A WAV file of two channels of which one is the other with the opposite sign. */
function opposite() {
  const file = wav(2, time_s => Math.sin(2 * Math.PI * 220 * (time_s / 2)));
  // As two channels it lasts half as long.
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(2 * file.readUInt32LE(28), 28);
  file.writeUInt16LE(4, 32);
  for (let at = 44; at + 4 <= file.length; at += 4) file.writeInt16LE(-file.readInt16LE(at), at + 2);
  return file;
}

test('sounds that cannot be used are explained; late ones and opposite channels can be used', async () => {
  const { page, ready, close } = await visit();
  await ready();
  await openSounds(page);
  const status = page.locator('#tone-sounds-status');
  const file = (/** @type {string} */ name, /** @type {Buffer} */ buffer) => ({ name, mimeType: 'audio/wav', buffer });
  await give(page, 'a', file('text.wav', Buffer.from('no sound')));
  await status.filter({ hasText: /cannot read “text\.wav”/ }).waitFor();
  await give(
    page,
    'a',
    file(
      'silence.wav',
      wav(0.5, () => 0),
    ),
  );
  await status.filter({ hasText: /“silence\.wav” is silent/ }).waitFor();
  await give(page, 'a', file('too-late.wav', later(PLUCK.bytes, 61)));
  await status.filter({ hasText: '“too-late.wav” is silent for its first minute: choose another sound.' }).waitFor();
  assert.equal(await page.locator('#tone-sounds-result').isVisible(), false);
  assert.match(await page.locator('[data-place=a] .tone-sound-head').innerText(), /none yet/);
  const long = `${'long '.repeat(30)}.wav`;
  await give(page, 'b', file(long, wav(11, tone(STEADY_HZ))));
  await status.filter({ hasText: /Choose a sound A, too/ }).waitFor();
  assert.match(await page.locator('[data-place=b] .tone-sound-head').innerText(), /long \.wav \(first 10 s\)/);
  assert.equal(
    await page.locator('[data-place=b] .tone-sound-name > span').getAttribute('title'),
    `${long} (first 10 s)`,
    'where it ends in “…” its title has all of it',
  );
  assert.ok(
    await page.locator('#panel-sound').evaluate(panel => panel.scrollWidth <= panel.clientWidth),
    'it widens nothing',
  );
  await page.locator('[data-place=b] [data-from=nothing]').click();
  for (const [name, buffer] of /** @type {[string, Buffer][]} */ ([
    ['late.wav', later(PLUCK.bytes, 11)],
    ['opposite.wav', opposite()],
  ])) {
    await give(page, 'a', file(name, buffer));
    await page.locator('[data-place=a] .tone-sound-name').filter({ hasText: name }).waitFor();
    await computed(page);
  }
  await close();
});

test('a module, a model or a worker that fails is explained, and the next try works', async () => {
  const { page, ready, close } = await visit();
  await page.addInitScript(keepWorker);
  await ready();
  await page.route('**/tone_transforms_bg.wasm', route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.route(
    '**/tone-sounds-worker.js',
    async route => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: TRAPPING + (await answer.text()) });
    },
    { times: 1 },
  );
  await openSounds(page);
  const status = page.locator('#tone-sounds-status');
  const lost = () => status.filter({ hasText: /could not be loaded/ }).waitFor();
  await give(page, 'a', STEADY);
  await lost();
  await slide(page, 'strength', 0.5);
  await status.filter({ hasText: /could not be computed/ }).waitFor();
  await slide(page, 'strength', 0.6);
  await computed(page);

  await page.route('**/timbre/winds.frames', route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.locator('#tone-sounds-domains [data-domain="2"]').click();
  await lost();
  await page.locator('#tone-sounds-save[aria-disabled=true]').waitFor();
  await slide(page, 'strength', 0.7);
  await computed(page);

  // The worker fails while a model is loading.
  /** @type {Promise<import('playwright-core').Route>} */
  const asked = new Promise(resolve => {
    page.route('**/timbre/brass.frames', resolve, { times: 1 });
  });
  await page.locator('#tone-sounds-domains [data-domain="3"]').click();
  const model = await asked;
  await page.evaluate(() => {
    /** @type {any} */ (globalThis).worker.dispatchEvent(new Event('error', { cancelable: true }));
  });
  await model.continue();
  await lost();
  await slide(page, 'strength', 0.5);
  await computed(page);
  await close();
});

/**
 * A microphone that is on once it is granted: its streams.
 * @typedef {{ streams: MediaStream[], grant: () => void }} HeldMicrophone
 */

/** Runs before the page's scripts: such a microphone, of a tone. */
function holdMicrophone() {
  const microphone = /** @type {HeldMicrophone} */ ({ streams: [], grant() {} });
  const granted = new Promise(resolve => {
    microphone.grant = () => resolve(undefined);
  });
  Object.assign(globalThis, { microphone });
  Object.assign(navigator.mediaDevices, {
    getUserMedia: async () => {
      await granted;
      const context = new AudioContext();
      const tone = new OscillatorNode(context);
      const heard = new MediaStreamAudioDestinationNode(context);
      tone.connect(heard);
      tone.start();
      microphone.streams.push(heard.stream);
      return heard.stream;
    },
  });
}

test('a recording of the microphone becomes a sound; a closed panel drops it, also before the microphone is on', async () => {
  const { page, ready, close } = await visit();
  await page.addInitScript(holdMicrophone);
  await withoutPatience(page, 10_000); // The recording ends only when it is stopped.
  await ready();
  await page.locator('#pad').click();
  await openSounds(page);
  /** For each stream so far, true if it is on. */
  const streams = () =>
    page.evaluate(() =>
      /** @type {HeldMicrophone} */ (/** @type {any} */ (globalThis).microphone).streams.map(stream => stream.active),
    );
  const button = page.locator('[data-place=a] [data-from=microphone]');
  const status = page.locator('#tone-sounds-status');
  await button.click();
  await page.locator('#tone-sounds-close').click();
  await page.evaluate(() => /** @type {any} */ (globalThis).microphone.grant());
  await eventually(streams, [false]);
  await page.locator('#tones-sounds').click();
  await button.click();
  await page.locator('#tone-sounds-level').waitFor();
  await eventually(streams, [false, true]);
  await page.locator('#tone-sounds-close').click();
  await eventually(streams, [false, false]);
  await page.locator('#tones-sounds').click();
  await page.locator('#tone-sounds-level').waitFor({ state: 'hidden' });
  assert.equal(await page.locator('#tone-sounds-result').isVisible(), false, 'what was recorded is dropped');
  await button.click();
  await status.filter({ hasText: /Recording: ([2-9]|\d\d) s of 10 s/ }).waitFor();
  await button.click();
  await computed(page);
  assert.match(await page.locator('[data-place=a] .tone-sound-head').innerText(), /Sound A\s+recording/);
  await eventually(streams, [false, false, false]);
  await close();
});
