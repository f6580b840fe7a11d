// A link with loops: the dialog Share that makes it, its opening, the offer of the next track, and the way back to the
// work from before. About 1 min.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { de, en } from '../words.mjs';
import { findings } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { openMenu, openPanel } from './panels.mjs';
import { record } from './recorder.mjs';
import { colors, shown } from './seen.mjs';
import { allLoaded, newPage, openReady, READY_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { PHONE, stage } from './visits.mjs';

const on = stage();

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} Options */

/** A loop of one bar at 120 beats a minute that goes up and down. @param {number} number @param {number} x */
const loop = (number, x) => ({
  number,
  length_s: 2,
  beats: 4,
  fingers: [
    {
      strokes: [[0, 0.4, 0.8, 1.2, 1.6].map((time_s, step) => [time_s, [x + 0.3 * step, step % 2 ? 1 : -1]])],
    },
  ],
});

/** A visitor with these loops. @param {{ title?: string, loops: object[] }} work */
const session = ({ title = '', loops }) => ({
  state: { place: [0, 0], title, notes: { bpm: 120 }, loops: { in_bars: true, list: loops } },
  layer: 3,
  // Nothing is explained again.
  hints: { melody: true, beat: true, record: true },
});

/** @param {{ title?: string, loops: object[] } | undefined} work @param {Options} [options] */
async function visit(work, options = {}) {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const { page, complaints, exceptions } = await newPage(on.browser, { ...PHONE, permissions, ...options });
  await withoutPatience(page, 5000);
  if (work) {
    await page.addInitScript(
      kept => {
        if (localStorage.getItem('latent-pad.session') === null) localStorage.setItem('latent-pad.session', kept);
      },
      JSON.stringify(session(work)),
    );
  }
  const recorder = await record(page);
  return {
    page,
    recorder,
    close: async () => {
      await page.context().close();
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
    },
  };
}

const NIGHT = { title: 'Night bells', loops: [loop(1, -3), loop(2, -1), loop(3, 1)] };

/** The numbers of the tracks. @param {Page} page */
const tracks = page =>
  page.locator('#loops > [data-number]').evaluateAll(rows => rows.map(row => row.getAttribute('data-number')));

/** The link of a visitor's loops. @param {typeof NIGHT} work */
async function linkTo(work) {
  const { page, close } = await visit(work);
  await openReady(page, on.site.address);
  await allLoaded(page);
  await openPanel(page, 'share');
  await page.locator('#copy-link').click();
  await page.locator('#share-status', { hasText: en.link_copied }).waitFor();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  await close();
  return address;
}

test('Share shows the loops with their title, which can be changed, and a code to scan', async () => {
  const { page, close } = await visit({ ...NIGHT, title: '' });
  await openReady(page, on.site.address);
  await allLoaded(page);
  await openPanel(page, 'share');
  await eventually(() => page.locator('#jam-title').innerText(), en.untitled_loops);
  await eventually(() => page.locator('#jam-about').innerText(), '120 beats a minute');
  assert.equal(await page.locator('#share-tracks > li').count(), 3);
  assert.ok((await colors(page.locator('#share-map'))) > 10, 'the map is drawn');
  assert.deepEqual(await findings(page), []);

  await page.locator('#rename-jam').click();
  await page.keyboard.type('Night bells');
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('#jam-title').innerText(), 'Night bells');
  await page.locator('#jam-name').waitFor({ state: 'hidden' });

  await page.locator('#scan-code').click();
  await page.locator('#code:not([hidden]) path[d^=M]').waitFor({ timeout: READY_TIMEOUT_MS });
  const size = await page.locator('#code svg').getAttribute('viewBox');
  assert.match(size ?? '', /^-4 -4 \d+ \d+$/);
  await page.locator('#scan-code').click();
  await page.locator('#code').waitFor({ state: 'hidden' });
  await close();
});

test('a link that is too long for a code says so', async () => {
  const long = { ...loop(1, -3), fingers: [{ strokes: [wandering(500)] }], length_s: 60, beats: 64 };
  const { page, close } = await visit({ title: '', loops: [long] });
  await openReady(page, on.site.address);
  await openPanel(page, 'share');
  await page.locator('#copy-link').click();
  await page.locator('#share-status', { hasText: en.link_copied }).waitFor();
  const { length } = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(length > 2953 && length < 4000, `${length} characters: choose other points`);
  await page.locator('#scan-code').click();
  await page.locator('#share-status', { hasText: en.code_too_long }).waitFor();
  assert.ok(await page.locator('#code').isHidden());
  await close();
});

/** A path of so many points that no straight lines come near it. @param {number} count */
function wandering(count) {
  let seed = 1;
  const chance = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return (seed / 2_147_483_647) * 7 - 3.5;
  };
  return Array.from({ length: count }, (_, step) => [(59 * step) / count, [chance(), chance()]]);
}

test('a link with loops opens to a picture, one press plays all, and after a round the next track is asked for', async () => {
  const address = await linkTo(NIGHT);
  const { page, recorder, close } = await visit(undefined);
  await openReady(page, address);
  await allLoaded(page);
  await page.locator('html[data-first=loops]').waitFor({ state: 'attached' });
  await eventually(() => page.locator('#shared-name').innerText(), 'Night bells');
  await eventually(() => page.locator('#shared-about').innerText(), '3 loops · 120 beats a minute');
  await eventually(() => page.locator('#add-yours').innerText(), '4 · yours');
  assert.deepEqual(await tracks(page), ['1', '2', '3']);
  for (const absent of ['#tabs', '#transport', '#side', '#share-button', '#map-button', '.here', '#hint']) {
    assert.ok(await page.locator(absent).first().isHidden(), absent);
  }
  assert.deepEqual(await findings(page), []);
  // Nobody changes a track before it was heard.
  assert.ok(await page.locator('#tracks').evaluate(tracks => tracks.hasAttribute('inert')));
  await recorder.take();
  await page.locator('#hear-shared').tap();
  await page.locator('html:not([data-first=loops])').waitFor({ state: 'attached' });
  assert.ok(await recorder.sounded(), 'the loops sound');
  assert.equal(page.url(), address, 'the address is still the link');
  for (const here of ['#tabs', '#transport', '#share-button']) await page.locator(here).waitFor();
  await page.locator('#play-stop[aria-pressed=true]').waitFor();
  await page.locator('#add-yours[data-pulses]').waitFor({ timeout: READY_TIMEOUT_MS });
  assert.equal(await page.locator('#add-yours').innerText(), '4 · add yours');
  await page.locator('#add-yours').tap();
  await page.locator('#record[aria-pressed=true]').waitFor();
  await page.locator('#add-yours').waitFor({ state: 'hidden' });
  await close();
});

test('the next track covers no loop', async () => {
  const address = await linkTo({ title: '', loops: [1, 2, 3, 4].map(number => loop(number, number - 4)) });
  for (const [width, height] of [
    [390, 844],
    [375, 667],
    [1440, 900],
    [1920, 1080],
  ]) {
    const { page, close } = await visit(undefined, { viewport: { width, height } });
    await openReady(page, address);
    await page.locator('html[data-first=loops][data-playable=yes]').waitFor({ state: 'attached' });
    await page.locator('#hear-shared').click();
    await page.locator('#tabs').waitFor();
    await shown(page);
    const [lowest, next, list] = await page.evaluate(() =>
      ['#loops > :last-child', '#add-yours', '#tracks'].map(selector => {
        const { top, bottom } = /** @type {Element} */ (document.querySelector(selector)).getBoundingClientRect();
        return { top: Math.round(top), bottom: Math.round(bottom) };
      }),
    );
    assert.ok(lowest.bottom <= next.top && next.bottom <= list.bottom, `${width} × ${height}: below the last loop`);
    await close();
  }
});

test('the opening fits every screen, and is in the language of the visitor', async () => {
  const address = await linkTo(NIGHT);
  for (const [width, height] of [
    [375, 667],
    [844, 390],
    [1440, 900],
  ]) {
    const { page, close } = await visit(undefined, { viewport: { width, height }, locale: 'de-DE' });
    await openReady(page, address);
    await page.locator('html[data-first=loops][data-playable=yes]').waitFor({ state: 'attached' });
    await shown(page);
    await eventually(() => page.locator('#hear-then-add').innerText(), de.hear_then_add);
    for (const part of ['#shared-name', '#hear-shared', '#loops > [data-number="1"]', '#add-yours']) {
      const box = await page.locator(part).boundingBox();
      assert.ok(box, part);
      const isInside = box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
      assert.ok(isInside, `${width} × ${height}: ${part} at ${JSON.stringify(box)}`);
    }
    await close();
  }
});

test('the menu leads back to the work from before the link, and undo to the link', async () => {
  const address = await linkTo(NIGHT);
  const { page, close } = await visit({ title: 'Mine', loops: [loop(5, 2)] });
  await openReady(page, on.site.address);
  await openMenu(page, 'more-menu');
  assert.ok(await page.locator('#back-to-yours').isHidden(), 'there is nothing to go back to');
  await openReady(page, address);
  await page.locator('#hear-shared').tap();
  await page.locator('html:not([data-first=loops])').waitFor({ state: 'attached' });
  assert.deepEqual(await tracks(page), ['1', '2', '3']);
  await openMenu(page, 'more-menu');
  await page.locator('#back-to-yours').click();
  await eventually(() => tracks(page), ['5']);
  await eventually(async () => new URL(page.url()).hash, '', 'the address is no link any more');
  await page.locator('#tool-undo').click();
  await eventually(() => tracks(page), ['1', '2', '3']);
  await openMenu(page, 'more-menu');
  await page.locator('#back-to-yours').waitFor();
  await close();
});

test('an error is a framed card that covers no map', async () => {
  for (const [width, height] of [
    [360, 740],
    [740, 360],
    [1280, 800],
  ]) {
    const { page } = await visit(undefined, { viewport: { width, height }, colorScheme: 'dark' });
    await page.route('**/coordinates.json', route => route.abort());
    await page.goto(on.site.address);
    const card = page.locator('#trouble');
    await card.waitFor({ timeout: READY_TIMEOUT_MS });
    const [error, map] = [await card.boundingBox(), await page.locator('#plane').boundingBox()];
    assert.ok(error && map);
    const isApart =
      error.y >= map.y + map.height - 1
      || error.y + error.height <= map.y + 1
      || error.x >= map.x + map.width - 1
      || error.x + error.width <= map.x + 1;
    assert.ok(isApart, `${width} × ${height}: ${JSON.stringify({ error, map })}`);
    assert.equal(await card.evaluate(card => getComputedStyle(card, '::before').content), '"!"');
    await page.unroute('**/coordinates.json');
    await page.locator('#retry').click();
    await card.waitFor({ state: 'hidden' });
    await page.context().close();
  }
});

test('with forced colours a disabled Undo looks disabled', async () => {
  const { page, close } = await visit(undefined, { viewport: { width: 1280, height: 800 }, forcedColors: 'active' });
  await openReady(page, on.site.address);
  await page.locator('#tool-undo[aria-disabled=true]').waitFor();
  const colour = (/** @type {string} */ selector) =>
    page.locator(selector).evaluate(element => getComputedStyle(element).color);
  assert.notEqual(await colour('#tool-undo'), await colour('#more-button'));
  await close();
});

test('in German the button that taps the tempo has room for its word on a small phone', async () => {
  const { page, close } = await visit(undefined, { viewport: { width: 360, height: 740 }, locale: 'de-DE' });
  await openReady(page, on.site.address);
  await openMenu(page, 'tempo-menu');
  const room = await page.locator('#tap-tempo').evaluate(button => {
    const words = document.createRange();
    words.selectNodeContents(button);
    return button.getBoundingClientRect().width - words.getBoundingClientRect().width;
  });
  assert.ok(room >= 16, `${room} px beside the word`);
  await close();
});
