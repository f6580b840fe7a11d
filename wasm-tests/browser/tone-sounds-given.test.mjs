// “From sounds…” with slow and faulty sounds: the sounds that count when one takes long to be read, the sentence about
// a refused one, the result of the sounds before, and the settings that a dropped sound does not change. Also presses
// of Record before the microphone is on, sounds that begin late or whose channels cancel each other, a worker that
// traps, and the colours of the map of frames. About 50 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { drop, take } from './sharing.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';
import { later, PLUCK, wav } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();

const SLOW = { ...PLUCK, name: 'slow.wav' }, BAD = { name: 'bad.wav', bytes: 'no sound' }, SLOW_BAD = { ...BAD, name: 'slow-bad.wav' };

/**
 * The kind of messages that a page holds back, the waiting ones, and the numbers of sounds that were read and of
 * results.
 * @typedef {{ what: 'files' | 'results' | '', waiting: (() => void)[], read: number, results: number }} Held
 */

/** Runs before the page's scripts: holds back files that are read, or results. */
function holdBack() {
  const held = /** @type {Held} */ ({ what: '', waiting: [], read: 0, results: 0 });
  const Context = OfflineAudioContext, Own = Worker;
  Object.assign(globalThis, {
    held,
    OfflineAudioContext: class extends Context {
      /** @param {ArrayBuffer} bytes */
      async decodeAudioData(bytes) {
        if (held.what === 'files') await new Promise(resolve => { held.waiting.push(() => resolve(undefined)); });
        return super.decodeAudioData(bytes).finally(() => { held.read++; });
      }
    },
    Worker: class extends Own {
      /** @param {string} script @param {WorkerOptions} options */
      constructor(script, options) {
        super(script, options);
        this.addEventListener('message', ({ data }) => { if (data?.samples) held.results++; });
      }
      /** @param {any} message @param {any} [more] */
      postMessage(message, more) {
        const send = () => super.postMessage(message, more);
        // A message after one that waits must stay behind it.
        if (held.what === 'results' && (message?.transform || held.waiting.length > 0)) held.waiting.push(send);
        else send();
      }
    },
  });
}

/**
 * From now on the page holds back messages of this kind; with '' none.
 * @param {Page} page @param {Held['what']} what
 */
const hold = (page, what) => page.evaluate(what => { (/** @type {any} */ (globalThis)).held.what = what; }, what);
/** Releases the waiting messages. @param {Page} page */
const letGo = page => page.evaluate(() => { for (const go of (/** @type {any} */ (globalThis)).held.waiting.splice(0)) go(); });
const waiting = (/** @type {Page} */ page) => page.evaluate(() => (/** @type {any} */ (globalThis)).held.waiting.length);
const read = (/** @type {Page} */ page) => page.evaluate(() => (/** @type {any} */ (globalThis)).held.read);
const results = (/** @type {Page} */ page) => page.evaluate(() => (/** @type {any} */ (globalThis)).held.results);

/** A visit that plays strings, with “From sounds…” open. @param {() => void} script runs before the page's scripts */
async function opened(script = holdBack) {
  const visited = await visit();
  const { page } = visited;
  await page.addInitScript(script);
  await visited.ready();
  await page.locator('#instrument').selectOption({ label: 'Strings' });
  await page.locator('html[data-instrument=strings]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await openPanel(page, 'sound');
  await page.locator('#tones-sounds').click();
  await page.locator('[data-place=a] [data-from=file]').waitFor();
  return visited;
}

const name = (/** @type {Page} */ page, /** @type {string} */ place) => page.locator(`[data-place=${place}] .tone-sound-name > span`).innerText();
const says = async (/** @type {Page} */ page) => await page.locator('#tone-sounds-status').textContent() ?? '';
const example = (/** @type {Page} */ page, /** @type {string} */ place) => page.locator(`[data-place=${place}] [data-from=example]`).click();

/** Waits for a result, with any sentence. @param {Page} page */
async function computed(page) {
  await page.locator('#tone-sounds-save[aria-disabled=false]').waitFor({ timeout: READY_TIMEOUT_MS });
  await eventually(() => says(page), text => !/Computing|Reading/.test(text), 'a result');
}

/** Drops a file that is not read before `letGo`. @param {Page} page @param {{ name: string, bytes: Buffer | string }} file */
async function dropSlow(page, file) {
  await hold(page, 'files');
  await drop(page, file);
  await eventually(() => says(page), /Reading…$/);
  await eventually(() => waiting(page), 1);
  await hold(page, '');
}

test('a sound that is given later is not replaced by an earlier file, nor is what is said of it', async () => {
  const { page, close } = await opened();
  for (const [at, file] of [SLOW, SLOW_BAD].entries()) {
    await dropSlow(page, file);
    await example(page, 'a');
    await computed(page);
    const before = await says(page);
    await letGo(page);
    await eventually(() => read(page), at + 1);
    await computed(page);
    assert.equal(await name(page, 'a'), 'a sung glide');
    assert.equal(await says(page), before);
  }
  await close();
});

test('what is said of a refused file stays until a person does something else', async () => {
  const { page, close } = await opened();
  await drop(page, PLUCK, BAD);
  await computed(page);
  await eventually(() => says(page), /^This browser cannot read “bad\.wav”: /);
  assert.equal(await name(page, 'a'), 'pluck.wav');
  assert.equal(await name(page, 'b'), 'none yet');
  await example(page, 'b');
  await computed(page);
  assert.doesNotMatch(await says(page), /bad\.wav/);

  // It leaves the earlier file alone, which is read later.
  await dropSlow(page, SLOW);
  await drop(page, BAD);
  await eventually(() => says(page), /^This browser cannot read “bad\.wav”: /);
  await letGo(page);
  await eventually(() => name(page, 'a'), 'slow.wav');
  await computed(page);
  assert.match(await says(page), /^This browser cannot read “bad\.wav”: /);
  await close();
});

test('a result of the sound before is not saved under the name of the new one', async () => {
  const { page, close } = await opened();
  await example(page, 'a');
  await computed(page);
  const before = await results(page);
  await hold(page, 'results');
  await page.locator('#tone-sounds-domains [data-domain="3"]').click();
  await eventually(() => waiting(page), 1);
  await drop(page, PLUCK);
  await eventually(() => name(page, 'a'), 'pluck.wav');
  await letGo(page);
  await eventually(() => results(page), before + 1, 'that of the example');
  await eventually(async () => await waiting(page) > 0, true, 'that of the new sound');
  const save = page.locator('#tone-sounds-save');
  assert.equal(await save.getAttribute('aria-disabled'), 'true');
  await save.dispatchEvent('click');
  assert.equal(await says(page), 'Computing…', 'nothing is saved');
  await hold(page, '');
  await letGo(page);
  await computed(page);
  assert.equal((await take(page, '#tone-sounds-save')).name, 'pluck.wav');
  await close();
});

test('a dropped sound leaves alone what is chosen under Through, and the focus', async () => {
  const { page, close } = await opened();
  await example(page, 'a');
  await computed(page);
  const brass = page.locator('#tone-sounds-domains [data-domain="3"]');
  await brass.click();
  await computed(page);
  await drop(page, PLUCK);
  await eventually(() => name(page, 'a'), 'pluck.wav');
  await computed(page);
  assert.equal(await brass.getAttribute('aria-pressed'), 'true');
  assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'tone-sounds-close');
  await close();
});

/**
 * A microphone that is on once it is granted: the number of requests, and its streams.
 * @typedef {{ asked: number, streams: MediaStream[], grant: () => void }} HeldMicrophone
 */

/** Runs before the page's scripts: such a microphone, of a tone. */
function holdMicrophone() {
  const microphone = /** @type {HeldMicrophone} */ ({ asked: 0, streams: [], grant() {} });
  const granted = new Promise(resolve => { microphone.grant = () => resolve(undefined); });
  Object.assign(globalThis, { microphone });
  Object.assign(navigator.mediaDevices, {
    getUserMedia: async () => {
      microphone.asked++;
      await granted;
      const context = new AudioContext(), tone = new OscillatorNode(context), heard = new MediaStreamAudioDestinationNode(context);
      tone.connect(heard);
      tone.start();
      microphone.streams.push(heard.stream);
      return heard.stream;
    },
  });
}

const grant = (/** @type {Page} */ page) => page.evaluate(() => (/** @type {any} */ (globalThis)).microphone.grant());
/** The number of requests for the microphone, and of its streams, and of the streams that are on. @param {Page} page */
const microphone = page => page.evaluate(() => {
  const { asked, streams } = /** @type {HeldMicrophone} */ ((/** @type {any} */ (globalThis)).microphone);
  return { asked, begun: streams.length, on: streams.filter(stream => stream.active).length };
});

/** As `opened`, with a microphone that waits. */
async function openedWithMicrophone() {
  const visited = await opened(holdMicrophone);
  const { page } = visited;
  // The first press starts the sound.
  await page.locator('#pad').click();
  const button = page.locator('[data-place=a] [data-from=microphone]');
  return { ...visited, button, isPressed: () => button.getAttribute('data-recording') };
}

test('of presses of Record while the microphone is not on yet only the last one records', async () => {
  const { page, button, isPressed, close } = await openedWithMicrophone();
  for (let press = 0; press < 3; press++) await button.click();
  await eventually(() => microphone(page), { asked: 1, begun: 0, on: 0 });
  await grant(page);
  await eventually(isPressed, 'true');
  assert.deepEqual(await microphone(page), { asked: 2, begun: 2, on: 1 });
  await button.click();
  await eventually(isPressed, 'false');
  await eventually(() => microphone(page), { asked: 2, begun: 2, on: 0 });
  await close();
});

test('a panel that is closed while the microphone is not on yet records nothing', async () => {
  const { page, button, isPressed, close } = await openedWithMicrophone();
  for (let press = 0; press < 2; press++) await button.click();
  await page.locator('#tone-sounds-close').click();
  await grant(page);
  await eventually(() => microphone(page), { asked: 1, begun: 1, on: 0 });
  // The next press is the first one after it that asks for the microphone.
  await page.locator('#tones-sounds').click();
  await button.click();
  await eventually(isPressed, 'true');
  assert.deepEqual(await microphone(page), { asked: 2, begun: 2, on: 1 });
  await page.locator('#tone-sounds-close').click();
  await eventually(() => microphone(page), { asked: 2, begun: 2, on: 0 });
  await close();
});

/** A WAV file of two channels of which one is the other with the opposite sign. */
function opposite() {
  const file = wav(2, time_s => Math.sin(2 * Math.PI * 220 * (time_s / 2)));
  // As two channels it lasts half as long.
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(2 * file.readUInt32LE(28), 28);
  file.writeUInt16LE(4, 32);
  for (let at = 44; at + 4 <= file.length; at += 4) file.writeInt16LE(-file.readInt16LE(at), at + 2);
  return { name: 'opposite.wav', bytes: file };
}

test('a recording that begins with a long silence, and channels of opposite phases, are not silent', async () => {
  const { page, close } = await opened();
  await drop(page, { name: 'late.wav', bytes: later(PLUCK.bytes, 11) });
  await eventually(() => name(page, 'a'), 'late.wav');
  await computed(page);
  await drop(page, opposite());
  await eventually(() => name(page, 'a'), 'opposite.wav');
  await computed(page);
  await drop(page, { name: 'silence.wav', bytes: wav(11, () => 0) });
  await eventually(() => says(page), /“silence\.wav” is silent/);
  await drop(page, { name: 'too-late.wav', bytes: later(PLUCK.bytes, 61) });
  await eventually(() => says(page), '“too-late.wav” is silent for its first minute: choose another sound.');
  await close();
});

/** Runs before the worker's own script: the module traps when it transfers a sound. */
const TRAPPING = `
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (module, imports) => {
    const { exports } = await instantiate(module, imports);
    const trap = () => { throw new WebAssembly.RuntimeError('unreachable'); };
    return { module, instance: { exports: { ...exports, tonetransform_transfer: trap } } };
  };`;

test('after a trap in the worker another one computes the next try', async () => {
  const { page, close } = await opened();
  await page.route('**/tone-sounds-worker.js', async route => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: TRAPPING + await answer.text() });
  }, { times: 1 });
  await drop(page, PLUCK);
  await eventually(() => says(page), /could not be computed/);
  await drop(page, PLUCK);
  await computed(page);
  await close();
});

test('the map of frames takes the colours of another theme at once', async () => {
  const { page, close } = await opened();
  await page.emulateMedia({ colorScheme: 'light' });
  await example(page, 'a');
  await computed(page);
  const picture = () => page.locator('#tone-sounds-map').evaluate(canvas => (/** @type {HTMLCanvasElement} */ (canvas)).toDataURL());
  await page.locator('#tone-sounds-map').scrollIntoViewIfNeeded();
  const light = await picture();
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually(async () => await picture() !== light, true, 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await eventually(async () => await picture() === light, true, 'light again');
  await close();
});
