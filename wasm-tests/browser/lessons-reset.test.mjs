// Reset, or another press, while a lesson still loads: what was asked for before does not begin.
// `./build.sh test --long` runs it: who presses Reset within the second that a lesson loads is rare. About 15 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { pads } from './host.mjs';
import { shown } from './seen.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** Runs in the page before its scripts: counts the calls of workers and their answers. */
function count() {
  const asked = /** @type {Record<string, number>} */ ({});
  const answered = /** @type {Record<string, number>} */ ({});
  const add = (/** @type {Record<string, number>} */ counts, /** @type {string} */ method) => {
    counts[method] = (counts[method] ?? 0) + 1;
  };
  Object.assign(globalThis, { asked, answered });
  globalThis.Worker = class extends Worker {
    /** @type {Map<number, string>} */
    #methods = new Map();

    /** @param {string | URL} script @param {WorkerOptions} [options] */
    constructor(script, options) {
      super(script, options);
      this.addEventListener('message', ({ data }) => {
        if (data.type !== 'begun' && this.#methods.has(data.id)) add(answered, this.#methods.get(data.id) ?? '');
      });
    }

    /** @param {any} message @param {any} [more] */
    postMessage(message, more) {
      if (message.method) {
        add(asked, message.method);
        this.#methods.set(message.id, message.method);
      }
      super.postMessage(message, more);
    }
  };
}

/**
 * A lesson whose pad has sounded, and a function that lets the file arrive that it needs next.
 * @param {string} lesson @param {string} file
 */
async function open(lesson, file) {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  await page.addInitScript(count);
  await page.goto(`${address()}lessons/${lesson}`);
  const pad = pads(page, 'latent-pad#pad');
  await pad.ready();
  await pad.press({ across: 0.3, down: 0.4 });
  await pad.sounding(true);
  await pad.lift();
  await pad.sounding(false);
  /** @type {(value?: unknown) => void} */
  let arrive = () => {};
  const arrival = new Promise(resolve => {
    arrive = resolve;
  });
  await page.route(`**/${file}`, route => arrival.then(() => route.continue()));
  return { page, close, arrive };
}

test('lesson 4: a search does not begin after Reset or the bell was pressed while it loads', async () => {
  for (const next of ['reset', 'bell']) {
    const { page, close, arrive } = await open('guess.html', 'analysis_bg.wasm');
    await page.locator('#guess:enabled').click();
    await eventually(() => page.locator('#state').innerText(), 'Loading the search…');
    await page.locator(`#${next}`).click();
    arrive();
    // The sound to guess is rendered as before; then each worker would hear it.
    await page.waitForFunction(() => /** @type {any} */ (globalThis).answered.render_patch > 0, undefined, {
      timeout: READY_TIMEOUT_MS,
    });
    await shown(page);
    const { hear_target: heard, load_sounds: workers } = await page.evaluate(
      () => /** @type {any} */ (globalThis).asked,
    );
    // The note that the pad's patch plays, then the bell.
    assert.equal(heard / workers, next === 'bell' ? 2 : 1);
    if (next === 'reset') assert.equal(await page.locator('#state').innerText(), '');
    await close();
  }
});

test('lesson 5: a rule, a measurement or a hand that Reset ends while it loads does not begin', async () => {
  for (const [first, next, sentence] of /** @type {const} */ ([
    ['planned', 'hand', /^Press the map/],
    ['measure', 'hand', /^Press the map/],
    ['hand', 'measure', /^Measur/],
  ])) {
    const { page, close, arrive } = await open('curve.html', 'path_editor_bg.wasm');
    await Promise.all([page.waitForRequest('**/path_editor_bg.wasm'), page.locator(`#${first}`).click()]);
    await page.locator('#reset').click();
    await page.locator(`#${next}`).click();
    arrive();
    await eventually(() => page.locator('#verdict').innerText(), sentence);
    await shown(page);
    const pressed = await page
      .locator('[aria-pressed=true]:is(#hand, #nearest, #planned)')
      .evaluateAll(all => all.map(({ id }) => id));
    assert.deepEqual(pressed, next === 'hand' ? ['hand'] : []);
    if (next === 'hand') assert.equal(await page.locator('#ways circle').count(), 0, 'no path was planned');
    await close();
  }
});

test('lesson 5: a press of the map of the knobs ends what loads, and what is said of it', async () => {
  const { page, close, arrive } = await open('curve.html', 'path_editor_bg.wasm');
  await page.locator('#planned').click();
  await eventually(() => page.locator('#verdict').innerText(), 'Loading the map…');
  await page.locator('#principal').click();
  await eventually(() => page.locator('#verdict').innerText(), '');
  arrive();
  // The press waits for nothing else: once it is answered, the path would be there.
  await page.locator('#planned').click();
  await eventually(() => page.locator('#verdict').innerText(), /^Planned: /);
  await close();
});

test('on a host that serves pages without “.html” each lesson has ticks of its own, and the list shows them', async () => {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  await page.route(/\/lessons\/[\w-]+$/, route => route.continue({ url: `${route.request().url()}.html` }));
  await page.goto(`${address()}lessons/latent-space`);
  const pad = pads(page, 'latent-pad#pad');
  await pad.ready();
  for (const across of [0.2, 0.22, 0.2]) {
    if (across === 0.22) await page.locator('#task-2 .take').click();
    await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
    await pad.press({ across, down: 0.3 });
    await pad.sounding(true);
    await pad.lift();
    await pad.sounding(false);
  }
  await page.locator('#task-2.done').waitFor();
  await page.goto(`${address()}lessons/timbre`);
  await page.getByText(/^0 of \d+ tasks done$/).waitFor();
  await page.goto(`${address()}lessons/`);
  await page.getByText('2 of 4 tasks done').waitFor();
  await close();
});
