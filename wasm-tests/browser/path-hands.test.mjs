// The editor of paths by hand: fingers that draw, pointers that open a menu, and typed values. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editPaths, loops } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { fingers } from './touches.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();

/** The first path, with its lane of the map's x. @param {import('playwright-core').BrowserContextOptions} [options] */
async function begin(options) {
  const { page, close } = await editPaths(visit, options);
  await page.locator('#path-first').click();
  await page.locator('#path-lanes .path-point').first().waitFor();
  return { page, close };
}

/**
 * Presses a place with each button that opens a menu, and moves.
 * @param {Page} page @param {number} x @param {number} y @param {() => Promise<void>} check
 */
async function pressForMenu(page, x, y, check) {
  for (const [button, key] of /** @type {const} */ ([
    ['right', 'Shift'],
    ['left', 'Control'],
  ])) {
    await page.keyboard.down(key);
    await page.mouse.move(x, y);
    await page.mouse.down({ button });
    await page.mouse.move(x + 30, y + 30, { steps: 3 });
    await page.mouse.up({ button });
    await page.keyboard.up(key);
    await check();
  }
}

test('two fingers in a lane draw two lines, and nothing between them', async () => {
  const { page, close } = await begin(PHONE);
  await page.locator('.path-lane-name').nth(1).click();
  const lane = page.locator('.path-lane-box').nth(1);
  await lane.scrollIntoViewIfNeeded();
  const hand = await fingers(page, lane);
  await hand.press({ across: 0.15, down: 0.1 });
  await hand.press({ across: 0.85, down: 0.9 });
  await hand.move({ across: 0.3, down: 0.1 }, 0);
  await hand.lift(0);
  await hand.move({ across: 0.7, down: 0.9 });
  await hand.lift();
  /** The curve at a share of its length. @param {number} share */
  const value = async share => {
    const [
      {
        length_s,
        fingers: [{ strokes }],
      },
    ] = await loops(page);
    const points = strokes.flat().map(([time_s, [, y]]) => [time_s, y]);
    const time_s = share * length_s;
    const next = points.findIndex(([point_s]) => point_s > time_s);
    const [[from_s, from], [to_s, to]] = [points[next - 1], points[next]];
    return from + ((to - from) * (time_s - from_s)) / (to_s - from_s);
  };
  await eventually(
    () => value(0.22),
    y => y > 2,
    'the first line is above',
  );
  await eventually(
    () => value(0.78),
    y => y < -2,
    'the second one is below',
  );
  for (const share of [0.4, 0.5, 0.6]) assert.ok(Math.abs(await value(share)) < 0.1, `${share}: ${await value(share)}`);
  await close();
});

test('a button that opens a menu moves no point and no note, draws nothing and mixes nothing', async () => {
  const { page, close } = await begin();
  await page.locator('.path-lane-name').nth(1).click();
  const before = JSON.stringify(await loops(page));
  const same = async () => assert.equal(JSON.stringify(await loops(page)), before);
  const lane = await page.locator('.path-lane-box').nth(1).boundingBox();
  const point = await page.locator('#path-lanes .path-point').nth(1).boundingBox();
  assert.ok(lane && point);
  await pressForMenu(page, lane.x + 0.4 * lane.width, lane.y + 8, same);
  await pressForMenu(page, point.x + point.width / 2, point.y + point.height / 2, same);
  await page.locator('.path-lane-name').nth(3).click();
  const note = await page.locator('.path-note').first().boundingBox();
  assert.ok(note);
  await pressForMenu(page, note.x + 8, note.y + note.height / 2, same);

  const file = {
    format: 'latent-pad path',
    version: 1,
    name: 'High',
    rate_hz: 10,
    loop: true,
    lanes: { x: Array(21).fill(1), y: Array(21).fill(3) },
    notes: [],
  };
  await page
    .locator('#path-file')
    .setInputFiles({ name: 'high.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
  await eventually(async () => (await loops(page)).length, 2);
  await page.locator('[data-way=four]').click();
  const square = page.locator('#path-square canvas');
  await square.scrollIntoViewIfNeeded();
  const box = await square.boundingBox();
  assert.ok(box);
  await pressForMenu(page, box.x + 0.4 * box.width, box.y + 0.3 * box.height, async () =>
    assert.equal((await loops(page)).length, 2),
  );
  await page.mouse.click(box.x + 0.4 * box.width, box.y + 0.3 * box.height);
  await eventually(async () => (await loops(page)).length, 3, 'another press mixes');
  await close();
});

test('what is no number gets a sentence, and Shift with an arrow moves a point farther', async () => {
  const { page, close } = await begin();
  const [value, status] = [page.locator('#path-point-value'), page.locator('#path-status')];
  await value.fill('high');
  await page.keyboard.press('Enter');
  await eventually(() => status.textContent(), 'That is not a value: −2.00 is kept.');
  await value.fill('0');
  await page.keyboard.press('Enter');
  await eventually(() => status.textContent(), '');
  const point = page.locator('#path-lanes .path-point').first();
  // Keys go on from the value that the last frame has shown.
  await eventually(() => point.getAttribute('aria-valuetext'), '0.00');
  await point.focus();
  await page.keyboard.press('Shift+ArrowUp');
  await eventually(() => value.inputValue(), '0.40');
  await page.keyboard.press('ArrowUp');
  await eventually(() => value.inputValue(), '0.50');
  await page.locator('.path-lane-name').nth(3).click();
  await page.locator('#path-note-key').fill('H♯9');
  await page.keyboard.press('Enter');
  await eventually(() => status.textContent(), 'That is not a value: the key you play is kept.');
  await close();
});
