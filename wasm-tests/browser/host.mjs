// A test page with <latent-pad> in it, and the events that it receives from its pads.
import { eventually } from './eventually.mjs';
import { fingers, mouse } from './touches.mjs';
import { record } from './recorder.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Runs in the page before its own scripts. */
function remember() {
  /** @type {{ kind: string, id: string, detail: any }[]} */
  const events = [];
  Object.assign(globalThis, { events });
  for (const kind of ['patchchange', 'statechange', 'error']) {
    // They bubble and are composed, so the document receives them all.
    document.addEventListener(kind, event => {
      if (!(event.target instanceof HTMLElement)) return;
      const { detail, message } = /** @type {any} */ (event);
      events.push({ kind, id: event.target.id, detail: detail ?? { message } });
    });
  }
}

/** The pad that a selector finds. @param {Page} page @param {string} [selector] */
export function pads(page, selector = 'latent-pad') {
  const pad = page.locator(selector);
  const inside = (/** @type {string} */ id) => pad.locator(`#${id}`);
  const hand = mouse(page, pad.locator('canvas#pad'));
  /** @param {string} kind @returns {Promise<any[]>} */
  const all = kind =>
    page.evaluate(
      ({ kind, id }) =>
        /** @type {any} */ (globalThis).events
          .filter((/** @type {any} */ event) => event.kind === kind && event.id === id)
          .map((/** @type {any} */ event) => event.detail),
      { kind, id: selector.split('#')[1] ?? '' },
    );
  /** @param {...string} states */
  const until = (...states) =>
    page.waitForFunction(
      ({ selector, states }) => states.includes(/** @type {any} */ (document.querySelector(selector))?.state),
      { selector, states },
      { timeout: READY_TIMEOUT_MS },
    );
  return {
    ...hand,
    fingers: () => fingers(page, pad.locator('canvas#pad')),
    until,
    /** Waits until the pad and its map have loaded. */
    async ready() {
      await until('asleep', 'awake', 'error');
      // After 20 s it reports an error; its program may still arrive.
      await until('asleep', 'awake').catch(() => {});
      const failed = await pad.evaluate(pad => /** @type {any} */ (pad).state === 'error');
      if (failed) throw new Error(`the pad says: ${await inside('trouble-text').textContent()}`);
      await inside('bars').waitFor({ timeout: READY_TIMEOUT_MS });
    },
    all,
    /** Waits until a touch or the play button sounds, or no longer does. @param {boolean} sounding */
    sounding: sounding =>
      page.waitForFunction(
        ({ selector, sounding }) => /** @type {any} */ (document.querySelector(selector))?.sounding === sounding,
        { selector, sounding },
      ),
    /** @param {string} kind */
    last: async kind => (await all(kind)).at(-1),
    /** @param {...string} names @returns {Promise<any[]>} */
    get: (...names) => pad.evaluate((pad, names) => names.map(name => /** @type {any} */ (pad)[name]), names),
    /** @param {Record<string, unknown>} properties */
    set: properties =>
      pad.evaluate((pad, properties) => {
        Object.assign(pad, properties);
      }, properties),
    /** @param {string} id */
    text: async id => (await inside(id).textContent()) ?? '',
    /** @param {string} name */
    button: name => pad.getByRole('button', { name }),
    /** Opens “What you hear” of the panel Sound; returns it. */
    async openReadout() {
      const readout = inside('readout');
      // The panel may still move below the mouse: then the press hit something else.
      await eventually(async () => {
        if ((await readout.getAttribute('open')) === null) await readout.locator('summary').first().click();
        return readout.getAttribute('open');
      }, '');
      return readout;
    },
    async box() {
      const box = await pad.boundingBox();
      if (!box) throw new Error('the pad is not visible');
      return box;
    },
  };
}

/**
 * Opens a page with this body on the site's host.
 * @param {Awaited<ReturnType<ReturnType<typeof import('./visits.mjs').visits>['visit']>>} visit
 * @param {string} address
 * @param {string} body
 */
export async function host({ page, close }, address, body) {
  const recorder = await record(page);
  await page.addInitScript(remember);
  const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
    <link rel="icon" href="icon.svg"><title>somebody else’s</title>
    <script type="module" src="latent-pad.js"></script><body>${body}</body></html>`;
  await page.route('**/somebody-else.html', route => route.fulfill({ contentType: 'text/html', body: html }));

  const session = await page.context().newCDPSession(page);
  /** The listeners of pads on the document and the window. (The browser's driver listens to gestures.) */
  const listeners = async () => {
    const kinds = [];
    for (const expression of ['window', 'document']) {
      const { result } = await session.send('Runtime.evaluate', { expression });
      const found = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
      kinds.push(...found.listeners.map(listener => listener.type));
    }
    return kinds.filter(kind => ['blur', 'resize', 'pageshow', 'pagehide', 'visibilitychange'].includes(kind));
  };
  await page.goto(new URL('somebody-else.html', address).href);

  return {
    page,
    recorder,
    listeners,
    pad: pads(page),
    /** Slides a finger over the screen. @param {{ x: number, y: number }} from @param {{ x: number, y: number }} to */
    async swipe(from, to) {
      /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {number} [share] of the way */
      const send = (type, share) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints:
            share === undefined ? [] : [{ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }],
        });
      await send('touchStart', 0);
      for (let step = 1; step <= 10; step++) await send('touchMove', step / 10);
      await send('touchEnd');
    },
    close,
  };
}
