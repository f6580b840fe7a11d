// The sounds of lesson 6: a bowed string and a sung vowel of the same pitch, computed, one channel at 44.1 kHz. The
// same samples every time.
import { RATE_HZ } from '../match/decode.js';

const LENGTH_S = 2;
/** The A below middle C, with a vibrato in octaves and in Hz. */
const PITCH_HZ = 220;
const VIBRATO_OCTAVES = 0.012;
const VIBRATO_HZ = 5.5;
/** No partial above this, in Hz. */
const HIGHEST_HZ = 9000;
/**
 * Resonances of a violin's body: the air, the wood, and the bridge's hill, in Hz, with widths and strengths (rounded
 * from Fletcher and Rossing, The Physics of Musical Instruments, chapter 10).
 */
const BODY = [
  [280, 50, 1],
  [460, 70, 1.3],
  [550, 80, 1.2],
  [1100, 350, 0.7],
  [2600, 900, 0.9],
];
/**
 * Formants of men's “ah” and “oo” in Hz (Peterson and Barney, JASA 24, 1952, table II),
 * with usual widths and strengths.
 */
const AH = [
  [730, 120, 1],
  [1090, 140, 0.6],
  [2440, 220, 0.15],
];
const OO = [
  [300, 80, 1],
  [870, 110, 0.25],
  [2240, 220, 0.03],
];

/** The gain of resonances at a frequency. @param {number[][]} resonances @param {number} hz */
const gain = (resonances, hz) =>
  resonances.reduce(
    (sum, [middle_hz, width_hz, strength]) => sum + strength / (1 + ((hz - middle_hz) / width_hz) ** 2),
    0.02,
  );

/** The amplitudes of the partials are computed anew after so many samples. */
const BLOCK = 128;

/**
 * A tone with vibrato that swells and fades.
 * @param {number} attack_s @param {(partial: number, hz: number, at_s: number) => number} amplitude
 */
function tone(attack_s, amplitude) {
  let phase = 0;
  /** @type {number[]} */
  let amplitudes = [];
  return Float32Array.from({ length: LENGTH_S * RATE_HZ }, (_, index) => {
    const at_s = index / RATE_HZ;
    const hz = PITCH_HZ * 2 ** (VIBRATO_OCTAVES * Math.min(at_s, 1) * Math.sin(2 * Math.PI * VIBRATO_HZ * at_s));
    phase += (2 * Math.PI * hz) / RATE_HZ;
    if (index % BLOCK === 0)
      amplitudes = Array.from({ length: Math.floor(HIGHEST_HZ / hz) }, (_, place) =>
        amplitude(place + 1, (place + 1) * hz, at_s),
      );
    // The sine of each multiple of an angle follows from those of the two before.
    const twice = 2 * Math.cos(phase);
    let [before, sine, sum] = [0, Math.sin(phase), 0];
    for (const own of amplitudes) {
      sum += own * sine;
      [before, sine] = [sine, twice * sine - before];
    }
    return 0.2 * sum * Math.min(at_s / attack_s, (LENGTH_S - at_s) / 0.25, 1);
  });
}

/** A bow moves a string as a saw, and presses more towards the middle of the note. */
export const violin = () =>
  tone(0.12, (partial, hz, at_s) => gain(BODY, hz) / partial ** (1.3 - 0.3 * Math.sin((Math.PI * at_s) / LENGTH_S)));

/** A voice goes from “ah” to “oo” in the second half of the note. */
export function voice() {
  return tone(0.08, (partial, hz, at_s) => {
    const share = Math.min(Math.max((at_s - 0.7) / 0.8, 0), 1);
    const formants = AH.map((formant, place) =>
      formant.map((number, column) => number + share * (OO[place][column] - number)),
    );
    return gain(formants, hz) / Math.sqrt(partial);
  });
}
