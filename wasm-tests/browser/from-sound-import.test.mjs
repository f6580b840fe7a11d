// A model that is imported while “From a sound…” places an answer on the map: the answer lies where the model that
// plays places it. About 30 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { turned, turnedEncoder } from '../onnx.mjs';
import { eventually } from './eventually.mjs';
import { knowFew } from './importing.mjs';
import { off, openSearch, search, stop } from './matching.mjs';
import { openPanel, reach } from './panels.mjs';
import { currentPoint } from './seen.mjs';
import { drop, said, sharing } from './sharing.mjs';
import { PLUCK } from './wav.mjs';
import { MEASURED_TIMEOUT_MS, READY_TIMEOUT_MS, SITE_FOLDER, allLoaded } from './site.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { open } = sharing();

/** Keeps the first answer; returns its point. @param {Page} page @param {number[]} before the point so far */
async function kept(page, before) {
  await openPanel(page, 'sound');
  // An earlier answer may be placed before a better one: once all answers have a mark, the best ones have theirs.
  const answers = await page.locator('#match-answers button:not([aria-disabled=true])').count();
  await page
    .locator('.match-mark:visible')
    .nth(answers - 1)
    .waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await page.locator('#match-answers button').first().click();
  await page.locator('#match-keep:not([aria-disabled=true])').click();
  const point = await eventually(
    () => currentPoint(page),
    point => point.join() !== before.join(),
  );
  await page.locator('#tool-undo').click();
  await eventually(() => currentPoint(page), before);
  return point;
}

test('an answer lies where the model that plays places it, also if that is imported or removed meanwhile', async () => {
  const { page, close } = await open(undefined, knowFew);
  // The search knows all presets, the page only the presets whose points it has.
  await allLoaded(page);
  await page.unroute('**/presets.bin');
  let arrive = () => {};
  let release = () => {};
  const arrived = new Promise(resolve => {
    arrive = () => resolve(undefined);
  });
  const released = new Promise(resolve => {
    release = () => resolve(undefined);
  });
  await page.route('**/encoder.onnx', async route => {
    arrive();
    await released;
    await route.continue();
  });
  const before = await currentPoint(page);
  await openSearch(page);
  await search(page);
  // Only an answer that was compared with the target can be kept.
  await eventually(() => off(page, 1), Number.isFinite);
  await stop(page);
  await arrived;
  const [encoder, decoder] = ['encoder.onnx', 'decoder.onnx'].map(name => readFileSync(join(SITE_FOLDER, name)));
  await drop(
    page,
    { name: 'my encoder.onnx', bytes: turnedEncoder(encoder) },
    { name: 'my decoder.onnx', bytes: turned(decoder) },
  );
  await said(page, /Your model plays/, 4 * READY_TIMEOUT_MS);
  release();
  const there = await kept(page, before);
  await (await reach(page, '#remove-imports')).click();
  await said(page, /Your files are removed/);
  const here = await kept(page, before);
  // The imported model is the page's own, rotated by 180 degrees.
  assert.ok(
    here.every((value, axis) => Math.abs(value + there[axis]) < 0.02),
    `${here} and ${there}`,
  );
  await close();
});

test('the refusal of a file is gone once a sound is given', async () => {
  const { page, close } = await open(undefined, knowFew);
  await drop(page, { name: 'letter.pdf', bytes: Buffer.from('%PDF-1.4') });
  await said(page, /letter\.pdf/);
  const remark = page.locator('#remark');
  await remark.filter({ hasText: /letter\.pdf/, visible: true }).waitFor();
  await drop(page, PLUCK);
  await page.locator('#match-choose').waitFor();
  assert.equal(await page.locator('#share-status').textContent(), '');
  assert.equal(await remark.isVisible(), false);
  await close();
});
