// The way from the microphone to the reports of the processor: the module, the nodes, and their end. Knows nothing of
// what becomes of the reports.
import { bytesOf } from '../panel/files.js';
import { closeMicrophone, inputLatency_s, onOtherListener, openMicrophone, sourceIn } from './microphone.js';
import { LIVE_PROCESSOR } from './names.js';
import { voiceReport } from './reports.js';

/** @import { PanelPort } from '../app.js' */
/** @import { LiveAnswer } from '../panels.js' */
/** @import { LiveReport } from './names.js' */
/** @typedef {{ module: WebAssembly.Module, stream: MediaStream, source: AudioNode, context: AudioContext }} Input */

/** Contexts that have the processor. @type {WeakMap<AudioContext, Promise<void>>} */
const prepared = new WeakMap();
/** The module, once it is loaded. @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/** @param {PanelPort} port */
function loadModule(port) {
  compiled ??= bytesOf(port.address('live_input.wasm')).then(bytes => WebAssembly.compile(bytes));
  return compiled;
}

/** @param {AudioContext} context @param {PanelPort} port */
async function prepare(context, port) {
  if (!prepared.has(context)) {
    prepared.set(context, context.audioWorklet.addModule(port.address('live-processor.js')));
  }
  try {
    await prepared.get(context);
    return await loadModule(port);
  } catch {
    prepared.delete(context);
    compiled = undefined;
    throw 'lost';
  }
}

/**
 * Listens until the task is cancelled or another listener opens the microphone. Rejects with the word of a problem.
 * @param {PanelPort} port @param {import('../panel/tasks.js').TaskReport<LiveAnswer>} report
 */
export async function listen(port, { signal, answer }) {
  const own = port.volume()?.context;
  if (!(own instanceof AudioContext)) throw 'no_sound';
  // While the person is asked.
  const loading = prepare(own, port);
  loading.catch(() => {});
  const over = new AbortController();
  signal.addEventListener('abort', () => over.abort());
  onOtherListener(over, () => over.abort(), over.signal);
  /** @type {MediaStream | undefined} */
  let stream;
  /** @type {AudioContext | undefined} */
  let second;
  try {
    stream = await openMicrophone(refusal => refusal, over);
    const module = await loading;
    let context = own;
    let source = sourceIn(own, stream);
    if (!source) {
      // One at the rate that the browser prefers, which is that of the microphone.
      context = second = new AudioContext({ latencyHint: 'interactive' });
      source = sourceIn(context, stream);
      if (!source) throw 'unusable';
      await Promise.all([prepare(context, port), context.resume()]);
    }
    // Both may have ended meanwhile, unseen.
    if (stream.getTracks().some(({ readyState }) => readyState === 'ended')) throw 'ended';
    if (own.state === 'closed') throw 'no_sound';
    await hear({ module, stream, source, context }, own, answer, over);
  } catch (error) {
    throw typeof error === 'string' ? error : 'unusable';
  } finally {
    over.abort();
    if (stream) closeMicrophone(stream);
    second?.close();
  }
}

/**
 * Answers with what is heard until `over`. Rejects with the word of a problem once the microphone or the sound is gone.
 * @param {Input} input @param {AudioContext} own the context of the sound
 * @param {(answer: LiveAnswer) => void} answer @param {AbortController} over
 */
async function hear({ module, stream, source, context }, own, answer, { signal }) {
  if (signal.aborted) return;
  const node = new AudioWorkletNode(context, LIVE_PROCESSOR, {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    outputChannelCount: [1],
    channelCount: 1,
    channelCountMode: 'explicit',
    processorOptions: { module },
  });
  try {
    await new Promise((resolve, reject) => {
      signal.addEventListener('abort', resolve);
      node.port.onmessage = (/** @type {MessageEvent<LiveReport>} */ { data }) => {
        if (data.failed) return reject('unusable');
        if (data.latency_s) return answer({ type: 'ready', detectorS: data.latency_s });
        answer({ type: 'heard', report: voiceReport(data, context) });
      };
      node.onprocessorerror = () => reject('unusable');
      source.connect(node);
      // Its silence keeps it running.
      node.connect(context.destination);
      for (const track of stream.getTracks()) track.addEventListener('ended', () => reject('ended'), { signal });
      // The page has another context when its sound starts again.
      const lose = () => {
        if (own.state === 'closed') reject('no_sound');
      };
      own.addEventListener('statechange', lose, { signal });
      answer({ type: 'opened', inputLatencyS: inputLatency_s(stream) ?? null });
    });
  } finally {
    node.port.onmessage = node.onprocessorerror = null;
    node.port.postMessage('end');
    source.disconnect();
    node.disconnect();
  }
}
