// Plays the target or an answer through the page's volume, all at the same loudness. A change of what plays goes on at the
// same moment of the sound, so that one can compare.
import { RATE_HZ } from './decode.js';

/** The loudness of everything that plays here: root mean square, as a share of full scale (−20 dB). */
const LOUDNESS = 0.1;
/** The highest peak. */
const PEAK = 0.9;
/** Silence between two repetitions, in seconds. */
const PAUSE_S = 0.25;
/** Fade at a change, in seconds: no click. */
const FADE_S = 0.015;

/** @param {Float32Array} samples */
function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(samples.length, 1));
}

/** The same sound at the gain that brings a sound, itself or the whole of which it is a part, to the common loudness. @param {Float32Array} samples @param {Float32Array} [whole] */
export function levelled(samples, whole = samples) {
  let peak = 0;
  for (const sample of whole) peak = Math.max(peak, Math.abs(sample));
  const gain = Math.min(LOUDNESS / Math.max(loudness(whole), 1e-6), PEAK / Math.max(peak, 1e-6));
  return samples.map(sample => gain * sample);
}

export class Player {
  /** @type {{ source: AudioBufferSourceNode, gain: GainNode, begun_s: number } | undefined} */
  #playing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  #volume;
  #ended;

  /** @param {() => GainNode | undefined} volume @param {() => void} ended is called when a sound has reached its end */
  constructor(volume, ended) {
    this.#volume = volume;
    this.#ended = ended;
  }

  /** Plays samples at RATE_HZ: from the start, or where what plays is now. @param {Float32Array} samples @param {boolean} goesOn */
  play(samples, goesOn) {
    const volume = this.#volume();
    if (!volume || samples.length === 0) {
      this.stop();
      return this.#rest();
    }
    const context = volume.context;
    // After a loss of the sound output the page has another context, with a time of its own.
    const at_s = goesOn && this.#playing?.gain.context === context ? context.currentTime - this.#playing.begun_s : 0;
    this.stop();
    const buffer = context.createBuffer(1, samples.length, RATE_HZ);
    buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (samples), 0);
    const [source, gain] = [context.createBufferSource(), context.createGain()];
    source.buffer = buffer;
    gain.gain.setValueAtTime(0, context.currentTime);
    gain.gain.linearRampToValueAtTime(1, context.currentTime + (at_s > 0 ? FADE_S : 0.001));
    source.connect(gain).connect(volume);
    const playing = { source, gain, begun_s: context.currentTime - at_s };
    source.addEventListener('ended', () => {
      gain.disconnect();
      if (this.#playing !== playing) return;
      this.#playing = undefined;
      this.#rest();
    });
    source.start(0, Math.min(at_s, buffer.duration));
    this.#playing = playing;
  }

  /** The silence before a repetition; also after a sound that cannot play, which then repeats no faster. */
  #rest() {
    this.#pause = setTimeout(this.#ended, 1000 * PAUSE_S);
  }

  /** Stops what plays. */
  stop() {
    clearTimeout(this.#pause);
    const playing = this.#playing;
    this.#playing = undefined;
    if (!playing) return;
    const now_s = playing.gain.context.currentTime;
    playing.gain.gain.cancelScheduledValues(now_s);
    playing.gain.gain.setTargetAtTime(0, now_s, FADE_S / 3);
    playing.source.stop(now_s + FADE_S);
  }
}
