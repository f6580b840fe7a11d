// Finding presets: kinds, a range of a descriptor, likeness, favourites, and hearing a result without going there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { bankMenu, openPanel, reach, sheetAt } from './panels.mjs';
import { record } from './recorder.mjs';
import { currentPoint, drawn, pass, shown } from './seen.mjs';
import { allLoaded, openReady } from './site.mjs';
import { DESKTOP, PHONE, visits } from './visits.mjs';

const { visit } = visits();

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(options = DESKTOP) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  await allLoaded(page);
  await openPanel(page, 'places');
  /** The number of results, as the page says it. */
  const count = async () => {
    await shown(page);
    const [, found, all] = /^([\d,]+) of ([\d,]+)$/.exec(await page.locator('#found-count').innerText()) ?? [];
    return { found: Number(found?.replace(',', '')), all };
  };
  return { page, recorder, count, close };
}

test('words, kinds, a bank and a range combine; count, list and map agree', async () => {
  const { page, count, close } = await open();
  const empty = await drawn(page);
  assert.equal(await page.locator('#found-count').innerText(), '');
  assert.ok(await page.locator('#find-hint').isVisible(), 'it says how to begin');
  await page.getByRole('button', { name: 'pads', exact: true }).click();
  const words = () => page.locator('#found .result-words').allInnerTexts();
  await eventually(words, now => now.length > 0 && now.every(text => !text.includes('predicted')), 'measured values');
  const pads = await count();
  assert.equal(pads.all, '3,303');
  assert.ok(pads.found > 100 && pads.found < 1000, `${pads.found} pads`);
  await eventually(
    () => drawn(page),
    now => now !== empty,
    'the map does not mark them',
  );
  await page.getByRole('button', { name: 'bells', exact: true }).click();
  const bells = await eventually(
    async () => (await count()).found,
    found => found !== pads.found && found > 100,
    'bells take their place',
  );

  await page.locator('#range-least').fill('50');
  await page.locator('#range-greatest').fill('60');
  await eventually(() => page.locator('#range-text').innerText(), '50–60');
  const within = await count();
  assert.ok(within.found > 0 && within.found < bells, `${within.found} within`);
  for (const text of await words()) {
    const [, kind, value] = /^(.+) · (\d+)$/.exec(text) ?? [];
    assert.ok(Number(value) >= 50 && Number(value) <= 60, text);
    assert.ok(kind, text);
  }
  await page.locator('#range-greatest').fill('20');
  await eventually(() => page.locator('#range-greatest').inputValue(), '50', 'a thumb stops at the other one');

  await page.locator('#range-greatest').fill('60');
  await eventually(async () => (await count()).found, within.found);
  await (await bankMenu(page)).selectOption('BriansBank03');
  const inBank = await eventually(
    async () => (await count()).found,
    found => found < within.found,
    'the bank counts',
  );
  assert.deepEqual(
    await page
      .locator('#found .result')
      .evaluateAll(results => results.map(result => /** @type {HTMLElement} */ (result).title)),
    Array(inBank).fill('BriansBank03'),
  );
  assert.ok(inBank > 0);
  await page.locator('#find').fill('zzzz');
  await eventually(() => page.locator('#found-count').innerText(), 'No preset matches “zzzz”');
  await page.locator('#found').waitFor({ state: 'hidden' });
  await close();
});

test('each word says how it was understood, results mark what they lack, and a press drops a word', async () => {
  const { page, close } = await open();
  await page.locator('#find').fill('warm pad xyzzy');
  const chips = () => page.locator('#understood .word').allInnerTexts();
  await eventually(
    async () => (await chips()).map(text => text.replace(/\s+/g, ' ')),
    texts => texts.length === 3 && /^warm warmth over \d+$/.test(texts[0]) && texts[1] === 'pad kind',
    'what the words mean',
  );
  assert.equal(await page.locator('#understood s').innerText(), 'xyzzy', 'it counts for nothing');
  await eventually(
    () => page.locator('#have-words').innerText(),
    text => /^\d+ have both$/.test(text),
    'how many have both',
  );
  const first = page.locator('#found .result').first();
  assert.match(await first.locator('.result-words').innerText(), /warm \d+\s*pad/);
  assert.equal(await first.locator('s').count(), 0, 'the first one has both');
  await page.locator('#understood .word', { hasText: 'xyzzy' }).click();
  await eventually(() => page.locator('#find').inputValue(), 'warm pad');

  // Only four choirs are cold: what follows lacks a word.
  await page.locator('#find').fill('cold choir');
  await eventually(
    () => page.locator('#found s').count(),
    lacking => lacking > 0,
    'what is lacked is struck through',
  );
  await page.locator('#find').fill('darker');
  await eventually(() => page.locator('#change-sound').innerText(), 'Make it darker');
  await page.locator('#change-sound').click();
  await page.locator('#panel-sound').waitFor();
  await close();
});

test('on a phone every result of three words has its name, and a word without a result is told below the field', async () => {
  for (const [locale, words] of [
    ['en', 'dark wobbling bass'],
    ['de-DE', 'weicher warmer Bass'],
  ]) {
    const { page, ready, close } = await visit({ ...PHONE, locale });
    await ready();
    const field = await reach(page, '#find');
    await field.fill(words);
    await page.locator('#found > li').nth(5).waitFor();
    const cut = await page
      .locator('#found .result-name')
      .evaluateAll(names =>
        names.filter(name => name.scrollWidth > name.clientWidth + 1).map(name => name.textContent),
      );
    assert.deepEqual(cut, [], words);
    await field.fill('qqzzxx');
    await page.locator('#found').waitFor({ state: 'hidden' });
    const [told, typed] = [await page.locator('#found-count').boundingBox(), await field.boundingBox()];
    assert.ok(told && typed && told.y >= typed.y + typed.height, 'below the field');
    await close();
  }
});

test('what is similar is listed nearest first, and one press forgets the likeness', async () => {
  const { page, count, close } = await open();
  await page.locator('#find').fill('oldie9');
  await page.locator('#find').press('Enter');
  const focused = () => page.evaluate(() => document.activeElement?.id);
  assert.equal(await focused(), '', 'the keyboard of a phone makes room for the results');
  await page.locator('#found .go').first().click();
  await page.locator('#find').fill('');
  await page.locator('#similar').click();
  await page
    .locator('#like')
    .filter({ hasText: /Similar to Oldie9/ })
    .waitFor();
  assert.equal(
    await page.locator('#like').getAttribute('aria-label'),
    'Remove Similar to Oldie9',
    'results have buttons named like its text',
  );
  await eventually(async () => (await count()).found, 40);
  const names = await page.locator('#found .result-name').allInnerTexts();
  assert.equal(names[0], 'Oldie9', 'it is nearest to itself');
  await page.locator('#found .like').nth(3).click();
  await eventually(() => page.locator('#found .result-name').first().innerText(), names[3]);
  await page.locator('#like').click();
  await page.locator('#found').waitFor({ state: 'hidden' });
  await shown(page);
  assert.equal(await focused(), '', 'who presses it by mouse or finger plays on by letters');
  await close();
});

test('a mouse over a result and the space key play it without going there; a click goes there', async () => {
  const { page, recorder, close } = await open();
  await page.locator('canvas#pad').click({ position: { x: 300, y: 300 } });
  const there = await currentPoint(page);
  assert.ok(await recorder.silent());
  await page.locator('#find').fill('organ');
  await shown(page);
  await page.locator('#found .go').nth(2).hover();
  assert.ok(await recorder.sounded());
  await page.locator('#find').hover();
  assert.ok(await recorder.silent());
  assert.deepEqual(await currentPoint(page), there);

  const first = page.locator('#found .go').first();
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.down('Space');
  assert.ok(await recorder.sounded());
  await page.keyboard.up('Space');
  assert.ok(await recorder.silent());
  assert.deepEqual(await currentPoint(page), there);
  await page.keyboard.press('Control+z');
  await eventually(
    () => currentPoint(page),
    ([x, y]) => x !== there[0] || y !== there[1],
    'the click on the map was not the last step',
  );

  const name = await page.locator('#found .result-name').nth(1).innerText();
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('#near').innerText(), name);
  await close();
});

test('a finger that holds a result hears it; a tap goes there', async () => {
  const { page, recorder, close } = await open({ ...PHONE, viewport: { width: 390, height: 844 } });
  await page.locator('.handle').click();
  await page.locator('#find').fill('organ');
  await page.locator('#find').blur();
  await sheetAt(page, 'half');
  await shown(page);
  const there = await currentPoint(page);
  const result = page.locator('#found .go').first();
  await result.scrollIntoViewIfNeeded();
  const box = await result.boundingBox();
  assert.ok(box);
  const session = await page.context().newCDPSession(page);
  const at = [{ x: box.x + 40, y: box.y + box.height / 2 }];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at });
  // A first touch wakes the sound only when it lifts; here it is asleep, so that the hold is long.
  await pass(page, 700);
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.locator('html[data-sound=awake]').waitFor({ state: 'attached' });
  assert.ok(await recorder.silent());
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at });
  assert.ok(await recorder.heard());
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  assert.ok(await recorder.silent());
  assert.deepEqual(await currentPoint(page), there);
  const name = await page.locator('#found .result-name').first().innerText();
  // Both at once: a finger that a busy machine lifts late would hold.
  const now_s = Date.now() / 1000;
  await Promise.all([
    session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at, timestamp: now_s }),
    session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: now_s + 0.03 }),
  ]);
  await eventually(() => page.locator('#near').innerText(), name);
  await close();
});

test('a favourite that loses its star leaves the list where it is, and the keyboard in it', async () => {
  const { page, count, close } = await open();
  const list = page.locator('#found');
  await page.locator('#find').fill('bass');
  const stars = list.locator('.star');
  await eventually(
    () => stars.count(),
    number => number > 30,
  );
  await stars.evaluateAll(all => all.slice(0, 30).forEach(star => /** @type {HTMLElement} */ (star).click()));
  await page.locator('#find').fill('');
  await page.locator('#find-favourites').click();
  await eventually(async () => (await count()).found, 30);
  await stars.nth(20).scrollIntoViewIfNeeded();
  const scrolled = await list.evaluate(own => own.scrollTop);
  assert.ok(scrolled > 100, `${scrolled}`);
  await stars.nth(20).focus();
  const next = await list.locator('[data-row]').nth(21).getAttribute('data-row');
  await page.keyboard.press('Enter');
  await eventually(async () => (await count()).found, 29);
  assert.equal(await list.evaluate(own => own.scrollTop), scrolled);
  assert.equal(
    await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row')),
    next,
  );
  assert.ok(await page.evaluate(() => document.activeElement?.matches('.star')));
  await close();
});

test('the last favourite that loses its star leaves the keyboard at the button that shows favourites', async () => {
  const { page, close } = await open();
  await page.locator('#find').fill('oldie9');
  await page.locator('#found .star').first().click();
  await page.locator('#find').fill('');
  await page.locator('#find-favourites').press('Enter');
  await eventually(() => page.locator('#found .star').count(), 1);
  await page.locator('#found .star').press('Enter');
  await page.locator('#found').waitFor({ state: 'hidden' });
  await eventually(() => page.evaluate(() => document.activeElement?.id), 'find-favourites');
  await close();
});

test('favourites are starred, filtered, undone and there after a reload', async () => {
  const { page, count, close } = await open();
  await page.locator('#find').fill('oldie');
  await page.locator('#found .star').nth(1).click();
  await page.locator('#found .go').nth(0).click();
  await shown(page);
  await page.locator('#favourite').click();
  await page.locator('#find').fill('');
  await page.locator('#find-favourites').click();
  await eventually(async () => (await count()).found, 2);
  await eventually(() => page.locator('#found .star[aria-pressed=true]').count(), 2);
  await page.locator('#tool-undo').click();
  await eventually(async () => (await count()).found, 1);
  await page.locator('#tool-redo').click();
  // Written a moment after the last change.
  await page.waitForFunction(
    () => localStorage.getItem('latent-pad.session')?.match(/"favourites":\[\{[^\]]*\},\{/),
    undefined,
    { polling: 50 },
  );
  await openReady(page, page.url());
  await allLoaded(page);
  await openPanel(page, 'places');
  await page.locator('#find-favourites').click();
  await eventually(async () => (await count()).found, 2);
  const favourite = await reach(page, '#favourite');
  await eventually(() => favourite.getAttribute('aria-pressed'), 'true');
  await close();
});
