// Where the files of <latent-pad> lie. Each is named in full, so that a bundler sees it, carries it along and may give
// it another name. This script lies beside them, so that it also finds them when it is bundled and they are copied.

/** @type {Record<string, string>} */
const BESIDE = {
  'app_bg.wasm': new URL('./app_bg.wasm', import.meta.url).href,
  'worklet.js': new URL('./worklet.js', import.meta.url).href,
  'worklet.wasm': new URL('./worklet.wasm', import.meta.url).href,
  'grid.f32': new URL('./grid.f32', import.meta.url).href,
  'decoder.onnx': new URL('./decoder.onnx', import.meta.url).href,
  'coordinates.json': new URL('./coordinates.json', import.meta.url).href,
  'map.json': new URL('./map.json', import.meta.url).href,
};

/**
 * Answers the address of a file by its name.
 * @param {string | null} base the folder that holds all of them, relative to the page; none: beside this script
 * @returns {(name: string) => string}
 */
export function locator(base) {
  if (!base) return name => BESIDE[name];
  const folder = new URL(base.endsWith('/') ? base : `${base}/`, document.baseURI);
  return name => new URL(name, folder).href;
}
