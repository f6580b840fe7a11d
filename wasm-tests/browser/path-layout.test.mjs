// The layout of the editor of paths on each screen, and its texts while a path plays. The lanes are visible as soon as
// it opens, and the header names the path's place. About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { editPaths, loops } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { shown } from './seen.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
const TOUCH = { hasTouch: true, isMobile: true };

/** A path from one corner of the map to the other, as a file. */
const ACROSS = Buffer.from(
  JSON.stringify({
    format: 'latent-pad path',
    version: 1,
    name: 'Across',
    rate_hz: 1,
    loop: true,
    lanes: { x: [-3, -3, 3, 3, 3], y: [3, 3, -3, -3, -3] },
    notes: [],
  }),
);

/** Opens the path. @param {Page} page @param {string} [name] */
async function open(page, name = 'across.json') {
  await page.locator('#path-file').setInputFiles({ name, mimeType: 'application/json', buffer: ACROSS });
  await page.locator('#path-lanes .path-point').first().waitFor();
}

/** The lanes that are wholly visible. @param {Page} page */
const lanesSeen = page =>
  page.locator('.path-lane-box').evaluateAll(boxes =>
    boxes.map(box => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      return [top + 1, bottom - 1].every(y => box.contains(document.elementFromPoint((left + right) / 2, y)));
    }),
  );

test('on a desktop the lanes are beside the map, all in view on a large one, and on a tablet below it', async () => {
  for (const [options, seen, ...sizes] of /** @type {const} */ ([
    [undefined, 4, { width: 1440, height: 900 }],
    [undefined, 2, { width: 1024, height: 768 }],
    [TOUCH, 4, { width: 820, height: 1180 }],
  ])) {
    const { page, close } = await editPaths(visit, { ...options, viewport: sizes[0] });
    await open(page);
    for (const viewport of sizes) {
      await eventually(
        () => lanesSeen(page),
        lanes => lanes.filter(Boolean).length >= seen,
        `lanes in view, ${viewport.width} px`,
      );
      await eventually(
        async () => {
          const [dock, pad] = await Promise.all(
            ['#path-way-lanes', '.app > .pad'].map(part => page.locator(part).boundingBox()),
          );
          return (
            dock
            && pad
            && (options ? dock.y >= pad.y + pad.height : dock.x >= pad.x + pad.width)
            && pad.height > 0.33 * viewport.height
          );
        },
        true,
        `the lanes leave a map that is high enough, ${viewport.width} px`,
      );
      assert.deepEqual(await findingsInBothThemes(page), []);
    }
    await page.locator('#tab-play').click();
    await page.locator('#path-way-lanes').waitFor({ state: 'hidden' });
    await page.locator('#tab-loops').click();
    await page.locator('[data-way=four]').click();
    await page.locator('#path-way-lanes').waitFor({ state: 'hidden' });
    await page.locator('[data-way=lanes]').click();
    await page.locator('#path-way-lanes').waitFor();
    await page.locator('#path-close').click();
    await page.locator('#path-way-lanes').waitFor({ state: 'hidden' });
    await close();
  }
});

/** Sizes of a desktop and of a tablet. */
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 900, height: 700 },
  { width: 820, height: 1180 },
];

test('what an operator shows moves neither the lanes nor the operators below a finger, and the map stays as high as it is', async () => {
  for (const locale of ['en', 'de']) {
    const { page, close } = await editPaths(visit, { viewport: SIZES[0], locale });
    await open(page);
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport);
      await shown(page);
      const places = () =>
        page.locator('.app > .pad, .path-lane, [data-operator], .path-tools button').evaluateAll(parts =>
          parts.map(part => {
            const { x, y, height } = part.getBoundingClientRect();
            return [part.className, part.textContent?.trim().split(/[\s−\d]/)[0], x, y, height].join();
          }),
        );
      /** Presses an operator, which shows a row or a hint. @param {string} name @param {string} added */
      const press = async (name, added) => {
        await page.locator('[data-operator=erase]').scrollIntoViewIfNeeded();
        const before = await places();
        await page.locator(`[data-operator=${name}]`).click();
        await page.locator(added).waitFor();
        assert.deepEqual(await places(), before, `${name}, ${locale}, ${viewport.width} px`);
        const cut = page.locator('#path-amount-name').evaluate(label => label.scrollWidth > label.clientWidth + 1);
        assert.ok(!(await cut), `the name of ${name} is cut off, ${locale}, ${viewport.width} px`);
        await page.locator(`[data-operator=${name}]`).click();
        await page.locator(added).waitFor({ state: 'hidden' });
        assert.deepEqual(await places(), before, `${name} ended, ${locale}, ${viewport.width} px`);
      };
      await press('mix', '#path-operator-hint');
      await open(page, 'again.json');
      await eventually(() => page.locator('#path-chosen option').count(), 2);
      for (const name of ['random', 'stretch', 'mix'])
        await press(name, name === 'mix' ? '.path-mix-row' : '.path-amount-row');
      await press('erase', '#path-operator-hint');
      // At the next size there is one path again.
      await page.locator('#tool-undo').click();
      await eventually(() => page.locator('#path-chosen option').count(), 1);
    }
    await close();
  }
});

test('on a phone the first button stands apart, a lane is seen as soon as the editor opens, and files begin at one edge', async () => {
  const { page, close } = await editPaths(visit, PHONE);
  const [above, below] = [
    await page.locator('#path-none .hint').boundingBox(),
    await page.locator('#path-first').boundingBox(),
  ];
  assert.ok(above && below && below.y - (above.y + above.height) >= 8, 'they touch');
  await open(page);
  for (const viewport of [PHONE.viewport, { width: 844, height: 390 }]) {
    await page.setViewportSize(viewport);
    await page.locator('#path-close').click();
    await page.locator('#path-open').click();
    await eventually(
      () => lanesSeen(page),
      seen => seen.some(Boolean),
    );
  }
  await page.setViewportSize(PHONE.viewport);
  await page.locator('#path-save').tap();
  await page.locator('[data-save=bank]').waitFor();
  const lefts = await page
    .locator('.path-saves button:visible')
    .evaluateAll(buttons =>
      buttons.map(button =>
        [button.getBoundingClientRect().left, button.querySelector('small')?.getBoundingClientRect().left].join(),
      ),
    );
  assert.equal(new Set(lefts).size, 1, lefts.join(' '));
  await close();
});

test('on a turned tablet the lanes go on working', async () => {
  const { page, close } = await editPaths(visit, { viewport: { width: 820, height: 600 }, ...TOUCH });
  await open(page);
  await page.setViewportSize({ width: 820, height: 1180 });
  await eventually(() => page.locator('.path-lane:visible').count(), 4);
  await page.locator('[data-operator=reverse]').click();
  await eventually(async () => (await loops(page))[0].fingers[0].strokes[0][0][1][0], 3);
  await page.setViewportSize({ width: 820, height: 600 });
  await eventually(() => page.locator('.path-lane:visible').count(), 4);
  await close();
});

test('while a path plays the header names where it is, and the first line is gone', async () => {
  const { page, recorder, close } = await editPaths(visit);
  await page.locator('#hint', { hasText: 'Press the map' }).waitFor();
  await open(page);
  const before = await page.locator('#near').innerText();
  await page.locator('#path-play').click();
  assert.ok(await recorder.heard());
  await page.locator('#hint').waitFor({ state: 'hidden' });
  /** @type {Set<string>} */
  const names = new Set();
  await eventually(
    async () => names.add(await page.locator('#near').innerText()).size,
    count => count > 2,
    'it names several places',
  );
  assert.ok(![...names].every(name => name === before));
  await page.locator('#path-play').click();
  await eventually(() => page.locator('#near').innerText(), before);
  await close();
});
