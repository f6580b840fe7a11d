// The codebook of Places: dots placed by their sounds, which can be played, bars that select some, and the same dot on
// the map. By finger, mouse and keys. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { known, onPad, points } from './known.mjs';
import { openPanel, sheetAt } from './panels.mjs';
import { record } from './recorder.mjs';
import { currentPoint } from './seen.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { mouse } from './touches.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
/** The radius of the ring about the chosen dot on the map, in CSS pixels. */
const RING_PX = 11.5;
/** Points of the map. */
const CELLS = 2500;

/** Opens the codebook, whose place has Places. @param {Page} page */
async function openCodebook(page) {
  await page.locator('#codebook-open').click();
  await page.locator('#code-across:not(:empty)').waitFor();
}

/** A visit to Places. @param {import('playwright-core').BrowserContextOptions} [options] */
async function look(options) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  await openPanel(page, 'places');
  return { page, recorder, close };
}

/** The middle of an element. @param {Page} page @param {string} selector */
const middle = (page, selector) =>
  page.locator(selector).evaluate(element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  });

/** @param {number[]} one @param {number[]} other @param {number} px */
const isNear = (one, other, px) => Math.hypot(one[0] - other[0], one[1] - other[1]) < px;

/** The page's text about the chosen dot. @param {Page} page */
const chosen = page => page.locator('#code-chosen').innerText();

/**
 * The number of sounds that each bar counts, in the singular for one.
 * @param {import('playwright-core').Locator} bars
 */
const inBars = async bars =>
  (await bars.evaluateAll(all => all.map(bar => bar.getAttribute('aria-label') ?? ''))).map(label => {
    const [, one, more] = /: (?:(one) sound|([\d,]+) sounds)$/.exec(label) ?? [];
    assert.ok(one || (more !== '1' && more), label);
    return one ? 1 : Number(more.replace(',', ''));
  });

/** Chooses a known preset by keys; returns its name. @param {Page} page */
async function choosePreset(page) {
  await page.locator('#code-cloud').focus();
  for (const key of [
    'ArrowRight',
    'ArrowRight',
    'ArrowUp',
    'ArrowLeft',
    'ArrowDown',
    'ArrowDown',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
  ]) {
    await page.keyboard.press(key);
    const name = (await chosen(page)).replace(/: \w+ [−\d]+$/, '');
    if (known.name.some(own => own.trim() === name)) return name;
  }
  throw new Error('no preset is near the middle');
}

/** True if the map has a ring at a point: four places of it are drawn. @param {Page} page @param {number[]} point */
const hasRing = (page, point) =>
  page.locator('canvas#pad').evaluate(
    (canvas, { across, down, radius }) => {
      const { width, height, clientWidth, clientHeight } = /** @type {HTMLCanvasElement} */ (canvas);
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(/** @type {HTMLCanvasElement} */ (canvas), 0, 0);
      return [
        [-1, 0],
        [1, 0],
        [0, -1],
        [0, 1],
      ].every(([right, below]) => {
        const [left, top] = [across * clientWidth + right * radius, down * clientHeight + below * radius];
        const ratio = width / clientWidth;
        return (copy?.getImageData(Math.round(left * ratio), Math.round(top * ratio), 1, 1).data[3] ?? 0) > 240;
      });
    },
    { ...onPad(point), radius: RING_PX },
  );

test('a damaged module gets a sentence and loads again; axes say what they explain; bars pick dots, and codes stand for all', async () => {
  const { page, recorder, close } = await look();
  let tries = 0;
  await page.route('**/path_editor_bg.wasm', route =>
    tries++ === 0 ? route.fulfill({ body: 'spoilt' }) : route.continue(),
  );
  await page.locator('#codebook-open').click();
  await page.locator('#codebook-status', { hasText: 'The grid of all sounds could not be loaded' }).waitFor();
  assert.ok(await page.locator('#find').isVisible(), 'the search is still there');
  await openCodebook(page);
  assert.equal(await page.locator('#codebook-status').innerText(), '');
  assert.equal(await page.locator('#find').isVisible(), false);

  const scales = '(Hardness|Depth|Brightness|Roughness|Warmth|Sharpness|Boominess)';
  const share = Number(
    new RegExp(`^From left to right: ${scales} and ${scales}\\. Explains (\\d+) %`).exec(
      await page.locator('#code-across').innerText(),
    )?.[3],
  );
  const second = Number(
    new RegExp(`^Upwards: ${scales} and ${scales}\\. Explains (\\d+) %`).exec(
      await page.locator('#code-upward').innerText(),
    )?.[3],
  );
  assert.ok(share > 50 && second > 3 && second < share && share + second < 100, `${share} %, ${second} %`);
  assert.match(await page.locator('[data-end=right]').innerText(), /^\w+, \w+ →$/);
  assert.equal(
    await page.locator('#code-presets').innerText(),
    `${known.name.length.toLocaleString('en')} known presets, each as it was measured`,
  );
  assert.equal(await page.locator('#code-points').innerText(), `${CELLS.toLocaleString('en')} points of the map`);

  const bars = page.locator('#code-bars button');
  const picture = () =>
    page.locator('#code-cloud canvas').evaluate(canvas => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const counts = await inBars(bars);
  assert.equal(
    counts.reduce((sum, count) => sum + count),
    known.name.length + CELLS,
    'every sound is in one bar',
  );
  const all = await picture();
  await bars.nth(2).click();
  await eventually(
    () => page.locator('#code-picked').innerText(),
    new RegExp(`: ${counts[2].toLocaleString('en')} of `),
  );
  const some = await picture();
  assert.notEqual(some, all, 'others are dimmed');
  await bars.nth(3).click();
  await eventually(
    () => page.locator('#code-picked').innerText(),
    new RegExp(`: ${(counts[2] + counts[3]).toLocaleString('en')} of `),
  );
  assert.deepEqual(
    await bars.evaluateAll(all =>
      all.flatMap((bar, index) => (bar.getAttribute('aria-pressed') === 'true' ? index : [])),
    ),
    [2, 3],
  );
  await page.locator('#code-clear').click();
  await eventually(picture, all, 'all dots are back');
  assert.equal(await page.locator('#code-picked').innerText(), '');
  await page.locator('#code-layer').selectOption({ label: 'Warmth' });
  await eventually(picture, now => now !== all, 'other colours');
  assert.match(await page.locator('.code-scale').innerText(), /cold \d+\s+warm \d+/);

  const codes = page.locator('#code-codes');
  const counted = async () => (await inBars(bars)).reduce((sum, count) => sum + count, 0);
  const whole = await picture();
  assert.equal(await codes.innerText(), '64 codes');
  await codes.click();
  await eventually(counted, 64);
  await page.locator('#code-codes-about').waitFor();
  await eventually(picture, now => now !== whole, 'the others are dimmed');
  await page.locator('#code-cloud').focus();
  /** The number of sounds that each code represents, by its text. @type {Map<string, number>} */
  const members = new Map();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowLeft']) {
    await page.keyboard.press(key);
    const [, count] =
      /; stands for (one(?= sound$)|[\d,]+(?= sounds$))/.exec(await eventually(() => chosen(page), /stands for/)) ?? [];
    members.set(await chosen(page), count === 'one' ? 1 : Number(count.replace(',', '')));
  }
  assert.ok(members.size > 2, 'keys go from code to code');
  assert.ok([...members.values()].reduce((sum, count) => sum + count) > 20, 'a code stands for many');
  await page.keyboard.press('Enter');
  assert.ok(await recorder.sounded());
  await codes.click();
  await eventually(counted, known.name.length + CELLS);
  assert.equal(await codes.getAttribute('aria-pressed'), 'false');
  assert.deepEqual(await findingsInBothThemes(page), []);
  await close();
});

test('keys choose a dot, Enter plays it, and it lights up on the map; presets of bars play from the least value, tones too', async () => {
  const { page, recorder, close } = await look();
  await openCodebook(page);
  const name = await choosePreset(page);
  assert.ok(await recorder.silent(), 'a chosen dot does not sound yet');
  const own = points.filter((_, row) => known.name[row].trim() === name);
  await eventually(
    async () => (await Promise.all(own.map(point => hasRing(page, point)))).includes(true),
    true,
    'the mark on the map',
  );
  await page.keyboard.press('Enter');
  assert.ok(await recorder.sounded());
  await eventually(() => page.locator('#near').innerText(), name);
  const [x, y] = await currentPoint(page);
  assert.ok(
    own.some(point => Math.hypot(point[0] - x, point[1] - y) < 0.06),
    'not its point',
  );
  await eventually(
    async () => isNear(await middle(page, '#code-here'), await middle(page, '#code-ring'), 2),
    true,
    'the current point is the dot',
  );
  const before = await middle(page, '#code-here');
  const hand = mouse(page);
  await hand.press({ across: 0.8, down: 0.8 });
  await hand.lift();
  await eventually(
    () => middle(page, '#code-here'),
    now => !isNear(now, before, 20),
    'it has moved',
  );

  const play = page.locator('#code-play');
  assert.equal(await play.isVisible(), false, 'without a bar there is no choice');
  const near = await page.locator('#near').innerText();
  assert.ok(await recorder.silent());
  await page.locator('#code-bars button').nth(3).click();
  await play.filter({ hasText: /^Play these [\d,]+ presets$/ }).waitFor();
  await play.click();
  assert.ok(await recorder.heard());
  assert.equal(await play.innerText(), 'Stop');
  const value = (/** @type {string} */ line) => Number(/: \w+ (\d+)$/.exec(line)?.[1]);
  const first = await chosen(page);
  assert.ok(
    known.name.some(own => first.startsWith(own.trim())),
    `${first} is a preset`,
  );
  const next = await eventually(
    () => chosen(page),
    line => line !== first && line !== '',
  );
  assert.ok(value(next) >= value(first), `${first}, then ${next}`);
  await page.keyboard.press('Escape');
  await eventually(() => play.innerText(), /^Play these/);
  assert.ok(await recorder.silent());
  assert.equal(await page.locator('#near').innerText(), near, 'the current point stays');

  const choose = async (/** @type {string} */ name, /** @type {string} */ instrument) => {
    await page.locator('#instrument').selectOption({ label: name });
    await page.locator(`html[data-instrument=${instrument}]`).waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  };
  await choose('Winds', 'winds');
  await page
    .locator('#code-presets')
    .filter({ hasText: /^\d+ tones, placed by the qualities of the map/ })
    .waitFor();
  await page.locator('#code-cloud').focus();
  for (const key of ['ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  assert.ok(await recorder.sounded());
  assert.notEqual(await chosen(page), '');
  const bars = page.locator('#code-bars > button');
  await bars.nth(Math.floor((await bars.count()) / 2)).click();
  await play.filter({ hasText: /^Play these \d+ tones$/ }).waitFor();
  await choose('amSynth', 'amsynth');
  await page
    .locator('#code-presets')
    .filter({ hasText: /known presets, each as it was measured$/ })
    .waitFor();
  assert.equal(await play.isVisible(), false);
  await page.locator('#find-open').click();
  await page.locator('#find').waitFor();
  assert.equal(await page.locator('#code-cloud').isVisible(), false);
  await close();
});

test('on a phone in German a tap on a dot plays it, no button is too small for a finger, and axe finds nothing', async () => {
  const { page, recorder, close } = await look({ ...PHONE, locale: 'de-DE' });
  await openCodebook(page);
  // The codebook needs its room.
  await sheetAt(page, 'half');
  await page.locator('#code-cloud').scrollIntoViewIfNeeded();
  const [left, top] = await middle(page, '#code-here');
  await page.touchscreen.tap(left, top);
  assert.ok(await recorder.sounded());
  await eventually(() => chosen(page), /\S+: \S+ \d+$|^Ein Punkt der Karte, x [−\d,]+, y [−\d,]+: \S+ \d+$/);
  await eventually(
    async () => isNear(await middle(page, '#code-ring'), [left, top], 23),
    true,
    'the dot under the finger',
  );
  const small = await page.locator('#codebook :is(button, select), .views button').evaluateAll(all =>
    all
      .filter(element => {
        const { width, height } = element.getBoundingClientRect();
        return width > 0 && Math.min(width, height) < 43.9;
      })
      .map(({ outerHTML }) => outerHTML),
  );
  assert.deepEqual(small, []);
  await page.locator('#code-bars button').nth(1).click();
  assert.match(
    await page.locator('#code-across').innerText(),
    /^Von links nach rechts: \S+ und \S+\. Erklärt \d+ % der Unterschiede/,
  );
  assert.match(await page.locator('#code-picked').innerText(), /^\S+ \d+ bis \d+: [\d.]+ von 5\.803 Klängen$/);
  assert.deepEqual(await findingsInBothThemes(page), []);
  await close();
});
