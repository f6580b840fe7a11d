// Breed, as a person breeds: hears children, keeps one, goes on with another and comes back. About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { networkDecoded, record } from './recorder.mjs';
import { shown } from './seen.mjs';
import { currentPatch } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { mouse } from './touches.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();

/** A child's tile. @param {Page} page @param {number} number */
const tile = (page, number) => page.locator(`[data-child="${number}"]`);

/** The texts of the eight children. @param {Page} page */
const children = page => page.locator('.breed-tile:not(.breed-middle) .breed-long').allTextContents();

/** The 41 values of the current sound; the panel Sound is open again afterwards. @param {Page} page */
async function current(page) {
  const patch = await currentPatch(page);
  await openPanel(page, 'sound');
  return patch;
}

/** Waits until the words of all eight are there. @param {Page} page */
const measured = page =>
  page.waitForFunction(
    () => [...document.querySelectorAll('.breed-words')].every(words => words.textContent !== '…'),
    undefined,
    { timeout: MEASURED_TIMEOUT_MS },
  );

/** A visit with a sound and Breed. @param {import('playwright-core').BrowserContextOptions} [options] */
async function breed(options) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.4 });
  await pad.lift();
  await shown(page);
  await networkDecoded(page);
  await openPanel(page, 'sound');
  await page.locator('#breed-open').click();
  await tile(page, 8).waitFor();
  return { page, recorder, close };
}

test('a person hears children, keeps one, goes on with another and comes back to the same eight', async () => {
  const { page, recorder, close } = await breed();
  assert.ok(await recorder.silent(), 'nothing plays by itself');
  assert.equal((await children(page)).filter(Boolean).length, 8);
  await measured(page);
  const [first, start] = [await children(page), await current(page)];

  await tile(page, 3).hover();
  await page.mouse.down();
  await eventually(() => page.locator('#breed-round').innerText(), 'round 1 · you hear 3');
  assert.ok(await recorder.sounded());
  await tile(page, 4).hover();
  await eventually(() => page.locator('#breed-round').innerText(), 'round 1 · you hear 4');
  assert.equal(await page.locator('#breed-line').innerText(), `4 ${first[3]}`);
  await page.mouse.up();
  await eventually(() => page.locator('#breed-round').innerText(), 'round 1');
  assert.ok(await recorder.silent());
  assert.deepEqual(await current(page), start, 'the current sound stays');

  await page.locator('#breed-keep').click();
  await eventually(() => page.locator('#breed-line').innerText(), /^Pinned in Places as “.+, child 4”\.$/);
  assert.deepEqual(await children(page), first);

  await page.locator('#breed-on').click();
  await eventually(() => page.locator('#breed-round').innerText(), 'round 2');
  const second = await children(page);
  assert.notDeepEqual(second, first);
  assert.notDeepEqual(await current(page), start);
  await page.locator('#tool-undo').click();
  await eventually(() => page.locator('#breed-round').innerText(), 'round 1');
  assert.deepEqual(await children(page), first);
  assert.deepEqual(await current(page), start);

  for (const lock of await page.locator('.breed-lock').all()) await lock.click();
  await eventually(() => page.locator('#breed-on').innerText(), 'Unlock a section');
  await page.locator('#breed-close').click();
  await page.locator('#breed-open:focus').waitFor();
  assert.deepEqual(await current(page), start, 'the sound in the middle stays');
  await close();
});

test('keys and a screen reader breed on a phone, in German', async () => {
  const { page, recorder, close } = await breed({ ...PHONE, locale: 'de-DE' });
  await measured(page);
  await tile(page, 2).focus();
  await page.keyboard.press('Enter');
  assert.ok(await recorder.sounded());
  await eventually(() => page.locator('#breed-on').innerText(), 'Weiter mit 2');
  await page.getByRole('button', { name: /^Kind 2 \p{L}+/u }).waitFor();
  assert.equal(await tile(page, 2).getAttribute('aria-pressed'), 'true');
  const small = await page.locator('.breed-area :is(button, input)').evaluateAll(all =>
    all
      .map(element => [element.id || element.className, element.getBoundingClientRect()])
      .filter(([, { width, height }]) => width > 0 && (width < 44 || height < 44))
      .map(([name, { width, height }]) => `${name} ${width} × ${height}`),
  );
  assert.deepEqual(small, []);
  assert.deepEqual(await findingsInBothThemes(page), []);
  await close();
});

test('the nine cells and the button that closes Breed lie within the panel on a phone and on a desktop', async () => {
  const { page, close } = await breed(PHONE);
  for (const [width, height] of [
    [390, 844],
    [375, 667],
    [1440, 900],
  ]) {
    await page.setViewportSize({ width, height });
    await shown(page);
    const { panel, parts } = await page.evaluate(() => {
      const edges = (/** @type {Element | null} */ element) => {
        const { left, right } = /** @type {Element} */ (element).getBoundingClientRect();
        return { left: Math.ceil(left), right: Math.floor(right) };
      };
      const parts = [...document.querySelectorAll('.breed-tile, #breed-close')].map(edges);
      return { panel: edges(document.getElementById('panel-sound')), parts };
    });
    assert.equal(parts.length, 10);
    const outside = parts.filter(({ left, right }) => left < panel.left || right > panel.right);
    assert.deepEqual(outside, [], `${width} × ${height}`);
    // The button comes first.
    const cells = parts.slice(1);
    const columns = new Set(cells.map(({ left }) => left));
    assert.equal(columns.size, 3, `${width} × ${height}`);
    const least = (panel.right - panel.left) / 5;
    assert.ok(
      cells.every(({ left, right }) => right - left > least),
      `${width} × ${height}: the grid takes the width of the panel`,
    );
  }
  await close();
});
