// The addresses of the files of <latent-pad>. Each is a literal `new URL`, so that a bundler finds, copies and renames
// the file. This script lies beside the files, so that it also finds them when it is bundled and they are copied.

/** @type {Record<string, string>} */
const BESIDE = {
  'app_bg.wasm': new URL('./app_bg.wasm', import.meta.url).href,
  'worklet.js': new URL('./worklet.js', import.meta.url).href,
  'worklet.wasm': new URL('./worklet.wasm', import.meta.url).href,
  'decoder.wasm': new URL('./decoder.wasm', import.meta.url).href,
  'grid.bin': new URL('./grid.bin', import.meta.url).href,
  'decoder.onnx': new URL('./decoder.onnx', import.meta.url).href,
  'coordinates.json': new URL('./coordinates.json', import.meta.url).href,
  'map.json': new URL('./map.json', import.meta.url).href,
  // For the panels and the macro-controls, on demand. Vite would inline the first as a data: URL, which may not import
  // the second.
  'analysis-worker.js': new URL('./analysis-worker.js?no-inline', import.meta.url).href,
  'analysis.js': new URL('./analysis.js', import.meta.url).href,
  'analysis_bg.wasm': new URL('./analysis_bg.wasm', import.meta.url).href,
  'macro-processor.js': new URL('./macro-processor.js?no-inline', import.meta.url).href,
  'encoder.onnx': new URL('./encoder.onnx', import.meta.url).href,
};

/**
 * Returns the function that maps a file's name to its address.
 * @param {string | null} base the folder of all files, relative to the page; without it, the folder of this script
 * @returns {(name: string) => string}
 */
export function locator(base) {
  if (!base) return name => BESIDE[name];
  const folder = new URL(base.endsWith('/') ? base : `${base}/`, document.baseURI);
  return name => new URL(name, folder).href;
}
