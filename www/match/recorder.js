// The recorder of “From a sound…” and “From sounds…”: records from the microphone and shows the level. A component: it
// knows only the recording that goes on; the state decides when one begins and ends.
import { record } from './microphone.js';

export class Recorder {
  #level;
  /** @type {AbortController | undefined} ends the recording that goes on */
  #ending;

  /** @param {HTMLElement} level */
  constructor(level) {
    this.#level = level;
  }

  /**
   * Records until it is finished, or for its longest time. Rejects with a word of the panel's texts.
   * Call it in a press.
   * @param {BaseAudioContext | undefined} context @param {AbortSignal} signal
   * @param {() => void} begun is called when the microphone is on
   * @returns {Promise<ArrayBuffer>} the bytes of a sound file
   */
  async record(context, signal, begun) {
    if (!(context instanceof AudioContext)) throw 'no_sound';
    context.resume().catch(() => {});
    const ending = new AbortController();
    this.#ending = ending;
    signal.addEventListener('abort', () => ending.abort());
    const word = (/** @type {string} */ refusal) => `microphone_${refusal}`;
    const bytes = await record(context, share => this.#show(share), begun, ending.signal, word);
    signal.throwIfAborted();
    return bytes;
  }

  /** Ends the recording. */
  finish() {
    this.#ending?.abort();
  }

  /** @param {number} share of the highest level */
  #show(share) {
    this.#level.style.setProperty('--level', String(share));
    this.#level.setAttribute('aria-valuenow', String(Math.round(100 * share)));
  }
}

/**
 * The tasks of recording, of a panel with the words of a recording.
 * @param {import('../app.js').PanelPort} port @param {Recorder} recorder @param {string} name of what is recorded
 */
export const recording = (port, recorder, name) => ({
  /** @param {unknown} _ @param {import('../panel/tasks.js').TaskReport<any>} report */
  async record(_, { signal, answer }) {
    const bytes = await recorder.record(port.volume()?.context, signal, () => answer({ type: 'listening' }));
    if (bytes.byteLength === 0) return;
    answer({ type: 'recorded', file: port.keepFile(new File([bytes], name)), name });
  },

  finishRecording: () => recorder.finish(),
});
