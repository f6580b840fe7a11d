// A browser that denies storage, the offline copy or MIDI: the page plays, says what is missing where it matters, and
// uses it once it is granted. `./build.sh test --long` runs it: faults of storage. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { eventually } from './eventually.mjs';
import { record } from './recorder.mjs';
import { pass, shown } from './seen.mjs';
import { drop, playAt, said, take } from './sharing.mjs';
import { newPage, openReady, READY_TIMEOUT_MS, withoutPatience } from './site.mjs';
import { DESKTOP, stage, visits } from './visits.mjs';
import { reach } from './panels.mjs';

const { visit } = visits();
const on = stage();

/**
 * Plays by Space, and lets it go.
 * @param {import('playwright-core').Page} page @param {Awaited<ReturnType<typeof record>>} recorder
 */
async function hold(page, recorder) {
  await page.keyboard.down('Space');
  assert.ok(await recorder.heard());
  await page.keyboard.up('Space');
}

/** @type {[string, () => void][]} */
const storages = [
  [
    'denied',
    () => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
      Object.defineProperty(globalThis, 'indexedDB', {
        value: {
          open() {
            throw new DOMException('denied', 'SecurityError');
          },
        },
      });
    },
  ],
  [
    'full',
    () => {
      Object.defineProperty(globalThis, 'localStorage', {
        value: {
          length: 0,
          key: () => null,
          getItem: () => null,
          removeItem() {},
          setItem() {
            throw new DOMException('full', 'QuotaExceededError');
          },
        },
      });
    },
  ],
];

/** @type {[string, (page: import('playwright-core').Page) => Promise<unknown>][]} what there is to lose */
const losses = [
  ['a landmark', page => page.locator('#tool-mark').click()],
  [
    'an edited patch',
    async page => {
      await (await reach(page, '.group-opener')).nth(2).click();
      await page.getByRole('slider', { name: 'Cutoff', exact: true }).fill('1.2');
    },
  ],
];

for (const [at, [how, deny]] of storages.entries()) {
  const [what, lose] = losses[at];
  test(`with storage that is ${how} it plays, and says so as soon as there is ${what} to lose`, async () => {
    const { page, ready, close } = await visit(DESKTOP);
    await page.addInitScript(deny);
    const recorder = await record(page);
    await ready();
    await page.keyboard.press('ArrowRight');
    // Until it would have stored the session.
    await pass(page, 1000);
    await shown(page);
    assert.equal(await page.locator('#remark').isVisible(), false, 'there is nothing to lose yet');
    await hold(page, recorder);
    await lose(page);
    const remark = page.locator('#remark').filter({ hasText: /cannot save/ });
    await remark.waitFor();
    await eventually(() => remark.innerText(), /: .*(link|bank).*\.$/, 'it says what to do');
    await page.keyboard.press('ArrowRight');
    await close();
  });
}

test('without space for the offline copy it plays, and says so under More', async () => {
  const site = await hostSite({
    change: (name, body) =>
      name !== 'service-worker.js'
        ? body
        : Buffer.concat([
            Buffer.from("caches.open = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));"),
            body,
          ]),
  });
  const { page, exceptions } = await newPage(on.browser, { ...DESKTOP, serviceWorkers: 'allow' });
  const recorder = await record(page);
  await openReady(page, site.address);
  await page.locator('#not-kept:not([hidden])').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await page.locator('#kept').waitFor({ state: 'hidden' });
  await eventually(() => page.evaluate(() => document.documentElement.dataset.state), 'ready');
  await hold(page, recorder);
  assert.deepEqual(exceptions, []);
  await page.context().close();
  await site.close();
});

test('a preset that could not be saved is saved when it is imported again with storage', async () => {
  const { page, ready, close } = await visit(DESKTOP);
  // The page must wait for the database of imports for any time.
  await withoutPatience(page, 2000);
  await page.addInitScript(() => {
    const denied = {
      open() {
        throw new DOMException('denied', 'SecurityError');
      },
    };
    const granted = indexedDB;
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => (sessionStorage.getItem('granted') ? granted : denied),
    });
  });
  await ready();
  await playAt(page, 'Left', 'Up');
  const { bytes } = await take(page, '#take-patch');
  const preset = { name: 'mine.amSynthPreset', bytes };
  await drop(page, preset);
  await said(page, /is on the map.* gone after a reload/);
  await page.evaluate(() => sessionStorage.setItem('granted', 'yes'));
  await drop(page, preset);
  await said(page, /is already on the map/);
  await page.reload();
  await page.locator('#remove-imports:not([hidden])').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  await close();
});

test('the page reports denied MIDI, and uses it at the next press after it is granted', async () => {
  const { page, ready, close } = await visit(DESKTOP);
  await page.addInitScript(() => {
    let denials = 1;
    const given = Object.assign(new EventTarget(), { inputs: new Map(), outputs: new Map(), onstatechange: null });
    Object.defineProperty(navigator, 'requestMIDIAccess', {
      value: async () => {
        if (denials-- > 0) throw new DOMException('denied', 'NotAllowedError');
        return given;
      },
    });
  });
  await ready();
  await (await reach(page, '#midi-section summary')).click();
  await (await reach(page, '#midi')).click();
  await (await reach(page, '#midi-status')).filter({ hasText: /not allowed: .*press again\./ }).waitFor();
  await (await reach(page, '#midi')).click();
  await (await reach(page, '#midi-status')).filter({ hasText: /MIDI is on/ }).waitFor();
  await close();
});
