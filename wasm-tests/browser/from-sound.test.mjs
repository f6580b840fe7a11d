// “From a sound…”: a sound is dropped; the page finds patches for it, plays them and the target, and keeps one. The
// decisions have native tests in crate/page/play/src/panels/sound_match/tests/. About 40 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { comesNearer, off, openSearch, says, search, stop, visitor, watchAnswers } from './matching.mjs';
import { colors, currentPoint, cutTexts, shown } from './seen.mjs';
import { currentPatch, drop, sharing, take } from './sharing.mjs';
import { allLoaded, MEASURED_TIMEOUT_MS } from './site.mjs';
import { PHONE } from './visits.mjs';
import { tone, wav } from './wav.mjs';
import { reach } from './panels.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();

test('a dropped sound is searched for, heard, kept at its place and undone', async () => {
  const { page, recorder, close } = await open();
  await allLoaded(page);
  await page.keyboard.press('Space');
  await recorder.silent();
  const before = { patch: await currentPatch(page), point: await currentPoint(page) };
  await watchAnswers(page);
  await search(page);
  assert.equal(await page.locator('html').getAttribute('data-tab'), 'sound', 'the panel opens');
  assert.ok(await recorder.sounded(), 'the first answer sounds at once');
  await eventually(() => page.locator('#match-pitch').innerText(), /A3 .*(1\.\d|0\.9) s · pluck\.wav/);
  await page
    .locator('#job')
    .filter({ hasText: /Matching pluck\.wav/ })
    .waitFor();
  await comesNearer(page);
  await says(
    page,
    (await stop(page))
      ? /^Stopped\. The closest answer so far is \d+ % off\.$/
      : /^Done\. The closest answer is \d+ % off\.$/,
  );
  await eventually(() => page.locator('#match-left').innerText(), /\.$/, 'what is left over is said');
  assert.ok(await page.locator('#match-bands').getAttribute('aria-label'));
  for (const [side, what] of [
    ['target', 'Target: strongest near 2[0-5]0 Hz'],
    ['answer', 'Answer \\d: strongest near [\\d.]+ k?Hz'],
  ]) {
    const picture = page.locator(`#match-${side}-spectrogram`);
    await eventually(() => picture.getAttribute('aria-label'), new RegExp(`Spectrogram, ${what}, up to`));
    assert.ok((await colors(picture)) > 20, `${side}: a picture of many levels`);
  }

  await recorder.silent();
  await page.locator('#match-target').click();
  assert.ok(await recorder.sounded(), 'the target sounds');
  await page.locator('#near', { hasText: /^pluck\.wav$/ }).waitFor();
  await recorder.silent();
  await page.locator('#match-answers button').nth(2).click();
  await page.locator('#match-answers button[aria-pressed=true]').nth(0).filter({ hasText: '3' }).waitFor();
  assert.ok(await recorder.sounded(), 'so does an answer');
  await page.locator('#near', { hasText: 'Found for pluck.wav' }).waitFor();
  await page.locator('#match-play').click();
  await page.locator('#match-play[aria-pressed=true]').waitFor();
  for (let round = 0; round < 2; round++) assert.ok(await recorder.heard(), 'it repeats');
  await page.keyboard.press('Escape');
  await page.locator('#match-play[aria-pressed=false]').waitFor();
  assert.ok(await recorder.silent(), 'Escape silences it');

  // An answer that is kept before its place is known stays where the point is.
  await page.locator('.match-mark.mark-2:visible').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('#match-keep').click();
  await says(page, /Answer 3 is the patch/);
  await page.locator('#near', { hasText: /^pluck$/ }).waitFor();
  const kept = await currentPatch(page);
  assert.notDeepEqual(kept, before.patch);
  const saved = await take(page, '#take-patch');
  assert.equal(saved.name, 'pluck.amSynthPreset', 'it is named after the sound');
  assert.match(saved.bytes.toString(), /<name> pluck$/m);
  await (await reach(page, '#tool-mark')).click();
  assert.equal((await take(page, '#take-patch')).name, saved.name, 'also as a landmark');
  await page.locator('#tool-undo').click();
  await eventually(
    () => currentPoint(page),
    point => point.join() !== before.point.join(),
    'it goes to its place',
  );
  await page.locator('#tool-undo').click();
  await eventually(() => currentPoint(page), before.point);
  assert.deepEqual(await currentPatch(page), before.patch);
  await close();
});

test('closed and opened again it has its answers: they are heard and kept, and another search begins without them', async () => {
  const { page, recorder, close } = await open();
  await allLoaded(page);
  await openSearch(page);
  await search(page);
  await eventually(() => off(page, 1), Number.isFinite);
  await stop(page);
  await says(page, / is \d+ % off\.$/);
  const answers = await page.locator('#match-answers').innerText();
  await page.locator('#match-play').click();
  assert.ok(await recorder.heard());
  await page.locator('#match-close').click();
  assert.ok(await recorder.silent(), 'closed, it is silent');
  await (await reach(page, '#match-open')).click();
  await page.locator('#match-keep').waitFor();
  assert.equal(await page.locator('#match-answers').innerText(), answers);
  assert.match(await page.locator('#match-pitch').innerText(), /pluck\.wav/);
  await page.locator('.match-mark:visible').first().waitFor();
  await page.locator('#match-answers button').first().click();
  assert.ok(await recorder.heard(), 'an answer sounds');
  await page.locator('#match-keep').click();
  await says(page, /Answer 1 is the patch/);
  const long = `${'a long name '.repeat(12)}.wav`;
  await drop(page, { name: long, bytes: wav(0.3, tone(880)) });
  await eventually(() => page.locator('#match-pitch').innerText(), /^A5.*a long name/);
  // If the text is cut off with “…”, its title has the whole text.
  assert.ok((await page.locator('#match-pitch').getAttribute('title'))?.endsWith(`s · ${long}`));
  await page
    .locator('#job')
    .filter({ hasText: /Matching a long name/ })
    .waitFor();
  await stop(page);
  await close();
});

for (const [where, options] of /** @type {const} */ ([
  ['desktop', {}],
  ['phone', PHONE],
])) {
  test(`axe finds nothing in it, and nothing is cut off, ${where}`, async t => {
    const { page, complaints, exceptions } = await visitor(t, [], { locale: 'de', ...options });
    await openSearch(page);
    assert.deepEqual(await findingsInBothThemes(page), [], 'before a sound');
    await search(page);
    await stop(page);
    await shown(page);
    assert.deepEqual(await findingsInBothThemes(page), [], 'with answers');
    const cut = await cutTexts(page, '#match');
    assert.deepEqual({ cut, complaints, exceptions }, { cut: [], complaints: [], exceptions: [] });
  });
}

test('on a phone the answers and the button that keeps one come before the drawing of the search', async t => {
  const { page } = await visitor(t, [], PHONE);
  await openSearch(page);
  await search(page);
  const edges = () =>
    page.evaluate(() =>
      ['match-answers', 'match-keep', 'match-strands'].map(id => {
        const { top, bottom } = /** @type {Element} */ (document.getElementById(id)).getBoundingClientRect();
        return [Math.round(top), Math.round(bottom)];
      }),
    );
  await eventually(
    edges,
    ([answers, keep, drawing]) => answers[1] <= keep[0] && keep[1] <= drawing[0] && keep[0] - answers[1] < 24,
  );
});
