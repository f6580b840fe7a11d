// What the single file does in place of main.js: unpacks the files that it carries and starts the program with them.
// build/single.mjs bundles this and puts the files in. Needs no server: it runs from file://.
import { start } from '../www/start.js';

/** @type {Record<string, string>} */
const TYPES = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' };

/** Chromium and WebKit refuse an audio worklet from a blob: address on a page from file://. */
const AS_DATA = new Set(['worklet.js']);

/** The address of a carried file, under its name. @param {HTMLScriptElement} carrier @returns {Promise<[string, string]>} */
async function unpack(carrier) {
  const name = carrier.dataset.name ?? '';
  const packed = Uint8Array.from(atob(carrier.text), character => character.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const file = await new Response(unpacked, { headers: { 'Content-Type': type } }).blob();
  carrier.remove();
  if (!AS_DATA.has(name)) return [name, URL.createObjectURL(file)];
  return [name, `data:${type},${encodeURIComponent(await file.text())}`];
}

const carriers = /** @type {HTMLScriptElement[]} */ ([...document.querySelectorAll('script[data-name]')]);
const addresses = new Map(await Promise.all(carriers.map(unpack)));
await start(name => addresses.get(name) ?? name);
