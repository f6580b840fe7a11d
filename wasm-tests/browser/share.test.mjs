// What is taken away and brought along comes back as the same sound: files, links, recordings, models. About 40 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SET_PATCH, spy } from './spy.mjs';
import { turned } from './onnx.mjs';
import { record } from './recorder.mjs';
import { launchBrowser, newPage, openReady, READY_TIMEOUT_MS, serveSite, SITE_FOLDER } from './site.mjs';

/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
/** @type {Awaited<ReturnType<typeof launchBrowser>>} */
let browser;
before(async () => {
  site = await serveSite();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** @typedef {import('playwright-core').Page} Page */

const viewport = { width: 1280, height: 900 };

/** @param {string} [address] */
async function open(address = site.address) {
  const options = { viewport, permissions: ['clipboard-read', 'clipboard-write'] };
  const { page, complaints, exceptions } = await newPage(browser, options);
  const messages = await spy(page);
  const recorder = await record(page);
  await openReady(page, address);
  return {
    page,
    messages,
    recorder,
    async close() {
      await page.context().close();
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
    },
  };
}

/** Goes somewhere by arrow keys and plays there for a moment. @param {Page} page @param {string[]} arrows */
async function playAt(page, ...arrows) {
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  for (const arrow of arrows) await page.keyboard.press(`Shift+Arrow${arrow}`);
  await page.keyboard.down('Space');
  await page.waitForTimeout(400);
  await page.keyboard.up('Space');
}

/** @param {Page} page @param {string} button @returns {Promise<{ name: string, bytes: Buffer }>} */
async function take(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The parameters of a preset file, without its name. @param {Buffer} bytes */
const parameters = bytes => bytes.toString('utf8').split('\n').filter(line => line.startsWith('<parameter>'));

/** Drops files on the page as a person does. @param {Page} page @param {{ name: string, bytes: Buffer | string }[]} files */
async function drop(page, ...files) {
  const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  const transfer = await page.evaluateHandle(given => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], name));
    }
    return transfer;
  }, given);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

/** @param {Page} page @param {RegExp} sentence */
const told = (page, sentence) =>
  page.locator('#share-status').filter({ hasText: sentence }).waitFor({ timeout: READY_TIMEOUT_MS });

test('a patch taken home and brought back is the same patch, by ear on the map', async () => {
  const { page, messages, close } = await open();
  await playAt(page, 'Left', 'Left', 'Up');
  const taken = await take(page, '#take-patch');
  assert.match(taken.name, /\.amSynthPreset$/);
  assert.equal(parameters(taken.bytes).length, 41);
  await playAt(page, 'Right', 'Right', 'Right', 'Down', 'Down');
  assert.notDeepEqual(parameters((await take(page, '#take-patch')).bytes), parameters(taken.bytes));

  await messages.take();
  const renamed = taken.bytes.toString('utf8').replace(/<name> .*/, '<name> <b>Mine</b>');
  await drop(page, { name: 'mine.amSynthPreset', bytes: renamed });
  await told(page, /is on the map/);
  assert.match(await page.locator('#near').innerText(), /<b>Mine<\/b>/, 'a name is text, never HTML');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), parameters(taken.bytes));
  const [, values] = (await messages.take(SET_PATCH)).at(-1) ?? [];
  const stored = parameters(taken.bytes).map(line => Math.fround(Number(line.split(' ')[2])));
  assert.deepEqual(values.map(Math.fround), stored, 'what the voice plays is what the file says');

  await page.locator('#send-away').click();
  await page.locator('#send-away').waitFor({ state: 'hidden' });
  await close();
});

test('bad files are answered by a sentence each, and good ones beside them are taken', async () => {
  const { page, close } = await open();
  await playAt(page);
  const { bytes } = await take(page, '#take-patch');
  await drop(page,
    { name: 'photo.jpg', bytes: 'JFIF' },
    { name: 'broken.bank', bytes: 'amSynth\n<preset> <name> A\n<parameter> amp_attack loud\n' },
    { name: 'huge.bank', bytes: Buffer.alloc(2_100_000) },
    { name: 'good.amSynthPreset', bytes });
  await told(page, /is on the map/);
  const sentences = await page.locator('#share-status').innerText();
  for (const part of ['photo.jpg is no', 'broken.bank has a fault (line 3', 'huge.bank is larger than 2 MB']) {
    assert.ok(sentences.includes(part), `${part}: ${sentences}`);
  }
  await drop(page, { name: 'decoder.onnx', bytes: 'no' }, { name: 'encoder.onnx', bytes: 'model' });
  await told(page, /cannot be played: .*ONNX/);
  await close();
});

test('a link opens to the same sound, and a damaged one says so', async () => {
  const { page, close } = await open();
  await playAt(page, 'Right', 'Up', 'Up');
  const { bytes } = await take(page, '#take-patch');
  await page.locator('#manner').selectOption({ label: 'a chord' });
  await page.locator('#copy-link').click();
  await told(page, /link is copied/);
  const address = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(address.length < 300 && address.startsWith(`${site.address}`), address);

  const other = await open(address);
  assert.ok(!other.page.url().includes('#'), 'the address does not stay behind what is played');
  await playAt(other.page);
  assert.deepEqual(parameters((await take(other.page, '#take-patch')).bytes), parameters(bytes));
  assert.equal(await other.page.locator('#manner').evaluate(list => /** @type {HTMLSelectElement} */ (list).selectedOptions[0].label), 'a chord');
  await other.close();

  const damaged = await open(`${address.slice(0, -3)}`);
  await told(damaged.page, /damaged or was cut off/);
  await damaged.close();
  await close();
});

test('the recording is what was played, sample by sample', async () => {
  const { page, recorder, close } = await open();
  // A key wakes the sound, too: the volume has arrived before anything is played.
  await page.locator('#volume').press('End');
  await page.waitForTimeout(300);
  await recorder.take();
  await playAt(page, 'Left');
  await page.waitForTimeout(200);
  const { name, bytes } = await take(page, '#take-recording');
  await page.waitForTimeout(100);
  const played = await recorder.take();
  const saved = readWave(bytes);
  assert.match(name, /\.wav$/);
  assert.equal(saved.rate_hz, played.rate_hz);
  const begin = (/** @type {Float32Array} */ samples) => samples.findIndex(sample => Math.abs(sample) > 1e-3);
  const [from, heardFrom] = [begin(saved.mono), begin(played.samples)];
  const length = Math.min(saved.mono.length - from, played.samples.length - heardFrom);
  assert.ok(from >= 0 && length > 0.4 * saved.rate_hz, `${length} samples to compare`);
  let farthest = 0;
  for (let frame = 0; frame < length; frame++) {
    farthest = Math.max(farthest, Math.abs(saved.mono[from + frame] - played.samples[heardFrom + frame]));
  }
  assert.ok(farthest < 1e-4, `it differs by ${farthest}`);
  await close();
});

/** A float stereo file, both sides mixed as the recorder mixes them. @param {Buffer} bytes */
function readWave(bytes) {
  assert.equal(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12), 'RIFFWAVE');
  let at = 12;
  let rate_hz = 0;
  for (;;) {
    const kind = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    at += 8;
    if (kind === 'fmt ') rate_hz = bytes.readUInt32LE(at + 4);
    if (kind === 'data') {
      const mono = new Float32Array(length / 8);
      for (let frame = 0; frame < mono.length; frame++) {
        mono[frame] = bytes.readFloatLE(at + 8 * frame) / 2 + bytes.readFloatLE(at + 8 * frame + 4) / 2;
      }
      return { rate_hz, mono };
    }
    at += length;
  }
}

test('a bank holds all landmarks, as they are decoded', async () => {
  const { page, close } = await open();
  await playAt(page, 'Left', 'Down');
  const { bytes } = await take(page, '#take-patch');
  await page.locator('#take-bank').click();
  await told(page, /no landmarks yet/);
  await page.locator('#tool-mark').click();
  const bank = await take(page, '#take-bank');
  const text = bank.bytes.toString('utf8');
  assert.match(text, /^amSynth\n<preset> <name> .+\n/);
  const values = (/** @type {Buffer} */ file) => parameters(file).map(line => Math.fround(Number(line.split(' ')[2])));
  const [one, other] = [values(bank.bytes), values(bytes)];
  assert.equal(one.length, 41);
  one.forEach((value, index) => assert.ok(Math.abs(value - other[index]) < 1e-5, parameters(bytes)[index]));
  await close();
});

test('a model of one’s own plays, and ours comes back', async () => {
  const { page, close } = await open();
  await playAt(page, 'Left', 'Left', 'Up');
  const ours = parameters((await take(page, '#take-patch')).bytes);
  const decoder = turned(readFileSync(join(SITE_FOLDER, 'decoder.onnx')));
  const encoder = readFileSync(join(SITE_FOLDER, 'encoder.onnx'));
  await drop(page, { name: 'my encoder.onnx', bytes: encoder }, { name: 'my decoder.onnx', bytes: decoder });
  await told(page, /Your model plays/);
  await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', undefined, { timeout: READY_TIMEOUT_MS });
  // From two left and one up to two right and one down: where the turned plane has the same sound.
  await playAt(page, 'Right', 'Right', 'Right', 'Right', 'Down', 'Down');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), ours);

  await page.locator('#send-away').click();
  await told(page, /own model plays again/);
  await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', undefined, { timeout: READY_TIMEOUT_MS });
  await playAt(page, 'Left', 'Left', 'Left', 'Left', 'Up', 'Up');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), ours);
  await close();
});

test('the picture of the map is a PNG with a legend below', async () => {
  const { page, close } = await open();
  const { name, bytes } = await take(page, '#take-picture');
  assert.match(name, /\.png$/);
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  const canvas = await page.locator('canvas#pad').evaluate(pad => [/** @type {HTMLCanvasElement} */ (pad).width, /** @type {HTMLCanvasElement} */ (pad).height]);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  assert.equal(width, 1600);
  assert.ok(height > Math.round((1600 * canvas[1]) / canvas[0]), 'there is room for words');
  await close();
});

test('what is heard is described beside what the map says', async () => {
  const { page, close } = await open();
  await page.locator('#readout summary').click();
  // Keys sound as well as fingers.
  await page.keyboard.down('KeyQ');
  const brightness = page.locator('#heard .heard-row').nth(2);
  await brightness.filter({ hasText: /Brightness\s*\d+ · map \d+/ }).waitFor({ timeout: READY_TIMEOUT_MS });
  await page.keyboard.up('KeyQ');
  const drawn = await page.locator('#spectrum').evaluate(element => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
    return data.some(value => value > 0);
  });
  assert.ok(drawn, 'the spectrum is empty');
  await close();
});
