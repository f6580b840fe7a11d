// Loads the program of <latent-pad>, once for all pads of a page. A load that failed is tried again when a pad asks.

/** @typedef {typeof import('../app.js')} Program */

/** How long the program may take to load before the pad offers to try again; it may still arrive (as in start.js). */
const PATIENCE_MS = 20_000;

/** All pads of a page share one. @type {Promise<Program> | undefined} */
let loading;
/** How often loading failed. */
let failures = 0;

/** @param {string} address of app_bg.wasm */
export function load(address) {
  if (!loading) {
    const own = fetchProgram(address);
    loading = own;
    // A load that arrives after it was given up is still usable.
    own.then(
      () => {
        loading ??= own;
      },
      () => giveUp(own),
    );
  }
  return loading;
}

/** Makes the next try load again. @param {Promise<Program>} load */
export function giveUp(load) {
  if (loading !== load) return;
  loading = undefined;
  failures++;
}

/** @param {string} address of app_bg.wasm */
async function fetchProgram(address) {
  // A browser remembers the failed or pending import of an address, so a new try needs a new address; hosts ignore the
  // query. Bundlers follow only the first import; in a bundle the second address does not exist, hence the fallback.
  const again = `${new URL('../app.js', import.meta.url).href}?again=${failures}`;
  /** @type {Program} */
  const program =
    failures === 0
      ? await import('../app.js')
      : await import(/* webpackIgnore: true */ /* @vite-ignore */ again).catch(() => import('../app.js'));
  await program.default({ module_or_path: address });
  return program;
}

/**
 * The result of a load. Calls `late` if it takes too long, and still waits for it.
 * @template T
 * @param {Promise<T>} load @param {() => void} late
 */
export async function inTime(load, late) {
  const timer = setTimeout(late, PATIENCE_MS);
  try {
    return await load;
  } finally {
    clearTimeout(timer);
  }
}
