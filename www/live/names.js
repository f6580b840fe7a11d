/** The name of the processor that listens. */
export const LIVE_PROCESSOR = 'latent-pad-live-input';

/** Kinds of events, as crate/wasm/live_input numbers them. */
export const NOTE_ON = 0;
export const NOTE_OFF = 1;
export const BEND = 2;
export const GAIN = 3;
export const BRIGHTNESS = 4;

/** The numbers of an event. */
export const EVENT_NUMBERS = 3;

/**
 * A report of the processor to the page: the first one has `latency_s` or `failed` alone,
 * each later one all other fields.
 * @typedef {object} LiveReport
 * @property {boolean} [failed] whether the module cannot listen at this rate
 * @property {number} [latency_s] the longest time from the onset of a tone to its note
 * @property {Float32Array} [events]
 * @property {number} [level_db] in dB of full scale
 * @property {number} [pitch] as a MIDI key with its fraction; not-a-number without a note
 * @property {number} [at_s] the context's time after the samples that it belongs to
 */
