// A report of the processor as the page's program reads it: events by their names, times in seconds. Decides nothing.
import { BEND, BRIGHTNESS, EVENT_NUMBERS, GAIN, NOTE_OFF, NOTE_ON } from './names.js';

/** @import { VoiceEvent, VoiceReport } from '../panels.js' */
/** @import { LiveReport } from './names.js' */

/** The event of each kind. @type {Record<number, (value: number, more: number) => VoiceEvent>} */
const EVENTS = {
  [NOTE_ON]: (key, velocity) => ({ type: 'noteOn', key, velocity }),
  [NOTE_OFF]: () => ({ type: 'noteOff' }),
  [BEND]: semitones => ({ type: 'bend', semitones }),
  [GAIN]: factor => ({ type: 'gain', factor }),
  [BRIGHTNESS]: amount => ({ type: 'brightness', amount }),
};

/**
 * Returns the delay of the loudspeakers that the browser states, in seconds; 0 if it states none. Firefox is not asked:
 * on Linux the page and the sound server then sometimes wait for each other for good (seen in Firefox 153 with
 * PulseAudio, in 3 of 9 visits).
 * @param {AudioContext} context
 */
function outputLatency_s(context) {
  return 'mozInnerScreenX' in self ? 0 : context.baseLatency + context.outputLatency;
}

/** @param {LiveReport} report @param {AudioContext} context that it comes from @returns {VoiceReport} */
export function voiceReport({ events = new Float32Array(), level_db = -Infinity, pitch = NaN, at_s = 0 }, context) {
  /** @type {VoiceEvent[]} */
  const named = [];
  for (let at = 0; at < events.length; at += EVENT_NUMBERS) {
    named.push(EVENTS[events[at]](events[at + 1], events[at + 2]));
  }
  return {
    events: named,
    levelDb: level_db,
    pitch: Number.isNaN(pitch) ? null : pitch,
    transferS: context.currentTime - at_s,
    outputLatencyS: outputLatency_s(context),
  };
}
