// “From a sound…”: a sound is dropped, or chosen. The page finds patches for it, plays them and the target, and keeps
// one. Every sound that cannot be searched for has its sentence. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { answered, decodeAfterFailure, off, openSearch, says, search, stop, visitor, watchAnswers, comesNearer } from './matching.mjs';
import { colors, currentPoint, cutTexts, shown } from './seen.mjs';
import { currentPatch, drop, sharing, take } from './sharing.mjs';
import { allLoaded, launchShell, MEASURED_TIMEOUT_MS, newPage, serveSite } from './site.mjs';
import { PHONE } from './visits.mjs';
import { PLUCK, tone, wav } from './wav.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();

/** Searches to the end. @param {Page} page */
async function searchToTheEnd(page) {
  await page.locator('#job').waitFor();
  await page.locator('#job').waitFor({ state: 'hidden', timeout: MEASURED_TIMEOUT_MS });
}

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
  await page.locator('#job').filter({ hasText: /Matching pluck\.wav/ }).waitFor();
  await comesNearer(page);
  await says(page, await stop(page) ? /^Stopped\. The closest answer so far is \d+ % off\.$/ : /^Done\. The closest answer is \d+ % off\.$/);
  await eventually(() => page.locator('#match-left').innerText(), /\.$/, 'what is left over is said');
  assert.ok(await page.locator('#match-bands').getAttribute('aria-label'));
  for (const [side, what] of [['target', 'Target: strongest near 2[0-5]0 Hz'], ['answer', 'Answer \\d: strongest near [\\d.]+ k?Hz']]) {
    const picture = page.locator(`#match-${side}-spectrogram`);
    await eventually(() => picture.getAttribute('aria-label'), new RegExp(`Spectrogram, ${what}, up to`));
    assert.ok(await colors(picture) > 20, `${side}: a picture of many levels`);
  }

  await recorder.silent();
  await page.locator('#match-target').click();
  assert.ok(await recorder.sounded(), 'the target sounds');
  await recorder.silent();
  await page.locator('#match-answers button').nth(2).click();
  await page.locator('#match-answers button[aria-pressed=true]').nth(0).filter({ hasText: '3' }).waitFor();
  assert.ok(await recorder.sounded(), 'so does an answer');
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
  await page.locator('#edited').waitFor();
  const kept = await currentPatch(page);
  assert.notDeepEqual(kept, before.patch);
  const saved = await take(page, '#take-patch');
  assert.equal(saved.name, 'pluck - 1.amSynthPreset', 'it is named after the sound');
  assert.match(saved.bytes.toString(), /<name> pluck - 1$/m);
  await page.locator('#tool-mark').click();
  assert.equal((await take(page, '#take-patch')).name, saved.name, 'also as a landmark');
  await page.locator('#tool-undo').click();
  await eventually(() => currentPoint(page), point => point.join() !== before.point.join(), 'it goes to its place');
  await page.locator('#tool-undo').click();
  await eventually(() => currentPoint(page), before.point);
  assert.deepEqual(await currentPatch(page), before.patch);
  await close();
});

test('an answer repeats, too, if repeat is pressed at the very moment in which it ends', async () => {
  const { page, recorder, close } = await open();
  await allLoaded(page);
  // The player waits between a sound's end and the next one.
  await page.evaluate(() => {
    const wait = setTimeout;
    const pressing = (/** @type {() => void} */ then) => () => {
      document.getElementById('match-play')?.click();
      document.documentElement.dataset.pressed = '';
      then();
    };
    Object.assign(globalThis, {
      setTimeout: (/** @type {() => void} */ then, /** @type {number} */ delay_ms, /** @type {unknown[]} */ ...given) => {
        const isFirst = event?.type === 'ended' && document.documentElement.dataset.pressed === undefined;
        return wait(isFirst ? pressing(then) : then, delay_ms, ...given);
      },
    });
  });
  await search(page);
  await stop(page);
  await page.locator('html[data-pressed]').waitFor();
  await page.locator('#match-play[aria-pressed=true]').waitFor();
  for (let round = 0; round < 2; round++) assert.ok(await recorder.heard(), 'it repeats');
  await close();
});

test('where the page has no sound, repeat waits for one and leaves the page usable', async t => {
  const [site, browser] = [await serveSite(), await launchShell()];
  t.after(async () => {
    await browser.close();
    site.close();
  });
  const { page } = await newPage(browser);
  await page.addInitScript(() => {
    Object.assign(globalThis, { AudioContext: class { constructor() { throw new Error('there is no output'); } } });
  });
  await page.goto(site.address);
  await page.locator('html[data-state=error]').waitFor({ state: 'attached' });
  await search(page);
  await stop(page);
  await page.locator('#match-play').click();
  await page.locator('#match-play[aria-pressed=true]').waitFor();
  await page.locator('#match-play').click();
  await page.locator('#match-play[aria-pressed=false]').waitFor();
});

test('a search can keep the envelope, searches again, is closed and opened', async () => {
  const { page, close } = await open();
  await openSearch(page);
  await search(page);
  await stop(page);
  const envelope = page.locator('[data-part="1"]');
  await envelope.click();
  await page.locator('[data-part="1"][aria-pressed=true]').waitFor();
  await page.locator('#match-again').click();
  await page.locator('#job').filter({ hasText: /pluck\.wav/ }).waitFor();
  await eventually(() => off(page, 1), Number.isFinite);

  await page.locator('.match-mark:visible').first().waitFor();
  await page.locator('#match-close').click();
  await page.locator('#match-open').waitFor();
  await page.locator('#job').waitFor({ state: 'hidden' });
  assert.equal(await page.locator('.match-area').isVisible(), false, 'closed, it ends and makes room');
  assert.equal(await page.locator('.match-mark:visible').count(), 0, 'on the map, too');
  await search(page);
  await stop(page);
  await close();
});

test('closed and opened again it has its answers: they are heard and kept, and another search begins without them', async () => {
  const { page, recorder, close } = await open();
  await allLoaded(page);
  await openSearch(page);
  await search(page);
  await eventually(() => off(page, 1), Number.isFinite);
  await stop(page);
  const answers = await page.locator('#match-answers').innerText();
  await page.locator('#match-play').click();
  assert.ok(await recorder.heard());
  await page.locator('#match-close').click();
  assert.ok(await recorder.silent(), 'closed, it is silent');
  await page.locator('#match-open').click();
  await page.locator('#match-keep').waitFor();
  assert.equal(await page.locator('#match-answers').innerText(), answers);
  assert.match(await page.locator('#match-pitch').innerText(), /pluck\.wav/);
  await page.locator('.match-mark:visible').first().waitFor();
  await page.locator('#match-answers button').first().click();
  assert.ok(await recorder.heard(), 'an answer sounds');
  await page.locator('#match-keep').click();
  await says(page, /Answer 1 is the patch/);
  await drop(page, { name: 'high.wav', bytes: wav(0.3, tone(880)) });
  await eventually(() => page.locator('#match-pitch').innerText(), /^A5.*high\.wav/);
  await page.locator('#job').filter({ hasText: /Matching high\.wav/ }).waitFor();
  await stop(page);
  await close();
});

test('closed while it listens to another sound, it searches for nothing, and is opened with the last answers or without any', async () => {
  const { page, close } = await open();
  await openSearch(page);
  // A press just before it begins to measure the sound, and a press just after.
  for (const [turns, hasAnswers] of /** @type {const} */ ([[0, true], [50, false]])) {
    await search(page);
    await stop(page);
    await page.evaluate(turns => {
      const status = /** @type {Element} */ (document.getElementById('match-status'));
      const looks = new MutationObserver(async () => {
        if (!status.textContent?.startsWith('Listening')) return;
        looks.disconnect();
        for (let turn = 0; turn < turns; turn++) await undefined;
        document.getElementById('match-close')?.click();
        document.documentElement.dataset.closed = String(turns);
      });
      looks.observe(status, { childList: true, characterData: true, subtree: true });
    }, turns);
    await drop(page, { name: 'high.wav', bytes: wav(0.3, tone(880)) });
    await page.locator(`html[data-closed="${turns}"]`).waitFor({ state: 'attached' });
    await page.locator('#match-open').click();
    await page.locator('#match-choose').waitFor();
    await eventually(() => page.locator('#match-found').isVisible(), hasAnswers);
    await eventually(() => page.locator('#match-pitch').innerText(), hasAnswers ? /pluck\.wav/ : /^$/);
    if (!hasAnswers) await eventually(() => page.locator('.match-mark:visible').count(), 0);
    assert.equal(await page.locator('#job').isVisible(), false);
  }
  await search(page);
  await eventually(() => page.locator('#match-pitch').innerText(), /pluck\.wav/);
  await stop(page);
  await close();
});

test('a sound that is refused leaves the search for another one alone, and two sounds at once end with the last', async () => {
  const { page, close } = await open();
  await openSearch(page);
  await search(page);
  await drop(page, { name: 'silence.wav', bytes: wav(1, () => 0) });
  await says(page, /silence\.wav is silent/);
  assert.ok(await page.locator('#match-status').evaluate(status => status.getBoundingClientRect().top < innerHeight), 'it is seen');
  await page.locator('#job').filter({ hasText: /Matching pluck\.wav/ }).waitFor();
  await eventually(() => page.locator('#match-pitch').innerText(), /pluck\.wav/);
  await decodeAfterFailure(page);
  await drop(page, { name: 'high.wav', bytes: wav(0.3, tone(880)) });
  await drop(page, { name: 'noise.wav', bytes: Buffer.from('no sound') });
  // It is shown as the sound that is searched for, although the next file was refused meanwhile.
  await eventually(() => page.locator('#match-pitch').innerText(), /^A5.*high\.wav/);
  await drop(page, { name: 'low.wav', bytes: wav(0.3, tone(110)) });
  await eventually(() => page.locator('#match-pitch').innerText(), /^A2.*low\.wav/);
  const long = `${'a long name '.repeat(12)}.wav`;
  await drop(page, { name: long, bytes: wav(0.3, tone(110)) });
  // If the text ends in “…”, its title has the whole name.
  await eventually(() => page.locator('#match-pitch').getAttribute('title'), title => title?.endsWith(`s · ${long}`) === true);
  await page.locator('#job').filter({ hasText: /Matching a long name/ }).waitFor();
  await stop(page);
  await close();
});

test('of sounds that are given while the search loads, the last is searched for', async () => {
  const { page, close } = await open();
  /** @type {() => void} */
  let release = () => {};
  const released = new Promise(resolve => { release = () => resolve(undefined); });
  await page.route('**/match.js', route => released.then(() => route.continue()));
  for (const [name, hertz] of /** @type {const} */ ([['high.wav', 880], ['low.wav', 110]])) await drop(page, { name, bytes: wav(0.3, tone(hertz)) });
  release();
  await eventually(() => page.locator('#match-pitch').innerText(), /^A2.*low\.wav/);
  await page.locator('#job').filter({ hasText: /low\.wav/ }).waitFor();
  await stop(page);
  await close();
});

test('while another sound is read and listened to, nothing is said of the search that it ends', async () => {
  const { page, close } = await open();
  await openSearch(page);
  await search(page);
  await page.locator('#match-status').evaluate(status => {
    const said = /** @type {(string | null)[]} */ ([]);
    Object.assign(globalThis, { said });
    new MutationObserver(changes => said.push(...changes.map(({ addedNodes }) => addedNodes[0]?.textContent ?? ''))).observe(status, { childList: true });
  });
  await drop(page, { name: 'low.wav', bytes: wav(0.3, tone(110)) });
  await page.locator('#job').filter({ hasText: /Matching low\.wav/ }).waitFor();
  await answered(page);
  // Without an answer that was compared a stopped search has no sentence.
  await eventually(() => off(page, 1), Number.isFinite);
  await says(page, await stop(page) ? /^Stopped\./ : /^Done\./);
  const said = await page.evaluate(() => /** @type {string[]} */ ((/** @type {any} */ (globalThis)).said));
  assert.deepEqual(said.slice(0, -1), ['Reading low.wav…', 'Listening to low.wav…', '']);
  await close();
});

test('stopped before anything was compared, nothing is offered to keep', async () => {
  const { page, close } = await open();
  await openSearch(page);
  await drop(page, PLUCK);
  await page.locator('#job-stop').click();
  await page.locator('#job').waitFor({ state: 'hidden' });
  const [offered, answers] = [page.locator('#match-keep'), page.locator('#match-answers button')];
  const found = (await answers.allInnerTexts()).some(text => /\d %/.test(text));
  assert.equal(await offered.getAttribute('aria-disabled'), String(!found), 'as the answers say');
  if (!found) assert.match(await answers.first().innerText(), /no answer/);
  await close();
});

test('workers that die in a search are replaced, with the sound: it goes on to its end, and again', async () => {
  const { page, close } = await open();
  await openSearch(page);
  const [one, other] = await eventually(async () => page.workers(), ({ length }) => length >= 2, 'two workers');
  await drop(page, { name: 'blip.wav', bytes: wav(0.2, tone(220)) });
  await eventually(() => off(page, 1), Number.isFinite);
  // Browsers report the end of the first worker, but not of the second.
  await one.evaluate(() => { setTimeout(() => { throw new Error('out of memory'); }); });
  await other.evaluate(() => { setTimeout(() => self.close()); });
  await searchToTheEnd(page);
  for (const number of [1, 2, 3, 4]) assert.ok(await off(page, number) >= 0, `strand ${number} has an answer`);
  await says(page, /^Done\. The closest answer is \d+ % off\.$/);
  await page.locator('#match-again').click();
  await searchToTheEnd(page);
  await says(page, /^Done\. The closest answer is \d+ % off\.$/);
  await close();
});

test('a person learns which key plays an answer, and how far it is from the target', async () => {
  const { page, close } = await open();
  const bent = (/** @type {number} */ cents) => 220 * 2 ** (cents / 1200);
  for (const [name, cents, sentence] of /** @type {[string, number, RegExp][]} */ ([
    ['sharp.wav', 30, /On the keyboard A3 is nearest, (29|30|31) cents lower\./], ['flat.wav', -20, /On the keyboard A3 is nearest, (19|20|21) cents higher\./],
    ['tuned.wav', 0, /^A3 plays it as you hear it/],
  ])) {
    await drop(page, { name, bytes: wav(0.3, tone(bent(cents))) });
    await eventually(() => page.locator('#match-key').innerText(), sentence);
  }
  await close();
});

test('each sound that cannot be searched for has a sentence that says what to do', async () => {
  const { page, close } = await open();
  for (const [name, bytes, sentence] of /** @type {[string, Buffer | string, RegExp][]} */ ([
    ['silent.wav', wav(1, () => 0), /silent\.wav is silent: .*\.$/],
    ['short.wav', wav(0.01, tone(220)), /short\.wav is too short: .*\.$/],
    ['text.mp3', 'no sound at all', /text\.mp3 is not a sound .*: .*\.$/],
    ['empty.wav', '', /empty\.wav is not a sound .*: .*\.$/],
  ])) {
    await drop(page, { name, bytes });
    await says(page, sentence);
  }
  assert.equal(await page.locator('#match-found').isVisible(), false);
  await close();
});

for (const [where, options] of /** @type {const} */ ([['desktop', {}], ['phone', PHONE]])) {
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
  const edges = () => page.evaluate(() => ['match-answers', 'match-keep', 'match-strands'].map(id => {
    const { top, bottom } = /** @type {Element} */ (document.getElementById(id)).getBoundingClientRect();
    return [Math.round(top), Math.round(bottom)];
  }));
  await eventually(edges, ([answers, keep, drawing]) => answers[1] <= keep[0] && keep[1] <= drawing[0] && keep[0] - answers[1] < 24);
});
