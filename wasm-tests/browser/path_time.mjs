// Times the editor of paths in Chromium, slowed four times: the frames while the amount of each operator moves over a path
// of ten minutes with 100 points a second, and the plan of a target.
// usage: node path_time.mjs (after ./build.sh build), on an otherwise idle machine.
import { allLoaded, launchBrowser, newPage, openReady, serveSite } from './site.mjs';

const SLOWED = 4, FRAMES = 120, STEPS = 60_001, RATE_HZ = 100;
const OPERATORS = ['scale', 'shift', 'random', 'smooth', 'loop', 'stretch'];

/** A random walk, the same in each run. @param {number} seed */
function walk(seed) {
  let state = seed, at = 0;
  return Array.from({ length: STEPS }, () => {
    state = state * 16_807 % 2_147_483_647;
    at = Math.min(Math.max(at + 0.2 * (state / 2_147_483_647 - 0.5), -3.9), 3.9);
    return Math.round(at * 1e4) / 1e4;
  });
}

/** Moves the slider once a frame. Returns the intervals between frames, in milliseconds. @param {number} count */
async function intervals(count) {
  const slider = /** @type {HTMLInputElement} */ (document.getElementById('path-amount'));
  const least = Number(slider.min), most = Number(slider.max);
  /** @type {number[]} */
  const frames_ms = [];
  for (let frame = 0; frame <= count; frame++) {
    slider.value = String(least + (most - least) * (0.55 + 0.3 * Math.sin(frame / 6)));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    frames_ms.push(await new Promise(requestAnimationFrame));
  }
  return frames_ms.slice(1).map((frame_ms, index) => frame_ms - frames_ms[index]);
}

const site = await serveSite();
const browser = await launchBrowser();
try {
  const { page } = await newPage(browser, { viewport: { width: 1280, height: 900 } });
  await openReady(page, site.address);
  await allLoaded(page);
  await page.locator('#tab-paths').click();
  await page.locator('#path-open').click();
  const file = { format: 'latent-pad path', version: 1, name: 'Long', rate_hz: RATE_HZ, loop: true, lanes: { x: walk(1), y: walk(2) }, notes: [] };
  await page.locator('#path-file').setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
  await page.locator('#path-lanes .path-point').first().waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  for (const operator of OPERATORS) {
    await page.locator(`[data-operator=${operator}]`).click();
    const sorted_ms = (await page.evaluate(intervals, FRAMES)).sort((one, other) => one - other);
    const [median, ninth] = [0.5, 0.9].map(share => sorted_ms[Math.floor(share * FRAMES)].toFixed(1));
    console.log(`${operator}: a frame every ${median} ms, nine of ten within ${ninth} ms`);
    await page.locator('#path-amount').dispatchEvent('change');
    await page.locator('#path-done').click();
  }
} finally {
  await browser.close();
  site.close();
}
