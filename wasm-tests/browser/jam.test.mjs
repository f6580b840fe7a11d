// Loops in whole bars: a beat, a loop over it, a second one that closes by itself, and a link that carries all of it to
// another visit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPanel } from './panels.mjs';
import { said } from './sharing.mjs';
import { allLoaded, READY_TIMEOUT_MS } from './site.mjs';
import { mouse } from './touches.mjs';
import { record } from './recorder.mjs';
import { visits } from './visits.mjs';

const { visit, address } = visits();

/** @typedef {import('playwright-core').Page} Page */

/** The button that records has this state. @param {Page} page @param {string} state */
const taken = (page, state) =>
  page.locator(`html[data-take=${state}]`).waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });

/** The track of a loop. @param {Page} page @param {number} number */
const track = (page, number) => page.locator(`#loops > [data-number="${number}"]`);

/** Records a stroke from the next bar line on. @param {Page} page @param {number} down */
async function recordStroke(page, down) {
  const hand = mouse(page);
  await page.locator('#record').click();
  await taken(page, 'recording');
  await hand.press({ across: 0.3, down });
  await hand.move({ across: 0.6, down });
  await hand.lift();
}

test('a beat counts in, two loops close at bar lines, and a link plays both on another visit', async () => {
  const { page, ready, close } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  const recorder = await record(page);
  await ready();
  await allLoaded(page);
  await page.locator('#beat').click();
  await page.locator('#beat[aria-pressed=true]').waitFor();
  await recordStroke(page, 0.3);
  // Up to half a beat after a line the take is over at once, else it closes at the next one.
  await page.locator('#record').click();
  await track(page, 1).waitFor({ timeout: READY_TIMEOUT_MS });
  await taken(page, 'idle');

  await recordStroke(page, 0.6);
  await track(page, 2).waitFor({ timeout: READY_TIMEOUT_MS });
  await taken(page, 'idle');
  assert.ok(await recorder.heard(), 'both loops sound');

  await openPanel(page, 'share');
  await page.locator('#copy-link').click();
  await said(page, /Link copied/);
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  assert.ok(link.hash.length < 4000, `${link.hash.length} characters`);
  await close();

  const friend = await visit();
  await friend.ready(`${address()}${link.hash}`);
  await allLoaded(friend.page);
  await friend.page.locator('#hear-shared').click();
  await track(friend.page, 2).waitFor();
  assert.equal(await friend.page.locator('#loops > [data-number]').count(), 2);
  await friend.page.locator('#play-stop[aria-pressed=true]').waitFor();
  await friend.close();
});
