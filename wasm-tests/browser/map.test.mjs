// The map: zooming in and out, its layers, the presets on it. About 20 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { indexOf } from '../parameters.mjs';
import { eventually } from './eventually.mjs';
import { allLoaded } from './site.mjs';
import { fingers, mouse, wake } from './touches.mjs';
import { known, lonely, onPad, points, presetValues } from './known.mjs';
import { record } from './recorder.mjs';
import { currentPoint, drawn, shown } from './seen.mjs';
import { currentPatch } from './sharing.mjs';
import { DESKTOP, PHONE, visits } from './visits.mjs';
import { bankMenu, reach } from './panels.mjs';

const KEYBOARD_MODE = indexOf('keyboard_mode');
const MODELS = new URL('../../models/', import.meta.url);

const { visit } = visits();

/**
 * A patch without its keyboard mode, which the setting in the panel Play overrides in every patch.
 * @param {number[]} values
 */
const sound = values => values.with(KEYBOARD_MODE, 0);

/** @param {import('playwright-core').Page} page */
const currentSound = async page => sound(await currentPatch(page));

/** @param {import('playwright-core').BrowserContextOptions} options */
async function open(options) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  await allLoaded(page);
  return { page, recorder, close };
}

test('the wheel zooms at the point under it, and a button shows the whole map again', async () => {
  const { page, close } = await open(DESKTOP);
  const hand = mouse(page);
  /** @param {{ across: number, down: number }} at */
  const press = async at => {
    await hand.press(at);
    await hand.lift();
    await shown(page);
    return currentPoint(page);
  };
  const corner = { across: 0.25, down: 0.25 };
  const beside = { across: 0.5, down: 0.25 };
  const [there, away] = [await press(corner), await press(beside)];
  await hand.press(corner);
  await hand.lift();
  for (let notch = 0; notch < 5; notch++) await page.mouse.wheel(0, -100);
  await page.locator('#tool-all').waitFor();
  await shown(page);
  const [closer, aside] = [await press(corner), await press(beside)];
  assert.ok(Math.hypot(closer[0] - there[0], closer[1] - there[1]) < 0.2, 'the point under the mouse stays');
  assert.ok(aside[0] - closer[0] < (away[0] - there[0]) / 2, 'the same distance on the screen is shorter on the plane');
  await page.locator('#tool-all').click();
  await eventually(() => press(beside), away);
  await page.locator('#tool-all').waitFor({ state: 'hidden' });
  await close();
});

test('in explore mode two fingers pinch and drag silently, and a double tap shows the whole map again', async () => {
  const { page, recorder, close } = await open(PHONE);
  const hand = await fingers(page);
  await (await reach(page, '#tool-explore')).tap();
  await hand.press({ across: 0.4, down: 0.5 });
  await hand.press({ across: 0.6, down: 0.5 });
  await hand.move({ across: 0.1, down: 0.5 }, 0);
  await hand.move({ across: 0.9, down: 0.5 }, 1);
  await hand.lift();
  assert.ok(await recorder.staysSilent());
  await page.locator('#tool-all').waitFor();
  await hand.doubleTap({ across: 0.5, down: 0.5 });
  await page.locator('#tool-all').waitFor({ state: 'hidden' });
  await close();
});

test('an idle page draws nothing', async () => {
  const { page, close } = await open(DESKTOP);
  await page.evaluate(() => {
    const ask = window.requestAnimationFrame;
    Object.assign(globalThis, { asked: 0 });
    window.requestAnimationFrame = act => {
      /** @type {any} */ (globalThis).asked++;
      return ask(act);
    };
  });
  const asked = () => page.evaluate(() => Number(/** @type {any} */ (globalThis).asked));
  // A first visit begins with a short path that draws itself; what loads late draws once more.
  await eventually(
    async () => {
      const before = await asked();
      await page.waitForTimeout(5000);
      return (await asked()) - before;
    },
    0,
    'it draws on',
  );
  await close();
});

test('each quality has its own colours and a legend that names its ends and their values', async () => {
  const { page, close } = await open(DESKTOP);
  const map = JSON.parse(readFileSync(new URL('map.json', MODELS), 'utf8'));
  await page.locator('#map-button').click();
  await page.locator('#map-list').getByText('Presets').click();
  await shown(page);
  const seen = new Set([await drawn(page)]);
  for (const { name, ends, maximum, unit } of map.layers) {
    await page.locator('#map-list').getByText(name, { exact: false }).click();
    await shown(page);
    seen.add(await drawn(page));
    await eventually(
      () => page.locator('#legend').textContent(),
      legend => [...ends].every(end => legend?.includes(end)),
      name,
    );
    if (unit === 'points')
      await eventually(() => page.locator('#legend-high').textContent(), `${ends[1]} ${Math.round(maximum / 10)}`);
  }
  assert.equal(seen.size, map.layers.length + 1);
  await page.getByLabel('Contours while playing').click();
  await shown(page);
  assert.ok(!seen.has(await drawn(page)), 'contours are drawn');
  await close();
});

test('a selected bank is listed in its order and stands out on the map, and a preset found by its name plays the values of its bank', async () => {
  const { page, close } = await open(DESKTOP);
  const before = await drawn(page);
  const row = known.name.indexOf('Oldie9');
  const bank = known.bank[row];
  await (await bankMenu(page)).selectOption({ index: bank + 1 });
  await shown(page);
  const rows = known.bank.flatMap((own, row) => (own === bank ? [row] : []));
  await page.locator('#found').waitFor();
  const listed = await reach(page, '#found .result-name');
  await eventually(() => listed.count(), rows.length);
  assert.deepEqual(
    (await listed.allInnerTexts()).slice(0, 5),
    rows.slice(0, 5).map(row => known.name[row].trim()),
  );
  await eventually(
    () => drawn(page),
    now => now !== before,
    'the map does not change',
  );
  await (await reach(page, '#found .go')).nth(1).click();
  await shown(page);
  await eventually(() => currentSound(page), sound(presetValues(rows[1])));
  await (await bankMenu(page)).selectOption({ index: 0 });
  await page.locator('#found').waitFor({ state: 'hidden' });

  await (await reach(page, '#find')).fill('oldie9');
  await (await reach(page, '#found .go')).first().click();
  await shown(page);
  await eventually(() => currentSound(page), sound(presetValues(row)));
  await eventually(() => page.locator('#near').innerText(), 'Oldie9');
  assert.ok(await page.locator('#edited').isHidden());
  await close();
});

/** @param {import('playwright-core').Page} page */
async function switchSnapOn(page) {
  await page.locator('#map-button').click();
  await page.getByLabel('Snap to presets').click();
  await page.keyboard.press('Escape');
}

test('each of five fingers plays its own preset as long as it stays there', async () => {
  // A desktop size, so that the mouse reaches the panel Share while five fingers are down.
  const { page, recorder, close } = await open({ ...DESKTOP, hasTouch: true });
  await switchSnapOn(page);
  const hand = await fingers(page);
  await wake(page, hand, recorder);
  const rows = lonely(5);
  for (const row of rows) await hand.press(onPad(points[row]));
  await shown(page);
  assert.ok(await recorder.heard());
  await eventually(() => currentSound(page), sound(presetValues(rows[0])));

  const { across, down } = onPad(points[rows[0]]);
  await hand.move({ across: across + 0.01, down }, 0);
  await shown(page);
  assert.deepEqual(await currentSound(page), sound(presetValues(rows[0])), 'small movements of a finger do not matter');
  await hand.move({ across: across + 0.1, down }, 0);
  await shown(page);
  await eventually(
    () => currentSound(page),
    heard => !isDeepStrictEqual(heard, sound(presetValues(rows[0]))),
    'not the decoded patches from here on',
  );
  await hand.lift();
  await close();
});
