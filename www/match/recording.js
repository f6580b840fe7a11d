// A recording from the microphone as a person sees it: its button, its level, and the seconds so far. “From sounds…” uses it, too.
import { LONGEST_S, record } from './microphone.js';

/** Why a recording ended that is not wanted: the reason of its signal. */
export const DROPPED = 'dropped';

/** @typedef {`microphone_${import('../live/microphone.js').MicrophoneRefusal}`} RefusalWord */
/** The texts of a recording. @typedef {(key: 'record' | 'stop_recording' | 'listening' | RefusalWord, values?: Record<string, number>) => string} RecordingWords */
/** The elements that show it. @typedef {{ button: HTMLElement, text: Element, level: HTMLElement }} RecordingElements */

/**
 * Records until `signal`, at most LONGEST_S seconds. Call it in a press.
 * @param {RecordingElements} elements @param {AudioContext} context @param {AbortSignal} signal
 * @param {(sentence: string, spoken: 'polite' | 'off') => void} tell gets how long it has been, each second; what is off is not spoken @param {RecordingWords} say
 * @returns {Promise<ArrayBuffer>} the bytes of a sound file, none if it is dropped; rejects with a sentence
 */
export async function recordShown({ button, text, level }, context, signal, tell, say) {
  context.resume().catch(() => {});
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  const show = (/** @type {boolean} */ is) => {
    // Not as pressed: the text says it.
    button.dataset.recording = String(is);
    text.textContent = say(is ? 'stop_recording' : 'record');
    level.hidden = !is;
  };
  const begin = () => {
    show(true);
    let seconds = 0;
    // Not spoken each second: the microphone would hear it.
    const tellTime = () => tell(say('listening', { seconds, most: LONGEST_S }), seconds++ ? 'off' : 'polite');
    timer = setInterval(tellTime, 1000);
    tellTime();
  };
  const meter = (/** @type {number} */ share) => {
    level.style.setProperty('--level', String(share));
    level.setAttribute('aria-valuenow', String(Math.round(100 * share)));
  };
  try {
    const bytes = await record(context, meter, begin, signal, refusal => say(`microphone_${refusal}`));
    return signal.reason === DROPPED ? new ArrayBuffer(0) : bytes;
  } finally {
    clearInterval(timer);
    show(false);
  }
}
