// The map itself: looking closer and back, its layers, the presets on it. About 20 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fingers, mouse } from './hands.mjs';
import { launchBrowser, newPage, openReady, serveSite } from './site.mjs';
import { place, spy } from './spy.mjs';

const MODELS = new URL('../../models/', import.meta.url);
const PARAMETER_COUNT = 41;

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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

/** @param {import('playwright-core').BrowserContextOptions} options */
async function open(options) {
  const { page, complaints, exceptions } = await newPage(browser, options);
  const heard = await spy(page);
  await openReady(page, site.address);
  // The map's layers and the presets come after the rest.
  await page.locator('#bars').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  return {
    page, heard,
    async close() {
      await page.context().close();
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
    },
  };
}

/** The values of a preset, read as a stranger would from what latent/src/presets.rs says. @param {number} row */
function presetValues(row) {
  const bytes = readFileSync(new URL('presets.f32', MODELS));
  const rows = bytes.length / 4 / PARAMETER_COUNT;
  return Array.from({ length: PARAMETER_COUNT }, (_, parameter) => {
    const value = Buffer.from([0, 1, 2, 3].map(byte => bytes[(parameter * 4 + byte) * rows + row]));
    return value.readFloatLE();
  });
}

test('the wheel looks closer at the point under it, and one button shows all again', async () => {
  const { page, close } = await open(DESKTOP);
  const hand = mouse(page);
  /** @param {{ across: number, down: number }} at */
  const press = async at => {
    await hand.press(at);
    await hand.lift();
    await page.waitForTimeout(100);
    return place(page);
  };
  const corner = { across: 0.25, down: 0.25 };
  const beside = { across: 0.5, down: 0.25 };
  const [there, away] = [await press(corner), await press(beside)];
  await hand.press(corner);
  await hand.lift();
  for (let notch = 0; notch < 5; notch++) await page.mouse.wheel(0, -100);
  const [closer, aside] = [await press(corner), await press(beside)];
  assert.ok(Math.hypot(closer[0] - there[0], closer[1] - there[1]) < 0.2, 'the point under the mouse stays');
  assert.ok(aside[0] - closer[0] < (away[0] - there[0]) / 2, 'the same way is shorter on the plane');
  await page.locator('#tool-all').click();
  assert.deepEqual(await press(beside), away);
  assert.ok(await page.locator('#tool-all').isHidden());
  await close();
});

test('in explore mode two fingers pinch and drag without a sound, and a double tap shows all again', async () => {
  const { page, heard, close } = await open(PHONE);
  const hand = await fingers(page);
  await page.locator('#tool-explore').tap();
  await hand.press({ across: 0.4, down: 0.5 });
  await hand.press({ across: 0.6, down: 0.5 });
  await hand.move({ across: 0.1, down: 0.5 }, 0);
  await hand.move({ across: 0.9, down: 0.5 }, 1);
  await hand.lift();
  assert.deepEqual(await heard.sounding(), []);
  assert.ok(await page.locator('#tool-all').isVisible(), 'it is zoomed');
  await hand.doubleTap({ across: 0.5, down: 0.5 });
  await page.locator('#tool-all').waitFor({ state: 'hidden' });
  await close();
});

test('a page at rest draws nothing', async () => {
  const { page, close } = await open(DESKTOP);
  await page.evaluate(() => {
    const ask = window.requestAnimationFrame;
    Object.assign(globalThis, { asked: 0 });
    window.requestAnimationFrame = act => { (/** @type {any} */ (globalThis)).asked++; return ask(act); };
  });
  await page.waitForTimeout(2000);
  assert.equal(await page.evaluate(() => (/** @type {any} */ (globalThis)).asked), 0);
  await close();
});

test('each quality has its own colours and a legend with words, extremes and unit', async () => {
  const { page, close } = await open(DESKTOP);
  const map = JSON.parse(readFileSync(new URL('map.json', MODELS), 'utf8'));
  const picture = () => page.evaluate(() => (/** @type {HTMLCanvasElement} */ (document.getElementById('pad'))).toDataURL());
  const seen = new Set([await picture()]);
  await page.locator('#map-button').click();
  for (const { name, ends, maximum, unit } of map.layers) {
    await page.locator('#map-list').getByText(name, { exact: false }).click();
    await page.waitForTimeout(100);
    seen.add(await picture());
    const legend = await page.locator('#legend').innerText();
    assert.ok(legend.includes(ends[0]) && legend.includes(ends[1]), legend);
    if (unit === 'points') assert.ok(legend.includes(`${Math.round(maximum / 10)} points`), legend);
  }
  assert.equal(seen.size, map.layers.length + 1);
  await page.getByLabel('Contours').click();
  await page.waitForTimeout(100);
  assert.ok(!seen.has(await picture()), 'contours are drawn');
  await close();
});

test('a preset that is found by its name plays its own 41 values, as the bank has them', async () => {
  const { page, heard, close } = await open(DESKTOP);
  const known = JSON.parse(readFileSync(new URL('coordinates.json', MODELS), 'utf8'));
  const row = known.name.indexOf('Oldie9');
  await page.locator('#find').fill('oldie9');
  await page.locator('#found button').first().click();
  await page.waitForTimeout(300);
  assert.deepEqual(await heard.patch(), presetValues(row));
  assert.equal(await page.locator('#near').innerText(), 'Oldie9');
  assert.ok(await page.locator('#edited').isHidden());
  await close();
});

test('with snap, a press beside a dot means that very preset; without, the map’s own patch', async () => {
  const { page, heard, close } = await open(DESKTOP);
  const known = JSON.parse(readFileSync(new URL('coordinates.json', MODELS), 'utf8'));
  // A preset with nobody near.
  const points = known.x.map((/** @type {number} */ x, /** @type {number} */ row) => [x, known.y[row]]);
  const apart = (/** @type {number[]} */ [x, y]) => points
    .map((/** @type {number[]} */ [otherX, otherY]) => Math.hypot(x - otherX, y - otherY))
    .sort((/** @type {number} */ one, /** @type {number} */ other) => one - other)[1];
  const row = points.findIndex((/** @type {number[]} */ point) => Math.max(...point.map(Math.abs)) < 3 && apart(point) > 0.25);
  const beside = { across: (points[row][0] + 0.04 + 4) / 8, down: (4 - points[row][1]) / 8 };
  const hand = mouse(page);
  await hand.press(beside);
  await hand.lift();
  assert.equal(await heard.patch(), undefined);
  await page.locator('#map-button').click();
  await page.getByLabel('Snap to presets').click();
  await page.keyboard.press('Escape');
  await hand.press(beside);
  await hand.lift();
  await page.waitForTimeout(200);
  assert.deepEqual(await heard.patch(), presetValues(row));
  assert.ok((await place(page)).every((value, axis) => Math.abs(value - points[row][axis]) < 0.03));
  await close();
});
