// Paths and their transport on the audio thread: their commands, and reports of their positions.
// crate/sound/instrument/src/path_player plays them. build/worklet.mjs bundles this file.
import { LANE_LIMIT, PARAMETER_COUNT, PATH_REPORTS_PER_SECOND } from './protocol.js';
import { bytesOf, isFloats, isNumeric } from './worklet-values.js';

/** @import { Exports } from '../crate/wasm/worklet/exports' */

/** The length of a set of keys of a lane. */
const LANE_BYTES = 16;

export class Paths {
  constructor() {
    /** True if something plays since the last report, and the frames since then. */
    this.reported = false;
    this.frames = 0;
  }

  /**
   * Plays a path, or stops one. Returns false if the module refuses it.
   * @param {Exports} wasm
   * @param {unknown} score the path's words as bytes; null stops it
   * @param {unknown[]} settings number, length, repeats, rate, direction, start, beats and origin, as in crate/page/protocol
   */
  play(wasm, score, settings) {
    if (!settings.every(isNumeric)) return true;
    const [number, length_s, repeats, rate, direction, at_s, beats, origin_beats] = /** @type {number[]} */ (settings);
    if (score === null) wasm.stop_path(number);
    if (!ArrayBuffer.isView(score)) return true;
    const words = score.byteLength >> 2;
    const pointer = wasm.path_room(words);
    if (pointer === 0) return false;
    new Uint8Array(wasm.memory.buffer, pointer, 4 * words).set(bytesOf(score).subarray(0, 4 * words));
    return wasm.play_path(number, length_s, repeats, rate, direction, at_s, beats, origin_beats) === 0;
  }

  /**
   * Writes the keys of lanes where the module reads them; returns the number of lanes, or −1 if they are none.
   * @param {Exports} wasm
   * @param {unknown} keys
   */
  writeLanes(wasm, keys) {
    if (!ArrayBuffer.isView(keys) || keys.byteLength > LANE_BYTES * LANE_LIMIT) return -1;
    new Uint8Array(wasm.memory.buffer, wasm.lane_words(), keys.byteLength).set(bytesOf(keys));
    return keys.byteLength / LANE_BYTES;
  }

  /**
   * @param {Exports} wasm
   * @param {unknown} keys
   * @param {unknown} legato
   */
  setKeys(wasm, keys, legato) {
    const lanes = isNumeric(legato) ? this.writeLanes(wasm, keys) : -1;
    if (lanes >= 0) wasm.path_keys(lanes, /** @type {number} */ (legato));
  }

  /**
   * @param {Exports} wasm
   * @param {unknown[]} message number, overrides, keys, legato, pattern, steps a second, gate and source
   */
  setSound(wasm, [, number, overrides, keys, ...settings]) {
    if (!isNumeric(number) || !settings.every(isNumeric) || !isFloats(overrides)) return;
    if (overrides.length !== 0 && overrides.length !== PARAMETER_COUNT) return;
    const lanes = this.writeLanes(wasm, keys);
    if (lanes < 0) return;
    new Float32Array(wasm.memory.buffer, wasm.values(), overrides.length).set(overrides);
    const [legato, pattern, stepsPerSecond, gate, source] = /** @type {number[]} */ (settings);
    const hasOverrides = Number(overrides.length > 0);
    wasm.path_sound(/** @type {number} */ (number), hasOverrides, lanes, legato, pattern, stepsPerSecond, gate, source);
  }

  /**
   * Posts the positions of the transport and the paths, if it is time for a report; one follows the end of the last
   * one.
   * @param {{ post: (message: import('./protocol.js').WorkletMessage) => void }} host the processor
   * @param {Exports} wasm
   * @param {number} frames the frames since the last call
   * @param {number} beats the position of the transport at the beginning of these frames; NaN while it is stopped
   */
  report(host, wasm, frames, beats) {
    this.frames += frames;
    if (this.frames < sampleRate / PATH_REPORTS_PER_SECOND) return;
    const count = wasm.path_report_length();
    const plays = count > 0 || !Number.isNaN(beats);
    if (!plays && !this.reported) return;
    this.frames = 0;
    this.reported = plays;
    const rows = new Float32Array(wasm.memory.buffer, wasm.path_report(), count).slice();
    host.post({ type: 'paths', rows, beats, timeS: currentTime });
  }
}
