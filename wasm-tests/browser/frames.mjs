// Times the page's frames while five fingers move, and while eight loops, the beat and a finger play, at this machine's
// speed and throttled four times. Two baselines stand beside them: an empty page, and a page with only one canvas of
// the pad's size on which five circles move. (Without a graphics card, drawing and copying a canvas costs processor
// time, too.) The last column is the sound that was lost: by how much the sound's clock fell behind. Throttling slows
// the page's thread, not the audio thread.
// usage: node frames.mjs [FOLDER] (after ./build.sh build; FOLDER is another build). Prints a table; never fails.
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';

const DURATION_MS = 4000;
/** The rate of touch events: touch screens specify 60 to 120 a second. */
const TOUCH_EVERY_MS = 1000 / 120;
const FIVE = [
  [0.25, 0.3],
  [0.45, 0.2],
  [0.62, 0.35],
  [0.7, 0.6],
  [0.35, 0.65],
];
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').CDPSession} Session */

/** Runs in the page before its own scripts: keeps its context of sound. */
const keepContext = () => {
  const Context = AudioContext;
  globalThis.AudioContext = class extends Context {
    /** @param {AudioContextOptions} [options] */
    constructor(options) {
      super(options);
      Object.assign(globalThis, { soundContext: this });
    }
  };
};

/**
 * Runs in the page: measures the times between its frames, and by how much its sound fell behind between the first
 * and the last quarter of the time.
 * @param {number} duration_ms @returns {Promise<{ intervals_ms: number[], lost_ms: number }>}
 */
const watchFrames = duration_ms =>
  new Promise(resolve => {
    const { soundContext } = /** @type {{ soundContext?: AudioContext }} */ (globalThis);
    /** @type {number[]} */
    const times_ms = [];
    /** @type {number[]} */
    const behind_ms = [];
    const start_ms = performance.now();
    const finish = () => {
      const quarter = Math.floor(behind_ms.length / 4);
      // The clock of the sound moves in steps of a buffer: its least distance is the exact one.
      const lost_ms = Math.min(...behind_ms.slice(-quarter)) - Math.min(...behind_ms.slice(0, quarter));
      resolve({ intervals_ms: times_ms.slice(1).map((time_ms, index) => time_ms - times_ms[index]), lost_ms });
    };
    const next = (/** @type {number} */ now_ms) => {
      times_ms.push(now_ms);
      behind_ms.push(performance.now() - 1000 * (soundContext?.currentTime ?? 0));
      if (now_ms - start_ms < duration_ms) requestAnimationFrame(next);
      else finish();
    };
    requestAnimationFrame(next);
  });

/** Runs in an empty page: the minimum that shows five fingers. @param {[number, number][]} five */
const moveCircles = five => {
  const canvas = document.body.appendChild(document.createElement('canvas'));
  const [width, height] = [390, 515];
  canvas.style.cssText = `width:${width}px;height:${height}px`;
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.scale(2, 2);
  context.fillStyle = '#ffb454';
  const next = (/** @type {number} */ now) => {
    context.clearRect(0, 0, width, height);
    for (const [across, down] of five) {
      context.beginPath();
      context.arc(
        width * (across + 0.05 * Math.sin(now / 100)),
        height * (down + 0.05 * Math.cos(now / 100)),
        34,
        0,
        7,
      );
      context.fill();
    }
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
};

/** A loop of four bars at 120 beats a minute whose path winds about its own part of the map. @param {number} number */
const loop = number => {
  const length_s = 8;
  const points = Array.from({ length: 160 }, (_, step) => {
    const turn = (2 * Math.PI * step) / 80;
    return [(step * length_s) / 161, [-2 + number / 2 + 0.4 * Math.cos(turn), 0.8 * Math.sin(turn)]];
  });
  return { number, length_s, beats: 16, fingers: [{ strokes: [points] }] };
};

/** The stored session of a visitor with eight loops and the beat. */
const JAM = JSON.stringify({
  state: {
    place: [0, 0],
    notes: { bpm: 120 },
    beat: 'Kick',
    loops: { in_bars: true, list: [1, 2, 3, 4, 5, 6, 7, 8].map(loop) },
  },
  layer: 3,
  hints: { melody: true, beat: true, record: true },
});

/**
 * Starts eight loops and the beat, and returns a function that moves one finger.
 * @param {Page} page @param {Session} session
 */
async function playEightLoops(page, session) {
  await page.addInitScript(jam => {
    localStorage.setItem('latent-pad.session', jam);
  }, JAM);
  await openReady(page, site.address);
  await page.waitForLoadState('networkidle');
  await page.locator('#play-stop').tap();
  await page.locator('#play-stop[aria-pressed=true]').waitFor();
  return layFingers(page, session, FIVE.slice(0, 1));
}

/**
 * Opens the page and puts five fingers on the pad; returns a function that moves them all a little.
 * @param {Page} page @param {Session} session
 */
async function layFiveFingers(page, session) {
  await openReady(page, site.address);
  await page.waitForLoadState('networkidle');
  return layFingers(page, session, FIVE);
}

/** @param {Page} page @param {Session} session @param {number[][]} places */
async function layFingers(page, session, places) {
  const box = await page.locator('canvas#pad').boundingBox();
  if (!box) throw new Error('the pad is not visible');
  const touch = (
    /** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type,
    /** @type {number} */ step,
    count = places.length,
  ) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: places.slice(0, count).map(([across, down], id) => ({
        x: box.x + box.width * (across + 0.05 * Math.sin(step / 10)),
        y: box.y + box.height * (down + 0.05 * Math.cos(step / 10)),
        id,
      })),
    });
  // The first tap starts the sound.
  await touch('touchStart', 0, 1);
  await touch('touchEnd', 0, 0);
  await page.waitForTimeout(1000);
  for (let count = 1; count <= places.length; count++) await touch('touchStart', 0, count);
  return (/** @type {number} */ step) => touch('touchMove', step);
}

/** @type {Record<string, (page: Page, session: Session) => Promise<((step: number) => Promise<unknown>) | void>>} */
const PAGES = {
  'an empty page': async () => {},
  'one canvas, five circles': page => page.evaluate(moveCircles, /** @type {[number, number][]} */ (FIVE)),
  'the pad, five fingers': layFiveFingers,
  'eight loops, a finger': playEightLoops,
};

/** The widths of the columns of numbers. */
const WIDTHS = [8, 11, 9, 18, 14, 15, 15];
/** A row of the table. @param {string} name @param {string[]} cells */
const row = (name, cells) => name.padEnd(30) + cells.map((cell, column) => cell.padStart(WIDTHS[column])).join('');

const site = await serveSite(process.argv[2]);
const browser = await launchBrowser();
try {
  console.log(
    row('390 × 844, main thread', [
      'frames',
      'median ms',
      '95 % ms',
      'work a frame, ms',
      'of it script',
      'style, layout',
      'lost sound, ms',
    ]),
  );
  for (const rate of [1, 4]) {
    for (const [name, open] of Object.entries(PAGES)) {
      const { page } = await newPage(browser, { ...PHONE, reducedMotion: 'no-preference' });
      const session = await page.context().newCDPSession(page);
      await page.addInitScript(keepContext);
      const move = await open(page, session);
      // The time of this thread only, without other work on this machine.
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      await session.send('Emulation.setCPUThrottlingRate', { rate });
      const measured = async () => {
        const { metrics } = await session.send('Performance.getMetrics');
        const of = (/** @type {string} */ name) => metrics.find(metric => metric.name === name)?.value ?? 0;
        return [of('TaskDuration'), of('ScriptDuration'), of('RecalcStyleDuration') + of('LayoutDuration')];
      };
      const before_s = await measured();
      let watching = true;
      const watched = page.evaluate(watchFrames, DURATION_MS).then(result => {
        watching = false;
        return result;
      });
      for (let step = 0; move && watching; step++) {
        const due = performance.now() + TOUCH_EVERY_MS;
        await move(step);
        await new Promise(resolve => {
          setTimeout(resolve, due - performance.now());
        });
      }
      const { intervals_ms, lost_ms } = await watched;
      const intervals = intervals_ms.sort((one, other) => one - other);
      const after_s = await measured();
      const [work, script, layout] = after_s.map((time_s, index) =>
        ((1000 * (time_s - before_s[index])) / intervals.length).toFixed(2),
      );
      const at = (/** @type {number} */ share) => intervals[Math.floor(share * (intervals.length - 1))].toFixed(1);
      const lost = name.includes('canvas') || name.includes('empty') ? '' : lost_ms.toFixed(0);
      const cells = [String(intervals.length), at(0.5), at(0.95), work, script, layout, lost];
      console.log(row(`${name}, ${rate} × slower`, cells));
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  site.close();
}
