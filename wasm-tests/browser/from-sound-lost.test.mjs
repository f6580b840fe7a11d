// “From a sound…” when something is lost: the sound output of the page. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search, stop } from './matching.mjs';
import { sharing } from './sharing.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';

const { open } = sharing();

test('after the sound output was lost while a sound repeats, every button plays and stops as before', async () => {
  const { page, recorder, close } = await open();
  const repeat = page.locator('#match-play'), target = page.locator('#match-target');
  await search(page);
  await stop(page);
  await recorder.silent();
  await repeat.click();
  assert.ok(await recorder.heard());
  await page.evaluate(() => (/** @type {any} */ (globalThis)).recording.context.close());
  await page.getByRole('button', { name: 'Start the sound again' }).click();
  await page.locator('html[data-state=ready][data-sound=awake]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await target.click();
  assert.ok(await recorder.sounded(), 'the target sounds');
  if (await repeat.getAttribute('aria-pressed') === 'true') await repeat.click();
  assert.ok(await recorder.silent());
  await repeat.click();
  await page.locator('#match-play[aria-pressed=true]').waitFor();
  assert.ok(await recorder.heard(), 'it repeats');
  await page.locator('#match-answer').click();
  await page.locator('#match-answer[aria-pressed=true]').waitFor();
  assert.ok(await recorder.heard(), 'the answer repeats');
  await repeat.click();
  assert.ok(await recorder.silent());
  await close();
});
