// The commands of paths for the module of the voice, as crate/page/protocol states them: on the audio thread, and in the
// worker that writes the sound of a loop as a file.
import { LANE_LIMIT, PARAMETER_COUNT } from './protocol.js';
import { bytesOf, isFloats, isNumeric } from './worklet-values.js';

/** @import { Exports } from '../crate/wasm/worklet/exports' */

/** The length of a set of keys of a lane. */
const LANE_BYTES = 16;

export class PathCommands {
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
   * @param {unknown[]} message number, overrides, keys, legato, pattern, steps a second, gate, source and shift of the cutoff
   */
  setSound(wasm, [, number, overrides, keys, ...settings]) {
    if (!isNumeric(number) || !settings.every(isNumeric) || !isFloats(overrides)) return;
    if (overrides.length !== 0 && overrides.length !== PARAMETER_COUNT) return;
    const lanes = this.writeLanes(wasm, keys);
    if (lanes < 0) return;
    new Float32Array(wasm.memory.buffer, wasm.values(), overrides.length).set(overrides);
    const shape = /** @type {[number, number, number, number, number, number]} */ (settings);
    const hasOverrides = Number(overrides.length > 0);
    wasm.path_sound(/** @type {number} */ (number), hasOverrides, lanes, ...shape);
  }
}
