// The sound of a path as a WAV file, by the modules of the audio thread: the same samples as
// `latent-pad path FILE -o OUT.wav` (crate/lab/cli/src/path_sound.rs), call by call. Runs in a worker.
import { BLOCK_FRAMES } from '../protocol.js';
import { wavHead } from './wav-head.js';

/** @import { Exports } from '../../crate/wasm/worklet/exports' */

/** The command's settings: its sample rate, and the seconds of sound after the end. */
export const RATE_HZ = 44_100;
const TAIL_S = 2;
/** Stereo. */
const CHANNELS = 2;
/** Blocks that are kept together. */
const PART_BLOCKS = 4096;

/**
 * An instrument whose points the network decodes.
 * @param {WebAssembly.Module} module the voice @param {import('../worklet-network.js').Network} network
 * @param {import('../worklet-tones.js').Tones} [tones] what plays besides amSynth
 */
export function instrumentOf(module, network, tones) {
  /** @type {Exports} */
  const wasm = /** @type {any} */ (
    new WebAssembly.Instance(module, {
      decoder: {
        decode: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ pointer) =>
          network.decode(x, y, wasm.memory, pointer),
      },
      // amSynth plays alone: no tones are asked for.
      tones: tones?.imports ?? new Proxy({}, { get: () => () => 0 }),
    }).exports
  );
  if (tones) tones.memory = wasm.memory;
  if (wasm.create(RATE_HZ) !== 0 || wasm.use_decoder() !== 0) throw new Error('failed');
  return wasm;
}

/**
 * An instrument that begins to play a path once.
 * @param {{ score: Uint32Array, length_s: number, key: number }} path @param {WebAssembly.Module} module
 * @param {import('../worklet-network.js').Network} network
 */
function playing({ score, length_s, key }, module, network) {
  const wasm = instrumentOf(module, network);
  const pointer = wasm.path_room(score.length);
  if (pointer === 0) throw new Error('failed');
  new Uint32Array(wasm.memory.buffer, pointer, score.length).set(score);
  new Uint32Array(wasm.memory.buffer, wasm.lane_words(), 4).fill(0)[key >> 5] = 1 << (key % 32);
  wasm.path_keys(1, 0);
  if (wasm.play_path(0, length_s, 0, 1, 0, 0, 0, 0) !== 0) throw new Error('failed');
  return wasm;
}

/**
 * Renders a path of the plane once.
 * @param {{ score: Uint32Array, length_s: number, key: number }} path @param {WebAssembly.Module} module the voice
 * @param {import('../worklet-network.js').Network} network @param {(share: number) => void} tell gets how much is done
 */
export function renderWav(path, module, network, tell) {
  const wasm = playing(path, module, network);
  return rendered(wasm, Math.round((path.length_s + TAIL_S) * RATE_HZ), tell);
}

/**
 * The sound of an instrument for so many frames, as a WAV file.
 * @param {Exports} wasm @param {number} frames @param {(share: number) => void} tell gets how much is done
 */
export function rendered(wasm, frames, tell) {
  // The browser may put the parts of a Blob on a disk: ten minutes are 212 MB.
  const parts = [new Blob([wavHead(frames, CHANNELS, RATE_HZ)])];
  for (let start = 0; start < frames; ) {
    const part = new Float32Array(CHANNELS * Math.min(PART_BLOCKS * BLOCK_FRAMES, frames - start));
    for (let at = 0; at < part.length; ) {
      const count = Math.min(BLOCK_FRAMES, (part.length - at) / CHANNELS);
      if (wasm.render(count) === 1) throw new Error('failed');
      const left = new Float32Array(wasm.memory.buffer, wasm.left(), count);
      const right = new Float32Array(wasm.memory.buffer, wasm.right(), count);
      for (let frame = 0; frame < count; frame++) {
        part[at++] = left[frame];
        part[at++] = right[frame];
      }
      tell((start + at / CHANNELS) / frames);
    }
    start += part.length / CHANNELS;
    parts.push(new Blob([part]));
  }
  return new Blob(parts, { type: 'audio/wav' });
}
