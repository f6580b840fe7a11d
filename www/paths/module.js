// The wasm module that plans paths on a map (crate/wasm/path_editor): loaded when a person first wants a path that
// follows a curve.
import load from '../path_editor.js';

const MODULE = 'path_editor_bg.wasm';

/** @type {Promise<unknown> | undefined} */
let loading;

/** Loads it, once; after a failure again. @param {(name: string) => string} address of a file of the site */
export function loadModule(address) {
  const begin = async () => {
    const answer = await fetch(address(MODULE));
    if (!answer.ok) throw new Error(MODULE);
    await load({ module_or_path: await answer.arrayBuffer() });
  };
  loading ??= begin();
  loading.catch(() => { loading = undefined; });
  return loading;
}
