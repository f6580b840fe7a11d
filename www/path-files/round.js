// The sound of a loop as a WAV file that is exactly as long as a round, by the modules of the audio thread. It is the
// second round, in which the last notes of the one before fade, so that the file repeats without a seam.
import { BLOCK_FRAMES } from '../protocol.js';
import { PathCommands } from '../worklet-path-commands.js';
import { instrumentOf, RATE_HZ, rendered } from './wav.js';

/** @import { LoopRound } from '../panels.js' */

/** The number of the path that plays the loop. */
const NUMBER = 0;
/** Repeats without end. */
const REPEATS = 1;
/** The clock begins anew at beat 0. */
const ANEW = 2;

/**
 * @param {LoopRound} round @param {WebAssembly.Module} module the voice
 * @param {import('../worklet-network.js').Network} network @param {(share: number) => void} tell gets how much is done
 */
export function renderRound(round, module, network, tell) {
  const wasm = instrumentOf(module, network);
  const paths = new PathCommands();
  const { length_s, rate, direction, beats, legato, pattern, stepsPerSecond, gate, cutoffShift } = round;
  // The number of amSynth is 0.
  const settings = [legato, pattern, stepsPerSecond, gate, 0, cutoffShift];
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
