// The Worker's end: calls of the page, one after the other, to listener_bg.wasm (crate/listener), which is
// compiled when this script is first needed. Never touches the page; answers every call, in its order.
import start, { Listener } from './listener.js';

/**
 * One call: a method of Listener with its arguments, and a number to answer under.
 * @typedef {{ id: number, method: 'describe' | 'load_model' | 'decode' | 'encode' | 'listen', arguments: unknown[] }} Call
 */

const starting = start().then(() => new Listener());

addEventListener('message', async (/** @type {MessageEvent<Call>} */ { data }) => {
  const listener = await starting.catch(() => undefined);
  if (!listener) {
    // The page starts another Worker when it next needs one.
    postMessage({ lost: true });
    return;
  }
  try {
    const method = /** @type {(...given: unknown[]) => unknown} */ (listener[data.method]);
    postMessage({ id: data.id, value: method.apply(listener, data.arguments) });
  } catch (error) {
    postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error) });
  }
});
