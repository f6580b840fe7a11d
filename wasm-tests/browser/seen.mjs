// What a person sees of the page: where it says that you are, and what its map shows.

/** The current point that the page shows: x and y, each -4…4. @param {import('playwright-core').Page} page */
export async function currentPoint(page) {
  await shown(page);
  return page.evaluate(() => ['across', 'upward'].map(id =>
    (/** @type {HTMLInputElement} */ (document.getElementById(id))).valueAsNumber));
}

/**
 * All that was done is shown: two frames later, and the words of what moves in the first frame that begins a tenth of
 * a second after the last ones (the page's readouts change ten times a second).
 * @param {import('playwright-core').Page} page
 */
export const shown = page => page.evaluate(() => new Promise(resolve => {
  const start_ms = performance.now();
  const look = (/** @type {number} */ now_ms) => {
    if (now_ms - start_ms < 100) requestAnimationFrame(look);
    else requestAnimationFrame(resolve);
  };
  requestAnimationFrame(look);
}));

/** What the pad's canvases show, as text to compare. @param {import('playwright-core').Page} page */
export const drawn = page => page.evaluate(() => ['map', 'pad'].map(id =>
  (/** @type {HTMLCanvasElement} */ (document.getElementById(id))).toDataURL()).join());
