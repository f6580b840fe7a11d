// Chromium, driven by Playwright.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../browser/site.mjs';
import { sung } from '../browser/voices.mjs';
import { CHROMIUM } from './program.mjs';

/** @typedef {import('./session.mjs').Session} Session */
/** @typedef {import('./session.mjs').Pixel} Pixel */

/** A sung tone in place of a microphone, for which no permission is needed. @param {string} file */
const singing = file => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-audio-capture=${file}`,
];
/** Its length in seconds; it repeats. */
const SUNG_S = 20;
/** The number of events of a slide. */
const SLIDE_STEPS = 20;

/** @type {import('./engines.mjs').Engine} */
export const chromium = {
  name: 'Chromium',
  packages: 'chromium',
  installed: () => CHROMIUM !== undefined,
  open,
};

/** @returns {Promise<Session>} */
async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'voice-'));
  const voice = join(folder, 'voice.wav');
  writeFileSync(voice, sung([57], SUNG_S, 1));
  const browser = await launchBrowser(singing(voice));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, hasTouch: true });
  const protocol = await page.context().newCDPSession(page);
  let frame = page.mainFrame();
  /** Converts a pixel of the frame to one of the window. @param {Pixel} pixel @returns {Promise<Pixel>} */
  const inWindow = async ({ x, y }) => {
    const element = frame === page.mainFrame() ? undefined : await frame.frameElement();
    const box = await element?.boundingBox();
    return { x: x + (box?.x ?? 0), y: y + (box?.y ?? 0) };
  };
  /** The position of the finger. @type {Pixel} */
  let finger = { x: 0, y: 0 };
  /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type */
  const touch = async type => {
    await protocol.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [finger] });
  };
  return {
    async goto(address) {
      frame = page.mainFrame();
      await page.goto(address);
    },
    reload: async () => {
      await page.reload();
    },
    // As text, because Playwright serialises values differently from the other drivers.
    run: async (work, ...given) => {
      const answer = await frame.evaluate(`(${work})(...${JSON.stringify(given)})`);
      return /** @type {any} */ (answer);
    },
    enterFrame: async () => {
      frame = page.frames()[1];
    },
    version: browser.version(),
    hasFingers: true,
    async press(pointer, pixel) {
      const at = await inWindow(pixel);
      if (pointer === 'mouse') {
        await page.mouse.move(at.x, at.y);
        return page.mouse.down();
      }
      finger = at;
      await touch('touchStart');
    },
    async move(pointer, pixel) {
      const to = await inWindow(pixel);
      if (pointer === 'mouse') return page.mouse.move(to.x, to.y, { steps: SLIDE_STEPS });
      const from = finger;
      for (let step = 1; step <= SLIDE_STEPS; step++) {
        const share = step / SLIDE_STEPS;
        finger = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
        await touch('touchMove');
      }
    },
    lift: pointer => (pointer === 'mouse' ? page.mouse.up() : touch('touchEnd')),
    keyDown: key => page.keyboard.down(key),
    keyUp: key => page.keyboard.up(key),
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}
