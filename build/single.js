// The entry script of the single file, in place of main.js: unpacks the embedded files and starts the program with
// them. build/single.mjs bundles it and embeds the files. It must run from file://.
import { start } from '../www/start.js';

/** @type {Record<string, string>} */
const TYPES = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' };

/**
 * Scripts that run outside the page's scope. On file://, blob: addresses work only in the page: Chromium and WebKit
 * refuse them in an audio worklet, Chromium also in a Worker.
 */
const AS_DATA = new Set([
  'worklet.js',
  'live-processor.js',
  'sing-processor.js',
  'analysis-worker.js',
  'analysis.js',
  'match-worker.js',
  'path-files-worker.js',
  'tone-sounds-worker.js',
]);

/** @param {Blob} file @returns {Promise<string>} */
const dataAddress = file =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {string} */ (reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

/**
 * Unpacks an embedded file and returns its name and its address.
 * @param {HTMLScriptElement} carrier @returns {Promise<[string, string]>}
 */
async function unpack(carrier) {
  const name = carrier.dataset.name ?? '';
  const packed = Uint8Array.from(atob(carrier.text), character => character.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const file = await new Response(unpacked, { headers: { 'Content-Type': type } }).blob();
  carrier.remove();
  return [name, AS_DATA.has(name) ? await dataAddress(file) : URL.createObjectURL(file)];
}

// A link to a file on this machine opens nowhere else, and names its folders.
if (location.protocol === 'file:') {
  const textContent = '#copy-link, #hand-on-link, #path-link { display: none !important; }';
  document.head.append(Object.assign(document.createElement('style'), { textContent }));
}

const carriers = /** @type {HTMLScriptElement[]} */ ([...document.querySelectorAll('script[data-name]')]);
const addresses = new Map(await Promise.all(carriers.map(unpack)));
await start(name => addresses.get(name) ?? name);
