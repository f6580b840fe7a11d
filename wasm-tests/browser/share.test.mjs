// What is taken away and brought along comes back as the same sound: files, links, recordings, models. About 60 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { turned } from '../onnx.mjs';
import { record } from './recorder.mjs';
import { samplesAt, samplesOf } from './rendered.mjs';
import { openReady, READY_TIMEOUT_MS, SITE_FOLDER } from './site.mjs';
import { level } from './sound.mjs';
import { place, SET_PATCH, shown } from './spy.mjs';
import { visits } from './visits.mjs';

const { visit, address: siteAddress } = visits();

/** @typedef {import('playwright-core').Page} Page */

const viewport = { width: 1280, height: 900 };
/** So many presets are enough to be heard anew. */
const FEW = 200;

/** @param {string} [address] @param {(page: Page) => Promise<unknown>} [prepare] */
async function open(address, prepare) {
  const { page, heard: messages, ready, close } = await visit({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
  await prepare?.(page);
  const recorder = await record(page);
  await ready(address);
  return { page, messages, recorder, close };
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
const told = (page, sentence, timeout = READY_TIMEOUT_MS) =>
  page.locator('#share-status').filter({ hasText: sentence }).waitFor({ timeout });

/** The values in files, patch by patch. @param {Buffer} bytes */
const patches = bytes => {
  const values = parameters(bytes).map(line => Math.fround(Number(line.split(' ')[2])));
  return Array.from({ length: values.length / 41 }, (_, patch) => values.slice(41 * patch, 41 * patch + 41));
};

/** Two sounds are one, sample by sample. @param {Float32Array} one @param {Float32Array} other @param {string} what */
function assertSame(one, other, what) {
  assert.ok(level(one) > 1e-4, `${what}: it is silent`);
  assert.equal(one.length, other.length);
  const differs = one.findIndex((sample, index) => sample !== other[index]);
  assert.equal(differs, -1, `${what}: sample ${differs} is ${one[differs]}, then ${other[differs]}`);
}

test('a patch taken home and brought back is the same patch and sound, by ear on the map', async () => {
  const { page, messages, close } = await open();
  await playAt(page, 'Left', 'Left', 'Up');
  const from = await place(page);
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
  const values = (await messages.take(SET_PATCH)).at(-1)?.[1];
  assert.deepEqual(values.map(Math.fround), patches(taken.bytes)[0], 'what the voice plays is what the file says');
  assertSame(samplesAt(from), samplesOf(values), 'what was taken, and what came back');

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
  await drop(page, ...Array.from({ length: 65 }, (_, index) => ({ name: `photo-${index}.jpg`, bytes: 'JFIF' })));
  await told(page, /^Only the first 64 files.*photo-63\.jpg is no/);
  assert.doesNotMatch(await page.locator('#share-status').innerText(), /photo-64/);
  await drop(page, { name: 'decoder.onnx', bytes: 'no' }, { name: 'encoder.onnx', bytes: 'model' });
  await told(page, /cannot be played: .*ONNX/);
  await close();
});

test('a link opens to the same sound, and a damaged one says so', async () => {
  const { page, close } = await open();
  await playAt(page, 'Right', 'Up', 'Up');
  const { bytes } = await take(page, '#take-patch');
  await page.locator('#manner').selectOption({ label: 'a chord' });
  await page.locator('#map-button').click();
  await page.getByLabel('Warmth').click();
  await page.keyboard.press('Escape');
  await page.locator('#copy-link').click();
  await told(page, /link is copied/);
  const address = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(address.length < 300 && address.startsWith(siteAddress()), address);

  const other = await open(address);
  assert.ok(!other.page.url().includes('#'), 'the address does not stay behind what is played');
  await other.page.waitForLoadState('networkidle');
  await shown(other.page);
  assert.equal(await other.page.locator('#map-name').innerText(), 'Warmth');
  assert.ok(await other.page.getByLabel('Warmth').isChecked(), 'the menu says so, too');
  assert.match(await other.page.locator('#legend').innerText(), /warm/i);
  await playAt(other.page);
  const opened = (await take(other.page, '#take-patch')).bytes;
  assert.deepEqual(parameters(opened), parameters(bytes));
  assertSame(samplesOf(patches(bytes)[0]), samplesOf(patches(opened)[0]), 'what was sent, and what was opened');
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

test('the recording is whole while what you hear is described', async () => {
  const { page, close } = await open();
  await page.locator('#readout summary').click();
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.keyboard.down('Space');
  await page.locator('#heard .heard-row').first().waitFor();
  await page.waitForTimeout(4000);
  // Each time the descriptions are somewhere else on their way.
  for (let time = 0; time < 6; time++) {
    const { mono, rate_hz } = readWave((await take(page, '#take-recording')).bytes);
    assert.ok(mono.length > 4 * rate_hz, `${mono.length / rate_hz} s`);
    await page.waitForTimeout(130);
  }
  await page.keyboard.up('Space');
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

test('a bank holds all landmarks, decoded or edited; brought back each makes the same sound', async () => {
  const { page, messages, close } = await open();
  await page.locator('#take-bank').click();
  await told(page, /no landmarks yet/);
  await playAt(page, 'Left', 'Down');
  const decoded = await place(page);
  await page.locator('#tool-mark').click();
  await playAt(page, 'Right', 'Right', 'Up');
  await page.locator('.group').filter({ hasText: 'Cutoff' }).locator('summary').click();
  await page.locator('.group').filter({ hasText: 'Cutoff' }).getByLabel('Cutoff').fill('0.4');
  await page.locator('#tool-mark').click();
  await shown(page);
  const edited = await messages.patch();
  const bank = await take(page, '#take-bank');
  assert.match(bank.bytes.toString('utf8'), /^amSynth\n<preset> <name> .+\n/);
  assert.equal(patches(bank.bytes).length, 2);

  await drop(page, { name: 'Mine.bank', bytes: bank.bytes });
  await told(page, /2 presets of Mine are on the map/);
  await page.locator('#find-bank').selectOption({ label: 'Mine' });
  const sounds = [samplesAt(decoded), samplesOf(edited ?? [])];
  for (const [number, sound] of sounds.entries()) {
    await page.locator('#found button').nth(number).click();
    await shown(page);
    assertSame(samplesOf(await messages.patch() ?? []), sound, `landmark ${number + 1}`);
  }
  await close();
});

/** A site that knows fewer presets: what hears them all is done sooner. @param {Page} page */
async function knowFew(page) {
  const known = JSON.parse(readFileSync(join(SITE_FOLDER, 'coordinates.json'), 'utf8'));
  const rows = known.name.length;
  const few = Object.fromEntries(Object.entries(known).map(([key, value]) =>
    [key, Array.isArray(value) && value.length === rows ? value.slice(0, FEW) : value]));
  const patches = readFileSync(join(SITE_FOLDER, 'presets.f32'));
  await page.route('**/coordinates.json', route => route.fulfill({ json: few }));
  await page.route('**/presets.f32', route => route.fulfill({ body: patches.subarray(0, (FEW * patches.length) / rows) }));
}

/** As an update does that understands another version of models: the decoder that was brought is given at the beginning. */
const REFUSE = `
const register = registerProcessor;
globalThis.registerProcessor = (name, Processor) => register(name, class extends Processor {
  constructor(options) {
    const { decoder } = options.processorOptions;
    if (decoder) new Uint8Array(decoder).fill(0);
    super(options);
  }
});
`;

test('what is held sounds on when a model comes, and a model that the sound refuses later leaves ours', async () => {
  let refuses = false;
  const site = await hostSite({ change: (name, body) => (name === 'worklet.js' && refuses ? Buffer.concat([Buffer.from(REFUSE), body]) : body) });
  const { page, recorder, close } = await open(site.address, knowFew);
  await page.locator('#tool-hold').click();
  await playAt(page);
  assert.ok(await recorder.heard());
  const [encoder, decoder] = ['encoder.onnx', 'decoder.onnx'].map(name => readFileSync(join(SITE_FOLDER, name)));
  await drop(page, { name: 'encoder.onnx', bytes: encoder }, { name: 'decoder.onnx', bytes: turned(decoder) });
  await told(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  await readyAgain(page);
  assert.ok(await recorder.heard(), 'it was held all the time');
  await page.locator('#tool-hold').click();

  refuses = true;
  await page.reload();
  await readyAgain(page);
  await told(page, /cannot be played/);
  await playAt(page);
  assert.ok(await recorder.heard(), 'ours plays');
  await page.locator('#send-away').click();
  await told(page, /model are back/);
  await close();
  await site.close();
});

test('a model of one’s own plays, and ours comes back', async () => {
  const { page, close } = await open(undefined, knowFew);
  await playAt(page, 'Left', 'Left', 'Up');
  const ours = parameters((await take(page, '#take-patch')).bytes);
  const decoder = turned(readFileSync(join(SITE_FOLDER, 'decoder.onnx')));
  const encoder = readFileSync(join(SITE_FOLDER, 'encoder.onnx'));
  await drop(page, { name: 'my encoder.onnx', bytes: encoder }, { name: 'my decoder.onnx', bytes: decoder });
  // It hears all presets of the map: of all 3,303 about 15 s on an idle machine, a minute on a busy one.
  await told(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  await readyAgain(page);
  // From two left and one up to two right and one down: where the turned plane has the same sound.
  await playAt(page, 'Right', 'Right', 'Right', 'Right', 'Down', 'Down');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), ours);

  // Whatever happens to the Worker, it works by the model that plays.
  await page.locator('#tool-mark').click();
  for (const lose of [false, true]) {
    if (lose) await breakWorker(page);
    const [patch] = patches((await take(page, '#take-bank')).bytes);
    patches(Buffer.from(ours.join('\n')))[0].forEach((value, index) => assert.ok(Math.abs(value - patch[index]) < 1e-4, ours[index]));
  }

  await page.reload();
  await readyAgain(page);
  await page.locator('#send-away').waitFor();
  await playAt(page);
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), ours, 'it plays on after a reload');

  await page.locator('#send-away').click();
  await told(page, /model are back/);
  await readyAgain(page);
  await playAt(page, 'Left', 'Left', 'Left', 'Left', 'Up', 'Up');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), ours);
  await close();
});

/** @param {Page} page */
const readyAgain = page =>
  page.waitForFunction(() => document.documentElement.dataset.state === 'ready', undefined, { timeout: READY_TIMEOUT_MS });

/** The Worker meets an error that nobody catches, and the page hears of it. @param {Page} page */
async function breakWorker(page) {
  const [worker] = page.workers();
  const gone = worker.waitForEvent('close');
  await worker.evaluate(() => { setTimeout(() => { throw new Error('as the test wants it'); }); });
  await gone;
}

test('presets that were brought are on the map after a reload, until they are sent away', async () => {
  const { page, messages, close } = await open();
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  const renamed = bytes.toString('utf8').replace(/<name> .*/, '<name> Zither along');
  await drop(page, { name: 'mine.amSynthPreset', bytes: renamed });
  await told(page, /is on the map/);
  const there = await place(page);
  await page.reload();
  await readyAgain(page);
  await page.locator('#send-away').waitFor();
  await page.locator('#find').fill('zither along');
  await page.locator('#found button').click();
  await shown(page);
  assert.deepEqual(await place(page), there);
  assert.deepEqual((await messages.patch())?.map(Math.fround), patches(bytes)[0]);
  await page.locator('#send-away').click();
  await told(page, /model are back/);
  await page.reload();
  await readyAgain(page);
  await page.waitForLoadState('networkidle');
  await page.locator('#find').fill('zither along');
  assert.match(await page.locator('#found-count').innerText(), /nothing/);
  assert.ok(await page.locator('#send-away').isHidden());
  await close();
});

test('what was brought outlives a new model of the page, a part that does not come, and another tab', async () => {
  const { page } = await open();
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  const named = (/** @type {string} */ name) => ({ name: `${name}.amSynthPreset`, bytes: bytes.toString('utf8').replace(/<name> .*/, `<name> ${name}`) });
  const names = async (/** @type {Page} */ tab) => {
    await tab.locator('#find').fill('zither ');
    await shown(tab);
    return tab.locator('#found button').allInnerTexts();
  };
  // The second one while the first is still listened to.
  await drop(page, named('Zither first'));
  await drop(page, named('Zither second'));
  await told(page, /second.*is on the map/);
  assert.equal((await names(page)).length, 2);

  const other = await page.context().newPage();
  await openReady(other, page.url());
  await other.locator('#send-away').waitFor();
  await drop(page, named('Zither third'));
  await told(page, /third.*is on the map/);
  await drop(other, named('Zither fourth'));
  await told(other, /fourth.*is on the map/);
  await other.close();

  const known = JSON.parse(readFileSync(join(SITE_FOLDER, 'coordinates.json'), 'utf8'));
  await page.context().route('**/coordinates.json', route => route.fulfill({ json: { ...known, model: 'another' } }));
  await page.context().route('**/listener_bg.wasm', route => route.fulfill({ status: 404 }));
  await page.reload();
  await told(page, /listens could not be loaded/);
  await page.context().unroute('**/listener_bg.wasm');
  await drop(page, named('Zither fifth'));
  await told(page, /fifth.*is on the map/);
  await page.reload();
  await page.locator('#send-away').waitFor();
  const ends_ms = Date.now() + READY_TIMEOUT_MS;
  while ((await names(page)).length < 5 && Date.now() < ends_ms) await page.locator('#find').fill('');
  assert.equal((await names(page)).length, 5);
  await page.context().close();
});

test('where the browser refuses to keep what was brought, it says so and plays it', async () => {
  const { page, heard, ready, close } = await visit({ viewport });
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };
  });
  await ready();
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  await playAt(page, 'Right', 'Right');
  await drop(page, { name: 'mine.amSynthPreset', bytes });
  await told(page, /is on the map.* gone after a reload/);
  assert.deepEqual((await heard.patch())?.map(Math.fround), patches(bytes)[0]);
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

test('what is heard is described beside what the map says, and only where somebody looks', async () => {
  const { page, close } = await open();
  /** @type {string[]} */
  const asked = [];
  page.on('request', request => { if (request.url().includes('listener')) asked.push(request.url()); });
  await playAt(page, 'Left');
  await playAt(page, 'Right');
  assert.deepEqual(asked, [], 'it listens, though the section is closed');
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
