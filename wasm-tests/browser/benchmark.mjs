// Times the worklet in Chromium: how many times faster than real time, and how long a decode takes there.
// usage: node benchmark.mjs (after ./build.sh build). Prints a table; judges nothing.
import { openBlank, renderOffline } from './offline.mjs';
import { launchBrowser, newPage, serveSite } from './site.mjs';

const REPEATS = 3;
const base = { duration_s: 10, rate_hz: 48_000, latent: /** @type {[number, number]} */ ([0, 0]) };
const jobs = [
  { name: '1 voice', voices: 1 },
  { name: '16 voices', voices: 16 },
  { name: '16 voices, finger moving', voices: 16, moving: true },
  { name: '64 voices', voices: 64 },
  { name: '128 voices', voices: 128 },
];

/** @param {number[]} values */
const median = values => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

const site = await serveSite();
const browser = await launchBrowser();
try {
  const { page } = await newPage(browser);
  await openBlank(page, site.address);
  console.log(`${'48 kHz, in Chromium'.padEnd(28)}times real time`);
  for (const { name, ...job } of jobs) {
    const speeds = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      speeds.push((await renderOffline(page, { ...base, ...job })).timesRealTime);
    }
    console.log(`${name.padEnd(28)}${median(speeds).toFixed(1).padStart(8)}`);
  }
  const { decode_us } = await renderOffline(page, { ...base, duration_s: 1, voices: 0, timedDecodes: 20_000 });
  console.log(`${'one decode'.padEnd(28)}${decode_us?.toFixed(1).padStart(8)} µs`);
} finally {
  await browser.close();
  site.close();
}
