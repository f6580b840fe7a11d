// The Worker's end: calls of the page, one after the other, to listener_bg.wasm (crate/listener), which the page
// hands over compiled. Never touches the page; says that it has begun, and answers every call, in its order, or says that
// it is lost.

/**
 * One call: a method of Listener with its arguments, and a number to answer under.
 * @typedef {{ id: number, method: 'describe' | 'load_model' | 'decode' | 'encode' | 'listen', arguments: unknown[] }} Call
 */

/** The page's first message: where listener.js lies, and listener_bg.wasm. @typedef {[string, WebAssembly.Module]} Program */

/** @type {Promise<import('./listener.js').Listener | undefined>} */
let starting;

/** @param {Program} program */
async function start([script, module]) {
  const { default: load, Listener } = /** @type {typeof import('./listener.js')} */ (await import(script));
  await load({ module_or_path: module });
  postMessage({ begun: true });
  return new Listener();
}

addEventListener('message', async (/** @type {MessageEvent<Program | Call>} */ { data }) => {
  if (Array.isArray(data)) {
    starting = start(data).catch(() => undefined);
    return;
  }
  const listener = await starting;
  if (!listener) {
    // The page starts another Worker when it next needs one.
    postMessage({ lost: true });
    return;
  }
  try {
    const method = /** @type {(...given: unknown[]) => unknown} */ (listener[data.method]);
    postMessage({ id: data.id, value: method.apply(listener, data.arguments) });
  } catch (error) {
    // After a trap the module's memory says nothing any more: another Worker begins anew.
    if (error instanceof WebAssembly.RuntimeError) postMessage({ lost: true });
    else postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error) });
  }
});
