// The editor of paths: a path is drawn in lanes, undone, saved and opened, and a descriptor follows a curve. By
// finger, mouse and keys. About 60 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { editPaths, loops } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { closeSheet, openPanel } from './panels.mjs';
import { MEASURED_TIMEOUT_MS, untilRoot } from './site.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./editing.mjs').Loop} Loop */

const { visit } = visits();

/** A visit with the editor open. @param {import('playwright-core').BrowserContextOptions} [options] */
const edit = options => editPaths(visit, options);

/** The first path: straight, four seconds. @param {Page} page */
async function begin(page) {
  await page.locator('#path-first').click();
  await page.locator('#path-lanes .path-point').first().waitFor();
}

/** The points of a loop's first finger. @param {Loop} own */
const points = own => own.fingers[0].strokes.flat();

/**
 * The value of the chosen lane at its point number `index`, as it is shown.
 * @param {Page} page @param {number} index
 */
const shownAt = (page, index) => page.locator('#path-lanes .path-point').nth(index).getAttribute('aria-valuetext');

test('a lane is drawn with the mouse, its points move by keys and typed numbers, and each change is one undo step', async () => {
  const { page, close } = await edit();
  await begin(page);
  const lane = page.locator('.path-lane-box').nth(1);
  await page.locator('.path-lane-name').nth(1).click();
  const box = await lane.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 6, { steps: 5 });
  await page.mouse.up();
  await eventually(
    async () => Math.max(...points((await loops(page))[0]).map(([, [, y]]) => y)),
    most => most > 2,
    'the line is in the path',
  );
  await page.locator('#tool-undo').click();
  await eventually(async () => Math.max(...points((await loops(page))[0]).map(([, [, y]]) => y)), 0);
  await eventually(() => shownAt(page, 2), '0.00', 'the editor shows what undo has made');
  await page.locator('.path-lane-name').nth(0).click();
  await eventually(() => shownAt(page, 0), '−2.00');
  const first = page.locator('#path-lanes .path-point').first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  const before = Number((await shownAt(page, 1))?.replace('−', '-'));
  await page.keyboard.press('PageUp');
  await eventually(
    async () => Number((await shownAt(page, 1))?.replace('−', '-')),
    now => Math.abs(now - before - 0.8) < 0.02,
  );
  await page.locator('#path-point-value').fill('2,5');
  await page.keyboard.press('Enter');
  await eventually(() => shownAt(page, 1), '2.50');
  await eventually(
    async () => Math.max(...points((await loops(page))[0]).map(([, [x]]) => x)),
    most => Math.abs(most - 2.5) < 0.1,
  );
  await close();
});

/** The ruler says the times of its lines at each zoom: a quarter of a second has two decimals. @param {Page} page */
async function checkRuler(page) {
  await page.locator('.path-ruler').evaluate(ruler => {
    const said = Object.assign(globalThis, { said: /** @type {string[]} */ ([]) }).said;
    const pen = /** @type {CanvasRenderingContext2D} */ (/** @type {HTMLCanvasElement} */ (ruler).getContext('2d'));
    pen.fillText = text => {
      said.push(text);
    };
  });
  for (const press of ['#path-in', '#path-in', '#path-in', '#path-out']) {
    await page.evaluate(() => {
      Reflect.get(globalThis, 'said').length = 0;
    });
    await page.locator(press).click();
    const times = await eventually(
      () => page.evaluate(() => [...Reflect.get(globalThis, 'said')].map(Number)),
      list => list.length > 2,
    );
    const steps = times
      .slice(1)
      .map((/** @type {number} */ time_s, /** @type {number} */ index) => (time_s - times[index]).toFixed(3));
    assert.equal(new Set(steps).size, 1, `lines at the same distance say ${times.join(' ')}`);
  }
}

test('the ruler says the times of its lines, the labels of a curve are whole, and the list of files is seen', async () => {
  for (const locale of ['en', 'de-DE']) {
    const { page, close } = await edit({ viewport: { width: 1280, height: 800 }, locale });
    await begin(page);
    if (locale === 'en') await checkRuler(page);
    await page.locator('#path-save').click();
    await eventually(
      () =>
        page
          .locator('#path-saves button')
          .last()
          .evaluate(button => {
            const { left, width, bottom } = button.getBoundingClientRect();
            return button.contains(document.elementFromPoint(left + width / 2, bottom - 3));
          }),
      true,
      'the last kind of file is above the edge',
    );
    await page.locator('[data-way=curve]').click();
    const cut = await page
      .locator('#path-way-curve .path-settings .setting > span')
      .evaluateAll(labels =>
        labels.filter(label => label.scrollWidth > label.clientWidth).map(label => label.textContent),
      );
    assert.deepEqual(cut, [], locale);
    await close();
  }
});

test('who passes the notes with the keyboard keeps the lane; notes are added, changed and deleted by keys alone', async () => {
  const { page, close } = await edit();
  await page.locator('#path-first').focus();
  await page.keyboard.press('Enter');
  await page.locator('.path-lane-name').first().and(page.locator(':focus')).waitFor();
  await page.locator('.path-lane-name').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.locator('.path-note').focus();
  await page.locator('[data-operator=scale]').focus();
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('#path-amount-name').innerText(), /y$/);
  await page.keyboard.press('Enter');
  await page.locator('.path-lane-name').nth(3).click();
  await page.locator('#path-note-add').focus();
  await page.keyboard.press('Enter');
  await eventually(async () => (await loops(page))[0].fingers[0].strokes.length, 2);
  await page.locator('#path-note-key').fill('E4');
  await page.keyboard.press('Enter');
  await eventually(async () => (await loops(page))[0].fingers[0].keys, [null, 64]);
  await page.locator('.path-note[aria-pressed=true]').focus();
  await page.keyboard.press('ArrowUp');
  await eventually(async () => (await loops(page))[0].fingers[0].keys, [null, 65]);
  await eventually(() => page.evaluate(() => document.activeElement?.className), 'path-note');
  await page.locator('#path-note-start').fill('100');
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('#path-note-start').inputValue(), '2.00', 'it stays within the path');
  await page.locator('#path-note-length').fill('1');
  await page.keyboard.press('Enter');
  await page.locator('#path-note-start').fill('0');
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('#path-note-start').inputValue(), '2.00', 'and beside the note before it');
  await page.locator('.path-note[aria-pressed=true]').focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Delete');
  await eventually(async () => (await loops(page))[0].fingers[0].strokes.length, 1);
  await page.locator('#path-note-delete:disabled').waitFor();
  // One note stays. The part of the path that no note plays is kept, also after a reload.
  await page.reload();
  await untilRoot(page, 'state', ['ready']);
  await openPanel(page, 'loops');
  await page.locator('#path-open').click();
  await page.locator('.path-lane-name').nth(0).click();
  await eventually(() => shownAt(page, 0), '−2.00');
  await close();
});

test('a path is named, saved and opened again; a file of another kind changes nothing and gets a sentence', async () => {
  const { page, close } = await edit();
  await begin(page);
  await page.locator('#path-name').fill('Slow tide');
  await page.keyboard.press('Enter');
  await page.locator('#path-chosen option', { hasText: 'Slow tide' }).waitFor({ state: 'attached' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .locator('#path-save')
      .click()
      .then(() => page.locator('[data-save=json]').click()),
  ]);
  assert.equal(download.suggestedFilename(), 'Slow tide.path.json');
  const file = readFileSync(await download.path());
  const written = JSON.parse(file.toString());
  assert.deepEqual(
    [written.format, written.version, written.name, written.lanes.x.length],
    ['latent-pad path', 1, 'Slow tide', 401],
  );
  await page.locator('#path-file').setInputFiles({ name: 'again.json', mimeType: 'application/json', buffer: file });
  await eventually(async () => (await loops(page)).length, 2);
  const [one, other] = await loops(page);
  assert.deepEqual(other.fingers, one.fingers);
  await page
    .locator('#path-file')
    .setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"bank":[]}') });
  await page
    .locator('#path-status', { hasText: 'other.json is not a path file: choose a path file or a MIDI file.' })
    .waitFor();
  assert.equal((await loops(page)).length, 2);
  await close();
});

/**
 * Opens a link to a path on a page with other paths.
 * @param {string} link @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function follow(link, options) {
  const { page, ready, close } = await visit(options);
  await ready();
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('#path-close').waitFor();
  return { page, close };
}

test('a link opens to the same path, beside the paths that are there, also on a phone; one that would be too long gets a sentence', async () => {
  const { page, close } = await edit();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const steps = 301;
  const file = {
    format: 'latent-pad path',
    version: 1,
    name: 'Ebb ♯ und Flut',
    rate_hz: 100,
    loop: true,
    beats: 7,
    lanes: {
      x: Array.from({ length: steps }, (_, step) => Math.round(3e4 * Math.sin(step / 17)) / 1e4),
      y: Array.from({ length: steps }, (_, step) => Math.round(2e4 * Math.cos(step / 29)) / 1e4),
    },
    level: Array.from({ length: steps }, (_, step) => Math.round(1e4 * (0.5 + 0.5 * Math.sin(step / 40))) / 1e4),
    notes: [
      { start_s: 0, length_s: 1, key: 62, velocity: 70 },
      { start_s: 0.5, length_s: 2, key: null, velocity: 110 },
    ],
  };
  await page
    .locator('#path-file')
    .setInputFiles({ name: 'ebb.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
  await eventually(async () => (await loops(page)).length, 1);
  await page.locator('#path-link').click();
  await page.locator('#path-status', { hasText: 'A link to Ebb ♯ und Flut is copied' }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#path=[\w-]{100,4000}$/);
  const [sent] = await loops(page);
  const lane = (/** @type {number} */ factor) =>
    Array.from({ length: 6001 }, (_, step) => Math.round(3e4 * Math.sin(step * step * factor)) / 1e4);
  const longFile = {
    format: 'latent-pad path',
    version: 1,
    name: 'Long',
    rate_hz: 100,
    loop: true,
    lanes: { x: lane(0.001), y: lane(0.0013) },
    notes: [],
  };
  await page
    .locator('#path-file')
    .setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(longFile)) });
  await eventually(async () => (await loops(page)).length, 2);
  await page.locator('#path-link').click();
  await page
    .locator('#path-status', { hasText: 'Long is too long for a link: save it as a path file and send that.' })
    .waitFor();
  await close();

  const other = await follow(link);
  const [got, ...more] = await eventually(
    () => loops(other.page),
    list => list.length > 0,
  );
  assert.deepEqual([got, more], [sent, []]);
  assert.equal(await other.page.evaluate(() => location.hash), '', 'the address is that of the page');
  assert.equal(await other.page.locator('#path-name').inputValue(), 'Ebb ♯ und Flut');
  // The same link again while the page is open: one more loop, one undo step.
  await other.page.evaluate(hash => {
    location.hash = hash;
  }, new URL(link).hash);
  const [, again] = await eventually(
    () => loops(other.page),
    list => list.length === 2,
  );
  assert.deepEqual({ ...again, number: sent.number }, sent);
  await other.page.locator('#tool-undo').click();
  await eventually(async () => (await loops(other.page)).length, 1);
  // Damaged links change nothing and say so.
  for (const hash of [`${new URL(link).hash.slice(0, -9)}`, new URL(link).hash.replace(/....$/, 'AAAA'), '#path=']) {
    await other.page.locator('#path-close').click();
    await other.page.evaluate(hash => {
      location.hash = hash;
    }, hash);
    await other.page.locator('#path-status', { hasText: 'This link to a path is damaged.' }).waitFor();
  }
  assert.deepEqual(await loops(other.page), [sent]);
  await other.close();

  const phone = await follow(link, PHONE);
  await eventually(() => loops(phone.page), [sent]);
  await phone.page.locator('#path-play').click();
  await eventually(() => phone.page.locator('#path-play').getAttribute('aria-pressed'), 'true');
  await closeSheet(phone.page);
  await eventually(
    () => phone.page.evaluate(() => [document.documentElement.dataset.sheet, location.hash]),
    ['rest', ''],
  );
  assert.deepEqual(await loops(phone.page), [sent], 'it is not opened again');
  await phone.close();
});

test('brightness follows a curve: planned, measured, said in words, kept; an unreachable range gets a sentence', async () => {
  const { page, recorder, close } = await edit();
  await page.locator('[data-way=curve]').click();
  await eventually(
    () => page.locator('#path-low').inputValue(),
    low => Number(low) > 0,
  );
  await page.locator('#path-low').fill('-400');
  await page.keyboard.press('Enter');
  await page.locator('#path-find').click();
  await page.locator('#path-verdict', { hasText: 'choose a range within it' }).waitFor();
  assert.equal((await loops(page)).length, 0);
  await page.locator('#path-low').fill('40');
  await page.keyboard.press('Enter');
  await page.locator('#path-find').click();
  assert.ok(await recorder.heard(), 'the planned path plays before it is measured');
  await page.locator('#path-verdict', { hasText: 'Within' }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('#path-verdict', { hasText: 'units a step' }).waitFor({ timeout: MEASURED_TIMEOUT_MS });
  const [, error] = /Within ([\d.]+) points/.exec(await page.locator('#path-verdict').innerText()) ?? [];
  assert.ok(Number(error) < 3, `${error} points`);
  await page.locator('#path-keep').click();
  await page.locator('#path-find:focus').waitFor();
  await page.locator('#path-status', { hasText: 'Brightness, Sine is kept.' }).waitFor();
  assert.deepEqual(
    (await loops(page)).map(({ name }) => name),
    ['Brightness, Sine'],
  );
  await page.locator('[data-way=lanes]').click();
  await page.locator('#path-chosen', { hasText: 'Brightness, Sine' }).waitFor();
  await close();
});

test('axe finds nothing in any way to make a path, dark or light, on a phone and a desktop', async () => {
  for (const options of [PHONE, undefined]) {
    const { page, close } = await edit(options);
    await begin(page);
    /** @type {string[]} */
    const found = [];
    for (const way of ['lanes', 'four', 'curve']) {
      await page.locator(`[data-way=${way}]`).click();
      if (way === 'lanes') await page.locator('[data-operator=random]').click();
      found.push(...(await findingsInBothThemes(page)).map(finding => `${way}: ${finding}`));
    }
    assert.deepEqual(found, []);
    await close();
  }
});
