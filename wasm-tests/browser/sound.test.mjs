// The panel Sound: the patch in amSynth's groups, its drawings, typed values, locks, measured sound. About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { networkDecoded, record } from './recorder.mjs';
import { mouse } from './touches.mjs';
import { currentPoint, shown } from './seen.mjs';
import { currentPatch } from './sharing.mjs';
import { allLoaded, MEASURED_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { PHONE, visits } from './visits.mjs';
import { openPanel, reach } from './panels.mjs';

/** @typedef {import('playwright-core').Page} Page */

// amSynth's indices of the parameters that this file edits.
const FILTER_RESONANCE = 9;
const FILTER_CUTOFF = 11;
const FILTER_TYPE = 34;

/** The time that the page offers to undo a touch that discards an edit. */
const OFFER_MS = 15_000;

const { visit } = visits();

/** Opens the group Filter. @param {Page} page */
async function openFilter(page) {
  const filter = (await reach(page, '.group')).nth(2);
  await filter.locator('.group-opener').click();
  await shown(page);
  return {
    filter,
    slider: filter.getByRole('slider', { name: 'Cutoff', exact: true }),
    field: filter.getByRole('textbox', { name: 'Cutoff' }),
    handle: filter.getByRole('slider', { name: 'Cutoff, Resonance' }),
  };
}

/**
 * A visit whose sound has played once, and is that of the point.
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function played(options) {
  const visited = await visit(options);
  await withoutPatience(visited.page, OFFER_MS);
  await record(visited.page);
  await visited.ready();
  // The measured values and the layout of the panel need the map:
  // the list of its values takes room once they are there.
  await allLoaded(visited.page);
  const hand = mouse(visited.page);
  await hand.press({ across: 0.5, down: 0.4 });
  await hand.lift();
  await shown(visited.page);
  await networkDecoded(visited.page);
  return { ...visited, hand };
}

/** The 41 values that sound. The panel Sound is open again afterwards. @param {Page} page */
async function heard(page) {
  const patch = await currentPatch(page);
  await openPanel(page, 'sound');
  return patch;
}

test('an edited patch sounds, is marked as edited, and can be undone', async () => {
  const { page, hand, close } = await played();
  const { filter, slider: cutoff, field } = await openFilter(page);
  const canDiscard = (/** @type {boolean} */ can) =>
    page.locator(`#patch-decoded[aria-disabled="${!can}"]`).waitFor({ state: 'attached' });
  await canDiscard(false);
  const before = await field.inputValue();
  assert.match(before, /\d k?Hz$/, 'in its unit');
  const places = () =>
    page.evaluate(() =>
      ['#panel-sound', '#sound-name'].map(selector => {
        const { x, y } = /** @type {Element} */ (document.querySelector(selector)).getBoundingClientRect();
        return [x, y];
      }),
    );
  const still = await places();

  await cutoff.fill('1.2');
  await filter.getByLabel('Type').selectOption('band-pass');
  await shown(page);
  const patch = await heard(page);
  assert.ok(Math.abs(patch[FILTER_CUTOFF] - 1.2) < 0.003, `the cutoff is ${patch[FILTER_CUTOFF]}`);
  assert.equal(patch[FILTER_TYPE], 2);
  await page.locator('#edited').waitFor();
  assert.deepEqual(await places(), still, 'the tag moves nothing');
  await eventually(() => filter.locator('.group-summary').innerText(), /^band-pass/);

  await page.locator('#tool-undo').click();
  await page.locator('#tool-undo').click();
  await page.locator('#edited').waitFor({ state: 'hidden' });
  await eventually(() => field.inputValue(), before);
  await cutoff.fill('0.1');
  await canDiscard(true);
  await (await reach(page, '#patch-decoded')).click();
  await page.locator('#edited').waitFor({ state: 'hidden' });

  await cutoff.fill('0.2');
  await shown(page);
  const edited = await heard(page);
  const [x, y] = await currentPoint(page);
  await Promise.all([
    // The panel is scrolled out of view, so the message appears over the map, for some seconds.
    page.locator('#remark').filter({ hasText: 'Most similar point found' }).waitFor({ timeout: MEASURED_TIMEOUT_MS }),
    (await reach(page, '#patch-find')).click(),
    page.waitForFunction(
      ([x, y]) =>
        ['across', 'upward'].some(
          (id, axis) => /** @type {HTMLInputElement} */ (document.getElementById(id)).valueAsNumber !== [x, y][axis],
        ),
      [x, y],
      { timeout: MEASURED_TIMEOUT_MS },
    ),
  ]);
  await shown(page);
  await eventually(() => heard(page), edited, 'the edited patch plays at the point found');
  await hand.press({ across: 0.6, down: 0.5 });
  await hand.lift();
  // Another point has its own patch.
  await page.locator('#edited').waitFor({ state: 'hidden' });
  await close();
});

test('a point of a drawing is dragged, or moved by keys, as one step', async () => {
  const { page, close } = await played();
  const { handle, field } = await openFilter(page);
  const before = await heard(page);
  const box = await handle.boundingBox();
  if (!box) throw new Error('the handle is not visible');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y - 20, { steps: 8 });
  await page.mouse.up();
  await shown(page);
  const dragged = await heard(page);
  assert.ok(dragged[FILTER_CUTOFF] < before[FILTER_CUTOFF] && dragged[FILTER_RESONANCE] > before[FILTER_RESONANCE]);
  await eventually(
    () => handle.boundingBox(),
    now => now !== null && Math.abs(now.x - box.x + 60) < 2 && Math.abs(now.y - box.y + 20) < 2,
    'it is not where the pointer is',
  );
  await eventually(
    async () => (await handle.getAttribute('aria-valuetext'))?.split(',')[0] === (await field.inputValue()),
    true,
  );
  await page.locator('#tool-undo').click();
  await shown(page);
  await eventually(() => heard(page), before, 'one step');

  const point = await currentPoint(page);
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  await shown(page);
  const moved = await heard(page);
  assert.ok(moved[FILTER_CUTOFF] > before[FILTER_CUTOFF] || before[FILTER_CUTOFF] === 1.5);
  assert.deepEqual(await currentPoint(page), point, 'the current point stays');
  const isTaken = await handle.evaluate(
    handle =>
      !handle.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true }),
      ),
  );
  assert.equal(isTaken, false, 'it is the browser’s way back');
  await close();
});

test('a second finger on a drawing drags nothing while the first one drags, and neither does another button of the mouse', async () => {
  const { page, close } = await played({ viewport: { width: 1280, height: 800 }, hasTouch: true });
  // The amplifier's envelope: attack, decay with sustain, release.
  const group = (await reach(page, '.group')).nth(5);
  await group.locator('.group-opener').click();
  await shown(page);
  const [first, second] = [group.locator('.graph-handle').first(), group.locator('.graph-handle').last()];
  const middle = async (/** @type {import('playwright-core').Locator} */ handle) => {
    const box = await handle.boundingBox();
    if (!box) throw new Error('the handle is not visible');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const values = async () => [await first.getAttribute('aria-valuetext'), await second.getAttribute('aria-valuetext')];
  await first.scrollIntoViewIfNeeded();
  const before = await values();
  const from = await middle(second);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(from.x - 30, from.y, { steps: 4 });
  await page.mouse.up({ button: 'right' });
  // A Mac's way to open a menu.
  await page.mouse.move(from.x, from.y);
  await page.keyboard.down('Control');
  await page.mouse.down();
  await page.mouse.move(from.x - 30, from.y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Control');
  await shown(page);
  assert.deepEqual(await values(), before, 'the right button');

  const session = await page.context().newCDPSession(page);
  const down = [
    { ...(await middle(first)), id: 0 },
    { ...(await middle(second)), id: 1 },
  ];
  const send = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, touchPoints = down) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', down.slice(0, 1));
  await send('touchStart');
  for (let step = 0; step < 8; step++) {
    down[0].x += 5;
    await send('touchMove');
  }
  await eventually(
    async () => (await values())[0],
    now => now !== before[0],
    'the first finger drags its point',
  );
  assert.equal((await values())[1], before[1], 'and no other');
  await send('touchEnd', []);
  await close();
});

test('values are typed with or without units, and a text that is no value says so', async () => {
  const { page, close } = await played(PHONE);
  const { field, slider } = await openFilter(page);
  for (const [typed, value] of [
    ['2 kHz', '2.00 kHz'],
    ['3,5', '3.50 kHz'],
    ['440', '440 Hz'],
    ['99 kHz', '16.7 kHz'],
  ]) {
    await field.fill(typed);
    await field.press('Enter');
    await eventually(() => field.inputValue(), value, typed);
  }
  await field.fill('bright');
  await field.press('Enter');
  await page.getByText('“bright” is not a value: type a number, such as 16.7 kHz.').waitFor();
  await eventually(() => field.getAttribute('aria-invalid'), 'true');
  await field.press('Escape');
  await eventually(() => field.inputValue(), '16.7 kHz');
  await eventually(() => page.getByText('is not a value').count(), 0);
  const isFocused = () => field.evaluate(field => field === document.activeElement);
  assert.ok(await isFocused(), 'the first Escape restores the value');
  await field.press('Escape');
  assert.ok(!(await isFocused()), 'the next one leaves the field');
  await field.fill('dull');
  await field.press('Enter');
  await page.getByText('“dull” is not a value').waitFor();
  await slider.press('Home');
  await eventually(() => field.inputValue(), /^\d+(\.\d+)? Hz$/, 'another value replaces what is none');
  await eventually(() => page.getByText('is not a value').count(), 0);
  assert.equal(await field.getAttribute('inputmode'), 'decimal');
  await close();
});

test('after an edit the values are measured ones', async () => {
  const { page, close } = await played();
  const bars = await reach(page, '#bars');
  const { slider } = await openFilter(page);
  const levels = () =>
    bars.evaluate(list =>
      [...list.children].map(row => /** @type {HTMLElement} */ (row).style.getPropertyValue('--level')),
    );
  const mapped = await levels();
  await slider.fill('-0.4');
  await page.locator('#bars.measured').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await eventually(levels, now => now.join() !== mapped.join(), 'the map’s values');
  await eventually(() => page.locator('#away').innerText(), /measured$/);
  await page.locator('#patch-decoded').click();
  await eventually(levels, mapped, 'the map’s again');
  await close();
});
