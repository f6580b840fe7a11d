// Phones: calls, screen lock, silent switch, notches, and scrolling pages around the pad. Fakes replace what Chromium
// lacks. About 30 s.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withCopy } from './copies.mjs';
import { eventually } from './eventually.mjs';
import { fingers } from './touches.mjs';
import { record } from './recorder.mjs';
import { newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { shown } from './seen.mjs';
import { PHONE, stage } from './visits.mjs';

const PLACE = { across: 0.4, down: 0.4 };

const on = stage();

/** @typedef {import('playwright-core').Page} Page */

/** A visit on a phone with fakes. @param {(page: Page) => Promise<unknown>} [prepare] */
async function open(prepare) {
  const { page, complaints, exceptions } = await newPage(on.browser, PHONE);
  await prepare?.(page);
  await openReady(page, on.site.address);
  return {
    page,
    hand: await fingers(page),
    async close() {
      await page.context().close();
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
    },
  };
}

/** @param {Page} page @param {string} name @param {string} value */
const root = (page, name, value) =>
  page.waitForFunction(([name, value]) => document.documentElement.dataset[name] === value, [name, value], {
    timeout: READY_TIMEOUT_MS,
  });

test('before the first tap: the silent switch of an iPhone does not silence it, returning starts no sound, and the map’s button says so', async () => {
  const { page, close } = await open(async page => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'audioSession', { value: { type: 'auto' } });
    });
    await page.addInitScript(callsCome);
  });
  await eventually(() => page.evaluate(() => /** @type {any} */ (navigator).audioSession.type), 'playback');

  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).phone.asked), 0);

  // All that a phone has room for.
  await page.getByRole('button', { name: /^Map\s\S+$/ }).waitFor();
  await close();
});

/** Runs before the page's scripts: fakes a call, during which the system suspends the sound. */
function callsCome() {
  /** @type {{ calling: boolean, asked: number, context?: AudioContext }} */
  const phone = { calling: false, asked: 0 };
  const change = () => phone.context?.dispatchEvent(new Event('statechange'));
  const Context = AudioContext;
  Object.assign(globalThis, {
    phone,
    ring() {
      phone.calling = true;
      change();
    },
    AudioContext: class extends Context {
      /** @param {AudioContextOptions} [options] */
      constructor(options) {
        super(options);
        phone.context = this;
      }
      get state() {
        return /** @type {any} */ (phone.calling ? 'interrupted' : super.state);
      }
      async resume() {
        phone.asked++;
        if (phone.calling) {
          phone.calling = false;
          setTimeout(change);
        }
        return super.resume();
      }
    },
  });
}

test('after a call a tap restores the sound, and returning to the page restores it without a tap', async () => {
  /** @type {Awaited<ReturnType<typeof record>> | undefined} */
  let recorder;
  const { page, hand, close } = await open(async page => {
    recorder = await record(page);
    await page.addInitScript(callsCome);
  });
  const ring = () => page.evaluate(() => /** @type {any} */ (globalThis).ring());
  await hand.press(PLACE);
  await hand.lift();
  await root(page, 'sound', 'awake');

  await hand.press(PLACE);
  await root(page, 'playing', 'on');
  await ring();
  await page.locator('#wake').waitFor();
  await eventually(() => page.locator('#wake').innerText(), /start the sound/);
  await hand.lift();
  await root(page, 'sound', 'awake');
  await page.locator('#wake').waitFor({ state: 'hidden' });
  await hand.press(PLACE);
  assert.ok(await recorder?.heard());
  await hand.lift();

  await ring();
  await page.locator('#wake').waitFor();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await root(page, 'sound', 'awake');
  await close();
});

test('the screen stays on while it sounds, also after a visit to another app, and is released in silence', async () => {
  const { page, hand, close } = await open(page =>
    page.addInitScript(() => {
      const screen = { asked: 0, lit: 0 };
      Object.assign(globalThis, { lamp: screen });
      Object.defineProperty(navigator, 'wakeLock', {
        value: {
          async request() {
            screen.asked++;
            screen.lit++;
            return {
              async release() {
                screen.lit--;
              },
            };
          },
        },
      });
    }),
  );
  const lamp = () => page.evaluate(() => /** @type {any} */ (globalThis).lamp);
  await hand.press(PLACE);
  await hand.lift();
  await root(page, 'sound', 'awake');
  await page.keyboard.press('Escape');
  await root(page, 'playing', 'off');
  await eventually(async () => (await lamp()).lit, 0);

  await hand.press(PLACE);
  await root(page, 'playing', 'on');
  await eventually(async () => (await lamp()).lit, 1);
  // The browser releases the lock of a hidden page without an event.
  await page.evaluate(() => {
    /** @type {any} */ (globalThis).lamp.lit = 0;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForFunction(() => /** @type {any} */ (globalThis).lamp.lit === 1);
  await hand.lift();
  await page.keyboard.press('Escape');
  await root(page, 'playing', 'off');
  await eventually(async () => (await lamp()).lit, 0);
  await close();
});

test('no control and no text is covered by a notch or a system bar', async () => {
  const { page, close } = await open();
  const session = await page.context().newCDPSession(page);
  for (const [width, height, top, right, bottom, left] of [
    [390, 844, 59, 0, 34, 0],
    [844, 390, 0, 59, 21, 59],
  ]) {
    await page.setViewportSize({ width, height });
    await session.send('Emulation.setSafeAreaInsetsOverride', { insets: { top, right, bottom, left } });
    await shown(page);
    for (const opener of ['', '#more-button', '#map-button']) {
      if (opener) await page.locator(opener).tap();
      await shown(page);
      const hidden = await page.evaluate(
        ([top, right, bottom, left]) => {
          const seen = [
            ...document.querySelectorAll('button, .bar, h2, .menu, .keyboard, .legend, select, input:not(.unseen)'),
          ].filter(element => element.checkVisibility());
          return seen
            .filter(element => {
              // Elements out of view can be reached by scrolling.
              if (element.parentElement?.closest('.panel, .menu')) return false;
              const box = element.getBoundingClientRect();
              return (
                box.top < top || box.left < left || box.right > innerWidth - right || box.bottom > innerHeight - bottom
              );
            })
            .map(element => `${element.id || element.className} ${JSON.stringify(element.getBoundingClientRect())}`);
        },
        [top, right, bottom, left],
      );
      assert.deepEqual(hidden, [], `${width} x ${height} ${opener}`);
      if (opener) await page.keyboard.press('Escape');
    }
  }
  await close();
});

test('in a scrolling page, a finger on the map plays and a finger beside it scrolls', () =>
  withCopy(async (address, folder) => {
    writeFileSync(
      join(folder, 'course.html'),
      `<!doctype html><meta name="viewport" content="width=device-width">
    <title>a course</title><p>Read this first.</p>
    <iframe src="./" allow="autoplay" width="360" height="700"></iframe><div style="height: 3000px"></div>`,
    );
    const { page } = await newPage(on.browser, PHONE);
    await page.goto(`${address}course.html`);
    const inside = page.frameLocator('iframe');
    await inside.locator('html[data-state=ready]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
    const session = await page.context().newCDPSession(page);
    /** Drags a finger up from the middle of an element. @param {string} what */
    const drag = async what => {
      await page.evaluate(() => scrollTo(0, 0));
      const box = await inside.locator(what).boundingBox();
      if (!box) throw new Error(`${what} is not seen`);
      const x = box.x + box.width / 2;
      const y = box.y + box.height / 2;
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
      for (let step = 1; step <= 20; step++) {
        await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y - 10 * step }] });
        await shown(page);
      }
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await shown(page);
    };
    const scrolled = () => page.evaluate(() => scrollY);
    await drag('canvas#pad');
    assert.equal(await scrolled(), 0, 'the map does not scroll the page');
    await drag('.transport');
    await eventually(scrolled, y => y > 100, 'beside the map the page does not scroll');
    await page.context().close();
  }));
