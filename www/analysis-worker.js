// The analysis worker's script: makes the page's calls, one after the other, to analysis_bg.wasm (crate/analysis), which
// the page hands over compiled. Never touches the page; says when it has begun, and answers every call, in order, or
// says that it is lost.

/** @typedef {import('./protocol.js').AnalysisCall} AnalysisCall */
/** @typedef {import('./protocol.js').AnalysisStart} AnalysisStart */
/** @typedef {import('./analysis.js').AnalysisWorker} AnalysisWorker */

/** @type {Promise<AnalysisWorker | undefined>} */
let starting;

/** @param {import('./protocol.js').AnalysisMessage} message */
const tell = message => postMessage(message);

/** @param {AnalysisStart} program */
async function start([script, module]) {
  const { default: load, AnalysisWorker } = /** @type {typeof import('./analysis.js')} */ (await import(script));
  await load({ module_or_path: module });
  tell({ type: 'begun' });
  return new AnalysisWorker();
}

addEventListener('message', async (/** @type {MessageEvent<AnalysisStart | AnalysisCall>} */ { data }) => {
  if (Array.isArray(data)) {
    starting = start(data).catch(() => undefined);
    return;
  }
  const worker = await starting;
  if (!worker) {
    // The page starts another Worker when it next needs one.
    tell({ type: 'lost' });
    return;
  }
  try {
    const method = /** @type {(...given: unknown[]) => any} */ (worker[data.method]);
    tell({ type: 'value', id: data.id, value: method.apply(worker, data.arguments) });
  } catch (error) {
    // After a trap the module's memory says nothing any more: another Worker begins anew.
    if (error instanceof WebAssembly.RuntimeError) tell({ type: 'lost' });
    else tell({ type: 'error', id: data.id, message: error instanceof Error ? error.message : String(error) });
  }
});
