// The macro-controls when their workers are lost or no longer needed. `./build.sh test --long` runs it: these faults
// are rare, and each test measures a sound or two. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { begun, heard, measured, openMacros, slider } from './macro_controls.mjs';
import { visits } from './visits.mjs';

const { visit } = visits();

/**
 * Runs before the page's scripts: keeps its workers; `hold` gets the next wish for a patch,
 * to send it until it is answered.
 */
function keepWorkers() {
  const Own = Worker;
  /** @type {Worker[]} */
  const workers = [];
  Object.assign(globalThis, {
    workers,
    Worker: class extends Own {
      /** @param {string} script @param {WorkerOptions} options */
      constructor(script, options) {
        super(script, options);
        workers.push(this);
      }

      /** @override @param {any} message @param {any[]} more */
      postMessage(message, ...more) {
        const { hold } = /** @type {any} */ (globalThis);
        if (!hold || message.method !== 'macro_patch') return super.postMessage(message, ...more);
        Object.assign(globalThis, { hold: undefined });
        hold(
          () =>
            new Promise(answered => {
              this.addEventListener('message', answered, { once: true });
              super.postMessage(message, ...more);
            }),
        );
      }
    },
  });
}

test('after the browser has ended the workers, the sound can be measured again', async () => {
  const { page, close } = await openMacros(visit, { first: keepWorkers });
  await measured(page);
  await page.evaluate(() => {
    for (const worker of /** @type {any} */ (globalThis).workers) {
      worker.terminate();
      worker.dispatchEvent(new Event('error', { cancelable: true }));
    }
  });
  await slider(page, 'brightness').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('#macros-measure').click();
  await page.locator('#macros-state', { hasText: /\d %/ }).waitFor();
  await begun(page);
  const before = await heard(page);
  await slider(page, 'brightness').focus();
  await page.keyboard.press('ArrowRight');
  await eventually(
    () => heard(page),
    patch => JSON.stringify(patch) !== JSON.stringify(before),
  );
  await close();
});

test('a picture that is drawn when the macro-controls close starts no worker any more', async () => {
  const { page, close } = await openMacros(visit, { first: keepWorkers });
  await measured(page);
  // The picture waits for its first patch.
  await page.evaluate(() => {
    const held = new Promise(resolve => {
      Object.assign(globalThis, { hold: resolve });
    });
    Object.assign(globalThis, { held });
  });
  await slider(page, 'warmth').focus();
  await page.evaluate(() => /** @type {any} */ (globalThis).held.then(() => {}));
  await page.locator('#macros-close').click();
  const started = () => page.evaluate(() => /** @type {any} */ (globalThis).workers.length);
  const before = await started();
  await page.evaluate(async () => (await /** @type {any} */ (globalThis).held)().then(() => {}));
  assert.equal(await started(), before);
  await close();
});
