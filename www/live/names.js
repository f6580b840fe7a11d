/** The name of the processor that listens. */
export const LIVE_PROCESSOR = 'latent-pad-live-input';

/** Kinds of events, as crate/wasm/live_input numbers them. */
export const NOTE_ON = 0, NOTE_OFF = 1, BEND = 2, GAIN = 3, BRIGHTNESS = 4;

/** The numbers of an event. */
export const EVENT_NUMBERS = 3;

/**
 * What the processor tells: first `latency_s` alone, the longest time from the onset of a tone to its note, or `failed`; then
 * events, the level in dB of full scale, the pitch as a MIDI key with its fraction (not-a-number without a note), and the
 * context's time after the samples that it belongs to.
 * @typedef {{ failed?: boolean, latency_s?: number, events?: Float32Array, level_db?: number, pitch?: number, at_s?: number }} LiveReport
 */
