// One page in any engine, and the one answer that it sends back. The page's sound is rendered at once instead of
// played, since a machine of tests may have no loudspeaker.
import { createServer } from 'node:http';

/** Generous, for a busy machine with two cores. */
const TIMEOUT_MS = 120_000;

/**
 * In the page, before its own scripts: every AudioContext is the last one of these. Wake it, press something, render.
 * @param {number} seconds
 */
export function renderAtOnce(seconds) {
  const rate_hz = 48_000;
  class Rendered extends OfflineAudioContext {
    awake = false;
    constructor() {
      super(2, seconds * rate_hz, rate_hz);
      Object.assign(globalThis, { rendered: this });
    }
    get state() { return /** @type {AudioContextState} */ (this.awake ? 'running' : 'suspended'); }
    async resume() {}
    async close() {}
    wake() {
      this.awake = true;
      this.dispatchEvent(new Event('statechange'));
    }
    /** The level of all that was played. */
    async level() {
      const left = (await this.startRendering()).getChannelData(0);
      return Math.sqrt(left.reduce((sum, sample) => sum + sample * sample, 0) / left.length);
    }
  }
  Object.assign(globalThis, { AudioContext: Rendered });
}

/** Waits for an answer: an image that is asked for with a query. Serves `html` as its own page. */
export async function listen(html = '') {
  /** @type {(result: URLSearchParams) => void} */
  let deliver;
  /** @type {Promise<URLSearchParams>} */
  const answered = new Promise(resolve => { deliver = resolve; });
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (searchParams.size > 0) deliver(searchParams);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return {
    address: `http://127.0.0.1:${address.port}/`,
    /** The answer of the page at an address, opened in an engine. @param {import('./engines.mjs').Engine} engine @param {string} page */
    async ask(engine, page) {
      const close = await engine.open(page);
      /** @type {NodeJS.Timeout | undefined} */
      let timer;
      try {
        const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${engine.name} did not answer`)), TIMEOUT_MS); });
        return /** @type {URLSearchParams} */ (await Promise.race([answered, late]));
      } finally {
        clearTimeout(timer);
        await close();
      }
    },
    close: () => { server.closeAllConnections(); server.close(); },
  };
}
