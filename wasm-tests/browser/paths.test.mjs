// Loops and the tempo: recording with several fingers, repeating, speed, direction, deleting, and the loops of a later
// visit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { closeMenus, reach } from './panels.mjs';
import { record } from './recorder.mjs';
import { drawn, pass, shown } from './seen.mjs';
import { allLoaded, untilRoot } from './site.mjs';
import { AUDIBLE, level } from './sound.mjs';
import { fingers, mouse, wake } from './touches.mjs';
import { PHONE, visits } from './visits.mjs';

const { visit } = visits();

/** @typedef {import('playwright-core').Page} Page */
/**
 * @typedef {{
 *   number: number, length_s: number, beats: number | null, speed: number, direction: string,
 *   fingers: { strokes: [number, [number, number]][][] }[],
 * }} Loop
 */

/** Parts of a round whose levels are compared. */
const WINDOWS = 24;

/**
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @param {string} [kept] the session of an earlier visit
 */
async function open(options, kept) {
  const { page, ready, close } = await visit(options);
  if (kept) {
    await page.addInitScript(kept => {
      if (!sessionStorage.been) localStorage.setItem('latent-pad.session', kept);
      sessionStorage.been = '1';
    }, kept);
  }
  const recorder = await record(page);
  await ready();
  return { page, recorder, close };
}

/** The session that a page stores when it is left. @param {Page} page */
const session = page =>
  page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    return JSON.parse(localStorage.getItem('latent-pad.session') ?? '{}').state;
  });

/** @param {Page} page @returns {Promise<Loop[]>} */
const loops = async page => (await session(page)).loops.list;

/** Records a stroke of the mouse. @param {Page} page */
async function recordStroke(page) {
  const hand = mouse(page);
  await page.locator('#record').click();
  await page.locator('#record', { hasText: 'Cancel' }).waitFor();
  await hand.press({ across: 0.2, down: 0.4 });
  await page.locator('#record', { hasText: 'Tap to close' }).waitFor();
  await hand.move({ across: 0.8, down: 0.4 });
  await hand.lift();
  await page.locator('#record').click();
}

test('on a phone in German the button that records stays as high as it is, whatever it says', async () => {
  const { page, close } = await open({ ...PHONE, locale: 'de-DE' });
  const hand = await fingers(page);
  await page.locator('#tab-loops').click();
  const button = page.locator('#record');
  const height = async () => (await button.boundingBox())?.height;
  await button.filter({ hasText: 'Aufnahme' }).waitFor();
  const idle = await height();
  await button.click();
  await button.filter({ hasText: 'Abbrechen' }).waitFor();
  assert.equal(await height(), idle);
  await hand.press({ across: 0.2, down: 0.3 });
  await button.filter({ hasText: 'Abschließen' }).waitFor();
  assert.equal(await height(), idle);
  await hand.lift();
  await close();
});

test('the button that edits paths stands apart from the text above it', async () => {
  const { page, close } = await open(PHONE);
  await page.locator('#tab-loops').click();
  const [text, button] = [page.locator('#loops-empty'), page.locator('#path-open')];
  await text.waitFor();
  await button.waitFor();
  const [above, below] = [await text.boundingBox(), await button.boundingBox()];
  assert.ok(above && below && below.y - (above.y + above.height) >= 8, 'they touch');
  await close();
});

test('two fingers are recorded, both repeat, and the loop ends with the last lift', async () => {
  const { page, recorder, close } = await open(PHONE);
  await allLoaded(page);
  const hand = await fingers(page);
  await wake(page, hand, recorder);
  await page.locator('#tab-loops').click();
  await page.locator('#loops-empty').waitFor();
  await page.locator('#record').click();
  await page.locator('#record').filter({ hasText: 'Cancel' }).waitFor();
  await hand.press({ across: 0.2, down: 0.3 });
  await hand.press({ across: 0.7, down: 0.6 });
  await hand.move({ across: 0.4, down: 0.3 }, 0);
  await hand.lift(1);
  await hand.move({ across: 0.3, down: 0.5 }, 0);
  await hand.lift();
  // A person presses the button late.
  await pass(page, 1000);
  await page.locator('#record').click();
  const row = page.locator('.loops .loop');
  await row.waitFor();
  assert.ok(await recorder.heard());
  await eventually(() => row.locator('.start').getAttribute('aria-pressed'), 'false', 'it is not muted');
  const still = await drawn(page);
  await page.waitForFunction(
    () =>
      new Promise(resolve => {
        requestAnimationFrame(() => resolve(true));
      }),
  );
  await page.locator('#play-stop').click();
  await shown(page);
  assert.ok(await recorder.silent(), 'stopped');
  await eventually(
    () => drawn(page),
    now => now !== still,
    'its fingers were not on the map',
  );
  const [own] = await loops(page);
  assert.equal(own.fingers.length, 2);
  const ends_s = own.fingers.map(({ strokes }) => strokes.at(-1)?.at(-1)?.[0] ?? 0);
  // One that is too short for a bar of any usual tempo gets a rest as long as it is, or three times as long.
  const lengths = own.length_s / Math.max(...ends_s);
  assert.ok([1, 2, 4].includes(lengths), `nothing follows the last lift: ${lengths}`);
  await close();
});

test('a loop repeats, changes its speed and direction, is deleted, and deleting is undone', async () => {
  const { page, recorder, close } = await open();
  await page.locator('#tab-loops').click();
  await recordStroke(page);
  assert.ok(await recorder.heard());
  await recordStroke(page);
  await page.locator('.loops .loop').nth(1).waitFor();
  const second = page.locator('.loops .loop').nth(1);
  await second.locator('.more').click();
  // A wide page has them beside the map.
  const settings = page.locator('#loop-card');
  await settings.getByRole('heading', { name: /^2 / }).waitFor();
  await settings.locator('.speed-loop').fill('1');
  await settings.locator('.direction-loop').selectOption('backwards');
  await settings.locator('output', { hasText: '× 2.00' }).waitFor();
  const first = page.locator('.loops .loop').first();
  await first.locator('.more').click();
  await settings.getByRole('heading', { name: /^1 / }).waitFor();
  await settings.locator('.delete').click();
  await page.locator('.loops .loop').nth(1).waitFor({ state: 'detached' });
  await page.locator('#tool-undo').click();
  await page.locator('.loops .loop').nth(1).waitFor();
  await shown(page);
  assert.deepEqual(
    await page.locator('.loops .loop').evaluateAll(rows => rows.map(row => row.getAttribute('data-number'))),
    ['1', '2'],
    'the oldest is the first again',
  );
  await page.locator('#play-stop[aria-pressed=true]').click();
  assert.ok(await recorder.silent());
  const kept = await loops(page);
  assert.deepEqual(kept.map(({ number, speed, direction }) => [number, speed, direction]).sort(), [
    [1, 1, 'Forward'],
    [2, 2, 'Backward'],
  ]);
  await page.reload();
  await untilRoot(page, 'state', ['ready']);
  await page.locator('#tab-loops').click();
  await eventually(() => page.locator('.loops .loop').count(), 2);
  await page.locator('#play-stop').click();
  await page.locator('canvas#pad').click();
  assert.ok(await recorder.heard(), 'it repeats again');
  await page.locator('.loop .more').nth(1).click();
  await page.locator('#loop-card .overdub-loop').click();
  await page.locator('#take-row:visible').waitFor();
  assert.equal(await page.locator('#take-number').innerText(), '2', 'the take adds to the opened loop');
  await close();
});

test('a loop plays on in its time while the page is hidden and draws no frames', async () => {
  const length_s = 1.2;
  const list = [
    {
      number: 1,
      length_s,
      fingers: [
        {
          strokes: [
            [
              [0, [-2, 0]],
              [0.4, [-1, 1]],
            ],
            [
              [0.6, [1, 1]],
              [1, [2, 0]],
            ],
          ],
        },
      ],
    },
  ];
  const { page, recorder, close } = await open(undefined, JSON.stringify({ state: { loops: { list } } }));
  await page.locator('#tab-loops').click();
  await page.locator('#map-button').click();
  await page.locator('#map-list').getByText('Brightness', { exact: true }).click();
  await page.keyboard.press('Escape');
  /** The values of the lines beside the map, and of the bar. */
  const values = () =>
    page.evaluate(() =>
      ['#away', '#bars .seen dd'].map(selector => /\d+/.exec(document.querySelector(selector)?.textContent ?? '')?.[0]),
    );
  const [, still] = await values();
  await page.locator('#play-stop').click();
  assert.ok(await recorder.heard(), 'it repeats');
  await eventually(values, ([line, bar]) => bar === line && bar !== still, 'the bars follow the path, too');
  await page.evaluate(() => {
    globalThis.requestAnimationFrame = () => 0;
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await recorder.take();
  /** @type {number[]} */
  const samples = [];
  let frames = 0;
  await eventually(
    async () => {
      const piece = await recorder.take();
      samples.push(...piece.samples);
      frames = piece.rate_hz * length_s;
      return samples.length;
    },
    count => count >= 4 * frames,
    'seconds of sound',
  );
  for (let round = 0; round < 4; round++) {
    const start = Math.floor(round * frames);
    const window = Math.floor(frames / WINDOWS);
    const levels = Array.from({ length: WINDOWS }, (_, number) =>
      level(Float32Array.from(samples.slice(start + number * window, start + (number + 1) * window))),
    );
    const [most, least] = [Math.max(...levels), Math.min(...levels)];
    assert.ok(most > AUDIBLE, `round ${round + 1} sounds`);
    // A loop that stood still would hold its note.
    assert.ok(least < most / 3, `round ${round + 1} has its pause: ${levels.map(level => level.toFixed(3))}`);
  }
  await close();
});

test('the loop of an earlier version opens as the first one', async () => {
  const earlier = {
    gesture: {
      length_s: 1.5,
      strokes: [
        [
          [0, [-2, 0]],
          [1, [2, 0]],
        ],
      ],
    },
    tempo: 0.5,
    direction: 'ThereAndBack',
    state: { notes: { manner: 'ArpeggioUp', steps_per_second: 8 } },
  };
  const { page, close } = await open(undefined, JSON.stringify(earlier));
  const chosen = (/** @type {string} */ list) =>
    page.locator(list).evaluate(list => /** @type {HTMLSelectElement} */ (list).selectedOptions[0].label);
  await eventually(() => chosen('#chord'), 'triad');
  await eventually(() => chosen('#arpeggio'), 'up');
  await eventually(() => page.locator('#bpm').inputValue(), '120', 'eight steps a second are sixteenths at 120');
  await page.locator('#tab-loops').click();
  await page.locator('.loops .loop').waitFor();
  const [own] = await loops(page);
  assert.deepEqual([own.length_s, own.speed, own.direction], [1.5, 0.5, 'ThereAndBack']);
  await close();
});

test('the tempo can be typed, stepped and tapped, and is one undo step each', async () => {
  const { page, close } = await open();
  const bpm = await reach(page, '#bpm');
  /** @param {string} value */
  const shows = value =>
    page.waitForFunction(
      value => /** @type {HTMLInputElement} */ (document.getElementById('bpm')).value === value,
      value,
    );
  await shows('112');
  await bpm.fill('96,5');
  await bpm.press('Enter');
  await shows('96.5');
  await page.locator('#faster').click();
  await shows('98');
  await bpm.fill('fast');
  await bpm.press('Enter');
  await shows('98');
  await bpm.fill('9999');
  await bpm.press('Enter');
  await shows('300');
  await page.clock.install({ time: 0 });
  // Time runs until then. Far later than a busy machine takes: only the distances of the taps count.
  await page.clock.pauseAt(3_600_000);
  for (let tap = 0; tap < 4; tap++) {
    await page.locator('#tap-tempo').click();
    await page.clock.runFor(500);
  }
  await eventually(() => bpm.inputValue(), '120');
  await page.clock.resume();
  await closeMenus(page);
  await page.locator('#tool-undo').click();
  await shows('300');
  await close();
  // With its clock.
  await page.context().close();
});
