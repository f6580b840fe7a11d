// The sounds of lesson 4 that no synthesizer plays: computed, one channel at 44.1 kHz.
import { RATE_HZ } from '../match/decode.js';

/** @param {number} seconds @param {(time_s: number) => number} sound */
const render = (seconds, sound) =>
  Float32Array.from({ length: seconds * RATE_HZ }, (_, frame) => sound(frame / RATE_HZ));

/** A tone with harmonics: two seconds of middle C, held. */
export const middleC = () =>
  render(2, time_s =>
    [1, 2, 3].reduce((sum, number) => sum + (0.2 / number) * Math.sin(2 * Math.PI * 261.63 * number * time_s), 0),
  );

/** Partials of a church bell: frequency in Hz, amplitude, and how fast it fades. */
const PARTIALS = [
  [262, 1, 0.9],
  [524, 0.8, 1.2],
  [624, 0.9, 1.5],
  [785, 0.5, 2],
  [1048, 0.9, 2.2],
  [1570, 0.5, 4],
  [2110, 0.4, 6],
  [2820, 0.3, 9],
];

/** A bell: its partials are no harmonics of one pitch, and each fades at its own speed. */
export const bell = () =>
  render(3, time_s =>
    PARTIALS.reduce(
      (sum, [frequency_hz, amplitude, fading]) =>
        sum + 0.12 * amplitude * Math.exp(-fading * time_s) * Math.sin(2 * Math.PI * frequency_hz * time_s),
      0,
    ),
  );
