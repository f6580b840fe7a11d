// The worklet's own files in a real audio scope: they sound without anything that such a scope may lack.
// Speeds are printed, not judged: they are the machine's. `./build.sh bench` measures them with more care.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBlank, renderOffline } from './offline.mjs';
import { launchBrowser, newPage, serveSite } from './site.mjs';

/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
/** @type {Awaited<ReturnType<typeof launchBrowser>>} */
let browser;
before(async () => {
  site = await serveSite();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  site?.close();
});

for (const rate_hz of [48_000, 44_100]) {
  test(`sixteen held voices sound at ${rate_hz} Hz in a scope without TextDecoder and its like`, async () => {
    const { page, complaints } = await newPage(browser);
    await openBlank(page, site.address);
    const heard = await renderOffline(page, { voices: 16, duration_s: 4, rate_hz, latent: [0, 0], timedDecodes: 2000 });
    console.log(`${rate_hz} Hz: 16 voices at ${heard.timesRealTime.toFixed(1)} times real time, `
      + `a decode in ${heard.decode_us?.toFixed(1)} µs`);
    assert.deepEqual(heard.left_over, []);
    assert.equal(heard.sounding, 16);
    assert.ok(heard.finite && heard.level > 1e-3, `the level is ${heard.level}`);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

test('without a key there is silence, wherever the finger goes', async () => {
  const { page } = await newPage(browser);
  await openBlank(page, site.address);
  const heard = await renderOffline(page, { voices: 0, duration_s: 1, rate_hz: 48_000, latent: [0, 0], moving: true });
  assert.equal(heard.level, 0);
  assert.equal(heard.sounding, 0);
  await page.context().close();
});
