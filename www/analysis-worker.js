// The analysis worker's script: runs the page's calls in order on analysis_bg.wasm (crate/wasm/analysis), which the
// page passes compiled. It reports when it has started, and answers every call in order or reports
// that the module is lost.

/** @import { AnalysisCall, AnalysisStart } from './protocol.js' */
/** @import { AnalysisWorker } from './analysis.js' */

/** @type {Promise<AnalysisWorker | undefined>} */
let starting;

/** @param {import('./protocol.js').AnalysisMessage} message */
const post = message => postMessage(message);

/** @param {AnalysisStart} program */
async function start([script, module]) {
  const { default: load, AnalysisWorker } = /** @type {typeof import('./analysis.js')} */ (await import(script));
  await load({ module_or_path: module });
  post({ type: 'begun' });
  return new AnalysisWorker();
}

addEventListener('message', async (/** @type {MessageEvent<AnalysisStart | AnalysisCall>} */ { data }) => {
  if (Array.isArray(data)) {
    starting = start(data).catch(() => undefined);
    return;
  }
  const worker = await starting;
  if (!worker) {
    // The page starts a new worker when it next needs one.
    post({ type: 'lost' });
    return;
  }
  try {
    const method = /** @type {(...given: unknown[]) => any} */ (worker[data.method]);
    post({ type: 'value', id: data.id, value: method.apply(worker, data.arguments) });
  } catch (error) {
    // After a trap the module's memory is undefined, so the page must start a new worker.
    if (error instanceof WebAssembly.RuntimeError) post({ type: 'lost' });
    else post({ type: 'error', id: data.id, message: error instanceof Error ? error.message : String(error) });
  }
});
