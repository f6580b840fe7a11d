// Landmarks, undo, A/B comparison, random walks, and the saved session. About 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from './eventually.mjs';
import { fingers, mouse } from './touches.mjs';
import { onPad } from './known.mjs';
import { allLoaded, openReady, untilRoot } from './site.mjs';
import { record } from './recorder.mjs';
import { currentPoint, drawn, pass, shown } from './seen.mjs';
import { currentPatch } from './sharing.mjs';
import { PHONE, visits } from './visits.mjs';
import { openPanel, reach } from './panels.mjs';

const { visit } = visits();

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(options) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  const hand = mouse(page);
  return {
    page,
    recorder,
    hand,
    /**
     * Presses and lifts at a position; returns the point that the page then shows.
     * @param {number} across @param {number} down
     */
    async go(across, down) {
      await hand.press({ across, down });
      await hand.lift();
      await shown(page);
      return currentPoint(page);
    },
    close,
  };
}

/** @param {number[]} one @param {number[]} other */
const near = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]) < 0.08;

test('landmarks can be dropped, renamed, visited and deleted, and all of it undone and redone', async () => {
  const { page, go, close } = await open();
  const marks = page.locator('.landmark');
  const begin = await currentPoint(page);
  const first = await go(0.3, 0.3);
  await (await reach(page, '#tool-mark')).click();
  await go(0.7, 0.6);
  await (await reach(page, '#tool-mark')).click();
  await eventually(() => marks.count(), 2);
  const name = (await reach(page, '.landmark-name')).first();
  // The map shows its number, which is also its name for speech input.
  await page.getByRole('button', { name: /^1: Go to / }).waitFor();
  await name.fill('  my   place ');
  await name.press('Enter');
  await eventually(() => name.inputValue(), 'my place');
  await shown(page);
  await marks.first().locator('.go').click();
  await eventually(
    () => currentPoint(page),
    point => near(point, first),
    'not its point',
  );
  await marks.last().locator('.delete').click();
  await eventually(() => marks.count(), 1);

  const undo = page.locator('#tool-undo');
  await undo.click();
  await eventually(() => marks.count(), 2, 'the deleted landmark is back');
  await undo.click();
  await eventually(
    () => currentPoint(page),
    point => !near(point, first),
    'not before the return',
  );
  await undo.click();
  await eventually(
    () => name.inputValue(),
    text => text !== 'my place',
    'the name is not undone',
  );
  for (let step = 0; step < 9 && (await undo.isEnabled()); step++) {
    await undo.click();
    await shown(page);
  }
  await eventually(() => marks.count(), 0);
  await eventually(() => currentPoint(page), begin, 'the initial point');
  for (let step = 0; step < 9 && (await page.locator('#tool-redo').isEnabled()); step++) {
    await page.locator('#tool-redo').click();
    await shown(page);
  }
  await eventually(() => marks.count(), 1, 'everything is redone');
  await eventually(() => name.inputValue(), 'my place');
  await close();
});

test('the flag of a landmark on the map leads to its point and its patch', async () => {
  const { page, hand, go, close } = await open();
  await allLoaded(page);
  await (await reach(page, '#find')).fill('oldie9');
  await (await reach(page, '#found .go')).first().click();
  await shown(page);
  const preset = await currentPatch(page);
  const there = await currentPoint(page);
  await (await reach(page, '#tool-mark')).click();
  await go(0.5, 0.95);
  const box = await page.locator('canvas#pad').boundingBox();
  assert.ok(box);
  // The round part of the flag is above its point.
  const { across, down } = onPad(there);
  await hand.press({ across, down: down - 20 / box.height });
  await shown(page);
  await eventually(() => currentPoint(page), there);
  await hand.lift();
  await eventually(() => currentPatch(page), preset);
  await close();
});

for (const [where, options] of /** @type {const} */ ([
  ['on a desktop', undefined],
  ['on a phone', PHONE],
])) {
  test(`the flag of a landmark under a tool stands beside the tools, where a press leads to its point, ${where}`, async () => {
    const { page, hand, go, close } = await open(options);
    await openPanel(page, 'places');
    const box = async (/** @type {string} */ part) => {
      const found = await page.locator(part).boundingBox();
      assert.ok(found, part);
      return found;
    };
    const [pad, tools] = [await box('canvas#pad'), await box('.tools')];
    const spot = (/** @type {number} */ x, /** @type {number} */ y) => ({
      across: (x - pad.x) / pad.width,
      down: (y - pad.y) / pad.height,
    });
    // A press that slides under a tool goes on there.
    const [x, y] = [tools.x + tools.width / 2, tools.y + tools.height * 0.8];
    await hand.press({ across: 0.5, down: 0.6 });
    await hand.move(spot(x, y));
    await hand.lift();
    await shown(page);
    const there = await currentPoint(page);
    await (await reach(page, '#tool-mark')).click();
    const elsewhere = await go(0.4, 0.8);
    assert.notDeepEqual(elsewhere, there);
    // To the left of the tools or below them, whichever is nearer.
    const middle = y - 28;
    const isBeside = x - tools.x < tools.y + tools.height - middle;
    await hand.press(isBeside ? spot(tools.x - 12, middle) : spot(x, tools.y + tools.height + 12));
    await eventually(() => currentPoint(page), there);
    await hand.lift();
    await close();
  });
}

test('a comparison ends at a press, by mouse or keys, with the side that is heard; undo brings it back', async () => {
  const { page, go, close } = await open();
  const compare = await reach(page, '#tool-compare');
  const end = page.locator('#tool-compare-end');
  assert.equal(await end.isVisible(), false, 'there is nothing to end');
  await go(0.3, 0.3);
  await compare.click();
  const b = await go(0.7, 0.7);
  const place = await compare.boundingBox();
  await end.click();
  await page.locator('#tool-compare[aria-pressed=false]').filter({ hasText: /^AB$/ }).waitFor();
  assert.deepEqual(await currentPoint(page), b);
  assert.deepEqual(await compare.boundingBox(), place, 'no other tool has moved');
  await page.locator('#tool-undo').click();
  await page.locator('#tool-compare[aria-pressed=true]').filter({ hasText: /^B$/ }).waitFor();
  await compare.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await end.waitFor({ state: 'hidden' });
  await eventually(() => page.evaluate(() => document.activeElement?.id), 'tool-compare', 'the focus stays beside it');
  assert.deepEqual(await currentPoint(page), b);
  await compare.click();
  await eventually(() => currentPoint(page), b, 'the next comparison begins with this sound');
  await page.locator('#tool-compare').filter({ hasText: /^B$/ }).waitFor();
  await close();
});

/**
 * Samples the point that the page shows, which changes ten times a second: [ms, x].
 * @param {import('playwright-core').Page} page @param {number} duration_ms
 * @returns {Promise<number[][]>}
 */
const follow = (page, duration_ms) =>
  page.evaluate(
    duration_ms =>
      new Promise(resolve => {
        /** @type {number[][]} */
        const places = [];
        const start_ms = performance.now();
        const look = (/** @type {number} */ now_ms) => {
          places.push([
            now_ms - start_ms,
            /** @type {HTMLInputElement} */ (document.getElementById('across')).valueAsNumber,
          ]);
          if (now_ms - start_ms < duration_ms) requestAnimationFrame(look);
          else resolve(places);
        };
        requestAnimationFrame(look);
      }),
    duration_ms,
  );

test('a random walk stays near its start; Surprise me plays another known preset each time', async () => {
  const { page, go, recorder, close } = await open();
  const home = await go(0.55, 0.5);
  await (await reach(page, '#walk')).click();
  await page.waitForFunction(
    x => /** @type {HTMLInputElement} */ (document.getElementById('across')).valueAsNumber !== x,
    home[0],
  );
  const walked = await follow(page, 1000);
  assert.ok(
    walked.every(([, x]) => Math.abs(x - home[0]) < 2),
    'it stays near its start',
  );
  assert.ok(await recorder.heard());
  await (await reach(page, '#walk')).click();
  const surprised = [];
  for (let count = 0; count < 3; count += 1) {
    await (await reach(page, '#surprise')).click();
    assert.ok(await recorder.heard());
    await eventually(() => page.locator('html').getAttribute('data-here'), 'near');
    surprised.push(String(await currentPatch(page)));
    await pass(page, 700);
    assert.ok(await recorder.silent(), 'the surprise plays only briefly');
  }
  assert.equal(new Set(surprised).size, 3);
  await close();
});

test('the free mouse plays without pressing; a click latches the sound; another click or Backspace releases it', async () => {
  const { page, hand, recorder, go, close } = await open();
  await go(0.5, 0.5);
  await page.locator('#more-button').click();
  await (await reach(page, '#more-free')).check();
  await page.keyboard.press('Escape');
  await hand.move({ across: 0.3, down: 0.3 });
  await shown(page);
  const there = await currentPoint(page);
  assert.ok(await recorder.heard());
  await go(0.3, 0.3);
  await hand.move({ across: 0.6, down: 0.6 });
  await shown(page);
  assert.deepEqual(await currentPoint(page), there, 'frozen');
  assert.ok(await recorder.heard(), 'it sounds on');
  await page.keyboard.press('Backspace');
  assert.ok(await recorder.silent());
  await hand.move({ across: 0.7, down: 0.7 });
  await eventually(
    () => currentPoint(page),
    point => !near(point, there),
    'it is not free again',
  );
  await close();
});

test('a reload restores point, landmarks and the map’s settings', async () => {
  const { page, go, close } = await open();
  await allLoaded(page);
  const there = await go(0.3, 0.6);
  await (await reach(page, '#tool-mark')).click();
  await page.locator('#map-button').click();
  await page.getByLabel('Warmth').click();
  await page.getByLabel('Contours while playing').click();
  await page.getByLabel('Snap to presets').click();
  await page.keyboard.press('Escape');
  await shown(page);
  await page.reload();
  await untilRoot(page, 'state', ['ready']);
  await allLoaded(page);
  await shown(page);
  await eventually(() => currentPoint(page), there);
  await eventually(() => page.locator('.landmark').count(), 1);
  await eventually(() => page.locator('#map-name').innerText(), 'Warmth');
  for (const label of ['Warmth', 'Dots: the presets', 'Contours while playing', 'Snap to presets']) {
    await eventually(() => page.getByLabel(label).isChecked(), true, label);
  }
  const withContours = await drawn(page);
  await page.locator('#map-button').click();
  await page.getByLabel('Contours while playing').click();
  await page.keyboard.press('Escape');
  await shown(page);
  await eventually(
    () => drawn(page),
    now => now !== withContours,
    'the contours were not drawn',
  );
  await close();
});

test('a damaged session opens with its readable parts, which are saved again', async () => {
  for (const [kept, landmarks] of /** @type {[string, number][]} */ ([
    [
      JSON.stringify({
        gesture: { length_s: 1, strokes: [[]] },
        state: {
          notes: { scale: 'Bohlen' },
          landmarks: [
            { name: 'Bass', point: [1, 1] },
            { name: 'Odd', point: 'x' },
          ],
        },
      }),
      1,
    ],
    [`{"layer":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 0],
  ])) {
    const { page, ready, close } = await visit();
    await page.addInitScript(kept => {
      if (!sessionStorage.been) localStorage.setItem('latent-pad.session', kept);
      sessionStorage.been = '1';
    }, kept);
    for (let time = 0; time < 2; time++) {
      await ready();
      await page.keyboard.press('ArrowRight');
      await shown(page);
      await eventually(() => page.locator('.landmark').count(), landmarks);
    }
    await close();
  }
});

test('the changes of two tabs are both saved, whichever is closed last', async () => {
  const { page, go, close } = await open();
  const other = await page.context().newPage();
  await openReady(other, page.url());
  await go(0.3, 0.6);
  await (await reach(page, '#tool-mark')).click();
  await shown(page);
  await other.bringToFront();
  await other.keyboard.press('Shift+ArrowRight');
  await (await reach(other, '#tool-mark')).click();
  await shown(other);
  // As when a tab is closed; a plain reload would read before it writes. One process sees another's write with a delay,
  // so that a tab may overwrite a session that it has not seen.
  const stored = (/** @type {import('playwright-core').Page} */ tab) =>
    tab.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      return JSON.parse(localStorage.getItem('latent-pad.session') ?? '{}').state.landmarks.length;
    });
  await eventually(async () => [await stored(page), await stored(other), await stored(page)], [2, 2, 2]);
  await other.close();
  await openReady(page, page.url());
  await eventually(() => page.locator('.landmark').count(), 2);
  await close();
});

test('without storage the page plays, too', async () => {
  const { page, ready, close } = await visit();
  const recorder = await record(page);
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await ready();
  const hand = mouse(page);
  await hand.press({ across: 0.4, down: 0.4 });
  // Until the page would have stored the session.
  await pass(page, 1000);
  assert.ok(await recorder.heard());
  await hand.lift();
  await close();
});

test('the note on the map says whether a tap or a lift starts the sound', async () => {
  const { page, ready, close } = await visit(PHONE);
  // A busy machine starts the page's program after the load event: its first question must not count as a gesture.
  await page.route('**/app_bg.wasm', async route => {
    await page.waitForLoadState('load');
    await wait(300);
    await route.continue();
  });
  await ready();
  const wake = page.locator('#wake');
  await eventually(() => wake.innerText(), /^Tap/);
  const hand = await fingers(page);
  await hand.press({ across: 0.5, down: 0.5 });
  await eventually(() => wake.innerText(), /^Lift/);
  await hand.lift();
  await wake.waitFor({ state: 'hidden' });
  await close();
});
