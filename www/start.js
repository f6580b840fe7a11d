// Starts the program, whose files lie beside this script or inside the single-file page. Decides only what must be
// known before WebAssembly runs; the messages are in index.html.
import { language, translate } from './visitor.js';

/** How long the program may take to load before the page offers to reload; it may still arrive after that. */
const PATIENCE_MS = 20_000;

/** @param {'too-old' | 'not-started'} id */
const say = id => {
  document.getElementById(id)?.removeAttribute('hidden');
  document.documentElement.dataset.state = 'error';
};

// A module with one function that returns a v128 zero: valid only in engines with SIMD.
const SIMD = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  5,
  1,
  96,
  0,
  1,
  123,
  3,
  2,
  1,
  0,
  10,
  8,
  1,
  6,
  0,
  65,
  0,
  253,
  15,
  11,
);

/** @param {(name: string) => string} locate maps a file's name to its address */
export async function start(locate) {
  // Stops the style sheet from reporting that no script has loaded.
  document.documentElement.dataset.begun = '';
  const tag = language();
  const texts = `words/${tag}.js`;
  /** @type {Promise<import('./words/language.js').Words>} */
  const translated = import(locate(texts)).then(({ default: words }) => {
    translate(tag, words);
    return words;
  });
  // If this fails, the program does not start, which says so below.
  translated.catch(() => {});
  const sounds = typeof WebAssembly === 'object' && WebAssembly.validate(SIMD);
  // Menus need the first, colours the second (Chrome 123, Firefox 125, Safari 17.5).
  const shows = 'popover' in HTMLElement.prototype && CSS.supports('color', 'light-dark(#000, #fff)');
  if (!sounds || !shows) {
    say('too-old');
    return;
  }
  let failed = false;
  // The plain link would drop the part of the address after “#” and reuse the browser's cached files.
  const notStarted = document.getElementById('not-started');
  notStarted.querySelector('a').addEventListener('click', async event => {
    event.preventDefault();
    if (failed) {
      const anew = { cache: /** @type {const} */ ('reload'), signal: AbortSignal.timeout(PATIENCE_MS) };
      await Promise.allSettled(
        ['app.js', 'app_bg.wasm', texts].map(name => fetch(locate(name), anew).then(answer => answer.blob())),
      );
    }
    // The program may have arrived in the meantime.
    if (!notStarted.hidden) location.reload();
  });
  const late = setTimeout(say, PATIENCE_MS, 'not-started');
  try {
    /** @type {typeof import('./app.js')} */
    const app = await import(locate('app.js'));
    await app.default({ module_or_path: locate('app_bg.wasm') });
    const words = await translated;
    notStarted.hidden = true;
    app.start(locate, address => import(address), words);
  } catch (error) {
    failed = true;
    say('not-started');
    console.error(error);
  } finally {
    clearTimeout(late);
  }
}
