// Records from the microphone: asks for it, measures its level, returns what was recorded as the bytes of a sound file.
// Knows nothing of what the sound is for. The live sound of recorded tones shows its level, too.
import { closeMicrophone, onOtherListener, openMicrophone } from '../live/microphone.js';

/** The longest recording, in seconds: the search reads no more of a sound. */
export const LONGEST_S = 10;
/** As little loss as the browser's encoders have. */
const BITS_PER_SECOND = 256_000;
/** How often the level is measured, in milliseconds. */
const METER_MS = 50;
/** The quietest level that the meter shows, in dB of full scale. */
const QUIETEST_DB = -60;

/**
 * Calls `report` with the level of a sound, 0…1, until `signal`.
 * @param {AudioNode} source @param {(level: number) => void} report @param {AbortSignal} signal
 */
export function meter(source, report, signal) {
  const analyser = source.context.createAnalyser();
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = Math.hypot(...samples) / Math.sqrt(samples.length);
    report(Math.min(Math.max(1 - (20 * Math.log10(level + 1e-9)) / QUIETEST_DB, 0), 1));
  }, METER_MS);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    report(0);
    try {
      source.disconnect(analyser);
    } catch {
      /* The sound of the page has ended, and its node with it. */
    }
  });
}

/**
 * Records until `signal`, or until another listener opens the microphone, at most LONGEST_S seconds.
 * Call it in a press.
 * @param {AudioContext} context @param {(level: number) => void} report gets the level, 0…1
 * @param {() => void} begun is called when the microphone is on
 * @param {AbortSignal} signal
 * @param {(refusal: import('../live/microphone.js').MicrophoneRefusal) => string} say the sentence to reject with
 * @returns {Promise<ArrayBuffer>}
 */
export async function record(context, report, begun, signal, say) {
  const stream = await openMicrophone(say, signal);
  const ended = new AbortController();
  try {
    if (signal.aborted) return new ArrayBuffer(0);
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND });
    /** @type {Blob[]} */
    const parts = [];
    recorder.addEventListener('dataavailable', ({ data }) => {
      parts.push(data);
    });
    const stopped = new Promise((resolve, reject) => {
      recorder.addEventListener('stop', resolve);
      recorder.addEventListener('error', reject);
    });
    recorder.start();
    // Without a meter one can still record.
    try {
      meter(context.createMediaStreamSource(stream), report, ended.signal);
    } catch {
      /* The rates of microphone and context differ, in Firefox. */
    }
    begun();
    const stop = () => {
      if (recorder.state !== 'inactive') recorder.stop();
    };
    signal.addEventListener('abort', stop);
    onOtherListener(signal, stop, ended.signal);
    setTimeout(stop, 1000 * LONGEST_S);
    await stopped;
    return await new Blob(parts, { type: recorder.mimeType }).arrayBuffer();
  } catch {
    // The browser has no recorder, or it fails.
    throw say('busy');
  } finally {
    ended.abort();
    closeMicrophone(stream);
  }
}
