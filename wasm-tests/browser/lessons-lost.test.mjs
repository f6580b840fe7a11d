// A lesson goes on after something that it needs could not be loaded or was lost: the next press tries again.
// `./build.sh test --long` runs it: a lesson hardly ever loses what it has. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { pads } from './host.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** Runs in the page before its scripts: keeps all workers. */
function keepWorkers() {
  /** @type {Worker[]} */
  const workers = [];
  Object.assign(globalThis, {
    workers,
    Worker: class extends Worker {
      /** @param {string | URL} script @param {WorkerOptions} [options] */
      constructor(script, options) {
        super(script, options);
        workers.push(this);
      }
    },
  });
}

/** A lesson where the first answer for a file is spoilt. @param {string} lesson @param {string} file */
async function open(lesson, file) {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  await page.addInitScript(keepWorkers);
  await page.route(`**/${file}`, route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.goto(`${address()}lessons/${lesson}`);
  return { page, close, pad: pads(page, 'latent-pad#pad') };
}

test('lesson 4: the search loads again; each search begins with the slider at the last try', async () => {
  const { page, pad, close } = await open('guess.html', 'analysis_bg.wasm');
  const state = page.locator('#state');
  await pad.ready();
  await pad.press({ across: 0.3, down: 0.4 });
  await pad.sounding(true);
  await pad.lift();
  await pad.sounding(false);
  await page.locator('#guess:enabled').click();
  await eventually(
    () => state.innerText(),
    text => !['', 'Loading the search…'].includes(text),
    'it says so',
  );
  await page.locator('#guess').click();
  await state.filter({ hasText: 'Four searches run.' }).waitFor({ timeout: READY_TIMEOUT_MS });
  await page.locator('#tries:enabled').fill('0');
  await page.locator('#bell').click();
  await eventually(() => page.locator('#tries').inputValue(), '1');
  await close();
});

test('lesson 5: the map of the knobs loads again, and again after its worker is lost', async () => {
  const { page, pad, close } = await open('curve.html', 'analysis_bg.wasm');
  const about = page.locator('#principal-about');
  await pad.ready();
  await page.locator('#principal input').first().focus();
  const press = () => page.keyboard.press('ArrowRight');
  await press();
  await about.filter({ hasText: 'could not be loaded' }).waitFor();
  await page.evaluate(() => {
    const { fetch } = globalThis;
    globalThis.fetch = (...given) => {
      if (!String(given[0]).endsWith('presets.bin')) return fetch(...given);
      globalThis.fetch = fetch;
      return Promise.resolve(new Response('', { status: 404 }));
    };
  });
  await about.evaluate(element => {
    element.textContent = '';
  });
  await press();
  await about.filter({ hasText: 'could not be loaded' }).waitFor();
  await page.keyboard.down('ArrowRight');
  await about.filter({ hasText: '3,303 presets' }).waitFor({ timeout: READY_TIMEOUT_MS });
  await pad.sounding(true);
  await page.keyboard.up('ArrowRight');
  await pad.sounding(false);
  await page.evaluate(() =>
    /** @type {any} */ (globalThis).workers.forEach((/** @type {Worker} */ worker) =>
      worker.dispatchEvent(new Event('error', { cancelable: true })),
    ),
  );
  await press();
  await about.filter({ hasText: 'could not be loaded' }).waitFor();
  await page.keyboard.down('ArrowRight');
  await pad.sounding(true);
  await page.keyboard.up('ArrowRight');
  await close();
});

test('lesson 6: nothing is to be guessed without a result; the silent switch of an iPhone does not silence it', async () => {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'audioSession', { value: { type: 'auto' } });
  });
  await page.route('**/tone_transforms_bg.wasm', route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.goto(`${address()}lessons/violin-voice.html`);
  await page.locator('#state', { hasText: 'Something could not be loaded' }).waitFor({ timeout: READY_TIMEOUT_MS });
  assert.ok(await page.locator('#hidden').isDisabled());
  await page.locator('.map [data-sound=own]').click();
  await page.locator('#hidden:enabled').waitFor({ timeout: READY_TIMEOUT_MS });
  await eventually(() => page.evaluate(() => /** @type {any} */ (navigator).audioSession.type), 'playback');
  await close();
});

test('lesson 6: a worker that is lost and cannot be loaded again is no sound that cannot be computed', async () => {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  await page.addInitScript(keepWorkers);
  await page.goto(`${address()}lessons/violin-voice.html`);
  await page.locator('#hidden:enabled').waitFor({ timeout: READY_TIMEOUT_MS });
  await page.route('**/tone_transforms_bg.wasm', route => route.fulfill({ body: 'spoilt' }), { times: 1 });
  await page.evaluate(() =>
    /** @type {any} */ (globalThis).workers.forEach((/** @type {Worker} */ worker) =>
      worker.dispatchEvent(new Event('error', { cancelable: true })),
    ),
  );
  await page.locator('#hidden').click();
  await eventually(() => page.locator('#verdict').innerText(), /^Something could not be loaded: check the connection/);
  await page.locator('#hidden').click();
  await eventually(() => page.locator('#verdict').innerText(), /^Which /);
  await close();
});
