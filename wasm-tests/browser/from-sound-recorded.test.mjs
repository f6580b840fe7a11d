// “From a sound…” with the microphone: a recording is searched for, or a sentence says why it is not. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { answered, openSearch, says, stop, visitor } from './matching.mjs';
import { withoutPatience } from './site.mjs';

/** Chromium's own sound for tests in place of a microphone; with the second it does not ask. */
const FAKE_MICROPHONE = '--use-fake-device-for-media-stream';
const ALLOWED = '--use-fake-ui-for-media-stream';

test('a recording is searched for; its level is shown', async t => {
  // By itself the recording would end after ten seconds.
  const { page, complaints, exceptions } = await visitor(t, [FAKE_MICROPHONE, ALLOWED], {}, page =>
    withoutPatience(page, 10_000),
  );
  await openSearch(page);
  await page.locator('#match-record').click();
  await page.locator('#match-record[data-recording=true]').waitFor();
  await says(page, /Recording: \d+ s/);
  // The fake microphone beeps once a second.
  const level = page.locator('#match-level');
  await eventually(
    async () => Number(await level.getAttribute('aria-valuenow')),
    now => now > 10,
    'the level moves',
  );
  await says(page, /Recording: ([2-9]|\d\d+) s/);
  await page.locator('#match-record').click();
  await page.locator('#match-record[data-recording=false]').waitFor();
  await answered(page);
  await eventually(() => page.locator('#match-pitch').innerText(), /your recording/);
  await stop(page);
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
});

test('a blocked or missing microphone is explained in one sentence', async t => {
  for (const [more, sentence] of /** @type {[string[], RegExp][]} */ ([
    [[FAKE_MICROPHONE], /microphone is blocked: .*\.$/],
    [[], /(There is no microphone|microphone is blocked): .*\.$/],
  ])) {
    const { page, exceptions } = await visitor(t, more);
    await openSearch(page);
    await page.locator('#match-record').click();
    await says(page, sentence);
    assert.equal(await page.locator('#match-record').getAttribute('data-recording'), 'false');
    assert.deepEqual(exceptions, []);
  }
});
