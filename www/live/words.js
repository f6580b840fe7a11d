// The texts of “Play by voice…” in the language of the document, and how keys and times are written in them.
import { keyNamed } from '../match/numbers.js';
import { sayer } from '../panel/words.js';
import de from './words/de.js';
import en from './words/en.js';

export const say = sayer({ en, de });

/**
 * A pitch as the name of the nearest key and how many cents it is beside it.
 * @param {number} pitch a MIDI key with its fraction: 60 is C4
 */
export function pitchText(pitch) {
  const key = Math.round(pitch);
  const cents = Math.round(100 * (pitch - key));
  const name = keyNamed(say('notes'), key);
  if (cents === 0) return name;
  return `${name} ${cents > 0 ? '+' : '−'}${Math.abs(cents)} ${say(Math.abs(cents) === 1 ? 'cent' : 'cents')}`;
}

/** The latency, and the sentence about it. @param {import('../panels.js').VoiceLatency} latency */
export function latencyTexts({ detectorMs: detector, transferMs: transfer, deviceMs: device }) {
  return {
    value: say(device ? 'latency_device' : 'latency_value', { own: detector + transfer, device }),
    about: say('latency_about', { detector, transfer }),
  };
}
