// Times “From a sound…” in Chromium, for a sound of four seconds, while a chord is held. Prints the time of the first
// answer and of the end of a thousand renders, the processor's time, and gaps in the sound by Chromium's own count.
// usage: node match_time.mjs [SECONDS] [SLOWED] (after ./build.sh build), on an otherwise idle machine. Chromium slows
// the page's thread by the factor SLOWED, but not its workers.
import { eventually } from './eventually.mjs';
import { watchProcessors } from './processors.mjs';
import { drop } from './sharing.mjs';
import { allLoaded, launchBrowser, newPage, openReady, serveSite } from './site.mjs';
import { tone, wav } from './wav.mjs';

const SECONDS = Number(process.argv[2] ?? 4);
const SLOWED = Number(process.argv[3] ?? 1);
/** A search that takes longer has failed. */
const PATIENCE_MS = 300_000;

/** Runs in the page before its own scripts: keeps its context. */
function keepContext() {
  const scope = /** @type {any} */ (globalThis);
  const Context = AudioContext;
  scope.AudioContext = class extends Context {
    /** @param {AudioContextOptions} [options] */
    constructor(options) {
      super(options);
      scope.ours = this;
    }
  };
}

const site = await serveSite();
const browser = await launchBrowser();
const processors = watchProcessors();
try {
  const { page } = await newPage(browser, { viewport: { width: 1440, height: 900 } });
  await page.addInitScript(keepContext);
  await openReady(page, site.address);
  await allLoaded(page);
  const underruns = () =>
    page.evaluate(() => Number(/** @type {any} */ (globalThis).ours?.playbackStats?.underrunEvents ?? NaN));
  await page.keyboard.down('Space');
  await page.locator('html[data-playing=on]').waitFor({ state: 'attached' });
  const before = await underruns();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const plucked = tone(220);
  const begun_ms = Date.now();
  await drop(page, { name: 'sound.wav', bytes: wav(SECONDS, time_s => plucked(time_s) * Math.exp(-0.7 * time_s)) });
  await eventually(() => page.locator('#match-answers').innerText(), /\d %/, 'an answer');
  console.log(`the first answer: ${((Date.now() - begun_ms) / 1000).toFixed(2)} s`);
  await page.locator('#job').waitFor();
  const searched_ms = Date.now();
  await page.locator('#job').waitFor({ state: 'hidden', timeout: PATIENCE_MS });
  console.log(`1,000 renders of a sound of ${SECONDS} s: ${((Date.now() - searched_ms) / 1000).toFixed(1)} s`);
  console.log(`gaps while a note was held: ${(await underruns()) - before}`);
  console.log(processors.whole());
  await page.keyboard.up('Space');
} finally {
  processors.stop();
  await browser.close();
  site.close();
}
