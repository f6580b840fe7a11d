// Plays the recorded voice again and again, as long as a round of its loop. A component: it knows only what it plays.
import { RATE_HZ } from '../match/decode.js';
import { FADE_S, fadeOut } from '../panel/fade.js';
import { levelled } from '../panel/player.js';

/** @import { PlayedVoice } from '../panels.js' */

export class VoicePlayer {
  #volume;
  /** The count of the voice that was shown last. */
  #count = 0;
  /** @type {{ source: AudioBufferSourceNode, gain: GainNode } | undefined} */
  #playing;

  /** @param {() => GainNode | undefined} volume */
  constructor(volume) {
    this.#volume = volume;
  }

  /**
   * Plays a voice whenever its count changes; null: stops.
   * @param {PlayedVoice | null} voice @param {(sound: number) => Float32Array} samplesOf
   */
  show(voice, samplesOf) {
    if (!voice) return this.stop();
    if (voice.count === this.#count && this.#playing) return;
    this.stop();
    this.#count = voice.count;
    const volume = this.#volume();
    const { from_s, to_s, at_s } = voice;
    const round = levelled(samplesOf(voice.sound).slice(frame(from_s), frame(to_s)));
    if (!volume || round.length === 0) return;
    const { context } = volume;
    // A recording that is too short ends with silence.
    const buffer = context.createBuffer(1, frame(to_s - from_s), RATE_HZ);
    buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (round), 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.loop = true;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, context.currentTime);
    gain.gain.linearRampToValueAtTime(1, context.currentTime + FADE_S);
    source.connect(gain).connect(volume);
    source.start(0, Math.max(0, at_s - from_s));
    this.#playing = { source, gain };
  }

  stop() {
    const playing = this.#playing;
    this.#playing = undefined;
    if (!playing) return;
    fadeOut(playing);
    playing.source.addEventListener('ended', () => playing.gain.disconnect());
  }
}

/** @param {number} time_s */
const frame = time_s => Math.max(0, Math.round(time_s * RATE_HZ));
