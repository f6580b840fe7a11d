// The way from the microphone to the reports of the processor: the module, the nodes, and their end. Knows nothing of what the
// reports mean.
import { closeMicrophone, inputLatency_s, openMicrophone } from './microphone.js';
import { LIVE_PROCESSOR } from './names.js';
import { say } from './words.js';

/** @typedef {import('./names.js').LiveReport} LiveReport */
/** @typedef {{ context: AudioContext, inputLatency_s: number | undefined, end: () => void }} Listening */

/** Contexts that have the processor. @type {WeakMap<AudioContext, Promise<void>>} */
const prepared = new WeakMap();
/** The module, once it is loaded. @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/** @param {(name: string) => string} address */
function loadModule(address) {
  compiled ??= fetch(address('live_input.wasm')).then(async response => {
    if (!response.ok) throw new Error(response.statusText);
    return WebAssembly.compile(await response.arrayBuffer());
  });
  return compiled;
}

/** @param {AudioContext} context @param {(name: string) => string} address */
async function prepare(context, address) {
  if (!prepared.has(context)) prepared.set(context, context.audioWorklet.addModule(address('live-processor.js')));
  try {
    await prepared.get(context);
    return await loadModule(address);
  } catch {
    prepared.delete(context);
    compiled = undefined;
    throw say('lost');
  }
}

/** The microphone in a context; none if the browser cannot connect them. @param {AudioContext} context @param {MediaStream} stream */
function sourceIn(context, stream) {
  try {
    return context.createMediaStreamSource(stream);
  } catch {
    // In Firefox their rates must be equal.
    return undefined;
  }
}

/**
 * Listens until `end`, or until the microphone or the sound is gone, which calls `gone`. Rejects with a sentence.
 * @param {object} listener who listens @param {AudioContext} own the context of the sound @param {(name: string) => string} address of a file
 * @param {(report: LiveReport, context: AudioContext) => void} take @param {(sentence: string) => void} gone
 * @returns {Promise<Listening>}
 */
export async function listen(listener, own, address, take, gone) {
  // While the person is asked.
  const loading = prepare(own, address);
  loading.catch(() => {});
  const stream = await openMicrophone(say, listener);
  /** @type {AudioContext | undefined} */
  let second;
  try {
    const module = await loading;
    let context = own, source = sourceIn(own, stream);
    if (!source) {
      // One at the rate that the browser prefers, which is that of the microphone.
      context = second = new AudioContext({ latencyHint: 'interactive' });
      source = sourceIn(context, stream);
      if (!source) throw say('unusable');
      await Promise.all([prepare(context, address), context.resume()]);
    }
    // Both may have ended meanwhile, unseen.
    if (stream.getTracks().some(({ readyState }) => readyState === 'ended')) throw say('ended');
    if (own.state === 'closed') throw say('no_sound');
    const node = new AudioWorkletNode(context, LIVE_PROCESSOR, {
      numberOfInputs: 1, numberOfOutputs: 1, outputChannelCount: [1], channelCount: 1, channelCountMode: 'explicit', processorOptions: { module },
    });
    node.port.onmessage = (/** @type {MessageEvent<LiveReport>} */ { data }) => (data.failed ? gone(say('unusable')) : take(data, context));
    node.onprocessorerror = () => gone(say('unusable'));
    source.connect(node);
    // Its silence keeps it running.
    node.connect(context.destination);
    for (const track of stream.getTracks()) track.onended = () => gone(say('ended'));
    // The page has another context when its sound starts again.
    const lose = () => { if (own.state === 'closed') gone(say('no_sound')); };
    own.addEventListener('statechange', lose);
    const end = () => {
      own.removeEventListener('statechange', lose);
      node.port.onmessage = node.onprocessorerror = null;
      node.port.postMessage('end');
      source.disconnect();
      node.disconnect();
      closeMicrophone(stream);
      second?.close();
    };
    return { context, inputLatency_s: inputLatency_s(stream), end };
  } catch (error) {
    closeMicrophone(stream);
    second?.close();
    throw typeof error === 'string' ? error : say('unusable');
  }
}
