// A device that is too slow: the page detects underruns by its clocks, reduces the voices step by step, requests a
// larger buffer at the next visit, and shows the figures with `?debug`. The tests simulate slowness with a fake clock
// of the context. `./build.sh test --long` runs it: the decisions have native tests (crate/page/play/src/overload.rs).
// About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { eventually } from './eventually.mjs';
import { mouse } from './touches.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

const { visit, address } = visits();

/** Runs in the page before its own scripts: while `slow` is set, a fifth of the sound is lost. */
function fallBehind() {
  const scope = /** @type {any} */ (globalThis);
  let lost_s = 0;
  let last_s = performance.now() / 1000;
  setInterval(() => {
    const now_s = performance.now() / 1000;
    if (scope.slow) lost_s += (now_s - last_s) / 5;
    last_s = now_s;
  }, 20);
  const Context = AudioContext;
  scope.AudioContext = class extends Context {
    get currentTime() {
      return super.currentTime - lost_s;
    }
  };
}

/**
 * Runs in the page before its own scripts: keeps every text of the figures: a slow machine may change them before the
 * test looks.
 */
function keepFigures() {
  /** @type {string[]} */
  const figures = [];
  Object.assign(globalThis, { figures });
  new MutationObserver(() => {
    const text = document.getElementById('debug')?.textContent;
    if (text && text !== figures.at(-1)) figures.push(text);
  }).observe(document, { subtree: true, childList: true });
}

test('underruns reduce the voices, and the next visit has a larger buffer', async () => {
  const { page, ready, close } = await visit();
  await page.addInitScript(fallBehind);
  await page.addInitScript(keepFigures);
  await ready(`${address()}?debug`);
  const hand = mouse(page);
  await hand.press({ across: 0.4, down: 0.4 });
  const panel = page.locator('#debug');
  await panel.filter({ hasText: /sampleRate \d+ Hz\nbaseLatency [\d.]+ ms/ }).waitFor({ timeout: READY_TIMEOUT_MS });
  await page.evaluate(() => {
    /** @type {any} */ (globalThis).slow = true;
  });
  /** @returns {Promise<string[]>} */
  const figures = () => page.evaluate(() => /** @type {any} */ (globalThis).figures);
  const limits = async () => {
    const all = (await figures()).map(text => /voiceLimit (\d+)/.exec(text)?.[1]);
    return all.filter((limit, at) => limit !== all[at - 1]).slice(0, 3);
  };
  await eventually(limits, first => isDeepStrictEqual(first, ['0', '8', '4']), 'the limits');
  assert.match((await figures())[0], /latencyHint interactive/);
  await eventually(() => panel.innerText(), /lost [^0]|lost 0\.[1-9]/);
  await hand.lift();
  await page.reload();
  await page.mouse.click(200, 200);
  await panel.filter({ hasText: /latencyHint playback/ }).waitFor({ timeout: READY_TIMEOUT_MS });
  await close();
});

test('the buffer returns to its normal size after a week; without ?debug the page shows no figures', async () => {
  const { page, ready, close } = await visit();
  const WEEK_MS = 7 * 24 * 3_600_000;
  for (const [age_ms, hint] of [
    [WEEK_MS - 60_000, 'playback'],
    [WEEK_MS + 1, 'interactive'],
  ]) {
    await page.addInitScript(
      age_ms => localStorage.setItem('latent-pad.large-buffer', String(Date.now() - Number(age_ms))),
      age_ms,
    );
    await ready(`${address()}?debug`);
    await page.mouse.click(200, 200);
    await page
      .locator('#debug')
      .filter({ hasText: `latencyHint ${hint}` })
      .waitFor({ timeout: READY_TIMEOUT_MS });
  }
  await ready();
  assert.equal(await page.locator('#debug').count(), 0);
  await close();
});
