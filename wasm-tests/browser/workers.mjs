// Holds back a page's messages to its workers for a while, so that a test finds the job still running, however fast the
// machine is.

/** @typedef {import('playwright-core').Page} Page */

/** Runs in the page. @param {readonly [method: string, free: number]} which */
function holdBack([method, free]) {
  /** @type {(() => void)[] | undefined} */
  let held = [];
  Object.assign(globalThis, {
    Worker: class extends Worker {
      asked = 0;
      /** @override @param {any} message @param {any[]} more */
      postMessage(message, ...more) {
        const send = () => super.postMessage(message, ...more);
        if (held && message.method === method && this.asked++ >= free) held.push(send);
        else send();
      }
    },
    release: () => {
      const all = held;
      held = undefined;
      all?.forEach(send => send());
    },
  });
}

/**
 * Holds back the calls of one method to each worker that starts from now on, after `free` calls, until the returned
 * function is called. Call it before the page opens or while it is open.
 * @param {Page} page @param {string} method @param {number} [free] how often each is asked all the same
 */
export async function heldBack(page, method, free = 0) {
  const which = /** @type {const} */ ([method, free]);
  await page.addInitScript(holdBack, which);
  await page.evaluate(holdBack, which);
  return () => page.evaluate(() => /** @type {any} */ (globalThis).release());
}
