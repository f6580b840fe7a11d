// Starts the program wherever its files lie: beside this script, or inside a page that carries them. Only what has
// to be known before WebAssembly can run is decided here; the sentences stand in index.html.
import { translate } from './visitor.js';

/** How long the program may take to come before the page offers to load it again; it may still come. */
const PATIENCE_MS = 20_000;

/** @param {'too-old' | 'not-started'} id */
const say = id => {
  document.getElementById(id)?.removeAttribute('hidden');
  document.documentElement.dataset.state = 'error';
};

// A module of one function that returns a v128 zero: valid only where SIMD is known.
const SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
);

/** @param {(name: string) => string} locate answers the address of a file by its name */
export async function start(locate) {
  // From here on the style sheet need not say that nothing came.
  document.documentElement.dataset.begun = '';
  const words = translate();
  const sounds = typeof WebAssembly === 'object' && WebAssembly.validate(SIMD);
  // Without these no menu would close, and nothing have a colour (Chrome 123, Firefox 125, Safari 17.5).
  const shows = 'popover' in HTMLElement.prototype && CSS.supports('color', 'light-dark(#000, #fff)');
  if (!sounds || !shows) {
    say('too-old');
    return;
  }
  let failed = false;
  // By itself the link would forget what the address says behind “#”, and take what the browser keeps.
  const notStarted = document.getElementById('not-started');
  notStarted.querySelector('a').addEventListener('click', async event => {
    event.preventDefault();
    if (failed) {
      const anew = { cache: /** @type {const} */ ('reload'), signal: AbortSignal.timeout(PATIENCE_MS) };
      await Promise.allSettled(['app.js', 'app_bg.wasm'].map(name => fetch(locate(name), anew).then(answer => answer.blob())));
    }
    // What was late may have come meanwhile.
    if (!notStarted.hidden) location.reload();
  });
  const late = setTimeout(say, PATIENCE_MS, 'not-started');
  try {
    /** @type {typeof import('./app.js')} */
    const app = await import(locate('app.js'));
    await app.default({ module_or_path: locate('app_bg.wasm') });
    notStarted.hidden = true;
    app.start(locate, words);
  } catch (error) {
    failed = true;
    say('not-started');
    console.error(error);
  } finally {
    clearTimeout(late);
  }
}
