// The events that end the macro-controls of <latent-pad>, the worker that they keep, the locked groups that they leave
// unchanged, and a processor that does not load. `./build.sh test --long` runs it: each test measures a sound two times
// or more. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { eventually } from './eventually.mjs';
import { host } from './host.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** Runs in the page before its scripts: keeps the workers that have not been ended, in the order of their starts. */
function keepWorkers() {
  const workers = /** @type {Set<Worker>} */ (new Set());
  Object.assign(globalThis, { workers });
  globalThis.Worker = class extends Worker {
    /** @param {string | URL} script @param {WorkerOptions} [options] */
    constructor(script, options) {
      super(script, options);
      workers.add(this);
    }

    terminate() {
      workers.delete(this);
      super.terminate();
    }
  };
}

/** A pad that has sounded. @param {string} tag */
async function open(tag) {
  const visitor = await visit({ viewport: { width: 1100, height: 900 } });
  await visitor.page.addInitScript(keepWorkers);
  const { page, pad, close } = await host(visitor, address(), tag);
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.4 });
  await pad.lift();
  await eventually(async () => Boolean((await pad.get('patch'))[0]), true);
  return {
    page,
    pad,
    close,
    /** Measures, and keeps the result by a name. @param {string} name */
    measure: name =>
      page.evaluate(async name => {
        const pad = /** @type {any} */ (document.querySelector('latent-pad'));
        Object.assign(globalThis, { [name]: await pad.macros() });
      }, name),
    /** @param {string} script @returns {Promise<any>} */
    say: script => page.evaluate(script),
    workers: () => page.evaluate(() => /** @type {any} */ (globalThis).workers.size),
  };
}

test('one worker stays; new macro-controls end the earlier ones; those whose worker is lost say that they are over', async () => {
  const { pad, close, measure, say, workers } = await open('<latent-pad></latent-pad>');
  await measure('first');
  await eventually(workers, 1, 'those that have measured go on');
  assert.equal(await say('first.isCurrent'), true);
  await measure('second');
  await eventually(workers, 1, 'the earlier ones keep their worker');
  assert.deepEqual(await say('[first.isCurrent, second.isCurrent]'), [false, true]);
  const before = (await pad.get('patch'))[0];
  await say('workers.forEach(worker => worker.dispatchEvent(new Event("error")))');
  const property = await say('Object.keys(second.reach).find(property => second.reach[property].more > 5)');
  await say(`void second.param('${property}').setValueAtTime(1, 0)`);
  await eventually(() => say('second.isCurrent'), false);
  await eventually(workers, 0, 'a worker that knows nothing stays');
  assert.deepEqual((await pad.get('patch'))[0], before);
  await close();
});

test('locked groups are measured as locked; macro-controls end with a lock or without one', async () => {
  const { page, close, measure, say } = await open('<latent-pad panels="sound" style="height: 800px"></latent-pad>');
  const locks = page.locator('latent-pad .group .lock');
  await locks.first().waitFor();
  await measure('free');
  assert.equal(await say('free.isCurrent'), true);
  for (const lock of await locks.all()) await lock.click();
  await eventually(() => say('free.isCurrent'), false);
  await measure('held');
  assert.equal(await say('held.isCurrent'), true);
  const changes = await say('Object.values(held.reach).flatMap(({ less, more }) => [less, more])');
  assert.ok(
    changes.every((/** @type {number} */ points) => points === 0),
    `${changes}`,
  );
  await locks.first().click();
  await eventually(() => say('held.isCurrent'), false);
  await close();
});

test('what the macro-controls need is requested once, and a processor that did not load is requested again at the next call', async () => {
  let isBroken = true;
  let processors = 0;
  let programs = 0;
  const site = await hostSite({
    answer(path, response) {
      if (path === 'analysis_bg.wasm') programs++;
      if (path !== 'macro-processor.js') return false;
      processors++;
      if (isBroken) response.destroy();
      return isBroken;
    },
  });
  const { page, pad } = await host(
    await visit({ viewport: { width: 800, height: 700 } }),
    site.address,
    '<latent-pad></latent-pad>',
  );
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.4 });
  await pad.lift();
  await eventually(async () => Boolean((await pad.get('patch'))[0]), true);
  /** The sentence of a failure, or else the number of properties. */
  const measure = () =>
    page.evaluate(() =>
      /** @type {any} */ (document.querySelector('latent-pad')).macros().then(
        (/** @type {any} */ macros) => Object.keys(macros.reach).length,
        (/** @type {Error} */ error) => error.message,
      ),
    );
  assert.match(await measure(), /^the program that measures did not load: check the connection/);
  assert.equal(programs, 0, 'nothing is measured in vain');
  const before = processors;
  isBroken = false;
  assert.equal(await measure(), 8);
  assert.ok(processors > before);
  assert.equal(programs, 1, 'one for all workers');
  // The browser reports the broken answer, so console messages do not count here.
  await page.context().close();
  await site.close();
});
