// The exports of the panel Share besides patches: recordings with the samples that were played, banks of landmarks, and
// pictures of the map. About 25 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { samplesAt, samplesOf } from './rendered.mjs';
import { assertSame, currentPatch, drop, patches, playAt, sharing, take, said } from './sharing.mjs';
import { READY_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { currentPoint, shown } from './seen.mjs';
import { bankMenu, reach } from './panels.mjs';

const { open, address: siteAddress } = sharing();

test('the recording has the samples that were played', async () => {
  const { page, recorder, close } = await open();
  // A key also starts the sound; the volume is set before anything plays.
  await (await reach(page, '#volume')).press('End');
  await page.locator('html[data-sound=awake]').waitFor({ state: 'attached' });
  await recorder.during(300);
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.keyboard.press('Shift+ArrowLeft');
  await recorder.take();
  await page.keyboard.down('Space');
  const begin = (/** @type {ArrayLike<number>} */ samples) =>
    Array.prototype.findIndex.call(samples, sample => Math.abs(sample) > 1e-3);
  /** @type {number[]} */
  const played = [];
  let rate_hz = 0;
  await eventually(
    async () => {
      const { samples, rate_hz: rate } = await recorder.take();
      for (const sample of samples) played.push(sample);
      rate_hz = rate;
      return begin(played) < 0 ? 0 : (played.length - begin(played)) / rate_hz;
    },
    heard_s => heard_s > 0.6,
    'nothing sounds',
  );
  await page.keyboard.up('Space');
  const { name, bytes } = await take(page, '#take-recording');
  const saved = readWave(bytes);
  assert.match(name, /\.wav$/);
  assert.equal(saved.rate_hz, rate_hz);
  const [from, heardFrom] = [begin(saved.mono), begin(played)];
  const length = Math.min(saved.mono.length - from, played.length - heardFrom);
  assert.ok(from >= 0 && length > 0.4 * saved.rate_hz, `${length} samples to compare`);
  let farthest = 0;
  for (let frame = 0; frame < length; frame++) {
    farthest = Math.max(farthest, Math.abs(saved.mono[from + frame] - played[heardFrom + frame]));
  }
  assert.ok(farthest < 1e-4, `it differs by ${farthest}`);
  await close();
});

/** The time that the page waits for the answer of the audio thread; its other timers do not matter here. */
const RECORDING_PATIENCE_MS = 5000;

test('the recording is complete while the page analyzes the sound', async () => {
  const { page, recorder, close } = await open(undefined, page => withoutPatience(page, RECORDING_PATIENCE_MS));
  await (await reach(page, '#readout summary')).click();
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.keyboard.down('Space');
  await (await reach(page, '#heard .heard-row')).first().waitFor();
  await recorder.during(4500);
  // Each time at another phase of the analysis.
  for (let time = 0; time < 6; time++) {
    const { mono, rate_hz } = readWave((await take(page, '#take-recording')).bytes);
    assert.ok(mono.length > 4 * rate_hz, `${mono.length / rate_hz} s`);
    await recorder.during(130);
  }
  await page.keyboard.up('Space');
  await close();
});

/** A float stereo file, both channels mixed as in the recorder. @param {Buffer} bytes */
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

test('a bank contains all landmarks, decoded or edited; imported again, each has the same sound', async () => {
  const { page, close } = await open();
  await (await reach(page, '#take-bank')).click();
  await said(page, /No pins yet/);
  await playAt(page, 'Left', 'Down');
  const decoded = await currentPoint(page);
  await (await reach(page, '#tool-mark')).click();
  await playAt(page, 'Right', 'Right', 'Up');
  await (await reach(page, '.group-opener')).nth(2).click();
  await page.getByRole('slider', { name: 'Cutoff', exact: true }).fill('0.4');
  await (await reach(page, '#tool-mark')).click();
  await shown(page);
  const edited = await currentPatch(page);
  const bank = await take(page, '#take-bank');
  assert.match(bank.bytes.toString('utf8'), /^amSynth\n<preset> <name> .+\n/);
  assert.equal(patches(bank.bytes).length, 2);

  await drop(page, { name: 'Mine.bank', bytes: bank.bytes });
  await said(page, /Mine is on amSynth’s map: 2 sounds/);
  await (await bankMenu(page)).selectOption({ label: 'Mine (yours)' });
  const sounds = [samplesAt(decoded), samplesOf(edited)];
  for (const [number, sound] of sounds.entries()) {
    await (await reach(page, '#found .go')).nth(number).click();
    await shown(page);
    assertSame(samplesOf(await currentPatch(page)), sound, `landmark ${number + 1}`);
  }
  await close();
});

test('a bank leaves out the landmarks of recorded tones, and says how many', async () => {
  const { page, close } = await open();
  for (const [name, instrument] of [
    ['Strings', 'strings'],
    ['amSynth', 'amsynth'],
  ]) {
    await page.locator('#instrument').selectOption({ label: name });
    await page.locator(`html[data-instrument=${instrument}]`).waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
    if (instrument === 'strings') await (await reach(page, '#tool-mark')).click();
  }
  await (await reach(page, '#take-bank')).click();
  await said(page, /^Pins of other instruments have no sound for a bank: 1\.$/);
  await playAt(page, 'Left', 'Up');
  await (await reach(page, '#tool-mark')).click();
  assert.equal(patches((await take(page, '#take-bank')).bytes).length, 1);
  await said(page, /^Saved as latent-pad pins\.bank\. Pins of other instruments have no sound for a bank: 1\.$/);
  await close();
});

test('the picture of the map is a PNG with a legend below; while it is drawn, a sentence says so', async () => {
  for (const [lang, sentences] of /** @type {const} */ ([
    ['en', ['Drawing the picture…', 'Saved as latent-pad map.png']],
    ['de', ['Das Bild wird gezeichnet …', 'Gesichert als latent-pad Karte.png']],
  ])) {
    const { page, close } = await open(`${siteAddress()}?lang=${lang}`);
    await reach(page, '#take-picture');
    // Records the visible text at each frame.
    await page.evaluate(() => {
      const texts = /** @type {string[]} */ ([]);
      const look = () => {
        const text = document.getElementById('share-status')?.innerText ?? '';
        if (text !== texts.at(-1) && text !== '') texts.push(text);
        requestAnimationFrame(look);
      };
      look();
      Object.assign(globalThis, { texts });
    });
    const { name, bytes } = await take(page, '#take-picture');
    await eventually(() => page.evaluate(() => /** @type {any} */ (globalThis).texts), sentences);
    assert.match(name, /\.png$/);
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    const canvas = await page
      .locator('canvas#pad')
      .evaluate(pad => [/** @type {HTMLCanvasElement} */ (pad).width, /** @type {HTMLCanvasElement} */ (pad).height]);
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    assert.equal(width, 1600);
    assert.ok(height > Math.round((1600 * canvas[1]) / canvas[0]), 'there is space for the legend');
    await close();
  }
});
