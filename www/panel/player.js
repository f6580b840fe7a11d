// Plays one sound at a time through the page's volume: the one player of auditioned sounds. A change of the sound can
// go on at the same moment, so that one can compare. A component: it knows only what it plays; who uses it decides
// what, and whether again.
import { RATE_HZ } from '../match/decode.js';
import { FADE_S, fadeOut } from './fade.js';

/** The loudness of everything that plays here: root mean square, as a share of full scale (−20 dB). */
const LOUDNESS = 0.1;
/** The highest peak. */
const PEAK = 0.9;
/** Silence between two repetitions, in seconds. */
const PAUSE_S = 0.25;

/** @param {Float32Array} samples */
function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(samples.length, 1));
}

/**
 * The same sound at the gain that brings a sound, itself or the whole of which it is a part, to the common loudness.
 * @param {Float32Array} samples @param {Float32Array} [whole]
 */
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
  /** The count of the sound that was shown last. */
  #count = 0;

  /**
   * @param {() => GainNode | undefined} volume
   * @param {(count: number) => void} ended is called with the count of a sound once it and a pause after it are over
   */
  constructor(volume, ended) {
    this.#volume = volume;
    this.#ended = ended;
  }

  /**
   * Plays the sound of a panel's model whenever its count changes; null: stops.
   * @param {import('../panels.js').PlayedSound | null} played @param {(sound: number) => Float32Array} samplesOf
   */
  show(played, samplesOf) {
    if (!played) return this.stop();
    if (played.count === this.#count) return;
    this.play(samplesOf(played.sound), played.goesOn, played.count);
  }

  /** Where the sound is that plays now, in seconds; undefined in silence. */
  get position_s() {
    return this.#playing && this.#playing.gain.context.currentTime - this.#playing.begun_s;
  }

  /**
   * Plays samples at RATE_HZ: from the start, or where what plays is now.
   * @param {Float32Array} samples @param {boolean} goesOn @param {number} [count]
   */
  play(samples, goesOn, count = this.#count + 1) {
    const volume = this.#volume();
    const isSameContext = volume && this.#playing?.gain.context === volume.context;
    // After a loss of the sound output the page has another context, with a time of its own.
    const at_s = goesOn && isSameContext ? (this.position_s ?? 0) : 0;
    this.stop();
    this.#count = count;
    if (!volume || samples.length === 0) return this.#rest();
    this.#begin(volume, samples, at_s);
  }

  /** @param {GainNode} volume @param {Float32Array} samples @param {number} at_s */
  #begin(volume, samples, at_s) {
    const context = volume.context;
    const buffer = context.createBuffer(1, samples.length, RATE_HZ);
    buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (samples), 0);
    const source = context.createBufferSource();
    const gain = context.createGain();
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
    const count = this.#count;
    this.#pause = setTimeout(() => this.#ended(count), 1000 * PAUSE_S);
  }

  /** Stops what plays. */
  stop() {
    clearTimeout(this.#pause);
    const playing = this.#playing;
    this.#playing = undefined;
    if (playing) fadeOut(playing);
  }
}
