// Pads in rare surroundings: a browser without custom states, contexts that a page gives, takes or closes, and many
// pads one after another. `./build.sh test --long` runs it: pages hardly ever do this, and forty pads take long. About
// 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { host, pads } from './host.mjs';
import { pass } from './seen.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** @param {string} body @param {import('playwright-core').BrowserContextOptions} [options] */
const open = async (body, options = { viewport: { width: 800, height: 700 } }) =>
  host(await visit(options), address(), body);

test('in a browser without custom states a tag plays', async () => {
  const empty = await visit({ viewport: { width: 800, height: 700 } });
  await empty.page.addInitScript(() => {
    Reflect.deleteProperty(ElementInternals.prototype, 'states');
  });
  const { pad, recorder, close } = await host(empty, address(), '<latent-pad></latent-pad>');
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.3 });
  assert.ok(await recorder.heard());
  await pad.lift();
  await close();
});

test('each latency hint has a context of its own, a value that is not a context is refused, and a context that one pad gives another stays open until both are removed', async () => {
  const visit = await open(
    '<latent-pad id="one"></latent-pad><latent-pad id="other" latency="playback"></latent-pad>',
    { viewport: { width: 800, height: 1300 } },
  );
  const { page } = visit;
  await pads(page, '#one').ready();
  await pads(page, '#other').ready();
  const [quick, calm] = await page.evaluate(() =>
    [...document.querySelectorAll('latent-pad')].map(pad => /** @type {any} */ (pad).audioContext.baseLatency),
  );
  assert.ok(calm > quick, `${calm} s and ${quick} s`);
  const refused = await page.evaluate(() => {
    try {
      Object.assign(document.querySelector('latent-pad') ?? {}, { audioContext: {} });
    } catch (error) {
      return String(error);
    }
  });
  assert.match(String(refused), /AudioContext/);

  const other = pads(page, '#other');
  await page.evaluate(() => {
    const [one, other] = /** @type {any[]} */ ([...document.querySelectorAll('latent-pad')]);
    const { context } = Object.assign(globalThis, { context: one.audioContext });
    other.audioContext = context;
    // The context belongs to the pad already.
    one.audioContext = context;
    one.remove();
  });
  await other.ready();
  const state = () => page.evaluate(() => /** @type {any} */ (globalThis).context.state);
  assert.notEqual(await state(), 'closed');
  await page.evaluate(() => {
    /** @type {any} */ (document.querySelector('#other')).lang = 'de';
  });
  await other.ready();
  assert.notEqual(await state(), 'closed', 'a restart keeps the context that a page gave');
  const removed = await page.evaluateHandle(() => /** @type {Element} */ (document.querySelector('#other')));
  await removed.evaluate(pad => pad.remove());
  await eventually(state, 'closed');
  await removed.evaluate(pad => document.body.append(pad));
  await other.ready();
  await visit.close();
});

test('a pad whose context the page has closed opens one of its own at the next try', async () => {
  const visit = await open('<latent-pad controls></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  await page.evaluate(() => {
    const context = new AudioContext();
    Object.assign(globalThis, { context });
    Object.assign(document.querySelector('latent-pad') ?? {}, { audioContext: context });
  });
  await pad.until('asleep', 'awake');
  await page.evaluate(() => /** @type {any} */ (globalThis).context.close());
  await pad.until('error');
  await page.locator('latent-pad #retry').click();
  await pad.until('asleep', 'awake');
  const [own] = await pad.get('audioContext');
  assert.notEqual(own, null);
  assert.ok(
    await page.evaluate(
      () => /** @type {any} */ (document.querySelector('latent-pad')).audioContext.state !== 'closed',
    ),
  );
  await visit.close();
});

test('pads that are added and removed leak no memory', async () => {
  const visit = await open('');
  const { page } = visit;
  const session = await page.context().newCDPSession(page);
  /** The program's memory in MB after this number of pads was added and removed. @param {number} count */
  const after = async count => {
    for (let number = 0; number < count; number++) {
      await page.evaluate(async () => {
        const pad = document.createElement('latent-pad');
        document.body.append(pad);
        while (!['asleep', 'awake'].includes(/** @type {any} */ (pad).state))
          await new Promise(resolve => setTimeout(resolve, 20));
        pad.remove();
      });
      // The first collection finds the garbage; the program gets it back before the second. Its memory never shrinks,
      // so the next pad must find it free.
      for (let round = 0; round < 2; round++) {
        await session.send('HeapProfiler.collectGarbage');
        await pass(page, 50);
      }
    }
    return page.evaluate(async address => {
      const program = await import(address);
      return (await program.default()).memory.buffer.byteLength / 1e6;
    }, new URL('app.js', address()).href);
  };
  // The memory reaches its size during the first twenty: some garbage waits for a later collection.
  const few = await after(24);
  const many = await after(16);
  // A live pad takes 0.3 MB: sixteen leaked pads would take 4.8 MB.
  assert.ok(many - few < 0.6, `${few} MB after 24, ${many} MB after 40`);
  await visit.close();
});
