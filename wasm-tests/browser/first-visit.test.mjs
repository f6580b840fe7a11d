// The first seconds: a first visit explains itself once, and a link plays the shared sound. About 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { de, en } from '../words.mjs';
import { findings } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { fingers } from './touches.mjs';
import { closeSheet, openPanel, sheetAt } from './panels.mjs';
import { record } from './recorder.mjs';
import { currentPoint, shown } from './seen.mjs';
import { allLoaded, newPage, openReady, READY_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { PHONE, stage } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const on = stage();

/** The texts of the notes: the line over the pad, and the hint at the legend. @param {Page} page */
const says = async page => {
  await shown(page);
  return page.locator('#hint').innerText();
};

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function visit(options = {}) {
  const { page, complaints, exceptions } = await newPage(on.browser, { ...PHONE, ...options });
  const recorder = await record(page);
  return {
    page,
    recorder,
    close: async () => {
      await page.context().close();
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
    },
  };
}

test('a first visit begins at a preset, says what to do, and shows it once without sound', async () => {
  const { page, close } = await visit({ reducedMotion: 'no-preference' });
  // It lasts four seconds.
  await page.addInitScript(() =>
    new MutationObserver(changes => {
      const isShown = changes.some(
        ({ target }) => target instanceof SVGElement && target.id === 'demo' && !target.hasAttribute('hidden'),
      );
      if (isShown) Object.assign(globalThis, { wasShown: true });
    }).observe(document, { subtree: true, attributeFilter: ['hidden'] }),
  );
  await openReady(page, on.site.address);
  await page.waitForFunction(() => 'wasShown' in globalThis);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.playing), 'off');
  await allLoaded(page);
  await eventually(() => page.locator('#near').innerText(), 'Synth Strings 1');
  assert.equal(await page.locator('#edited').isVisible(), false);
  await eventually(() => page.locator('#tool-undo').getAttribute('aria-disabled'), 'true');
  await eventually(() => page.locator('#hint').innerText(), en.welcome);
  assert.equal(await page.locator('#wake').isVisible(), false, 'one line is enough');
  assert.deepEqual(await findings(page), []);
  const hand = await fingers(page);
  await hand.press({ across: 0.3, down: 0.5 });
  await page.locator('#demo').waitFor({ state: 'hidden' });
  await eventually(
    () => page.locator('#hint').innerText(),
    text => text === en.hint_melody,
  );
  await hand.lift();
  // The session is stored after a moment.
  await page.waitForFunction(() => localStorage.getItem('latent-pad.session') !== null);
  await openReady(page, on.site.address);
  await page.locator('#wake').waitFor();
  await allLoaded(page);
  assert.equal(await page.locator('#demo').isVisible(), false, 'a second visit');
  await close();
});

test('with reduced motion nothing moves by itself, and the first line is in the language', async () => {
  const { page, close } = await visit({ reducedMotion: 'reduce', locale: 'de-DE' });
  await openReady(page, on.site.address);
  await allLoaded(page);
  await eventually(() => page.locator('#hint').innerText(), de.welcome);
  assert.equal(await page.locator('#demo').isVisible(), false);
  await close();
});

/** The address of a link to a sound, and its point. */
async function link() {
  const { page, close } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await openReady(page, on.site.address);
  const hand = await fingers(page);
  await hand.press({ across: 0.6, down: 0.7 });
  await hand.lift();
  const point = await currentPoint(page);
  await page.locator('#share-button').tap();
  await page.locator('#copy-link').tap();
  await page.locator('#share-status').filter({ hasText: en.link_copied }).waitFor();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  await close();
  return { address, point };
}

test('a link plays what was shared at the first tap anywhere, and a reload opens it again', async () => {
  const { address, point } = await link();
  const { page, recorder, close } = await visit();
  // The first tap waits for the sound as long as it takes.
  await withoutPatience(page, 5000);
  for (const again of [false, true]) {
    if (again) await page.reload();
    await openReady(page, address);
    await page.locator('#hear-shared').waitFor();
    await allLoaded(page);
    await eventually(() => page.locator('#shared-name').innerText(), /^Shared with you: \S/);
    assert.deepEqual([await says(page), await page.locator('#demo').isVisible()], ['', false]);
    assert.deepEqual(await findings(page), []);
    const hand = await fingers(page);
    await recorder.take();
    await hand.press({ across: 0.2, down: 0.2 });
    await hand.move({ across: 0.3, down: 0.3 });
    await hand.lift();
    await page.locator('#shared').waitFor({ state: 'hidden' });
    assert.ok(await recorder.sounded(), 'it sounds');
    await eventually(() => currentPoint(page), point);
    assert.equal(page.url(), address, 'the address is still the link');
  }
  const hand = await fingers(page);
  await hand.press({ across: 0.2, down: 0.2 });
  await hand.lift();
  await eventually(
    () => currentPoint(page),
    ([x, y]) => x !== point[0] || y !== point[1],
    'the next touch does not play',
  );
  await eventually(async () => new URL(page.url()).hash, '', 'the sound is another one now');
  await close();
});

test('what is chosen in the sheet of a phone after a link stays when the sheet closes', async () => {
  const { address, point } = await link();
  const { page, close } = await visit();
  await openReady(page, address);
  await allLoaded(page);
  await page.locator('#hear-shared').tap();
  await page.locator('#shared').waitFor({ state: 'hidden' });
  await openPanel(page, 'places');
  await page.locator('#handle').press('End');
  await sheetAt(page, 'full');
  await page.locator('#find').fill('oldie');
  const chosen = page.locator('#found .go').first();
  const name = await page.locator('#found .result-name').first().innerText();
  await chosen.click();
  await eventually(() => page.locator('#near').innerText(), name);
  const there = await currentPoint(page);
  assert.notDeepEqual(there, point);
  await closeSheet(page);
  await shown(page);
  await eventually(() => page.evaluate(() => document.documentElement.dataset.sheet), 'rest');
  assert.deepEqual(
    [await currentPoint(page), await page.locator('#shared').isVisible(), new URL(page.url()).hash],
    [there, false, ''],
  );
  await close();
});

test('a link is heard by its button, too, by touch and by keyboard', async () => {
  const { address, point } = await link();
  for (const by of ['touch', 'keyboard']) {
    const { page, recorder, close } = await visit();
    await withoutPatience(page, 5000);
    await openReady(page, address);
    const button = page.locator('#hear-shared');
    await button.waitFor();
    await recorder.take();
    if (by === 'touch') await button.tap();
    else await button.press('Enter');
    await page.waitForFunction(() => document.documentElement.dataset.sound === 'awake', undefined, {
      timeout: READY_TIMEOUT_MS,
    });
    assert.ok(await recorder.sounded(), by);
    await eventually(() => currentPoint(page), point);
    await page.locator('#shared').waitFor({ state: 'hidden' });
    await close();
  }
});
