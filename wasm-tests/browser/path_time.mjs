// Times the editor of paths in Chromium, slowed four times: the frames of edits of a path of ten minutes with 100
// points a second, each on the result of the edits before it. Also the time that the page is blocked at the end of an
// edit, and the plan of a target. usage: node path_time.mjs [FOLDER] (after ./build.sh build; FOLDER is another build),
// on an otherwise idle machine.
import { fileURLToPath } from 'node:url';
import { allLoaded, launchBrowser, newPage, openReady, serveSite } from './site.mjs';

/** @typedef {import('playwright-core').Page} Page */

const SLOWED = 4;
const FRAMES = 120;
const STEPS = 60_001;
const RATE_HZ = 100;
const OPERATORS = ['scale', 'shift', 'random', 'smooth', 'presets', 'loop', 'stretch'];
/** The goal of a frame. */
const FRAME_MS = 1000 / 60;
/** Plans of a sine of brightness, and their steps. */
const PLANS = 9;
const PLAN_STEPS = 64;
/** The glue of the editor's module, which the site has only within paths.js. */
const GLUE = 'path_editor.js';

/** A random walk, the same in each run. @param {number} seed */
function walk(seed) {
  let state = seed;
  let at = 0;
  return Array.from({ length: STEPS }, () => {
    state = (state * 16_807) % 2_147_483_647;
    at = Math.min(Math.max(at + 0.2 * (state / 2_147_483_647 - 0.5), -3.9), 3.9);
    return Math.round(at * 1e4) / 1e4;
  });
}

// ---- In the page: each makes an edit a frame and returns the times of the frames, in milliseconds ----

/** Moves the amount. @param {number} count */
async function moveAmount(count) {
  const slider = /** @type {HTMLInputElement} */ (document.getElementById('path-amount'));
  const least = Number(slider.min);
  const most = Number(slider.max);
  const frames_ms = [];
  for (let frame = 0; frame <= count; frame++) {
    slider.value = String(least + (most - least) * (0.55 + 0.3 * Math.sin(frame / 6)));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    frames_ms.push(await new Promise(requestAnimationFrame));
  }
  return frames_ms;
}

/** Moves a point by keys. @param {number} count */
async function movePoint(count) {
  const point = /** @type {HTMLElement} */ (document.querySelectorAll('.is-chosen .path-point')[3]);
  point.focus();
  const frames_ms = [];
  for (let frame = 0; frame <= count; frame++) {
    point.dispatchEvent(
      new KeyboardEvent('keydown', { key: frame % 30 < 15 ? 'ArrowUp' : 'ArrowDown', bubbles: true }),
    );
    frames_ms.push(await new Promise(requestAnimationFrame));
  }
  return frames_ms;
}

/** Zooms in and out. @param {number} count */
async function zoom(count) {
  const frames_ms = [];
  for (let frame = 0; frame <= count; frame++) {
    document
      .getElementById('path-lanes')
      ?.dispatchEvent(
        new WheelEvent('wheel', { deltaY: frame % 40 < 20 ? -60 : 60, ctrlKey: true, clientX: 1100, cancelable: true }),
      );
    frames_ms.push(await new Promise(requestAnimationFrame));
  }
  return frames_ms;
}

/** The frames until one sets `isOver`. */
async function watch() {
  const shared = /** @type {{ isOver?: boolean }} */ (window);
  shared.isOver = false;
  const frames_ms = [];
  while (!shared.isOver) frames_ms.push(/** @type {number} */ (await new Promise(requestAnimationFrame)));
  return frames_ms;
}

/** The time that the page is blocked when the amount is let go. */
async function letGo() {
  const start_ms = performance.now();
  document.getElementById('path-amount')?.dispatchEvent(new Event('change'));
  await new Promise(requestAnimationFrame);
  return performance.now() - start_ms;
}

/**
 * Plans a path in the page; returns the time of each plan in milliseconds.
 * @param {[glue: string, plans: number, steps: number]} given
 */
async function plan([glue, plans, steps]) {
  const { default: load, PathPlanner } = await import(new URL(glue, location.href).href);
  await load({ module_or_path: 'path_editor_bg.wasm' });
  const planner = new PathPlanner(await (await fetch('map.json')).text());
  const [low, high] = planner.range('brightness');
  const target = PathPlanner.shape('sine', steps, 0.8 * low + 0.2 * high, 0.2 * low + 0.8 * high, new Float32Array());
  return Array.from({ length: plans }, () => {
    const start_ms = performance.now();
    planner.plan('brightness', target, false, new Float32Array(), new Float32Array(), 0.5);
    return performance.now() - start_ms;
  });
}

// ---- Outside ----

/** Draws in the chosen lane with the mouse. @param {Page} page @param {number} count */
async function drawByHand(page, count) {
  const lane = page.locator('.is-chosen .path-lane-box');
  await lane.scrollIntoViewIfNeeded();
  const box = await lane.boundingBox();
  if (!box) throw new Error('no lane is chosen');
  const at = (/** @type {number} */ step) =>
    /** @type {const} */ ([
      box.x + box.width * (0.1 + (0.8 * step) / count),
      box.y + box.height * (0.5 + 0.4 * Math.sin(step / 9)),
    ]);
  await page.mouse.move(...at(0));
  await page.mouse.down();
  const watching = page.evaluate(watch);
  for (let step = 1; step <= count; step++) await page.mouse.move(...at(step));
  await page.evaluate(() => {
    /** @type {{ isOver?: boolean }} */ (window).isOver = true;
  });
  await page.mouse.up();
  return watching;
}

/** @param {string} edit @param {number[]} frames_ms */
function print(edit, frames_ms) {
  const sorted_ms = frames_ms
    .slice(1)
    .map((frame_ms, index) => frame_ms - frames_ms[index])
    .sort((one, other) => one - other);
  const [median, ninth] = [0.5, 0.9].map(share => sorted_ms[Math.floor(share * sorted_ms.length)].toFixed(1));
  const inTime = sorted_ms.filter(ms => ms < 1.2 * FRAME_MS).length / sorted_ms.length;
  console.log(
    `${edit}: a frame every ${median} ms, nine of ten within ${ninth} ms, ${Math.round(100 * inTime)} % in time`,
  );
}

const site = await serveSite(process.argv[2]);
const browser = await launchBrowser();
try {
  const { page } = await newPage(browser, { viewport: { width: 1280, height: 900 } });
  await openReady(page, site.address);
  await allLoaded(page);
  await page.locator('#tab-loops').click();
  await page.locator('#path-open').click();
  const file = {
    format: 'latent-pad path',
    version: 1,
    name: 'Long',
    rate_hz: RATE_HZ,
    loop: true,
    lanes: { x: walk(1), y: walk(2) },
    notes: [],
  };
  await page
    .locator('#path-file')
    .setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
  await page.locator('#path-lanes .path-point').first().waitFor();
  await page.route(`**/${GLUE}`, route =>
    route.fulfill({ path: fileURLToPath(new URL(`../../target/site/${GLUE}`, import.meta.url)) }),
  );
  const [first_ms, ...plans_ms] = await page.evaluate(
    plan,
    /** @type {[string, number, number]} */ ([GLUE, PLANS, PLAN_STEPS]),
  );
  const middle_ms = plans_ms.sort((one, other) => one - other)[Math.floor(plans_ms.length / 2)];
  console.log(
    `a plan of ${PLAN_STEPS} steps, at full speed: the first ${first_ms.toFixed(1)} ms, then ${middle_ms.toFixed(1)} ms`,
  );
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  for (const operator of OPERATORS) {
    await page.locator(`[data-operator=${operator}]`).click();
    print(operator, await page.evaluate(moveAmount, FRAMES));
    console.log(`  let go: ${Math.round(await page.evaluate(letGo))} ms`);
    await page.locator('#path-done').click();
  }
  print('a point by keys', await page.evaluate(movePoint, FRAMES));
  print('a line drawn into x', await drawByHand(page, FRAMES));
  await page.locator('.path-lane-name').nth(2).click();
  print('a line drawn into loudness', await drawByHand(page, FRAMES));
  await page.locator('[data-operator=erase]').click();
  print('an erasure', await drawByHand(page, FRAMES));
  print('zoom', await page.evaluate(zoom, FRAMES));
} finally {
  await browser.close();
  site.close();
}
