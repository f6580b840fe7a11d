// The line of a long job: an import shows its name and progress, no control moves, one can play on, and a press stops
// it. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKeys } from './panels.mjs';
import { shown } from './seen.mjs';
import { drop, playAt, sharing, take, said } from './sharing.mjs';
import { heldBack } from './workers.mjs';

const { open } = sharing();

test('an import shows its progress in one line, one plays on, and Stop ends it', async () => {
  let release = async () => {};
  // It runs until it is stopped.
  const { page, recorder, close } = await open(undefined, async page => {
    release = await heldBack(page, 'search_nearby', 2);
  });
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  const preset = bytes
    .toString('utf8')
    .split('\n')
    .filter(line => line.startsWith('<'))
    .join('\n');
  const presets = Array.from({ length: 8 }, (_, number) =>
    preset
      .replace(/<name> .*/, `<name> Zither ${number}`)
      .replace(/(filter_cutoff) \S+/, `$1 ${(number / 8).toFixed(3)}`),
  );
  const job = page.locator('#job');
  const tabs = () => page.locator('#tabs').boundingBox();
  const before = await tabs();
  assert.equal(await job.isVisible(), false);
  await drop(page, { name: 'Zithers.bank', bytes: ['amSynth', ...presets, 'EOF', ''].join('\n') });
  await job.filter({ hasText: /Zithers/ }).waitFor();
  await job.filter({ hasText: /[1-9]\d*\s%/ }).waitFor();
  assert.deepEqual(await tabs(), before, 'a press on a tab is not lost while a job begins or ends');
  await openKeys(page);
  const [line, keys] = await Promise.all([job.boundingBox(), page.locator('#keyboard').boundingBox()]);
  assert.ok(line && keys && line.y + line.height <= keys.y + 1, 'it is above the keys');
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.keyboard.down('KeyQ');
  assert.ok(await recorder.heard(), 'keys sound meanwhile');
  await page.keyboard.up('KeyQ');
  await page.locator('#job-stop').click();
  await page.locator('#job-stop').waitFor({ state: 'hidden' });
  await release();
  await job.waitFor({ state: 'hidden' });
  await said(page, /Zithers/);
  await shown(page);
  await close();
});
