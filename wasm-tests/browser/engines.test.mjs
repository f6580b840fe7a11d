// <latent-pad> in a page of another host, in Firefox and WebKitGTK too, where they are installed; elsewhere they are
// said to be left out. About 20 s.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listen, renderAtOnce } from '../engines/answer.mjs';
import { chromium, firefox, webKit } from '../engines/engines.mjs';
import { serveSite } from './site.mjs';
import { AUDIBLE } from './sound.mjs';


/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
before(async () => { site = await serveSite(); });
after(() => site?.close());

/** In the page: plays the pad and tells what came of it. */
async function play() {
  const pad = /** @type {any} */ (document.querySelector('latent-pad'));
  const pause = (/** @type {number} */ ms) => new Promise(resolve => setTimeout(resolve, ms));
  /** @param {Record<string, unknown>} result */
  const tell = result => { new Image().src = `/?${new URLSearchParams(Object.entries(result).map(([name, value]) => [name, String(value)]))}`; };
  let error = '';
  document.addEventListener('error', event => { error = (/** @type {ErrorEvent} */ (event)).message; });
  await customElements.whenDefined('latent-pad');
  while (pad.state === 'loading') await pause(50);
  const { rendered } = /** @type {any} */ (globalThis);
  if (pad.state === 'error') return tell({ error });
  rendered.wake();
  pad.play();
  while (!pad.sounding) await pause(50);
  const level = await rendered.level();
  const { height } = pad.shadowRoot.querySelector('canvas').getBoundingClientRect();
  const words = pad.shadowRoot.querySelector('#near').textContent;
  pad.remove();
  await pause(50);
  tell({ level, words, height, x: pad.x, left: pad.output });
}

for (const engine of [chromium, firefox, webKit]) {
  test(`the element sounds in ${engine.name}`, async context => {
    if (!engine.installed()) {
      context.skip(`not run: ${engine.name} is not installed (apt-get install ${engine.packages})`);
      return;
    }
    const page = await listen(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Somebody else’s</title>
      <script>(${renderAtOnce})(2)</script><script type="module" src="${site.address}latent-pad.js"></script>
      <latent-pad x="1.5" controls></latent-pad><script>(${play})()</script></html>`);
    try {
      const result = await page.ask(engine, page.address);
      assert.equal(result.get('error'), null);
      assert.ok(Number(result.get('level')) > AUDIBLE, `the level is ${result.get('level')}`);
      assert.match(result.get('words') ?? '', /\p{L}{3}/u);
      assert.ok(Number(result.get('height')) > 200, `the map is ${result.get('height')} high`);
      assert.deepEqual([result.get('x'), result.get('left')], ['1.5', 'null']);
    } finally {
      page.close();
    }
  });
}
