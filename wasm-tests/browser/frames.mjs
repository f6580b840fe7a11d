// Times the page's frames while five fingers move, on a processor of this machine and on one throttled four times.
// usage: node frames.mjs (after ./build.sh build). Prints a table; judges nothing.
import { fingers } from './hands.mjs';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';

const DURATION_MS = 4000;
const FIVE = [[0.25, 0.3], [0.45, 0.2], [0.62, 0.35], [0.7, 0.6], [0.35, 0.65]].map(([across, down]) => ({ across, down }));

/** Runs in the page. @param {number} duration_ms */
const watchFrames = duration_ms => new Promise(resolve => {
  /** @type {number[]} */
  const times = [];
  const start = performance.now();
  const next = (/** @type {number} */ now) => {
    times.push(now);
    if (now - start < duration_ms) requestAnimationFrame(next);
    else resolve(times.slice(1).map((time, index) => time - times[index]));
  };
  requestAnimationFrame(next);
});

const site = await serveSite();
const browser = await launchBrowser();
try {
  console.log(`${'390 × 844, five fingers'.padEnd(28)}${'frames'.padStart(8)}${'median ms'.padStart(11)}${'95 % ms'.padStart(9)}${'work a frame, ms'.padStart(18)}`);
  for (const rate of [1, 4]) {
    const { page } = await newPage(browser, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
    await openReady(page, site.address);
    await page.waitForLoadState('networkidle');
    const hand = await fingers(page);
    await hand.press(FIVE[0]);
    await hand.lift();
    await page.waitForTimeout(1000);
    for (const place of FIVE) await hand.press(place);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    const busy_s = async () => (await session.send('Performance.getMetrics')).metrics
      .find(metric => metric.name === 'ScriptDuration')?.value ?? 0;
    const before_s = await busy_s();
    let watching = true;
    const watched = page.evaluate(watchFrames, DURATION_MS).then(times => { watching = false; return /** @type {number[]} */ (times); });
    for (let step = 0; watching; step++) {
      const { across, down } = FIVE[step % 5];
      await hand.move({ across: across + 0.05 * Math.sin(step), down: down + 0.05 * Math.cos(step) }, step % 5);
    }
    const intervals = (await watched).sort((one, other) => one - other);
    const work_ms = (1000 * (await busy_s() - before_s)) / intervals.length;
    const at = (/** @type {number} */ share) => intervals[Math.floor(share * (intervals.length - 1))].toFixed(1);
    console.log(`${`${rate} × slower`.padEnd(28)}${String(intervals.length).padStart(8)}${at(0.5).padStart(11)}${at(0.95).padStart(9)}${work_ms.toFixed(2).padStart(18)}`);
    await page.context().close();
  }
} finally {
  await browser.close();
  site.close();
}
