// The sound of a loop as a WAV file that is exactly as long as a round, by the modules of the audio thread. It is the
// second round, in which the last notes of the one before fade, so that the file repeats without a seam.
import { BLOCK_FRAMES } from '../protocol.js';
import { PathCommands } from '../worklet-path-commands.js';
import { Tones } from '../worklet-tones.js';
import { instrumentOf, RATE_HZ, rendered } from './wav.js';

/** @import { LoopRound } from '../panels.js' */
/** @import { ToneExports } from '../../crate/wasm/tone_source/exports' */

/** The number of the path that plays the loop. */
const NUMBER = 0;
/** Repeats without end. */
const REPEATS = 1;
/** The clock begins anew at beat 0. */
const ANEW = 2;

/** The place of the instrument's number in the settings of a round. */
const INSTRUMENT = 4;

/**
 * Recorded tones: their module and the file of their model.
 * @typedef {{ program: WebAssembly.Module, model: ArrayBuffer }} Recorded
 */

/** What a module of tones asks of the audio thread; what it refuses ends the file. */
const HOST = {
  post() {},
  reportError() {},
  /** @param {ToneExports} wasm @param {string} _type @param {Uint8Array} file */
  fill(wasm, _type, file) {
    const pointer = wasm.buffer(file.length);
    if (pointer > 0) new Uint8Array(wasm.memory.buffer, pointer, file.length).set(file);
    return pointer > 0;
  },
};

/**
 * The instrument that plays a round: amSynth, or recorded tones.
 * @param {LoopRound} round @param {WebAssembly.Module} module
 * @param {import('../worklet-network.js').Network} network @param {Recorded} [recorded]
 */
function instrument(round, module, network, recorded) {
  if (!recorded) return instrumentOf(module, network);
  const tones = new Tones(RATE_HZ);
  const wasm = instrumentOf(module, network, tones);
  const number = round.settings[INSTRUMENT];
  if (!tones.load(HOST, wasm, number, new Uint8Array(recorded.model), recorded.program)) throw new Error('failed');
  return wasm;
}

/**
 * @param {LoopRound} round @param {WebAssembly.Module} module the voice
 * @param {import('../worklet-network.js').Network} network @param {(share: number) => void} tell gets how much is done
 * @param {Recorded} [recorded] the tones that play it
 */
export function renderRound(round, module, network, tell, recorded) {
  const wasm = instrument(round, module, network, recorded);
  const paths = new PathCommands();
  const { length_s, rate, direction, beats, settings } = round;
  const overrides = Float32Array.from(round.overrides, value => value ?? Number.NaN);
  paths.setSound(wasm, [0, NUMBER, overrides, Uint8Array.from(round.keys), ...settings]);
  wasm.path_gain(NUMBER, round.gain);
  if (beats > 0) wasm.transport(round.bpm, ANEW);
  const score = Uint8Array.from(round.score);
  if (!paths.play(wasm, score, [NUMBER, length_s, REPEATS, rate, direction, 0, beats, 0])) throw new Error('failed');
  const frames = Math.round(round.round_s * RATE_HZ);
  for (let done = 0; done < frames; ) {
    const count = Math.min(BLOCK_FRAMES, frames - done);
    if (wasm.render(count) === 1) throw new Error('failed');
    done += count;
    tell((0.5 * done) / frames);
  }
  return rendered(wasm, frames, share => tell(0.5 + 0.5 * share));
}
