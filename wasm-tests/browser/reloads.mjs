// Reloads a tab fifty times, each time with a sound. The memory of the page's process must not grow, because phones
// kill such tabs. usage: node browser/reloads.mjs, after `./build.sh build`; 1 to 4 min. Fails if the memory grows.
import { readFileSync } from 'node:fs';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';

const RELOADS = 50;
/** Number of visits at the beginning and at the end whose medians are compared. */
const COMPARED = 10;
/** The allowed growth; a single leaked WebAssembly memory of the worklet is larger. */
const GROWTH_LIMIT_MB = 8;

/** @param {number[]} values */
const median = values => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

const site = await serveSite();
const browser = await launchBrowser();
const { page } = await newPage(browser);
const session = await page.context().newCDPSession(page);
const whole = await browser.newBrowserCDPSession();

/** The resident memory of the processes that run pages. */
async function resident_mb() {
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  return pages.reduce(
    (sum, { id }) => sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1024,
    0,
  );
}

/** The memory of scripts after a garbage collection. */
async function heap_mb() {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
}

/** @type {{ heap: number, resident: number }[]} */
const visits = [];
try {
  await openReady(page, site.address);
  for (let reload = 1; reload <= RELOADS; reload++) {
    await page.keyboard.down('Space');
    await page.waitForFunction(() => document.documentElement.dataset.playing === 'on');
    await page.keyboard.up('Space');
    await openReady(page, site.address);
    visits.push({ heap: await heap_mb(), resident: await resident_mb() });
    if (reload % COMPARED === 0) {
      const last = visits.slice(-COMPARED);
      console.log(
        `${reload} reloads: scripts hold ${median(last.map(visit => visit.heap)).toFixed(1)} MB, the process ${median(last.map(visit => visit.resident)).toFixed(0)} MB`,
      );
    }
  }
} finally {
  await browser.close();
  site.close();
}
for (const kind of /** @type {const} */ (['heap', 'resident'])) {
  const [begun, ended] = [visits.slice(0, COMPARED), visits.slice(-COMPARED)].map(some =>
    median(some.map(visit => visit[kind])),
  );
  if (ended - begun > GROWTH_LIMIT_MB) {
    console.error(`${kind}: ${begun.toFixed(1)} MB became ${ended.toFixed(1)}`);
    process.exitCode = 1;
  }
}
