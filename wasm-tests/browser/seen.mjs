// The visible parts of the page: the current point, the map and other drawings, texts.

/** The current point that the page shows: x and y, each -4…4. @param {import('playwright-core').Page} page */
export async function currentPoint(page) {
  await shown(page);
  return page.evaluate(() =>
    ['across', 'upward'].map(id => /** @type {HTMLInputElement} */ (document.getElementById(id)).valueAsNumber),
  );
}

/**
 * Waits until everything is shown: two frames, and for the texts a frame that begins a tenth of a second after the last
 * change (the page's readouts change ten times a second).
 * @param {import('playwright-core').Page} page
 */
export const shown = page =>
  page.evaluate(
    () =>
      new Promise(resolve => {
        const start_ms = performance.now();
        const look = (/** @type {number} */ now_ms) => {
          if (now_ms - start_ms < 100) requestAnimationFrame(look);
          else requestAnimationFrame(resolve);
        };
        requestAnimationFrame(look);
      }),
  );

/** The content of the pad's canvases as text, for comparison. @param {import('playwright-core').Page} page */
export const drawn = page =>
  page.evaluate(() =>
    ['map', 'pad'].map(id => /** @type {HTMLCanvasElement} */ (document.getElementById(id)).toDataURL()).join(),
  );

/**
 * The number of colours on a canvas: one if nothing is drawn. Reads a copy, because Chromium complains of a canvas that
 * is read twice.
 * @param {import('playwright-core').Locator} canvas
 */
export const colors = canvas =>
  canvas.evaluate(element => {
    const { width, height } = /** @type {HTMLCanvasElement} */ (element);
    const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (
      new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    );
    copy.drawImage(/** @type {HTMLCanvasElement} */ (element), 0, 0);
    return new Set(new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer)).size;
  });

/**
 * Records all texts of an element outside of pads from now on, some of which are shown only for a while; the returned
 * function returns them.
 * @param {import('playwright-core').Page} page @param {string} selector
 */
export async function sayings(page, selector) {
  const said = await page.evaluateHandle(selector => {
    const said = /** @type {string[]} */ ([]);
    const element = /** @type {Element} */ (document.querySelector(selector));
    new MutationObserver(() => said.push(element.textContent ?? '')).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return said;
  }, selector);
  return () => said.jsonValue();
}

/**
 * Waits by a timer of the page: its own timers that were set before and are not longer have then fired.
 * @param {import('playwright-core').Page} page @param {number} time_ms
 */
export const pass = (page, time_ms) =>
  page.evaluate(
    time_ms =>
      new Promise(resolve => {
        setTimeout(resolve, time_ms);
      }),
    time_ms,
  );

/**
 * The texts in a part of the page that are cut off at the side.
 * @param {import('playwright-core').Page} page @param {string} part its selector
 */
export const cutTexts = (page, part) =>
  page
    .locator(`${part} :is(button, p, h3, h4):visible`)
    .evaluateAll(elements =>
      elements.filter(element => element.scrollWidth > element.clientWidth + 1).map(element => element.textContent),
    );

/**
 * The sentence of a status, without the button of an error's card.
 * @param {import('playwright-core').Page} page @param {string} selector
 */
export const sentenceOf = (page, selector) =>
  page
    .locator(selector)
    .evaluate(status => (status.querySelector('button') ? status.querySelector('span') : status)?.textContent ?? '');
