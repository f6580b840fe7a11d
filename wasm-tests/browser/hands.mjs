// A visitor's hands: mouse, finger and keys, with real input events of the browser (never synthetic ones of a script).

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ across: number, down: number }} Place a place on the pad, each 0…1 */

/** @param {Page} page @param {Place} place */
async function pixel(page, { across, down }) {
  const box = await page.locator('canvas#pad').boundingBox();
  if (!box) throw new Error('the pad is not visible');
  return { x: box.x + box.width * across, y: box.y + box.height * down };
}

/** @param {Page} page */
export function mouse(page) {
  return {
    /** @param {Place} place */
    async press(place) {
      const { x, y } = await pixel(page, place);
      await page.mouse.move(x, y);
      await page.mouse.down();
    },
    /** @param {Place} place */
    async move(place) {
      const { x, y } = await pixel(page, place);
      await page.mouse.move(x, y, { steps: 20 });
    },
    lift: () => page.mouse.up(),
  };
}

/** One finger on a touch screen. @param {Page} page */
export async function finger(page) {
  const session = await page.context().newCDPSession(page);
  /** @type {{ x: number, y: number }} */
  let at = { x: 0, y: 0 };
  /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {{ x: number, y: number }[]} touchPoints */
  const send = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    /** @param {Place} place */
    async press(place) {
      at = await pixel(page, place);
      await send('touchStart', [at]);
    },
    /** @param {Place} place */
    async move(place) {
      const from = at;
      const to = await pixel(page, place);
      for (let step = 1; step <= 20; step++) {
        at = { x: from.x + ((to.x - from.x) * step) / 20, y: from.y + ((to.y - from.y) * step) / 20 };
        await send('touchMove', [at]);
      }
    },
    lift: () => send('touchEnd', []),
  };
}
