// Mouse and fingers through the browser's real input events, never synthetic events of a script.

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ across: number, down: number }} Spot a point of the pad's surface, each 0…1 */

/** @typedef {import('playwright-core').Locator} Locator */

/** @param {Locator} pad @param {Spot} spot */
async function pixel(pad, { across, down }) {
  const box = await pad.boundingBox();
  if (!box) throw new Error('the pad is not visible');
  return { x: box.x + box.width * across, y: box.y + box.height * down };
}

/** @param {Page} page @param {Locator} [pad] */
export function mouse(page, pad = page.locator('canvas#pad')) {
  return {
    /** @param {Spot} spot */
    async press(spot) {
      const { x, y } = await pixel(pad, spot);
      await page.mouse.move(x, y);
      await page.mouse.down();
    },
    /** @param {Spot} spot @param {number} [steps] */
    async move(spot, steps = 20) {
      const { x, y } = await pixel(pad, spot);
      await page.mouse.move(x, y, { steps });
    },
    lift: () => page.mouse.up(),
  };
}

/**
 * Makes the first tap on a phone, which starts the sound, and waits for silence.
 * @param {Page} page @param {Awaited<ReturnType<typeof fingers>>} hand
 * @param {{ silent: () => Promise<boolean> }} recorder
 */
export async function wake(page, hand, recorder) {
  await hand.press({ across: 0.5, down: 0.5 });
  await hand.lift();
  await page.waitForFunction(() => document.documentElement.dataset.sound === 'awake');
  await recorder.silent();
}

/** Fingers on a touch screen; the first five land one after another. @param {Page} page @param {Locator} [pad] */
export async function fingers(page, pad = page.locator('canvas#pad')) {
  const session = await page.context().newCDPSession(page);
  /** @type {{ x: number, y: number, id: number }[]} */
  let down = [];
  /**
   * @param {'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel'} type @param {typeof down} [touchPoints]
   * @param {number} [timestamp] now, unless it is given, in seconds
   */
  const send = (type, touchPoints = down, timestamp) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp });
  return {
    /** Puts one more finger down. @param {Spot} spot */
    async press(spot) {
      const used = down.map(finger => finger.id);
      const id = [0, 1, 2, 3, 4, 5, 6].find(id => !used.includes(id)) ?? 0;
      down.push({ ...(await pixel(pad, spot)), id });
      await send('touchStart');
    },
    /** The number of fingers that are down. */
    count: () => down.length,
    /** Puts one more finger on the lower part of an element. @param {string} selector */
    async pressOn(selector) {
      const box = await page.locator(selector).boundingBox();
      if (!box) throw new Error(`${selector} is not visible`);
      down.push({ x: box.x + box.width / 2, y: box.y + box.height * 0.8, id: 7 });
      await send('touchStart');
    },
    /** Slides the finger of this number. @param {Spot} spot @param {number} [number] */
    async move(spot, number = 0) {
      const from = { ...down[number] };
      const to = await pixel(pad, spot);
      for (let step = 1; step <= 20; step++) {
        down[number].x = from.x + ((to.x - from.x) * step) / 20;
        down[number].y = from.y + ((to.y - from.y) * step) / 20;
        await send('touchMove');
      }
    },
    /** Lifts all fingers, or the one of this number. @param {number} [number] */
    async lift(number) {
      const lifting = number === undefined ? [] : down.splice(number, 1);
      if (number === undefined) down = [];
      await send('touchEnd', lifting);
    },
    /** Taps twice without a pause. @param {Spot} spot */
    async doubleTap(spot) {
      const finger = [{ ...(await pixel(pad, spot)), id: 0 }];
      const now_s = Date.now() / 1000;
      await Promise.all([
        send('touchStart', finger, now_s),
        send('touchEnd', [], now_s + 0.03),
        send('touchStart', finger, now_s + 0.06),
        send('touchEnd', [], now_s + 0.09),
      ]);
    },
    /** Cancels all fingers, as a system does. */
    async cancel() {
      down = [];
      await send('touchCancel', []);
    },
  };
}
