// Several fingers: each has a part of its own, and no way of losing a finger leaves a note behind. About 15 s.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fingers } from './hands.mjs';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';
import { place, spy } from './spy.mjs';

const FIVE = [[0.2, 0.2], [0.4, 0.3], [0.6, 0.4], [0.5, 0.7], [0.3, 0.8]].map(([across, down]) => ({ across, down }));

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

/** A phone whose sound is awake. */
async function open() {
  const { page, complaints, exceptions } = await newPage(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const heard = await spy(page);
  await openReady(page, site.address);
  const hand = await fingers(page);
  await hand.press(FIVE[0]);
  await hand.lift();
  await page.waitForFunction(() => document.documentElement.dataset.sound === 'awake');
  // The echo of the waking tap ends by itself.
  await page.waitForTimeout(600);
  assert.deepEqual(await heard.sounding(), []);
  return {
    page, hand, heard,
    async close() {
      await page.context().close();
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
    },
  };
}

test('five fingers sound in five parts, each at its own point; a sixth finds none', async () => {
  const { page, hand, heard, close } = await open();
  for (const finger of FIVE) await hand.press(finger);
  await hand.press({ across: 0.7, down: 0.5 });
  assert.deepEqual(await heard.sounding(), ['0:60', '1:60', '2:60', '3:60', '4:60']);
  const before = await place(page);
  await hand.move({ across: 0.8, down: 0.8 }, 2);
  assert.deepEqual(await place(page), before, 'the third finger moves its own part');
  await hand.move({ across: 0.1, down: 0.1 }, 0);
  assert.notDeepEqual(await place(page), before);
  await hand.lift(1);
  assert.deepEqual(await heard.sounding(), ['0:60', '2:60', '3:60', '4:60']);
  await hand.lift();
  assert.deepEqual(await heard.sounding(), []);
  await close();
});

/** @typedef {Awaited<ReturnType<typeof open>>} Visit */
/** @type {[string, (visit: Visit) => Promise<unknown>][]} */
const LOSSES = [
  ['the system cancels the touches', ({ hand }) => hand.cancel()],
  ['the window loses the focus', ({ page }) => page.evaluate(() => window.dispatchEvent(new Event('blur')))],
  ['the page is hidden', ({ page }) => page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  })],
  ['the pad loses the pointers', ({ page }) => page.evaluate(() => {
    const canvas = document.querySelector('canvas#pad');
    for (let pointerId = 0; pointerId < 50; pointerId++) {
      canvas?.dispatchEvent(new PointerEvent('lostpointercapture', { pointerId }));
    }
  })],
];

for (const [name, lose] of LOSSES) {
  test(`no note is left when ${name}`, async () => {
    const visit = await open();
    await visit.hand.press(FIVE[1]);
    await visit.hand.press(FIVE[2]);
    assert.equal((await visit.heard.sounding()).length, 2);
    await lose(visit);
    assert.deepEqual(await visit.heard.sounding(), []);
    await visit.close();
  });
}

test('with hold, what was touched together sounds until the next touch, and ends with hold', async () => {
  const { page, hand, heard, close } = await open();
  await page.locator('#tool-hold').tap();
  await hand.press(FIVE[1]);
  await hand.press(FIVE[2]);
  await hand.lift();
  assert.deepEqual(await heard.sounding(), ['0:60', '1:60']);
  await hand.press(FIVE[3]);
  await hand.lift();
  assert.deepEqual(await heard.sounding(), ['0:60']);
  await page.locator('#tool-hold').tap();
  assert.deepEqual(await heard.sounding(), []);
  await close();
});
