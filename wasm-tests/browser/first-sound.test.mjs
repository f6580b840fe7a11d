// The first tap sounds before the decoder, the map and the presets have loaded; the order and the sizes of what loads.
// first_sound.mjs measures the times. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { eventually } from './eventually.mjs';
import { fingers } from './touches.mjs';
import { record } from './recorder.mjs';
import { allLoaded, newPage, openReady, untilRoot } from './site.mjs';
import { AUDIBLE, difference_db, level, spectrum } from './sound.mjs';
import { shown } from './seen.mjs';
import { PHONE, stage } from './visits.mjs';

/** The limits for what a phone loads before anything is visible, and for a whole visit. */
const CRITICAL_BYTES = 60_000;
const VISIT_BYTES = 1_600_000;
/** The files that load after the first sound, in this order. */
const LATER = ['decoder.wasm', 'decoder.onnx', 'coordinates.json', 'map.json', 'presets.bin'];

const on = stage();

test('the first tap sounds while decoder, map and presets still load', async () => {
  const { page, complaints, exceptions } = await newPage(on.browser, PHONE);
  const recorder = await record(page);
  /** @type {(arrive: unknown) => void} */
  let arrive = () => {};
  const arrival = new Promise(resolve => {
    arrive = resolve;
  });
  for (const file of LATER) await page.route(`**/${file}`, route => arrival.then(() => route.continue()));
  await page.goto(on.site.address);
  await untilRoot(page, 'playable', ['yes']);
  const hand = await fingers(page);
  await hand.press({ across: 0.3, down: 0.3 });
  await hand.lift();
  await page.waitForFunction(() => document.documentElement.dataset.sound === 'awake');
  await hand.press({ across: 0.5, down: 0.5 });
  assert.ok(await recorder.heard());
  const { samples } = await recorder.during(1000);
  assert.ok(level(samples) > AUDIBLE, `the level is ${level(samples)}`);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'loading');

  const held = spectrum(samples);
  const unrest_db = difference_db(held, spectrum((await recorder.during(1000)).samples));
  await hand.move({ across: 0.1, down: 0.9 });
  const followed_db = difference_db(held, spectrum((await recorder.during(1000)).samples));
  assert.ok(
    followed_db > 2 * unrest_db && followed_db > 1,
    `the sound does not follow the finger: ${followed_db} dB, ${unrest_db} dB at rest`,
  );
  await hand.lift();

  arrive(undefined);
  await untilRoot(page, 'state', ['ready']);
  await hand.press({ across: 0.7, down: 0.3 });
  await shown(page);
  await hand.lift();
  await page.locator('#tab-sound').tap();
  await page.locator('#panel-sound').waitFor();
  // The decoded patch is shown.
  await page.locator('#patch-empty').waitFor({ state: 'hidden' });
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
  await page.context().close();
});

test('the most important files load first, and a visit stays within its limits', async () => {
  const { page } = await newPage(on.browser);
  /** @type {{ name: string, done: boolean }[]} */
  const asked = [];
  /** @type {Promise<{ name: string, bytes: number }>[]} */
  const weights = [];
  /** @type {Map<string, string[]>} what had not arrived when a file was asked for */
  const pending = new Map();
  const nameOf = (/** @type {string} */ url) => new URL(url).pathname.slice(1) || 'index.html';
  page.on('request', request => {
    const name = nameOf(request.url());
    pending.set(
      name,
      asked.filter(file => !file.done).map(file => file.name),
    );
    asked.push({ name, done: false });
  });
  page.on('requestfinished', request => {
    const name = nameOf(request.url());
    asked
      .filter(file => file.name === name)
      .forEach(file => {
        file.done = true;
      });
    weights.push(
      request.response().then(async response => {
        const content = (await response?.body()) ?? Buffer.alloc(0);
        // Not brotli's best quality, which is slow; build/sizes.mjs measures that.
        return { name, bytes: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).length };
      }),
    );
  });
  await openReady(page, on.site.address);
  await allLoaded(page);
  await eventually(async () => asked.filter(file => !file.done), []);

  for (const file of LATER) {
    assert.ok(!pending.get(file)?.includes('worklet.wasm'), `${file} competes with the first sound`);
  }
  assert.deepEqual(
    asked.map(file => file.name).filter(name => LATER.includes(name)),
    LATER,
  );
  assert.ok(
    asked.every(file => asked.filter(other => other.name === file.name).length === 1),
    'a file is loaded twice',
  );

  const sizes = await Promise.all(weights);
  const sum = (/** @type {RegExp} */ kinds) =>
    sizes.filter(({ name }) => kinds.test(name)).reduce((bytes, file) => bytes + file.bytes, 0);
  const critical = sum(/\.(html|css|js)$/);
  const visit = sum(/./);
  console.log(`HTML, CSS and JavaScript: ${critical} bytes of brotli; the visit: ${visit}`);
  assert.ok(critical <= CRITICAL_BYTES, `${critical} bytes`);
  assert.ok(visit <= VISIT_BYTES, `${visit} bytes`);
  await page.context().close();
});
