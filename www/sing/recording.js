// Records the microphone as samples, and tells when they were sung. Decides nothing.
import { closeMicrophone, inputLatency_s, onOtherListener, openMicrophone, sourceIn } from '../live/microphone.js';
import { RATE_HZ } from '../match/decode.js';
import { SING_PROCESSOR } from './names.js';

/** @import { PanelPort } from '../app.js' */
/**
 * A recording at RATE_HZ: when its first sample reached the page, in milliseconds on the page's clock, and the delays
 * of the microphone and of the buffer of the output in seconds, null where the browser does not state them.
 * @typedef {{ samples: Float32Array, from_ms: number, microphone_s: number | null, buffer_s: number | null }} Recording
 */
/** @typedef {{ from_s: number, samples: Float32Array }} Chunk */

/** A recording that nobody ends is over after this time, in milliseconds. */
const LONGEST_MS = 60_000;

/** The peak of a voice near the microphone, and the most by which a quieter one becomes louder (12 dB: noise, too). */
const USUAL_PEAK = 0.5;
const MOST_GAIN = 4;

/** Contexts that have the processor. @type {WeakMap<AudioContext, Promise<void>>} */
const prepared = new WeakMap();

/** @param {AudioContext} context @param {PanelPort} port */
async function prepare(context, port) {
  let loading = prepared.get(context);
  if (!loading) {
    loading = context.audioWorklet.addModule(port.address('sing-processor.js'));
    prepared.set(context, loading);
  }
  try {
    await loading;
  } catch {
    prepared.delete(context);
    throw 'lost';
  }
}

/**
 * Records until `ending`, or until another listener opens the microphone. Rejects with the word of a refusal.
 * @param {PanelPort} port @param {AbortSignal} ending
 * @param {() => void} begun is called when the first samples are here
 * @param {(samples: Float32Array, rate_hz: number) => void} heard gets the samples as they come
 * @returns {Promise<Recording | undefined>} undefined if there are no samples
 */
export async function record(port, ending, begun, heard) {
  const own = port.volume()?.context;
  if (!(own instanceof AudioContext)) throw 'no_sound';
  own.resume().catch(() => {});
  // While the person is asked.
  const loading = prepare(own, port);
  loading.catch(() => {});
  const over = new AbortController();
  ending.addEventListener('abort', () => over.abort());
  if (ending.aborted) over.abort();
  onOtherListener(over, () => over.abort(), over.signal);
  /** @type {MediaStream | undefined} */
  let stream;
  /** @type {AudioContext | undefined} */
  let second;
  try {
    stream = await openMicrophone(refusal => refusal, over);
    await loading;
    let context = own;
    let source = sourceIn(own, stream);
    if (!source) {
      // One at the rate that the browser prefers, which is that of the microphone.
      context = second = new AudioContext({ latencyHint: 'interactive' });
      source = sourceIn(context, stream);
      if (!source) throw 'busy';
      await Promise.all([prepare(context, port), context.resume()]);
    }
    const microphone_s = inputLatency_s(stream) ?? null;
    const { chunks, lag_ms } = await listen(context, source, stream, over, begun, heard);
    const [first] = chunks;
    if (!first) return undefined;
    const samples = louder(await joined(chunks, context.sampleRate));
    return { samples, from_ms: 1000 * first.from_s + lag_ms, microphone_s, buffer_s: context.baseLatency ?? null };
  } catch (error) {
    throw typeof error === 'string' ? error : 'busy';
  } finally {
    over.abort();
    if (stream) closeMicrophone(stream);
    second?.close();
  }
}

/**
 * The samples that come until `over`, and by how many milliseconds the page's clock is before that of the context: as
 * the message that was least late tells.
 * @param {AudioContext} context @param {AudioNode} source @param {MediaStream} stream @param {AbortController} over
 * @param {() => void} begun @param {(samples: Float32Array, rate_hz: number) => void} heard
 * @returns {Promise<{ chunks: Chunk[], lag_ms: number }>}
 */
async function listen(context, source, stream, over, begun, heard) {
  /** @type {Chunk[]} */
  const chunks = [];
  let lag_ms = Number.POSITIVE_INFINITY;
  const node = new AudioWorkletNode(context, SING_PROCESSOR, {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    outputChannelCount: [1],
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  const longest = setTimeout(() => over.abort(), LONGEST_MS);
  try {
    await new Promise((resolve, reject) => {
      over.signal.addEventListener('abort', resolve);
      if (over.signal.aborted) resolve(undefined);
      node.port.onmessage = (/** @type {MessageEvent<Chunk>} */ { data }) => {
        const { from_s, samples } = data;
        lag_ms = Math.min(lag_ms, performance.now() - 1000 * (from_s + samples.length / context.sampleRate));
        chunks.push(data);
        if (chunks.length === 1) begun();
        heard(samples, context.sampleRate);
      };
      node.onprocessorerror = () => reject('busy');
      for (const track of stream.getTracks()) track.addEventListener('ended', () => reject('busy'));
      source.connect(node);
      // Its silence keeps it running.
      node.connect(context.destination);
    });
  } finally {
    clearTimeout(longest);
    node.port.onmessage = node.onprocessorerror = null;
    node.port.postMessage('end');
    source.disconnect();
    node.disconnect();
  }
  return { chunks, lag_ms };
}

/**
 * A quiet voice as loud as a near one: the loop that it becomes plays beside others.
 * @param {Float32Array} samples
 */
function louder(samples) {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const gain = Math.min(MOST_GAIN, USUAL_PEAK / peak);
  return gain > 1 ? samples.map(sample => gain * sample) : samples;
}

/** All samples at RATE_HZ. @param {Chunk[]} chunks @param {number} rate_hz */
async function joined(chunks, rate_hz) {
  const samples = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.samples.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    samples.set(chunk.samples, at);
    at += chunk.samples.length;
  }
  if (rate_hz === RATE_HZ) return samples;
  const length = Math.ceil((samples.length * RATE_HZ) / rate_hz);
  const offline = new OfflineAudioContext(1, length, RATE_HZ);
  const buffer = offline.createBuffer(1, samples.length, rate_hz);
  buffer.copyToChannel(samples, 0);
  const source = offline.createBufferSource();
  source.buffer = buffer;
  source.connect(offline.destination);
  source.start();
  return (await offline.startRendering()).getChannelData(0);
}
