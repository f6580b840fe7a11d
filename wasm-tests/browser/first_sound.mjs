// The time until a phone sounds: the built site in Chromium at 4 Mbit/s and 100 ms latency, with the processor
// throttled four times, from a host that compresses. usage: node first_sound.mjs [FOLDER]. Prints figures beside the
// limits; never fails. It cannot throttle the audio thread and the compiler's own threads.
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { fingers } from './touches.mjs';
import { record } from './recorder.mjs';
import { launchBrowser, READY_TIMEOUT_MS, SITE_FOLDER, untilRoot } from './site.mjs';

const REPEATS = 5;
const LINE = { offline: false, latency: 100, downloadThroughput: 4e6 / 8, uploadThroughput: 4e6 / 8 };
const SLOWED = 4;
/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
};

const folder = process.argv[2] ?? SITE_FOLDER;

/** A typical static host: precompressed files, and revalidation for every file. */
async function serve() {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const packed = new Map(
    files.map(entry => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), brotliCompressSync(readFileSync(path))];
    }),
  );
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
    const content = packed.get(name);
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    if (!content) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'br', 'Content-Length': content.length })
        .end(content);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return {
    address: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Runs in the page before its own scripts: records when each state is first reached, in ms since navigation. */
function watch() {
  /** @type {Record<string, number>} */
  const times = {};
  Object.assign(globalThis, { times });
  const note = (/** @type {string} */ what) => {
    times[what] ??= performance.now();
  };
  new MutationObserver(() => {
    const { state, playable } = document.documentElement?.dataset ?? {};
    if (state === 'ready') note('ready');
    if (playable === 'yes') note('playable');
  }).observe(document, { subtree: true, childList: true, attributes: true });
  new PerformanceObserver(list => {
    for (const { name } of list.getEntries()) if (name === 'first-contentful-paint') note('seen');
  }).observe({ type: 'paint', buffered: true });
}

/** @param {import('playwright-core').Browser} browser @param {string} address */
async function visit(browser, address) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const recorder = await record(page);
  await page.addInitScript(watch);
  const session = await context.newCDPSession(page);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', LINE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const presets = page.waitForEvent('requestfinished', {
    predicate: request => request.url().endsWith('presets.bin'),
    timeout: READY_TIMEOUT_MS,
  });
  await page.goto(address, { waitUntil: 'commit' });
  await untilRoot(page, 'playable', ['yes']);
  const hand = await fingers(page);
  await hand.press({ across: 0.5, down: 0.5 });
  await hand.lift();
  await page.waitForTimeout(1000);
  const latency_ms = await recorder.latency_ms();
  await presets;
  await untilRoot(page, 'state', ['ready']);
  const all_ms = await page.evaluate(() =>
    Math.max(
      .../** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource')).map(
        entry => entry.responseEnd,
      ),
    ),
  );
  const times = await page.evaluate(() => /** @type {any} */ (globalThis).times);
  await context.close();
  return {
    seen_s: times.seen / 1000,
    playable_s: times.playable / 1000,
    tap_s: latency_ms / 1000,
    all_s: Math.max(all_ms, times.ready) / 1000,
    bytes_MB: bytes / 1e6,
  };
}

const host = await serve();
const browser = await launchBrowser();
// The first visit also starts the browser's processes.
await visit(browser, host.address);
/** @type {Awaited<ReturnType<typeof visit>>[]} */
const visits = [];
for (let repeat = 0; repeat < REPEATS; repeat++) visits.push(await visit(browser, host.address));
await browser.close();
host.close();

/** @param {keyof typeof visits[number]} figure */
const median = figure => visits.map(visit => visit[figure]).sort((one, other) => one - other)[Math.floor(REPEATS / 2)];
console.log(
  `${(LINE.downloadThroughput * 8) / 1e6} Mbit/s, ${LINE.latency} ms, processor slowed down ${SLOWED} times; median of ${REPEATS}`,
);
/** @type {[string, keyof typeof visits[number], string, number?][]} */
const rows = [
  ['the page is seen', 'seen_s', 's'],
  ['a tap sounds', 'playable_s', 's', 2.5],
  ['from that tap to its sound', 'tap_s', 's'],
  ['everything is there', 'all_s', 's', 6],
  ['transferred', 'bytes_MB', 'MB', 1.6],
];
for (const [what, figure, unit, most] of rows) {
  console.log(
    `${what.padEnd(30)}${median(figure).toFixed(2).padStart(6)} ${unit}${most ? `   (at most ${most} ${unit})` : ''}`,
  );
}
